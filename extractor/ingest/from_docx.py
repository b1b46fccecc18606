"""Word documents (.docx, .docm, .dotx): the package is walked once, in reading order, by our own reader.

Python libraries lose list numbers, content controls, insertions or spans (see the README of the
project); this walker keeps them. Styles and numbering are parsed once for equal parts.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from lxml.etree import _Element

from extractor.errors import DamagedFile, ExtractorError
from extractor.ingest.archive import Part
from extractor.ingest.docx.inline import Tally
from extractor.ingest.docx.names import BODY
from extractor.ingest.docx.numbering import Lists, read_numbering
from extractor.ingest.docx.styles import Styles, read_styles
from extractor.ingest.docx.walker import Walker
from extractor.ingest.limits import LIMITS, Limits
from extractor.ingest.package import Package, Relation
from extractor.ingest.sniff import show_name
from extractor.model.source import Block, Note, Source

_CACHED_BYTES = 1 << 20  # packed parts above this are parsed anew each time
_USUAL = {  # where the parts lie when the relations are lost
    "styles": "word/styles.xml",
    "numbering": "word/numbering.xml",
    "footnotes": "word/footnotes.xml",
    "endnotes": "word/endnotes.xml",
    "comments": "word/comments.xml",
}
_STORIES = (
    ("footnotes", "footnote"),
    ("endnotes", "footnote"),
    ("comments", "comment"),
    ("header", "header"),
    ("footer", "footer"),
)
_PART_NAMES = {
    "styles": "стили",
    "numbering": "нумерация",
    "footnotes": "сноски",
    "endnotes": "концевые сноски",
    "comments": "примечания",
    "header": "верхний колонтитул",
    "footer": "нижний колонтитул",
    "diagram": "схема",
    "relations": "связи частей",
}
_EXTERNAL_NAMES = {
    "image": "рисунок",
    "attachedTemplate": "шаблон",
    "oleObject": "объект",
    "subDocument": "вложенный документ",
    "frame": "рамка",
    "aFChunk": "вставленный файл",
}
_HARMLESS = frozenset({"hyperlink"})


def read_docx(path: Path, data: bytes, limits: Limits = LIMITS) -> Source:
    """The document as blocks in reading order: body, notes, comments, headers and footers."""
    package = Package(show_name(path), data, limits)
    try:
        document = _Document(package, limits)
        document.read()
    except RecursionError:
        raise package.too_large(document.main) from None
    return Source(
        name=package.name,
        format="docx",
        sha256=hashlib.sha256(data).hexdigest(),
        bytes=len(data),
        blocks=tuple(document.blocks),
        notes=tuple(document.notes),
    )


class _Packed(NamedTuple):
    name: str
    part: Part


class _Document:
    """One reading of one package: the parts, and what is noticed on the way."""

    def __init__(self, package: Package, limits: Limits) -> None:
        self.package, self.limits = package, limits
        self.notes: list[Note] = []
        self.blocks: list[Block] = []
        self.tally = Tally()
        self.main = self._find_main()
        self.relations = self._relations(self.main)

    def read(self) -> None:
        root = self.package.xml(self.main)
        body = root.find(BODY)
        if body is None:
            raise self.package.damaged("в нём нет текста документа")
        styles, lists = self._definitions()
        walker = Walker(self.package.name, styles, lists, self.limits)
        self.blocks, self.tally = walker.blocks, walker.tally
        walker.diagrams = self._diagram
        walker.story(body, "body", f"{self.main}#/body")
        for kind, part in _STORIES:
            self._stories(walker, kind, part)
        self._note_what_was_left_out()

    # parts

    def _find_main(self) -> str:
        for relation in self._relations(""):
            if relation.kind == "officeDocument" and not relation.external:
                found = self.package.find(relation.target)
                if found is not None:
                    return found
        found = self.package.find("word/document.xml")
        if found is None:
            raise self.package.damaged("в нём нет текста документа")
        return found

    def _relations(self, part: str) -> tuple[Relation, ...]:
        try:
            return self.package.relations(part)
        except DamagedFile:
            self._unreadable("relations", part or "_rels/.rels")
            return ()

    def _targets(self, kind: str) -> list[str]:
        found = [
            name
            for relation in self.relations
            if relation.kind == kind and not relation.external
            for name in (self.package.find(relation.target),)
            if name is not None
        ]
        if not self.relations and kind in _USUAL:
            usual = self.package.find(_USUAL[kind])
            found = [] if usual is None else [usual]
        return list(dict.fromkeys(found))

    def _definitions(self) -> tuple[Styles, Lists]:
        """Styles and lists; those of an equal pair of parts are at hand from the file before."""
        styles, numbering = self._pack("styles"), self._pack("numbering")
        if sum(len(found.part.raw) for found in (styles, numbering) if found) > _CACHED_BYTES:
            return self._parse_definitions(styles, numbering)
        known = _known_definitions(styles and styles.part, numbering and numbering.part)
        if not known:
            notes = len(self.notes)
            definitions = self._parse_definitions(styles, numbering)
            if len(self.notes) > notes:
                return definitions
            known.append(definitions)
        return known[0]

    def _parse_definitions(self, styles: _Packed | None, numbering: _Packed | None) -> tuple[Styles, Lists]:
        found, lists = Styles(), Lists()
        root = self._parse(styles, "styles")
        if root is not None:
            found = read_styles(root)
        root = self._parse(numbering, "numbering")
        if root is not None:
            lists = read_numbering(root, found)
        return found, lists

    def _pack(self, kind: str) -> _Packed | None:
        for name in self._targets(kind):
            try:
                return _Packed(name, self.package.packed(name))
            except ExtractorError:
                self._unreadable(kind, name)
        return None

    def _parse(self, packed: _Packed | None, kind: str) -> _Element | None:
        if packed is None:
            return None
        try:
            return self.package.parse(self.package.inflate(packed.part, packed.name), packed.name)
        except ExtractorError:
            self._unreadable(kind, packed.name)
            return None

    def _stories(self, walker: Walker, kind: str, part: str) -> None:
        seen: set[tuple[str, ...]] = set()
        for name in sorted(self._targets(kind)):
            mark = walker.mark()
            try:
                walker.side_story(self.package.xml(name), part, name)
            except ExtractorError:
                walker.back_to(mark)
                self._unreadable(kind, name)
                continue
            texts = tuple(block.text for block in self.blocks[mark[0] :])
            if not any(texts) or texts in seen:
                walker.back_to(mark)
            seen.add(texts)

    def _diagram(self, relation_id: str) -> _Element | None:
        for relation in self.relations:
            if relation.id == relation_id and not relation.external:
                try:
                    return self.package.xml(relation.target)
                except ExtractorError:
                    self._unreadable("diagram", relation.target)
        return None

    # notes

    def _unreadable(self, kind: str, name: str) -> None:
        what = _PART_NAMES[kind]
        message = f"Часть «{name}» ({what}) не читается и пропущена; проверьте документ в Word."
        self.notes.append(Note(code="part-unreadable", severity="warning", message=message))

    def _info(self, code: str, message: str, severity: str = "info") -> None:
        self.notes.append(Note(code=code, severity=severity, message=message))

    def _note_what_was_left_out(self) -> None:
        tally = self.tally
        if tally.deletions:
            self._info("tracked-deletions", f"Удалённое исправлениями не взято (мест: {tally.deletions}).")
        if tally.hidden:
            self._info("hidden-text", f"Скрытый текст не взят (мест: {tally.hidden}).")
        if tally.covered:
            message = "Текст под объединёнными ячейками на странице не виден и не взят"
            self._info("covered-text", f"{message} (ячеек: {tally.covered}).")
        if tally.chunks:
            message = "Вставленные в документ файлы не прочитаны, сохраните его заново в Word"
            self._info("embedded-chunk", f"{message} (мест: {tally.chunks}).", "warning")
        self._note_external_links()

    def _note_external_links(self) -> None:
        kinds: Counter[str] = Counter()
        for name in [self.main, *self._parts_with_relations()]:
            relations = self.relations if name == self.main else self._relations(name)
            kinds.update(r.kind for r in relations if r.external and r.kind not in _HARMLESS)
        for kind, count in kinds.items():
            what = _EXTERNAL_NAMES.get(kind, kind)
            message = f"Документ ссылается на внешний файл ({what}: {count}), он не открывался."
            self._info("external-link", message)

    def _parts_with_relations(self) -> list[str]:
        """The parts beside the main one that have relations of their own: settings, headers …"""
        if self.package.size > 1000:
            return []
        parts = []
        for name in self.package.names():
            folder, found, rest = name.rpartition("_rels/")
            if found and rest.endswith(".rels") and rest != ".rels":
                part = folder + rest.removesuffix(".rels")
                if part != self.main and folder.startswith(self.main.rpartition("/")[0]):
                    parts.append(part)
        return parts


@lru_cache(maxsize=8)
def _known_definitions(styles: Part | None, numbering: Part | None) -> list[tuple[Styles, Lists]]:
    """The place for what was parsed from equal parts: the files of a batch often have one template."""
    return []
