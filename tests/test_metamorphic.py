"""What must not matter does not, and what must move moves: the samples, changed in a known way."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from extractor.ingest import read_source
from extractor.model.plan import Date, Plan, Plans
from extractor.model.source import Block, Source
from extractor.model.walk import walk
from extractor.output.to_json import json_bytes
from extractor.pipeline import extract_source
from extractor.values.senses import load_senses
from tests.documents import Table, document, failing, plan_of, plans_of, table, titled
from tests.evaluate import SAMPLES, samples

DOCUMENTS = {sample.name: sample.document for sample in samples(SAMPLES)}


@cache
def source_of(name: str) -> Source:
    return read_source(DOCUMENTS[name])


@cache
def plans_in(name: str) -> tuple[Plan, ...]:
    return _plans(source_of(name))


def _plans(source: Source) -> tuple[Plan, ...]:
    found = extract_source(source, load_senses())
    return found.plans if isinstance(found, Plans) else (found,)


def each_sample(known: dict[str, str] | None = None) -> pytest.MarkDecorator:
    """Every sample; those that fail with the reason."""
    names = [
        failing((known or {})[name], name) if name in (known or {}) else name for name in sorted(DOCUMENTS)
    ]
    return pytest.mark.parametrize("name", names)


# --- facts: a record without places ---------------------------------------------------------------

LIKE = str.maketrans("aceopxyABCEHKMOPTX", "асеорхуАВСЕНКМОРТХ")
PLACES = ("at", "blocks", "residue", "structure", "source", "coverage", "key", "schools")


def facts(plans: tuple[Plan, ...]) -> list[Any]:
    """What the records say, wherever it stands: spaces, dashes and look-alike letters are all one."""
    return [_facts(json.loads(json_bytes(plan))) for plan in plans]


def _facts(value: Any) -> Any:
    if isinstance(value, dict):
        found = {k: _facts(v) for k, v in value.items() if k not in PLACES}
        if "extra" in found:
            found["extra"] = {_alike(k): v for k, v in found["extra"].items()}
        if "diagnostics" in found:
            codes = (each["code"] for each in found["diagnostics"])
            found["diagnostics"] = [code for code in codes if code != "low-coverage"]
        return found
    if isinstance(value, list):
        return [_facts(each) for each in value]
    return _alike(value) if isinstance(value, str) else value


def _alike(text: str) -> str:
    return " ".join(re.sub("[‐‑–—−]", "-", text).translate(LIKE).split())


def differences(one: Any, other: Any, path: str = "") -> Iterator[str]:
    """«[0].meetings[2].theme: was …, is …» for every fact that changed."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in sorted(set(one) | set(other)):
            yield from differences(one.get(key), other.get(key), f"{path}.{key}")
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for number, (a, b) in enumerate(zip(one, other, strict=True)):
            yield from differences(a, b, f"{path}[{number}]")
    elif one != other:
        yield f"{path}: was {str(one)[:160]}, is {str(other)[:160]}"


# --- what must not matter: spaces, dashes, soft hyphens, look-alike letters, line ends ------------

Change = Callable[[str], str]


def changed_file(path: Path, folder: Path, change: Change) -> Path:
    """The same document with `change` made in all its words."""
    copy = folder / path.name
    if path.suffix == ".txt":
        text = path.read_bytes().decode(read_source(path).encoding or "utf-8")
        copy.write_bytes(change(text).encode("utf-8"))
        return copy
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            data = old.read(entry)
            if re.fullmatch(r"word/(document|header\d*|footer\d*|footnotes)\.xml", entry.filename):
                words = re.compile(r"(<w:t(?: [^>]*)?>)([^<]*)(</w:t>)")
                data = words.sub(lambda m: m[1] + change(m[2]) + m[3], data.decode("utf-8")).encode("utf-8")
            new.writestr(entry, data)
    return copy


def hard_spaces(text: str) -> str:
    return re.sub(r"(?<=\S) (?=\S)", "\u00a0", text)


def soft_hyphens(text: str) -> str:
    return re.sub(r"([а-яё]{3})(?=[а-яё]{3})", "\\1\u00ad", text)


def other_dashes(text: str) -> str:
    return text.translate(str.maketrans("–—", "—–"))


def look_alikes(text: str) -> str:
    """The second letter of every long word in small letters, where Latin has one like it."""
    pairs = dict(zip("асеорху", "aceopxy", strict=True))
    return re.sub(r"(?<=\b[а-яё])([асеорху])(?=[а-яё]{4})", lambda m: pairs[m[1]], text)


def windows_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\n", "\r\n")


CHANGES = [hard_spaces, soft_hyphens, other_dashes, look_alikes]
KNOWN_CHANGES: dict[tuple[str, str], str] = {}


def _change_cases() -> Iterator[Any]:
    for name in sorted(DOCUMENTS):
        for change in CHANGES:
            reason = KNOWN_CHANGES.get((name, change.__name__))
            yield failing(reason, name, change) if reason else (name, change)


