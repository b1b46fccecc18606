"""The package of an Office document: XML parts parsed without surprises, relations between parts."""

from __future__ import annotations

import posixpath
import re
from typing import NamedTuple

from lxml import etree

from extractor.ingest.archive import Archive

_PARSER = etree.XMLParser(
    resolve_entities=False,
    no_network=True,
    load_dtd=False,
    huge_tree=False,
    remove_comments=True,
    remove_pis=True,
    collect_ids=False,
)
_TOO_DEEP = re.compile("excessive depth|huge|limit|amplification|too (?:deep|large|long)", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_WIDE = (  # how XML in UTF-16 and UTF-32 begins, with and without a byte order mark
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(wordprocessingml|officeDocument|drawingml)/")
_TRANSITIONAL = {
    b"wordprocessingml": b"http://schemas.openxmlformats.org/wordprocessingml/2006/",
    b"officeDocument": b"http://schemas.openxmlformats.org/officeDocument/2006/",
    b"drawingml": b"http://schemas.openxmlformats.org/drawingml/2006/",
}


class Relation(NamedTuple):
    """One line of a .rels part: the end of its type («styles»), the part's name or an outside address."""

    id: str
    kind: str
    target: str
    external: bool


class DeclaredType(ValueError):
    """XML with a document type declaration, which no document needs and attacks do."""


class TooDeep(ValueError):
    """XML nested deeper, or with a longer text, than libxml2 takes."""


def parse_xml(content: bytes) -> etree._Element:
    """The root of the XML, nothing outside of it opened. Raises DeclaredType, TooDeep, ValueError for other XML."""
    try:
        content = _as_utf8(content)
        if b"<!DOCTYPE" in content:
            raise DeclaredType
        root: etree._Element = etree.fromstring(content, _PARSER)
    except etree.XMLSyntaxError as trouble:
        raise (TooDeep if _TOO_DEEP.search(str(trouble)) else ValueError)() from None
    except LookupError:
        raise ValueError from None
    if root.getroottree().docinfo.doctype:  # type: ignore[attr-defined]
        raise DeclaredType
    return root


class Package(Archive):
    """An archive whose parts are XML and point to each other. Raises what Archive raises."""

    def xml(self, part: str) -> etree._Element:
        """The root of the part. Document type declarations are refused unread."""
        return self.parse(self.read(part), part)

    def parse(self, content: bytes, part: str) -> etree._Element:
        """The root of the XML. Elements nested deeper than 256, libxml2's own limit, are refused."""
        try:
            return parse_xml(content)
        except DeclaredType:
            raise self.damaged(
                f"в части «{part}» есть DOCTYPE, которого в документах Word не бывает"
            ) from None
        except TooDeep:
            raise self.too_large(part) from None
        except ValueError:
            raise self.damaged(f"часть «{part}» — не правильный XML") from None

    def relations(self, part: str) -> tuple[Relation, ...]:
        """The relations of a part ("" for the package itself); none where it has none."""
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", name + ".rels")
        if self.find(rels) is None:
            return ()
        found = []
        for line in self.xml(rels):
            target = line.get("Target") or ""
            external = (line.get("TargetMode") or "").casefold() == "external"
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = (line.get("Type") or "").rsplit("/", 1)[-1]
            found.append(Relation(line.get("Id") or "", kind, target, external))
        return tuple(found)


def _as_utf8(content: bytes) -> bytes:
    """The XML in UTF-8 where it came in UTF-16 or UTF-32, with the strict namespaces made the usual ones."""
    for mark, encoding in _WIDE:
        if content.startswith(mark):
            content = _DECLARATION.sub("", content.decode(encoding).lstrip("\ufeff")).encode()
            break
    if b"http://purl.oclc.org/ooxml/" in content:
        content = _STRICT.sub(lambda match: _TRANSITIONAL[match[1]], content)
    return content
