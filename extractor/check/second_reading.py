"""Two readings of one file compared: words that only one of them finds, each with its place.

Words are counted, not aligned: the readings order a table differently, so only the numbers of each word can
agree. What is no loss is settled first: marks of lists, running headers, words that one reading joins and
the other leaves in two.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extractor.check.facts import short
from extractor.model.plan import Diagnostic, Plan, Span
from extractor.model.source import Block
from extractor.vocabulary.folding import fold

CODE = "readings-differ"
MISSING_CODE = "no-second-reading"
MOST = 20  # diagnostics of one document; the rest is summed up in one
_WORD = re.compile(r"[^\W_]+")
_MARGINS = ("header", "footer")
_MOST_PIECES = 12  # of a word that one reading leaves in pieces
_LONGEST = 200  # letters of a word that is looked at for pieces
_NEAR = 3  # words on each side that a message quotes
_COMMON = 0.3  # share of words that two readings of one page have in common, or one of them is a recognition


class Word(NamedTuple):
    key: str
    owner: int  # index of the plan; 0 in the other reading
    block: int  # index of the block in its plan or reading
    place: int  # index of the word in its block
    start: int
    end: int


class Found(NamedTuple):
    """Neighbouring words of one block that the other reading does not have."""

    words: tuple[Word, ...]


def no_second_reading(plans: Sequence[Plan], library: str) -> list[tuple[Diagnostic, ...]]:
    """For each plan what to say where there is nothing to compare with: the first one says it."""
    message = (
        f"Второе чтение (--verify) программой {library} не удалось: сверьте запись с документом сами."
        if library
        else f"Второго чтения (--verify) для формата {plans[0].source.format} нет, есть для DOCX и PDF: "
        "сверьте запись с документом сами."
    )
    said = Diagnostic(code=MISSING_CODE, severity="info", message=message)
    return [(said,), *[()] * (len(plans) - 1)]


def compare_readings(
    plans: Sequence[Plan], other: Sequence[Block], library: str
) -> list[tuple[Diagnostic, ...]]:
    """For each plan what to check; what only the other reading has stands with the first plan."""
    ours = [
        (owner, block) for owner, plan in enumerate(plans) for block in plan.blocks if block.part != "comment"
    ]
    theirs = [(0, block) for block in other]
    skipped = _recognised_pages(ours, theirs) if any(plan.source.ocr for plan in plans) else set()
    ours = [each for each in ours if each[1].page not in skipped]
    theirs = [each for each in theirs if each[1].page not in skipped]

    our_words, their_words = _words(ours), _words(theirs)
    neutral = _neutral_words(ours)
    our_counted, their_counted = _counted(our_words, ours), _counted(their_words, theirs)
    our_surplus, their_surplus = _surpluses(our_counted, their_counted, neutral)
    lost = _choose(their_counted, their_surplus, our_words)
    extra = _choose(our_counted, our_surplus, their_words)
    known = {word.key for word in our_words} | set(neutral)
    lost += _runs(w for w in _margin(their_words, theirs) if w.key not in known)
    known = {word.key for word in their_words}
    extra += _runs(w for w in _margin(our_words, ours) if w.key not in known)
    lost, extra = _settle_runs(lost, extra)
    lost = [run for run in lost if not _is_bullet(run)]
    return _diagnostics(plans, list(other), lost, extra, library)


# --- words --------------------------------------------------------------------------------------


def _words(blocks: Iterable[tuple[int, Block]]) -> list[Word]:
    return [
        Word(_key(match[0]), owner, block.id, place, match.start(), match.end())
        for owner, block in blocks
        for place, match in enumerate(_WORD.finditer(block.text))
    ]


def _key(word: str) -> str:
    return fold(unicodedata.normalize("NFKC", word))


def _keys(text: str) -> list[str]:
    return [_key(match[0]) for match in _WORD.finditer(text)]


def _counted(words: Sequence[Word], blocks: Iterable[tuple[int, Block]]) -> list[Word]:
    """The words whose numbers must agree."""
    apart = {(owner, block.id) for owner, block in blocks if block.part == "textbox" or _is_margin(block)}
    return [word for word in words if (word.owner, word.block) not in apart]


def _margin(words: Sequence[Word], blocks: Iterable[tuple[int, Block]]) -> list[Word]:
    apart = {(owner, block.id) for owner, block in blocks if _is_margin(block)}
    return [word for word in words if (word.owner, word.block) in apart]


def _is_margin(block: Block) -> bool:
    """A header or footer of Word's, which a reading gives once or for each section; in a PDF it is a line."""
    return block.part in _MARGINS and block.page is None