@pytest.mark.parametrize(("name", "change"), list(_change_cases()), ids=lambda v: getattr(v, "__name__", v))
def test_what_does_not_matter(name: str, change: Change, tmp_path: Path) -> None:
    again = _plans(read_source(changed_file(DOCUMENTS[name], tmp_path, change)))
    assert list(differences(facts(plans_in(name)), facts(again))) == []


@pytest.mark.parametrize("name", [name for name, path in sorted(DOCUMENTS.items()) if path.suffix == ".txt"])
def test_line_ends_do_not_matter(name: str, tmp_path: Path) -> None:
    again = _plans(read_source(changed_file(DOCUMENTS[name], tmp_path, windows_lines)))
    assert list(differences(facts(plans_in(name)), facts(again))) == []


# --- what must move: the school year --------------------------------------------------------------


def a_year_later(source: Source, plan: Plan) -> Source:
    """The source with the years of the title one later; dates with a year of their own stay."""
    assert plan.school_year is not None
    said = {span.block: span for span in plan.school_year.at}
    blocks = list(source.blocks)
    for number, span in said.items():
        text = blocks[number].text
        years = re.sub(
            r"\d{4}|(?<=[/–-])\d{2}(?!\d)", lambda m: str(int(m[0]) + 1), text[span.start : span.end]
        )
        blocks[number] = replace(blocks[number], text=text[: span.start] + years + text[span.end :])
    return replace(source, blocks=tuple(blocks))


def _moved(day: str | None, said: str) -> str | None:
    """The day a year later; the last of February stays the last, but where the author wrote «28»."""
    if day is None:
        return None
    found = date.fromisoformat(day)
    if (found.month, found.day) in ((2, 28), (2, 29)) and "28" not in said:
        return f"{found.year + 1}-02-{29 if (found.year + 1) % 4 == 0 else 28}"
    return found.replace(year=found.year + 1).isoformat()


BY_WEEKDAY = re.compile(r"недел|понедельник|вторник|сред[аы]|четверг|пятниц|суббот|воскресень", re.IGNORECASE)
YEARED = sorted(
    name
    for name in DOCUMENTS
    if len(plans_in(name)) == 1
    and (plans_in(name)[0].school_year or None)
    and not plans_in(name)[0].school_year.inferred  # type: ignore[union-attr]
)


@pytest.mark.parametrize("name", YEARED)
def test_dates_move_with_the_school_year(name: str) -> None:
    (plan,) = plans_in(name)
    (later,) = _plans(a_year_later(source_of(name), plan))
    assert later.school_year is not None
    assert plan.school_year is not None
    assert (later.school_year.start, later.school_year.end) == (
        plan.school_year.start + 1,
        plan.school_year.end + 1,
    )
    parts = ("meetings", "activities")
    before, after = ([d for part in parts for d in walk(getattr(each, part), Date)] for each in (plan, later))
    assert [each.at for each in before] == [each.at for each in after]
    for one, other in zip(before, after, strict=True):
        if one.year_inferred and not BY_WEEKDAY.search(one.text):
            assert (other.start, other.end) == (_moved(one.start, one.text), _moved(one.end, one.text)), one.text
        elif not one.year_inferred:
            assert (other.start, other.end) == (one.start, one.end), one.text


# --- what only lengthens the residue: an unrelated paragraph ---------------------------------------

STRAY = "Погода в горах переменчива, поэтому вещи берут с собой тёплые."
KNOWN_STRAYS = {"primary-2021/plan.docx": "a paragraph set apart under the last question becomes a question"}


@each_sample(KNOWN_STRAYS)
def test_an_unrelated_paragraph_is_residue(name: str) -> None:
    source = source_of(name)
    last = max((b.id for b in source.blocks if b.part == "body"), default=-1)
    stray = Block(id=len(source.blocks), kind="paragraph", text=STRAY, gap=2)
    body, rest = source.blocks[: last + 1], source.blocks[last + 1 :]
    blocks = tuple(replace(block, id=number) for number, block in enumerate((*body, stray, *rest)))
    again = _plans(replace(source, blocks=blocks))
    assert list(differences(facts(plans_in(name)), facts(again))) == []
    assert STRAY.rstrip(".") in {
        each.blocks[s.block].text[s.start : s.end] for each in again for s in each.residue
    }


# --- columns in another order ----------------------------------------------------------------------

COLUMNS = ["№", "Мероприятие", "Сроки", "Место проведения", "Ответственные"]
ROWS = [
    ["1", "Семинар «Опыт»", "12 октября", "МБОУ СОШ № 3", "Иванова И.И."],
    ["2", "Конкурс чтецов", "ноябрь", "МБОУ «Лицей № 1»", "Петрова А.А., Сидорова О.О."],
    ["3", "Подведение итогов года", "до 15 мая", "-", "Руководитель РМО"],
]
ORDERS = [
    (0, 1, 2, 3, 4),
    (2, 1, 4, 3, 0),
    (4, 3, 2, 1, 0),
    (0, 2, 1, 4, 3),
    (1, 0, 3, 2, 4),
    (3, 4, 0, 1, 2),
    (2, 0, 1, 3, 4),
]


def permuted(order: tuple[int, ...], *, heading: bool) -> Table:
    rows = [COLUMNS, *ROWS] if heading else ROWS
    return table(*([row[k] for k in order] for row in rows))


