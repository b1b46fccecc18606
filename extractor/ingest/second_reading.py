"""The same file read once more by a library that shares nothing with our readers: for `--verify`.

What comes out is blocks like those of a `Source`, with text, part and page only: docx2python's paragraphs
for DOCX, pdfplumber's lines for PDF. What these libraries add themselves (marks of lists, footnotes,
pictures and links) is taken out again. Both are optional: the extra `verify`.
"""

from __future__ import annotations

import importlib
import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from extractor.errors import UsageProblem
from extractor.ingest.clean import clean_text
from extractor.ingest.sniff import identify, load
from extractor.model.source import Block

LIBRARIES = {"docx": "docx2python", "pdf": "pdfplumber"}

_DOCX_PARTS = (
    ("header_pars", "header"),
    ("officeDocument_pars", "body"),
    ("footer_pars", "footer"),
    ("footnotes_pars", "footnote"),
    ("endnotes_pars", "footnote"),
)
_LIST_MARK = re.compile(r"\t*(?:--|[^\s)]{1,12}\))\t")
_NOTE_MARK = re.compile(r"^(?:footnote|endnote)-?\d+\)\t")
_ADDED = re.compile(
    r"----(?:footnote|endnote)-?\d+----|----Image alt text---->[^<]*<|----[^\s-][^\n]{0,200}?\.\w{2,5}----"
    r"|<span style=[^>]*>&#x\w*;</span>|<a href=\"[^\"]*\">|</a>|</?latex>"
)
_UNKNOWN_SIGN = re.compile(r"\(cid:\d+\)")
_GAP = 12.0  # points between two words of a line that stand in different cells
_SAME_LINE = 3.0
_SPACE = 0.15  # of the size of the letters: a gap between two words


def second_reading(path: Path, *, password: str | None = None) -> tuple[str, tuple[Block, ...] | None]:
    """The library's name and what it reads; ("", None) where no library reads this kind of file a second
    time, the name and None where it fails at this file.

    Raises UsageProblem where the library is not installed.
    """
    data = load(path)
    kind = identify(path, data)
    if kind not in LIBRARIES:
        return "", None
    name = LIBRARIES[kind]
    library = _library(name)
    try:
        made = _read_docx(library, data) if kind == "docx" else _read_pdf(library, data, password)
        return name, tuple(made)
    except MemoryError:
        raise
    except Exception:  # a library fails in its own ways
        return name, None


def _library(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        raise UsageProblem(
            f'Для --verify нужен пакет {name}: pip install "plan-extractor[verify]" — и повторите.'
        ) from None


# --- DOCX ---------------------------------------------------------------------------------------


def _read_docx(library: Any, data: bytes) -> list[Block]:
    blocks: list[Block] = []
    with library.docx2python(io.BytesIO(data), duplicate_merged_cells=False) as document:
        for attribute, part in _DOCX_PARTS:
            for paragraph in _paragraphs(getattr(document, attribute)):
                text = "".join(run.text for run in paragraph.runs)
                if part == "footnote":
                    text = _NOTE_MARK.sub("", text)
                if paragraph.list_position[0] is not None and (mark := _LIST_MARK.match(text)):
                    text = text[mark.end() :]
                text = clean_text(_ADDED.sub("", text))
                if text:
                    blocks.append(Block(id=len(blocks), kind="paragraph", text=text, part=part))
    return blocks


def _paragraphs(nested: Any) -> Iterator[Any]:
    if not isinstance(nested, list):
        yield nested
        return
    for each in nested:
        yield from _paragraphs(each)


# --- PDF ----------------------------------------------------------------------------------------


def _read_pdf(library: Any, data: bytes, password: str | None) -> list[Block]:
    blocks: list[Block] = []
    with library.open(io.BytesIO(data), password=password or "", unicode_norm="NFC") as document:
        for page in document.pages:
            words = _printed_once(page).extract_words(x_tolerance_ratio=_SPACE)
            words = [word for word in words if _is_on_page(word, page)]
            for line in _lines(words):
                text = clean_text(_UNKNOWN_SIGN.sub("", " ".join(word["text"] for word in line)))
                if text:
                    box = (line[0]["x0"], line[0]["top"], line[-1]["x1"], line[0]["bottom"])
                    blocks.append(
                        Block(id=len(blocks), kind="paragraph", text=text, page=page.page_number, bbox=box)
                    )
            page.close()
    return blocks


def _printed_once(page: Any) -> Any:
    """The page without letters printed twice to look bold; of letters without a width nobody can tell."""
    narrowest = min((char["x1"] - char["x0"] for char in page.chars if char["text"].isalpha()), default=0.0)
    return page.dedupe_chars(tolerance=min(1.0, narrowest * 0.3)) if narrowest > 0 else page


def _is_on_page(word: Any, page: Any) -> bool:
    left, top, right, bottom = page.bbox
    return bool(
        left <= (word["x0"] + word["x1"]) / 2 <= right and top <= (word["top"] + word["bottom"]) / 2 <= bottom
    )


def _lines(words: Iterable[Any]) -> Iterator[list[Any]]:
    """The words of each line, in order; a wide gap begins another cell."""
    line: list[Any] = []
    for word in words:
        if line:
            last = line[-1]
            same = abs(word["bottom"] - last["bottom"]) <= _SAME_LINE and word["x0"] >= last["x0"]
            if not same or word["x0"] - last["x1"] > _GAP:
                yield line
                line = []
        line.append(word)
    if line:
        yield line