def _neutral_words(blocks: Iterable[tuple[int, Block]]) -> Counter[str]:
    """Words that the other reading may have besides: labels are no text of ours, and text boxes come twice,
    once or (grouped ones) not at all."""
    counted: Counter[str] = Counter()
    for _, block in blocks:
        counted.update(_keys(block.label or ""))
        if block.part == "textbox":
            counted.update(2 * _keys(block.text))
    return counted


def _recognised_pages(
    ours: Sequence[tuple[int, Block]], theirs: Sequence[tuple[int, Block]]
) -> set[int | None]:
    """Pages of a scan whose text our reading took from the picture: the other sees letters only."""
    found: set[int | None] = set()
    for page in {block.page for _, block in ours}:
        one, two = (
            Counter(key for _, block in side if block.page == page for key in _keys(block.text))
            for side in (ours, theirs)
        )
        if (one & two).total() <= _COMMON * max(one.total(), two.total()):
            found.add(page)
    return found


# --- what is left over --------------------------------------------------------------------------


def _surpluses(
    ours: Iterable[Word], theirs: Iterable[Word], neutral: Counter[str]
) -> tuple[Counter[str], Counter[str]]:
    one, two = Counter(w.key for w in ours), Counter(w.key for w in theirs)
    our_surplus, their_surplus = one - two, two - one - neutral
    spare = neutral - (two - one)  # labels that the other reading did not use up
    for whole, pieces in ((our_surplus, their_surplus), (their_surplus, our_surplus)):
        for key in [key for key in whole if len(key) > 1]:
            while whole[key] > 0 and (cut := _cut(key, pieces)):
                whole[key] -= 1
                pieces.subtract(cut)
            if whole[key] > 0 and (turned := min(whole[key], pieces[key[::-1]])) > 0:  # sideways text
                whole[key] -= turned
                pieces[key[::-1]] -= turned
    for key in [key for key in their_surplus if their_surplus[key] > 0]:  # «1.Доклад» read as one word
        while their_surplus[key] > 0 and (cut := _cut(key, our_surplus + spare)):
            their_surplus[key] -= 1
            for piece in cut:
                (our_surplus if our_surplus[piece] > 0 else spare)[piece] -= 1
    return +our_surplus, +their_surplus


def _cut(key: str, pieces: Counter[str]) -> list[str] | None:
    """The word as pieces that are all there, two at least."""
    hopeless: set[int] = set()  # places from which no pieces lead to the end

    def rest(start: int, used: list[str]) -> list[str] | None:
        if start == len(key):
            return used if len(used) > 1 else None
        if start in hopeless or len(used) == _MOST_PIECES:
            return None
        for end in range(len(key), start, -1):
            piece = key[start:end]
            if pieces[piece] > used.count(piece) and (found := rest(end, [*used, piece])):
                return found
        hopeless.add(start)
        return None

    return rest(0, []) if len(key) <= _LONGEST else None


def _choose(words: Sequence[Word], surplus: Counter[str], others: Sequence[Word]) -> list[Found]:
    """Which occurrences of the words the surplus is made of: those whose neighbours stand together least."""
    pairs = {(one.key, two.key) for one, two in zip(others, others[1:], strict=False)}
    candidates: dict[str, list[tuple[int, int]]] = {}
    for at, word in enumerate(words):
        if surplus[word.key] > 0:
            before = at > 0 and (words[at - 1].key, word.key) in pairs
            after = at + 1 < len(words) and (word.key, words[at + 1].key) in pairs
            candidates.setdefault(word.key, []).append((before + after, -at))
    chosen = [-at for key, places in candidates.items() for _, at in sorted(places)[: surplus[key]]]
    return _runs(words[at] for at in sorted(chosen))