def _activities(plan: Plan) -> Any:
    return _facts(json.loads(json_bytes(plan)))["activities"]


@pytest.mark.parametrize("order", ORDERS)
def test_columns_in_another_order(order: tuple[int, ...]) -> None:
    expected = _activities(titled("Цель: рост.", "", permuted(ORDERS[0], heading=True)))
    assert _activities(titled("Цель: рост.", "", permuted(order, heading=True))) == expected


@pytest.mark.parametrize("order", [order for order in ORDERS if order[0] in (0, 2)])
def test_columns_without_a_heading_in_another_order(order: tuple[int, ...]) -> None:
    expected = _activities(titled("Цель: рост.", "", permuted(ORDERS[0], heading=False)))
    assert _activities(titled("Цель: рост.", "", permuted(order, heading=False))) == expected


# --- two plans in one file, a school renamed ---------------------------------------------------------

JOINABLE = [
    name
    for name in sorted(DOCUMENTS)
    if len(plans_in(name)) == 1 and plans_in(name)[0].title and plans_in(name)[0].school_year
]
PAIRS = list(zip(JOINABLE, JOINABLE[1:] + JOINABLE[:1], strict=True))


def joined(one: Source, other: Source) -> Source:
    body = [[b for b in source.blocks if b.part == "body"] for source in (one, other)]
    shift = max((b.table or 0 for b in body[0]), default=0)
    second = [
        replace(
            b, table=b.table and b.table + shift, inside=b.inside and (b.inside[0] + shift, *b.inside[1:])
        )
        for b in body[1]
    ]
    if second:
        second[0] = replace(second[0], gap=3)
    blocks = tuple(replace(block, id=number) for number, block in enumerate((*body[0], *second)))
    return replace(one, blocks=blocks, notes=())


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_two_plans_joined_give_two_plans(one: str, other: str) -> None:
    bodies = [
        replace(source_of(n), blocks=tuple(b for b in source_of(n).blocks if b.part == "body"), notes=())
        for n in (one, other)
    ]
    alone = [plan for source in bodies for plan in _plans(_numbered(source))]
    found = _plans(joined(source_of(one), source_of(other)))
    assert [plan.title and plan.title.text for plan in found] == [
        plan.title and plan.title.text for plan in alone
    ]
    counts = [(len(p.meetings), len(p.activities), len(p.goals), len(p.tasks)) for p in alone]
    assert [(len(p.meetings), len(p.activities), len(p.goals), len(p.tasks)) for p in found] == counts


def _numbered(source: Source) -> Source:
    return replace(
        source, blocks=tuple(replace(block, id=number) for number, block in enumerate(source.blocks))
    )


def test_a_school_renamed_is_another_school_and_nothing_else() -> None:
    body = (
        "Заседание № 1. Август", "1. Анализ. (Иванова И.И., Луговская СОШ)", "2. Обзор. (Петрова А.А., МБОУ СОШ № 3)",
        table(["Мероприятие", "Сроки", "Место проведения"], ["Семинар", "март", "Луговская СОШ"], ["Конкурс", "май", "МБОУ СОШ № 3"]),
    )  # fmt: skip
    before = json.loads(json_bytes(titled(*body)))
    text = json.dumps([msgspec.to_builtins(block) for block in document(*body).blocks], ensure_ascii=False)
    assert "Луговская" in text
    renamed = [_renamed(part) for part in body]
    after = json.loads(json_bytes(titled(*renamed)))
    told = list(differences(_facts(before), _facts(after)))
    assert told
    assert all("Лугов" in line and "Степн" in line for line in told), told
    assert {school["key"] for school in before["schools"]} - {
        school["key"] for school in after["schools"]
    } == {"сош-луговская"}
    assert len(before["schools"]) == len(after["schools"]) == 2


def _renamed(part: str | Table) -> str | Table:
    if isinstance(part, str):
        return part.replace("Луговская", "Степновская")
    return Table(tuple(tuple(cell.replace("Луговская", "Степновская") for cell in row) for row in part.rows))


# --- small documents --------------------------------------------------------------------------------


def test_a_plan_twice_in_one_file_is_two_plans() -> None:
    body = ["Цель: рост.", "Заседание № 1. Август", "1. Анализ."]
    titles = [
        "План работы РМО учителей химии на 2021-2022 учебный год",
        "План работы РМО учителей химии на 2022-2023 учебный год",
    ]
    found = plans_of(titles[0], "", *body, "", titles[1], "", *body)
    assert [plan.title and plan.title.text for plan in found] == titles
    assert [[d.edtf for m in plan.meetings for d in m.dates] for plan in found] == [["2021-08"], ["2022-08"]]


@pytest.mark.parametrize("sign", ["–", "—", "-", "\u2011", "\u2212"])
def test_the_sign_between_the_years_does_not_matter(sign: str) -> None:
    plan = plan_of(f"План работы РМО на 2021{sign}2022 учебный год", "", "Цель: рост.")
    assert plan.school_year is not None
    assert (plan.school_year.start, plan.school_year.end) == (2021, 2022)
