"""What a reader should look up in the scan: doubtful words, one note a block, a few a document."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.ingest.ocr.sheet import Doubt
from extractor.model.source import Block, Note

_MOST_NOTES = 20
_MOST_WORDS = 5  # in one note
_SLACK = 2.0  # points


def note_doubts(doubts: Sequence[Doubt], blocks: Sequence[Block]) -> list[Note]:
    """Notes with the words that may be misread; `blocks` with boxes on the sheets, as the doubts."""
    by_page: dict[int, list[Block]] = {}
    for block in blocks:
        if block.text and block.page is not None:
            by_page.setdefault(block.page, []).append(block)
    words: dict[int, list[str]] = {}
    rest = 0
    for doubt in doubts:
        home = _find_home(doubt, by_page.get(doubt.page, ()))
        if home is None or home not in words and len(words) >= _MOST_NOTES:
            rest += 1
        else:
            words.setdefault(home, []).append(doubt.text)
    notes = [_make_note(home, found) for home, found in sorted(words.items())]
    if rest:
        text = f"Слов, распознанных неуверенно, ещё {rest}; сверьте план со сканом."
        notes.append(Note(code="ocr-uncertain", severity="warning", message=text))
    return notes


def _find_home(doubt: Doubt, blocks: Sequence[Block]) -> int | None:
    for block in blocks:
        if block.bbox is not None:
            left, top, right, bottom = block.bbox
            if left - _SLACK <= doubt.x <= right + _SLACK and top - _SLACK <= doubt.y <= bottom + _SLACK:
                return block.id
    return None


def _make_note(block: int, words: Sequence[str]) -> Note:
    shown = ", ".join(f"«{word}»" for word in words[:_MOST_WORDS])
    more = f" и ещё {len(words) - _MOST_WORDS}" if len(words) > _MOST_WORDS else ""
    text = f"Распознано неуверенно: {shown}{more}; сверьте со сканом."
    return Note(code="ocr-uncertain", severity="warning", message=text, block=block)