def _runs(words: Iterable[Word]) -> list[Found]:
    runs: list[list[Word]] = []
    for word in words:
        last = runs[-1][-1] if runs else None
        if last and (last.owner, last.block, last.place + 1) == (word.owner, word.block, word.place):
            runs[-1].append(word)
        else:
            runs.append([word])
    return [Found(tuple(run)) for run in runs]


def _settle_runs(lost: list[Found], extra: list[Found]) -> tuple[list[Found], list[Found]]:
    """Without the runs that are the same letters, parted into words in another way."""
    one, two = Counter(map(_letters, lost)), Counter(map(_letters, extra))
    same = one & two

    def left(runs: list[Found]) -> list[Found]:
        spare = same.copy()
        kept = []
        for run in runs:
            letters = _letters(run)
            if spare[letters] > 0:
                spare[letters] -= 1
            else:
                kept.append(run)
        return kept

    return left(lost), left(extra)


def _letters(run: Found) -> str:
    return "".join(word.key for word in run.words)


def _is_bullet(run: Found) -> bool:
    """A bullet of a symbol font, which the other reading takes for the Latin letter at its place."""
    word = run.words[0]
    return (
        len(run.words) == 1
        and word.place == 0
        and len(word.key) == 1
        and word.key.isascii()
        and word.key.isalpha()
    )


# --- what is said -------------------------------------------------------------------------------


def _diagnostics(
    plans: Sequence[Plan], other: list[Block], lost: list[Found], extra: list[Found], library: str
) -> list[tuple[Diagnostic, ...]]:
    texts = {block.id: block for block in other}
    made: list[tuple[int, Diagnostic]] = [(0, _lost(run, texts[run.words[0].block], library)) for run in lost]
    made += [
        (run.words[0].owner, _extra(run, plans[run.words[0].owner].blocks[run.words[0].block], library))
        for run in extra
    ]
    if len(made) > MOST:
        rest = len(made) - MOST + 1
        message = f"Мест, где два чтения файла расходятся, ещё {rest}: сверьте запись с документом целиком."
        made = [*made[: MOST - 1], (0, Diagnostic(code=CODE, severity="warning", message=message))]
    return [tuple(each for owner, each in made if owner == place) for place in range(len(plans))]


def _lost(run: Found, block: Block, library: str) -> Diagnostic:
    place = f" на странице {block.page}" if block.page else ""
    message = (
        f"Второе чтение ({library}) находит{place} «{_wording(run, block)}»{_near(run, block)}, "
        "а в записи этого нет: проверьте, не пропало ли оно."
    )
    return Diagnostic(code=CODE, severity="warning", message=message)


def _extra(run: Found, block: Block, library: str) -> Diagnostic:
    message = (
        f"«{_wording(run, block)}» второе чтение ({library}) не находит: сверьте это место с документом."
    )
    at = (Span(block.id, run.words[0].start, run.words[-1].end),)
    return Diagnostic(code=CODE, severity="warning", message=message, at=at)


def _wording(run: Found, block: Block) -> str:
    return short(_flat(block.text[run.words[0].start : run.words[-1].end]), 80)


def _near(run: Found, block: Block) -> str:
    """« рядом с «…»»: the words around, where the block has more than what is lost."""
    places = [match.span() for match in _WORD.finditer(block.text)]
    first, last = run.words[0].place, run.words[-1].place
    before = block.text[places[max(0, first - _NEAR)][0] : run.words[0].start]
    after = block.text[run.words[-1].end : places[min(len(places) - 1, last + _NEAR)][1]]
    around = " … ".join(each for each in (_flat(before), _flat(after)) if _WORD.search(each))
    return f" рядом с «{around}»" if around else ""


def _flat(text: str) -> str:
    return " ".join(text.split())
