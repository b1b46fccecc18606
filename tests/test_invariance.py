"""The same plan in another format says the same; `make invariance` measures it over all samples."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from extractor.ingest import office
from tests import invariance
from tests.conftest import ROOT
from tests.documents import document, item, table
from tests.invariance import added, as_text, compare, measure, percentage, word_samples

NAMES = ("librarians-2019", "mathematics-2022", "mmo-technology-2019")
LEAST = {"txt": 95.0, "odt": 99.0}  # per cent of the facts of the three together
needs_office = pytest.mark.skipif(office.find_soffice() is None, reason="LibreOffice is not installed")


@pytest.mark.parametrize("kind", ["txt", pytest.param("odt", marks=needs_office)])
def test_another_format_gives_the_same_facts(kind: str) -> None:
    """`python tests/invariance.py --errors` shows every difference."""
    documents = {name: path for name, path in word_samples().items() if name in NAMES}
    assert len(documents) == len(NAMES)
    counts = measure(documents, [kind])[kind]
    assert counts["all"][1] > 150
    assert percentage(counts["all"]) >= LEAST[kind], counts


def test_facts_are_counted_as_multisets() -> None:
    one = Counter({("title", "", "план"): 1, ("people", "", "а"): 2})
    other = Counter({("people", "", "а"): 1, ("people", "", "б"): 1})
    counts = added([compare(one, other)])
    assert (counts["title"], counts["people"], counts["all"]) == ((0, 1), (1, 3), (1, 4))
    assert percentage(counts["all"]) == 25.0


def test_a_document_as_text() -> None:
    source = document("План", "", item("1.", "Пункт"), table(["А|Б", "<"], ["одно\nдва", "три"]))
    lines = ["План", "", "1. Пункт", "", "| А\\|Б |  |", "| --- | --- |", "| одно<br>два | три |", "", ""]
    assert as_text(source) == "\n".join(lines)


def test_what_cannot_be_read_has_no_facts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(invariance, "in_formats", lambda documents, folder, formats: {"txt": {}})
    counts = measure({"librarians-2019": word_samples()["librarians-2019"]}, ["txt"])["txt"]
    assert percentage(counts["all"]) == 0.0


def test_readme_has_a_place_for_the_table() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert text.count(invariance.BEGIN) == text.count(invariance.END) == 1
