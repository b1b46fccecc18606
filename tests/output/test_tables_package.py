"""The tables as a Frictionless Data Package: valid, keyed, and readable by double click in Excel."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from frictionless import Package

from extractor.model.plan import Plan, Plans
from extractor.output.linked import tables_of
from extractor.output.to_tables import NAMES, tables_folder, write_tables
from extractor.pipeline import extract_file
from tests.conftest import ROOT

SAMPLES = sorted((ROOT / "samples").glob("*/plan.docx"))[:6]


@pytest.mark.parametrize("dialect", ["excel", "machine"])
def test_package_is_valid(tmp_path: Path, dialect: str) -> None:
    with tables_folder(tmp_path, dialect=dialect, parquet=False) as tables:
        for path in SAMPLES:
            for each in tables_of(extract_file(path), f"{path.parent.name}/{path.name}"):
                tables.add(each)
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "message"])[:5]
    assert report.stats["tasks"] == len(NAMES)


def test_broken_key_is_found(tmp_path: Path, plan: Plan) -> None:
    write_tables(plan, tmp_path, dialect="machine")
    text = (tmp_path / "plans.csv").read_text("utf-8").replace("план.docx", "другой.docx")
    (tmp_path / "plans.csv").write_text(text, "utf-8")
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert "foreign-key" in {error[0] for error in report.flatten(["type"])}


def test_excel_opens_it_by_double_click(tmp_path: Path, plan: Plan) -> None:
    write_tables(plan, tmp_path)
    data = (tmp_path / "meetings.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf") and data.endswith(b"\r\n")
    with (tmp_path / "meetings.csv").open(encoding="utf-8-sig", newline="") as file:
        [row] = csv.DictReader(file, delimiter=";")
    assert row["Начало"] == "25.10.2022"
    assert row["Ключ плана"] == "план.docx"


def test_two_plans_of_a_file_have_keys_of_their_own(tmp_path: Path, plan: Plan) -> None:
    write_tables(Plans(source=plan.source, plans=(plan, plan)), tmp_path, dialect="machine")
    assert Package(str(tmp_path / "datapackage.json")).validate().valid
    text = (tmp_path / "agenda.csv").read_text("utf-8")
    assert "план.docx:agenda-1," in text and "план.docx#2:meetings-1," in text


def test_what_goes_wrong_leaves_the_old_files(tmp_path: Path, plan: Plan) -> None:
    write_tables(plan, tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(RuntimeError), tables_folder(tmp_path, dialect="excel", parquet=True) as tables:
        tables.add(tables_of(plan, "x")[0])
        raise RuntimeError
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_parquet_holds_the_same(tmp_path: Path, plan: Plan) -> None:
    import datetime

    import pyarrow.parquet

    write_tables(plan, tmp_path, parquet=True)
    table = pyarrow.parquet.read_table(tmp_path / "meetings.parquet").to_pylist()
    assert table[0]["Начало"] == datetime.date(2022, 10, 25)
    assert table[0]["№ заседания"] == 1
    assert len(list(tmp_path.glob("*.parquet"))) == len(NAMES)
    package = json.loads((tmp_path / "datapackage.json").read_bytes())
    assert [each["title"] for each in package["resources"]][0] == "Планы"
