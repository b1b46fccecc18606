"""LibreOffice as a converter: many files in a call, limits, nothing left behind, nothing fetched."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

import pytest

from extractor.errors import DamagedFile, NotAFile, UnknownFormat
from extractor.ingest import office
from extractor.ingest.from_docx import read_docx
from extractor.ingest.office.copies import count_open_groups, prepare_copy
from extractor.ingest.office.process import run_limited

DATA = Path(__file__).parent / "data"
RTF = rb"{\rtf1\ansi\ansicpg1251 %s\par}"
needs_office = pytest.mark.skipif(office.find_soffice() is None, reason="LibreOffice is not installed")
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")

COPIES = [  # kind, bytes, what LibreOffice gets
    ("rtf", rb'{\rtf1{\field{\*\fldinst INCLUDEPICTURE "http://x/p.png" \\d}}}', b"INCLUDEPICTURE", False),
    ("rtf", rb'{\rtf1{\field{\*\fldinst  includetext "c:\\secret"}{\fldrslt res}}}', b"includetext", False),
    ("rtf", rb"{\rtf1{\field{\*\fldinst HYPERLINK x}{\fldrslt res}}}", b"HYPERLINK", True),
    ("rtf", rb"{\rtf1 The words LINK and DDE}", b"LINK and DDE", True),
    ("rtf", rb"{\rtf1{\*\template http://x/t.dot}}", rb"\template", False),
    ("rtf", rb"{\rtf1{\object\objautlink\objupdate x}}", rb"\objautlink", False),
    ("html", b'<img src="http://x/i.png"><iframe src=f>', b"src", False),
    ("html", b'<base href="http://x/"><p>text</p>', b"<base", False),
    ("doc", b"\xd0\xcf INCLUDEPICTURE", b"INCLUDEPICTURE", True),
]


@pytest.mark.parametrize(("kind", "data", "needle", "stays"), COPIES)
def test_links_are_cut(kind: str, data: bytes, needle: bytes, stays: bool) -> None:
    assert (needle in prepare_copy(data, kind)) is stays


def test_cells_that_a_row_has_no_room_for_are_dropped() -> None:
    row = (
        rb"\trowd\cellx100\cellx200\cellx300 a\cell {\*\nesttableprops\trowd\cellx50\nestrow} b\cell"
        rb"\cell\cell\cell\row"
    )
    assert prepare_copy(b"{" + row + b"}", "rtf").endswith(rb"b\cell\cell\row}")
    whole = rb"{\trowd\cellx100\cellx200 a\cell\cell\row}"
    assert prepare_copy(whole, "rtf") == whole


def test_open_groups() -> None:
    assert [
        count_open_groups(d) for d in (rb"{\rtf1 a}", rb"{\rtf1{\b a", rb"{\rtf1 \{ a}", b"{" * 5000)
    ] == [0, 2, 0, 0]


def test_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(office, "find_soffice", lambda: None)
    path = tmp_path / "план.rtf"
    path.write_bytes(RTF % b"x")
    results = office.convert([path, tmp_path / "нет.rtf"], folder=tmp_path)
    assert isinstance(results[path], UnknownFormat) and "установите LibreOffice" in str(results[path])
    assert isinstance(results[tmp_path / "нет.rtf"], NotAFile)


@pytest.fixture
def own_temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that only this test's runs of LibreOffice work in; those of others on the machine do not."""
    folder = tmp_path.resolve() / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def left_behind(temporary: Path) -> set[str]:
    """The files in the folder, and the processes (Linux) that have it in their command line."""
    found = {path.name for path in temporary.iterdir()}
    for entry in Path("/proc").glob("[0-9]*/cmdline") if Path("/proc").is_dir() else ():
        try:
            command = entry.read_bytes()
        except OSError:
            continue
        if os.fsencode(temporary) in command:
            found.add(entry.parent.name)
    return found


@needs_office
def test_many_files_in_one_call(tmp_path: Path, own_temporary: Path) -> None:
    folder = tmp_path / "папка с пробелами"
    folder.mkdir()
    paths = [folder / "-план 1.rtf", folder / "%41 план.rtf", folder / "сломан.rtf", folder / "страница.html"]
    for path, data in zip(
        paths, [RTF % b"one", RTF % b"two", b"{\\rtf1", b"<html><p>three</p></html>"], strict=True
    ):
        path.write_bytes(data)
    results = office.convert(paths, folder=folder)
    texts = []
    for path in paths:
        made = results[path]
        texts.append(
            " ".join(b.text for b in read_docx(made, made.read_bytes()).blocks)
            if isinstance(made, Path)
            else None
        )
    assert [texts[0], texts[1], texts[3]] == ["one", "two", "three"]
    assert texts[2] in (None, "")  # nothing in it, and nothing of the others lost
    assert left_behind(own_temporary) == set()


@needs_office
def test_time_limit_leaves_nothing_behind(tmp_path: Path, own_temporary: Path) -> None:
    path = tmp_path / "slow.rtf"
    path.write_bytes(RTF % (b"\\trowd" + b"\\cellx1" * 100_000 + b" a\\cell" * 100_000 + b"\\row "))
    started = time.monotonic()
    with pytest.raises(DamagedFile):
        office.convert_one(path, path.read_bytes(), seconds=2)
    assert time.monotonic() - started < 10
    assert left_behind(own_temporary) == set()


@posix_only
def test_whole_tree_of_processes_ends(tmp_path: Path) -> None:
    script = "sleep 60 & echo $! > child; sleep 60"
    started = time.monotonic()
    in_time = run_limited(
        ["/bin/sh", "-c", script],
        environment=dict(os.environ),
        folder=tmp_path,
        seconds=0.5,
        file_bytes=1 << 20,
        memory_bytes=1 << 30,
    )
    assert not in_time and time.monotonic() - started < 5
    child = Path("/proc", (tmp_path / "child").read_text().strip())
    assert not child.exists() or b"sleep" not in (child / "cmdline").read_bytes()


@posix_only
def test_size_of_written_files_is_limited(tmp_path: Path) -> None:
    script = "while :; do echo 0123456789012345678901234567890123456789; done > big"
    run_limited(
        ["/bin/sh", "-c", script],
        environment=dict(os.environ),
        folder=tmp_path,
        seconds=5,
        file_bytes=1 << 16,
        memory_bytes=1 << 30,
    )
    assert (tmp_path / "big").stat().st_size <= 1 << 16


@needs_office
def test_nothing_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even with the links left in: the profile and the environment of the run forbid it."""
    import http.server
    import threading

    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_GET

        def log_message(self, *arguments: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_address[1]}"
        secret = tmp_path / "secret.txt"
        secret.write_text("TOPSECRET")
        field = '{\\field{\\*\\fldinst %s "%s"}{\\fldrslt }}'
        body = field % ("INCLUDEPICTURE", address + "/p.png") + field % ("INCLUDETEXT", secret) + " end"
        monkeypatch.setattr(office, "prepare_copy", lambda data, kind: data)
        path = tmp_path / "plan.rtf"
        docx = office.convert_one(path, RTF % body.encode())
        server.shutdown()
    assert asked == []
    assert "TOPSECRET" not in " ".join(block.text for block in read_docx(path, docx).blocks)
