"""What a file is, by its content; and one Russian sentence for whatever is not read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.errors import (
    DamagedFile,
    EmptyFile,
    EncryptedFile,
    ExtractorError,
    NotAFile,
    TooLarge,
    UnknownFormat,
)
from extractor.ingest import READERS, read_source
from extractor.ingest.limits import Limits
from extractor.ingest.sniff import check_source, identify, load, refuse
from extractor.model.source import Block, Source
from tests.ingest.docx_maker import TYPES, make_docx, p, zip_parts

CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
DOCX = make_docx(p("План"))
TEXT = "План работы РМО на 2024-2025 учебный год"


def stream(name: str) -> bytes:
    return CFB + name.encode("utf-16-le")


KINDS = [  # name of the file, content, kind
    ("план.docx", DOCX, "docx"),
    ("план.doc", DOCX, "docx"),
    ("план", DOCX, "docx"),
    ("план.docx", b"garbage before" + DOCX, "docx"),
    ("план.docx", DOCX[:-50], "docx"),
    ("план.docm", zip_parts({"[Content_Types].xml": TYPES, "word/document.xml": ""}), "docx"),
    ("план.txt", TEXT.encode(), "text"),
    ("план.txt", TEXT.encode("cp1251"), "text"),
    ("план.txt", TEXT.encode("cp866"), "text"),
    ("план.txt", TEXT.encode("utf-16"), "text"),
    ("план.txt", TEXT.encode("utf-16-le"), "text"),
    ("план.txt", TEXT.encode("utf-16-be"), "text"),
    ("план.txt", TEXT.encode("utf-32"), "text"),
    ("план.txt", TEXT.encode("utf-8-sig"), "text"),
    ("план.doc", TEXT.encode("cp1251"), "text"),
    ("план", TEXT.encode(), "text"),
    ("план.xyz", TEXT.encode(), "unknown-text"),
    ("план.txt", bytes(range(256)) * 20, "binary"),
    ("план.txt", b"\0", "binary"),
    ("план.doc", stream("WordDocument"), "doc"),
    ("план.docx", stream("WordDocument"), "doc"),
    ("план.docx", stream("EncryptedPackage"), "encrypted"),
    ("план.xls", stream("Workbook"), "xls"),
    ("план.doc", CFB, "ole"),
    ("план.rtf", b"{\\rtf1\\ansi Plan}", "rtf"),
    ("план.rtf", b"{\\pard \\ql text\\par}", "rtf"),
    ("план.pdf", b"%PDF-1.7\n", "pdf"),
    ("план.pdf", b"\xef\xbb\xbf\n%PDF-1.7\n", "pdf"),
    ("план.pdf", b"1 0 obj\nendobj\n", "pdf"),
    ("план.html", b"<!DOCTYPE html><html></html>", "html"),
    ("план.doc", "\ufeff<html><body>План</body></html>".encode("utf-16"), "html"),
    ("план.html", b"<style>p {}</style><p>1</p>", "html"),
    ("план.mht", b"MIME-Version: 1.0\nContent-Type: multipart/related;\n\n", "mht"),
    ("план.xml", b'<?xml version="1.0"?><a/>', "xml"),
    ("план.doc", b'<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml">',
     "word-xml"),
    ("план.odt", zip_parts({"mimetype": "application/vnd.oasis.opendocument.text"}), "odt"),
    ("план.ods", zip_parts({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "ods"),
    ("план.xlsx", zip_parts({"[Content_Types].xml": TYPES, "xl/workbook.xml": ""}), "xlsx"),
    ("план.pptx", zip_parts({"[Content_Types].xml": TYPES, "ppt/presentation.xml": ""}), "pptx"),
    ("план.zip", zip_parts({"план.txt": "План"}), "archive"),
    ("план.zip", zip_parts({"план.txt": "План"})[:-9], "broken-zip"),
    ("план.png", b"\x89PNG\r\n\x1a\n", "image"),
    ("план.jpg", b"\xff\xd8\xff\xe0", "image"),
    ("план.rar", b"Rar!\x1a\x07\x00", "archive"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "kind"), KINDS, ids=[f"{case[0]}-{case[2]}" for case in KINDS])
def test_kind(name: str, data: bytes, kind: str) -> None:
    assert identify(Path(name), data) == kind


@pytest.mark.parametrize("kind", sorted({case[2] for case in KINDS} - set(READERS)))
def test_refusal_is_one_sentence_with_the_name_and_advice(kind: str) -> None:
    error = refuse(Path("план.xyz"), kind)
    sentence = str(error)
    assert isinstance(error, UnknownFormat | EncryptedFile | DamagedFile)
    assert "план.xyz" in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence


def fails(path: Path, error: type[ExtractorError]) -> str:
    with pytest.raises(error) as raised:
        read_source(path)
    return str(raised.value)


def test_no_file_to_read(tmp_path: Path) -> None:
    assert "не найден" in fails(tmp_path / "нет.docx", NotAFile)
    assert "папка" in fails(tmp_path, NotAFile)
    assert "не открывается" in fails(Path("план\0.docx"), NotAFile)
    lock = tmp_path / "~$план.docx"
    lock.write_bytes(bytes(162))
    assert "служебный" in fails(lock, NotAFile)
    loop = tmp_path / "loop.docx"
    loop.symlink_to(loop)
    fails(loop, NotAFile)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="в этой системе нет именованных каналов")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    fails(tmp_path / "pipe.txt", NotAFile)


def test_empty_and_too_large(tmp_path: Path) -> None:
    path = tmp_path / "план.docx"
    path.write_bytes(b"")
    assert "пуст" in fails(path, EmptyFile)
    path.write_bytes(b" \r\n" * 9)
    assert "буквы" in fails(path, EmptyFile)
    path.write_bytes(DOCX)
    with pytest.raises(TooLarge):
        load(path, Limits(file_bytes=100))


def test_limits_hold_for_every_reader() -> None:
    blocks = (Block(id=0, kind="paragraph", text="аб"),)
    source = Source(name="а", format="text", sha256="", bytes=1, blocks=blocks)
    assert check_source(Path("а"), source) is source
    with pytest.raises(TooLarge):
        check_source(Path("а"), source, Limits(line_chars=1))
    with pytest.raises(TooLarge):
        check_source(Path("а"), source, Limits(blocks=0))
    row = [Block(id=at, kind="cell", text="а", table=1, row=1, column=at + 1) for at in range(4)]
    wide = Source(name="а", format="docx", sha256="", bytes=1, blocks=(*row, *row))
    assert check_source(Path("а"), wide, Limits(row_cells=4)) is wide
    with pytest.raises(TooLarge, match="столбцов"):
        check_source(Path("а"), wide, Limits(row_cells=3))


def test_a_name_that_cannot_be_written_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "план \x1b[31m\udcef.txt"
    try:
        path.write_text(TEXT)
    except OSError:
        pytest.skip("эта система не принимает таких имён")
    assert read_source(path).name == "план \ufffd[31m\ufffd.txt"


def test_content_decides_not_the_name(tmp_path: Path) -> None:
    path = tmp_path / "план.txt"
    path.write_bytes(DOCX)
    source = read_source(path)
    assert (source.format, source.name, source.bytes) == ("docx", "план.txt", len(DOCX))
    assert len(source.sha256) == 64


BEGINNINGS = [
    b"",
    b"PK\x03\x04",
    b"PK\x05\x06",
    CFB[:8],
    b"%PDF-",
    b"{\\rtf",
    b"\xff\xfe",
    b"<html",
    b"<?xml",
]


@settings(max_examples=150, deadline=None)
@given(
    head=st.sampled_from(BEGINNINGS),
    tail=st.binary(max_size=400),
)
def test_random_bytes_give_a_source_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, head: bytes, tail: bytes
) -> None:
    path = tmp_path_factory.mktemp("random") / "план.docx"
    path.write_bytes(head + tail)
    try:
        source = read_source(path)
    except ExtractorError as error:
        assert "план.docx" in str(error)
    else:
        assert source.blocks
