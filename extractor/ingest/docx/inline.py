"""What stands in one paragraph of a Word document: its text, the weight of its letters, its text boxes."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml.etree import _Element

from extractor.ingest.docx.names import (
    A_BR,
    A_P,
    A_T,
    ALTERNATE,
    CHOICE,
    DELETED,
    DGM,
    FALLBACK,
    MARKS,
    PPR,
    RPR,
    RUN,
    SILENT,
    TBL,
    TBOX,
    TEXT,
    VAL,
    XML_SPACE,
    M,
    P,
    R,
    V,
    W,
)  # fmt: skip
from extractor.ingest.docx.styles import (
    BOLD,
    ITALIC,
    Styles,
    outline_level,
    read_align,
    read_look,
    read_num_pr,
)
from extractor.ingest.docx.symbols import show_private, show_symbol

_RUNS = frozenset((RUN, M + "r"))
_TEXTS = frozenset((TEXT, M + "t", A_T))
_HOLDERS = frozenset((W + "drawing", W + "pict", W + "object"))
_SYM, _FIELD_MARK = W + "sym", W + "fldChar"
_DIAGRAM, _WORD_ART = DGM + "relIds", V + "textpath"


@dataclass
class Tally:
    """What was left out of the document, for the notes."""

    deletions: int = 0
    hidden: int = 0
    chunks: int = 0
    covered: int = 0


@dataclass(slots=True)
class Properties:
    """What a paragraph says of itself in its pPr, over its style."""

    style: str | None = None
    num_id: str | None = None
    level: int | None = None
    align: str | None = None
    heading: int | None = None
    heading_set: bool = False
    mark_gone: bool = False  # the paragraph mark is deleted: the next paragraph goes on here


_NO_PROPERTIES = Properties()  # of paragraphs without a pPr; never altered


@dataclass(slots=True)
class Inline:
    """The pieces of a paragraph in reading order, and the boxes that hang on it."""

    pieces: list[str] = field(default_factory=list)
    weights: list[int] = field(default_factory=list)  # of each piece: BOLD, ITALIC, both or 0
    boxes: list[_Element] = field(default_factory=list)
    properties: Properties = field(default_factory=lambda: _NO_PROPERTIES)
    hidden: int = 0

    def text(self) -> str:
        joined = "".join(self.pieces)
        return joined if joined.isprintable() else show_private(joined)

    def share(self, weight: int) -> float:
        """The share of the letters that are BOLD or ITALIC, 0…1."""
        weights = self.weights
        if weight not in weights and BOLD + ITALIC not in weights:
            return 0.0
        marked = total = 0
        for found, piece in zip(weights, self.pieces, strict=True):
            letters = sum(map(str.isalpha, piece)) if len(weights) > 1 else 1
            total += letters
            marked += letters if found & weight else 0
        return round(marked / total, 3) if total else 0.0


class InlineReader:
    """Reads paragraphs of one document. Content controls, links, fields and insertions are seen through."""

    def __init__(self, styles: Styles, tally: Tally) -> None:
        self._styles, self._tally = styles, tally
        self._open: list[bool] = []  # open fields: True while their instruction runs
        self._withheld = 0
        self._show_all = False
        self._base = styles.default
        self._out = Inline()

    def read(self, paragraph: _Element) -> Inline:
        """The content of a w:p. A field whose instruction never ends hides nothing."""
        deletions = self._tally.deletions
        self._open, self._withheld, self._show_all = [], 0, False
        self._base, self._out = self._styles.default, Inline()
        self._descend(paragraph)
        if self._withheld and True in self._open:
            self._tally.deletions, self._open, self._show_all = deletions, [], True
            self._base, self._out = self._styles.default, Inline()
            self._descend(paragraph)
        return self._out

    def _descend(self, element: _Element) -> None:
        for child in element:
            tag = child.tag
            if tag in _RUNS:
                self._run(child)
            elif tag == PPR:
                self._out.properties = read_properties(child)
                self._base = self._styles.get(self._out.properties.style)
            elif tag in SILENT:
                continue
            elif tag in DELETED:
                self._tally.deletions += 1
            else:
                self._other(child, tag, self._base.weight)

    def _run(self, run: _Element) -> None:
        weight, hidden = self._base.weight, self._base.hidden
        for child in run:
            tag = child.tag
            if tag == TEXT:
                text = child.text
                if text:
                    if "\n" in text:
                        text = _unwrap(text, child.get(XML_SPACE) == "preserve")
                    if hidden:
                        self._out.hidden += 1
                    else:
                        self._add(text, weight)
            elif tag == RPR:
                weight, hidden = self._look(child)
            elif tag in MARKS:
                if not hidden:
                    self._add(MARKS[tag], weight)
            elif tag in SILENT:
                continue
            elif not hidden:
                self._other(child, tag, weight)
            elif tag == _FIELD_MARK:
                self._field(child)

    def _other(self, element: _Element, tag: str, weight: int) -> None:
        """Whatever is rarer than runs and text; unknown elements are looked into for text."""
        if tag in _TEXTS:
            self._add(_unwrap(element.text or "", preserve=True), weight)
        elif tag == _FIELD_MARK:
            self._field(element)
        elif tag == _SYM:
            self._add(_symbol(element), weight)
        elif tag in MARKS:
            self._add(MARKS[tag], weight)
        elif tag == ALTERNATE:
            chosen = choose(element)
            if chosen is not None:
                self._descend(chosen)
        elif tag in _HOLDERS:
            self._out.boxes.extend(find_boxes(element))
        elif tag == TBOX:
            self._out.boxes.append(element)
        elif isinstance(tag, str) and len(element):
            if tag in (P, TBL):
                self._add("\n", weight)
            self._descend(element)

    def _look(self, element: _Element) -> tuple[int, bool]:
        """Weight of a run, and whether it is hidden. Bold over a bold style switches back (17.7.3)."""
        weight, hidden = self._base.weight, self._base.hidden
        bold, italic, vanish, style_id = read_look(element)
        if style_id is not None and style_id in self._styles.raw:
            style = self._styles.get(style_id)
            weight, hidden = weight ^ style.weight, hidden or style.hidden
        if bold is not None:
            weight = weight | BOLD if bold else weight & ~BOLD
        if italic is not None:
            weight = weight | ITALIC if italic else weight & ~ITALIC
        return weight, hidden if vanish is None else vanish

    def _add(self, text: str, weight: int) -> None:
        if self._open and not self._show_all and True in self._open:
            self._withheld += 1
            return
        self._out.pieces.append(text)
        self._out.weights.append(weight)

    def _field(self, mark: _Element) -> None:
        kind = mark.get(W + "fldCharType")
        if kind == "begin":
            self._open.append(True)
        elif kind == "separate" and self._open:
            self._open[-1] = False
        elif kind == "end" and self._open:
            self._open.pop()


def read_properties(element: _Element) -> Properties:
    """What a pPr says."""
    found = Properties()
    for child in element:
        tag = child.tag
        if tag == W + "pStyle":
            found.style = child.get(VAL)
        elif tag == W + "numPr":
            found.num_id, found.level = read_num_pr(child)
        elif tag == W + "jc":
            found.align = read_align(child.get(VAL))
        elif tag == W + "outlineLvl":
            found.heading, found.heading_set = outline_level(child.get(VAL)), True
        elif tag == RPR:
            for mark in child:
                if mark.tag in DELETED:
                    found.mark_gone = True
    return found


def choose(alternate: _Element) -> _Element | None:
    """The alternative to read: the first choice that holds something, else the fall-back, never both."""
    fallback = None
    for child in alternate:
        if child.tag == CHOICE and len(child):
            return child
        if child.tag == FALLBACK:
            fallback = child
    return fallback


def find_boxes(holder: _Element) -> list[_Element]:
    """Text boxes, paragraphs of shapes, diagrams and WordArt inside a drawing, each once, in order."""
    found: list[_Element] = []
    stack = [holder]
    while stack:
        element = stack.pop()
        tag = element.tag
        if tag in (TBOX, A_P, _DIAGRAM) or (tag == _WORD_ART and element.get("string")):
            found.append(element)
        elif tag == ALTERNATE:
            chosen = choose(element)
            if chosen is not None:
                stack.append(chosen)
        elif len(element):
            stack.extend(reversed(element))
    return found


def shape_text(box: _Element) -> str | None:
    """The text of a box that is no text box of Word: a shape's paragraph or WordArt; None for the others."""
    if box.tag == A_P:
        return "".join(part.text or "" if part.tag == A_T else "\n" for part in box.iter(A_T, A_BR))
    if box.tag == _WORD_ART:
        return box.get("string") or ""
    return None


def diagram_id(box: _Element) -> str | None:
    """The relation under which the texts of a diagram (SmartArt) are stored."""
    return box.get(R + "dm") if box.tag == _DIAGRAM else None


def _unwrap(text: str, preserve: bool) -> str:
    """A text node without the line ends of a pretty-printed file, which Word shows as spaces."""
    return text.replace("\r", " ").replace("\n", " ") if preserve else " ".join(text.split())


def _symbol(element: _Element) -> str:
    try:
        code = int(element.get(W + "char") or "", 16)
    except ValueError:
        return ""
    return show_symbol(code, element.get(W + "font") or "")
