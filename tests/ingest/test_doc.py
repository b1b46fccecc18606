"""Old Word documents and RTF: the same blocks as from the .docx, doubts and faults said."""

# ruff: noqa: E501

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from extractor.errors import DamagedFile, EncryptedFile, ExtractorError, UnknownFormat
from extractor.ingest import from_doc, office, read_source
from extractor.ingest.from_docx import read_docx
from extractor.model.source import Block, Source

DATA = Path(__file__).parent / "data"
SAMPLES = Path(__file__).parents[2] / "samples"
DOC = DATA / "mathematics-2022.doc"
needs_office = pytest.mark.skipif(office.find_soffice() is None, reason="LibreOffice is not installed")


def facts(source: Source) -> list[tuple[object, ...]]:
    def show(b: Block) -> tuple[object, ...]:
        place = (b.table, b.row, b.column, b.row_span, b.col_span, b.inside)
        return (b.kind, b.part, b.label, b.text, *place, b.heading, b.gap)

    return [show(block) for block in source.blocks if block.part == "body"]


def from_sample(name: str) -> list[tuple[object, ...]]:
    path = SAMPLES / name / "plan.docx"
    return facts(read_docx(path, path.read_bytes()))


def test_doc() -> None:
    source = read_source(DOC)
    assert facts(source) == from_sample("mathematics-2022")
    assert (source.name, source.format, source.bytes) == (DOC.name, "doc", DOC.stat().st_size)
    assert len(source.sha256) == 64 and all(block.address is None for block in source.blocks)


@needs_office
def test_rtf() -> None:
    source = read_source(DATA / "mo-psychologists-2022.rtf")
    assert facts(source) == from_sample("mo-psychologists-2022")
    assert source.format == "rtf"


@needs_office
def test_rtf_that_breaks_off_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    data = (DATA / "mo-psychologists-2022.rtf").read_bytes()
    path = tmp_path / "cut.rtf"
    path.write_bytes(data[: len(data) * 2 // 3])
    source = read_source(path)
    assert source.blocks and [note.code for note in source.notes] == ["file-incomplete"]


@needs_office
@pytest.mark.parametrize("code", from_doc._DOUBTS)
def test_doubts_go_to_libreoffice(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    doubt(code, monkeypatch)
    source = read_source(DOC)
    assert facts(source) == from_sample("mathematics-2022") and source.notes == ()


def test_doubts_are_said_without_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    doubt("NUMBERING_TABLE_MALFORMED", monkeypatch)
    monkeypatch.setattr(office, "find_soffice", lambda: None)
    source = read_source(DOC)
    assert facts(source) == from_sample("mathematics-2022")
    assert [note.code for note in source.notes] == ["doc-incomplete"]


def doubt(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """msdoc2docx converts, and says the code."""
    import doc2docx

    convert = doc2docx.convert

    def doubting(source: Path, target: Path) -> SimpleNamespace:
        convert(source, target)
        return SimpleNamespace(report=SimpleNamespace(diagnostics=[SimpleNamespace(code=code)]))

    monkeypatch.setattr(doc2docx, "convert", doubting)


WORDS = [  # what msdoc2docx raises, the error
    ("EncryptedDocumentError", EncryptedFile),
    ("InvalidWordDocument", UnknownFormat),
    ("InvalidCompoundFile", UnknownFormat),
]


@pytest.mark.parametrize(("raised", "error"), WORDS)
def test_one_clear_sentence_without_libreoffice(
    raised: str, error: type[ExtractorError], monkeypatch: pytest.MonkeyPatch
) -> None:
    import doc2docx.errors

    def fail(source: Path, target: Path) -> None:
        raise getattr(doc2docx.errors, raised)("boom")

    monkeypatch.setattr(doc2docx, "convert", fail)
    monkeypatch.setattr(office, "find_soffice", lambda: None)
    with pytest.raises(error) as caught:
        read_source(DOC)
    assert DOC.name in str(caught.value) and "\n" not in str(caught.value)


@needs_office
@pytest.mark.parametrize("damage", ["half", "holes"])
def test_damaged(damage: str, tmp_path: Path) -> None:
    data = bytearray(DOC.read_bytes())
    if damage == "half":
        del data[len(data) // 2 :]
    else:
        data[600 : len(data) : 97] = b"\xff" * len(data[600 : len(data) : 97])
    path = tmp_path / "plan.doc"
    path.write_bytes(data)
    with pytest.raises((DamagedFile, UnknownFormat)):
        read_source(path)


CALLED_DOC = [
    (b"<html><body><p>\xd0\x9f\xd0\xbb\xd0\xb0\xd0\xbd</p></body></html>", "html"),
    ("План работы".encode("cp1251"), "text"),
    (
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\nplan\n--b--",
        "mht",
    ),
]


@pytest.mark.parametrize(("data", "kind"), CALLED_DOC)
def test_other_documents_that_are_called_doc(data: bytes, kind: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.doc"
    path.write_bytes(data)
    assert read_source(path).format == kind
