"""The numbers of «Свод» counted another way: from the JSON of the records, as another program would."""

from __future__ import annotations

import json
import shutil
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from extractor import cli
from extractor.output.summary import LONGEST
from tests.conftest import ROOT

Json = dict[str, Any]
MONTHS = [9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8, None]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Json], Any]:
    """The plans of the samples as JSON, and the sheet «Свод» of the same files: two runs of the program."""
    home = tmp_path_factory.mktemp("counts")
    for path in (ROOT / "samples").rglob("plan.*"):
        if path.suffix in (".docx", ".txt"):
            shutil.copy(path, home / f"{path.parent.name}{path.suffix}")
    for output in ("records/", "район.xlsx"):
        assert cli.main([f"{home}/*.*", "-o", f"{home}/{output}"]) == 0
    records = [json.loads(path.read_bytes()) for path in sorted(Path(home, "records").rglob("*.json"))]
    plans = [plan for record in records for plan in record.get("plans", [record])]
    return plans, openpyxl.load_workbook(home / "район.xlsx")["Свод"]


def shown(sheet: Any, title: str, columns: int) -> list[tuple[Any, ...]]:
    """The rows of a section, without the sums."""
    rows = [row[:columns] for row in sheet.iter_rows(values_only=True)]
    begin = next(index for index, row in enumerate(rows) if row[0] == title) + 3
    end = next((index for index in range(begin, len(rows)) if rows[index][0] is None), len(rows))
    return [row for row in rows[begin:end] if row[0] != "Всего"]


def speakers(plan: Json) -> list[Json]:
    return [who for meeting in plan["meetings"] for item in meeting["agenda"] for who in item["speakers"]]


def everybody(plan: Json, field: str) -> list[Json]:
    """All who stand in this field at a meeting, a question or an activity."""
    things = [*plan["meetings"], *plan["activities"]]
    things += [item for meeting in plan["meetings"] for item in meeting["agenda"]]
    return [who for thing in things for who in thing.get(field) or []]


def fullest(plans: list[Json]) -> dict[str, str]:
    """{key of a school: its longest writing}."""
    texts: defaultdict[str, set[str]] = defaultdict(set)
    for plan in plans:
        for school in plan["schools"]:
            texts[school["key"] or school["text"]].add(school["text"])
    return {key: max(those, key=lambda text: (len(text), text)) for key, those in texts.items()}


def test_meetings_by_year_and_month(made: tuple[list[Json], Any]) -> None:
    plans, sheet = made
    counted: defaultdict[str, Counter[int | None]] = defaultdict(Counter)
    for plan in plans:
        school, calendar = plan["school_year"], plan["calendar_year"]
        year = f"{school['start']}–{school['end']}" if school else str(calendar["year"]) if calendar else ""
        counted[year or "год не указан"].update([])
        for meeting in plan["meetings"]:
            begin = min((each["start"] for each in meeting["dates"] if each["start"]), default="")
            end = max((each["end"] for each in meeting["dates"] if each["end"]), default="")
            month = int(begin[5:7]) if begin and begin[:7] == end[:7] else None
            counted[year or "год не указан"][month] += 1
    table = shown(sheet, "Заседания по годам и месяцам", 15)
    assert {row[0]: [each or 0 for each in row[1:14]] for row in table} == {
        year: [count[month] for month in MONTHS] for year, count in counted.items()
    }
    assert sum(row[14] for row in table) == sum(len(plan["meetings"]) for plan in plans) > 30


def test_talks_by_school(made: tuple[list[Json], Any]) -> None:
    plans, sheet = made
    names = fullest(plans)
    talks, answers, takes_part, mentioned = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for plan in plans:
        for counter, people in (
            (talks, everybody(plan, "speakers")),
            (answers, everybody(plan, "responsible")),
            (takes_part, everybody(plan, "participants")),
        ):
            counter.update(who["school"]["key"] for who in people if who["school"])
        mentioned.update({school["key"] or school["text"] for school in plan["schools"]})
    expected = [
        (names[key], count, answers[key], takes_part[key], mentioned[key]) for key, count in talks.items()
    ]
    assert sorted(shown(sheet, "Выступления по школам", 5)) == sorted(expected)
    assert len(expected) > 5
    silent = shown(sheet, "Школы, которые ни разу не выступали", 5)
    assert sorted(row[0] for row in silent) == sorted(names[key] for key in names if key not in talks)


def test_talks_by_person(made: tuple[list[Json], Any]) -> None:
    plans, sheet = made
    names = fullest(plans)
    talks: Counter[str] = Counter()
    for plan in plans:
        homes = {person["name"]: person["schools"] for person in plan["people"]}
        for who in speakers(plan):
            if who["kind"] == "person":
                schools = [who["school"]["key"]] if who["school"] else homes.get(who["name"], [])
                name = who["name"] or who["text"]
                talks[f"{name} ({names[schools[0]]})" if len(schools) == 1 else name] += 1
    rows = [row for row in shown(sheet, "Выступления по людям", 2) if isinstance(row[1], int)]
    assert len(rows) == len(set(rows)) == min(len(talks), LONGEST)
    assert set(rows) <= set(talks.items())
    left_out = [count for name, count in talks.items() if (name, count) not in set(rows)]
    assert max(left_out, default=0) <= min(count for _, count in rows)  # the longest list ends with the fewest talks
    assert talks.total() > 50


def test_key_figures(made: tuple[list[Json], Any]) -> None:
    plans, sheet = made
    figures = {row[0]: row[1] for row in sheet.iter_rows(max_row=12, values_only=True)}
    assert figures["Планов"] == len(plans)
    assert figures["Вопросов в повестках"] == sum(len(m["agenda"]) for p in plans for m in p["meetings"])
    assert figures["Мероприятий"] == sum(len(plan["activities"]) for plan in plans)
    assert figures["Выступлений на заседаниях"] == sum(len(speakers(plan)) for plan in plans)
    assert figures["Людей (разных имён)"] == len({who["name"] for plan in plans for who in plan["people"]})
    assert figures["Замечаний"] == sum(len(plan["diagnostics"]) for plan in plans)
    worst = shown(sheet, "Планы, где больше всего замечаний", 2)
    assert [row[1] for row in worst] == sorted(
        (n for p in plans if (n := len(p["diagnostics"]))), reverse=True
    )[:20]
