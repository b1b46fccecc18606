"""Datasette opens the archive as it is, with the metadata, and answers."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extractor.archive.datasette import metadata_bytes
from tests.archive.conftest import Desk

_NO_PROXY = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def test_every_table_has_a_title(desk: Desk) -> None:
    desk.write("план.txt")
    desk.add()
    with desk.open() as archive:
        tables = json.loads(metadata_bytes(archive))["databases"]["plans"]["tables"]
        names = [row["name"] for row in archive.read("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for name in (each for each in names if not each.startswith("lines_fts")):
            entry = tables[name]
            assert entry.get("hidden") or re.search("[а-я]", entry["title"]), name
            columns = {row["name"] for row in archive.read("SELECT name FROM pragma_table_info(?)", name)}
            assert columns.issuperset(entry.get("facets", [])), name
        assert set(tables) <= set(names)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    pytest.importorskip("datasette", reason="datasette is not installed: pip install datasette")
    home = tmp_path_factory.mktemp("datasette")
    desk = Desk(home / "Планы", home / "plans.sqlite")
    desk.write("2021.txt")
    desk.write("2022.txt", year=2022)
    desk.add()
    metadata = home / "plans.metadata.json"
    with desk.open() as archive:
        metadata.write_bytes(metadata_bytes(archive))
    yield from serving(desk.database, metadata)


def serving(database: Path, metadata: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "datasette", "serve", str(database), "--metadata", str(metadata)]
    process = subprocess.Popen(
        [*command, "--host", "127.0.0.1", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={key: value for key, value in os.environ.items() if not key.lower().endswith("_proxy")},
    )
    address = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                _NO_PROXY.open(f"{address}/-/versions.json", timeout=5).close()
                break
            except OSError:
                assert process.poll() is None, "datasette ended"
                assert time.monotonic() < deadline
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def ask(server: str, table: str, **parameters: str) -> Any:
    """The JSON of a table; Datasette writes «~D0» for a byte that is no Latin letter."""
    quoted = "".join(chr(b) if chr(b).isascii() and chr(b).isalnum() or chr(b) in "_-" else f"~{b:02X}" for b in table.encode())
    url = f"{server}/plans/{quoted}.json?{urllib.parse.urlencode(parameters)}"
    with _NO_PROXY.open(url, timeout=30) as answer:
        return json.load(answer)


def test_tables_and_facets(server: str) -> None:
    found = ask(server, "Участие", _shape="objects")
    assert len(found["rows"]) >= 8
    facets = found["facet_results"].get("results", found["facet_results"])
    assert {"Учебный год", "Ключ школы", "Имя"} <= set(facets)
    years = {each["value"] for each in facets["Учебный год"]["results"]}
    assert years == {"2021–2022", "2022–2023"}


def test_full_text(server: str) -> None:
    for words in ("экстремистская литература", "экстремистской литературы"):
        found = ask(server, "lines", _search=words, _shape="objects")
        assert len(found["rows"]) == 2, words


def test_pages_are_russian(server: str) -> None:
    with _NO_PROXY.open(f"{server}/plans", timeout=30) as answer:
        page = answer.read().decode()
    assert "Заседания" in page
    assert "Поиск по тексту планов" in page


def test_ready_questions_answer(server: str) -> None:
    words = urllib.parse.quote("литература")
    with _NO_PROXY.open(f"{server}/plans/poisk.json?_shape=objects&{urllib.parse.quote('слова')}={words}", timeout=30) as answer:
        assert len(json.load(answer)["rows"]) == 4
    with _NO_PROXY.open(f"{server}/plans/shkoly.json?_shape=objects", timeout=30) as answer:
        rows = json.load(answer)["rows"]
    assert {row["Выступлений"] for row in rows} == {2}


