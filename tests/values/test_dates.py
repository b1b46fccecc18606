"""Dates: the table of lines, the gold records, and what must hold for any text at all."""

from __future__ import annotations

import json
import re
import time
from calendar import monthrange
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.model.plan import Date, Span
from extractor.values.dates import DateGrammar, Under, Years, find_dates, suggest
from extractor.vocabulary.date_words import load_date_words
from tests.values.date_cases import CASES, PLAN, Case

GRAMMAR = DateGrammar(load_date_words())
GOLD = Path(__file__).resolve().parents[3] / "shared" / "gold"


def written(found: Date) -> str:
    """«text | precision | EDTF | time | → suggested», as the table has it."""
    parts = [found.text, found.precision, (found.edtf or "-") + "*" * found.year_inferred]
    parts += [found.time] if found.time else []
    return " | ".join(parts + ([f"→ {found.suggested.edtf}"] if found.suggested else []))


def bounds(edtf: str | None) -> tuple[str | None, str | None]:
    """First and last day of an EDTF text, None where it has no such day: a small reader of its own."""
    if edtf is None:
        return None, None
    low, _, high = edtf.partition("/")
    return _day(low, last=False), _day(high or low, last=True)


def _day(part: str, *, last: bool) -> str | None:
    match = re.fullmatch(r"(?:(\d{4}|XXXX)(?:-(\d\d|XX))?(?:-(\d\d))?~?|\.\.)", part)
    assert match, part
    if not match[1] or "XXXX" in part:
        return None
    year, month = int(match[1]), int(match[2] or (12 if last else 1))
    day = int(match[3] or (monthrange(year, month)[1] if last else 1))
    return date(year, month, day).isoformat()


def check_date(found: Date, text: str) -> None:
    """What holds for every date: places inside the text, the wording theirs, real days in order."""
    assert found.at and all(span.block == 0 and 0 <= span.start < span.end <= len(text) for span in found.at)
    assert found.text == " ".join(" ".join(text[s.start : s.end].split()) for s in found.at)
    start, end = bounds(found.edtf)
    assert (found.start, found.end) == (start, end)
    assert start is None or end is None or start <= end
    if found.suggested:
        low, high = bounds(found.suggested.edtf)
        assert found.suggested.start == (low or high) and found.suggested.end == (high or low)


@pytest.mark.parametrize("case", CASES, ids=[f"{case[0][:40]} {i}" for i, case in enumerate(CASES)])
def test_lines_of_plans(case: Case) -> None:
    text, years, expected = case
    found = GRAMMAR.find(text, years)
    assert [written(each) for each in found] == expected
    for each in found:
        check_date(each, text)


UNDER_JANUARY = [
    ("12", ["12 | day | 2020-01-12*"]),
    ("06", ["06 | day | 2020-01-06*"]),
    ("2-3", ["2-3 | range | 2020-01-02/2020-01-03*"]),
    ("1-10", ["1-10 | range | 2020-01-01/2020-01-10*"]),
    ("7, 14", ["7 | day | 2020-01-07*", "14 | day | 2020-01-14*"]),
    ("с 1 по 10", ["с 1 по 10 | range | 2020-01-01/2020-01-10*"]),
    ("12 числа", ["12 числа | day | 2020-01-12*"]),
    ("12 в 10.00", ["12 в 10.00 | day | 2020-01-12* | 10:00"]),
    ("12, 10.00", ["12, 10.00 | day | 2020-01-12* | 10:00"]),
    ("12.01", ["12.01 | day | 2020-01-12*"]),
    ("10.00", ["10.00 | month | 2020-01* | 10:00"]),
    ("до 15", ["до 15 | deadline | ../2020-01-15*"]),
    ("до 15 числа", ["до 15 числа | deadline | ../2020-01-15*"]),
    ("2 неделя", ["2 неделя | week | 2020-01-08~/2020-01-14~*"]),
    ("1-2 неделя", ["1-2 неделя | week | 2020-01-01~/2020-01-14~*"]),
    ("1 неделя-среда,", ["1 неделя-среда | day | 2020-01-01*"]),
    (
        "3 неделя-пятница, суббота в 14.00",
        [
            "3 неделя-пятница в 14.00 | day | 2020-01-17* | 14:00",
            "суббота в 14.00 | day | 2020-01-18* | 14:00",
        ],
    ),
    ("последняя среда", ["последняя среда | day | 2020-01-29*"]),
    ("последняя среда месяца", ["последняя среда месяца | day | 2020-01-29*"]),
    ("последняя среда каждого месяца", ["последняя среда каждого месяца | recurring | -"]),
    ("В течении месяца", ["В течении месяца | month | 2020-01*"]),
    ("Конец месяца", ["Конец месяца | month | 2020-01-21~/2020-01-31~*"]),
    ("по назначению", ["по назначению | on_request | -"]),
    ("январь-февраль", ["январь-февраль | range | 2020-01/2020-02*"]),
    ("12 школ", []),
    ("№ 12", []),
    ("СОШ 12", []),
]


@pytest.mark.parametrize(("text", "expected"), UNDER_JANUARY)
def test_rows_under_a_month(text: str, expected: list[str]) -> None:
    found = GRAMMAR.find(text, Years(calendar=2020), bare_days=True, under=Under(1))
    assert [written(each) for each in found] == expected
    for each in found:
        check_date(each, text)


@pytest.mark.parametrize(
    ("text", "years", "under", "expected"),
    [
        ("10.00", PLAN, Under(3, day=23), ["10.00 | day | 2022-03-23* | 10:00"]),
        ("10.00-11.00", PLAN, Under(3, 2022, 23), ["10.00-11.00 | day | 2022-03-23 | 10:00/11:00"]),
        ("12", PLAN, Under(9, 2021), ["12 | day | 2021-09-12"]),
        ("12", PLAN, Under(9, 2022), ["12 | day | 2022-09-12 | → 2021-09-12"]),
        ("12", Years(), Under(3), ["12 | day | XXXX-03-12"]),
        ("12", PLAN, None, ["12 | day | XXXX-XX-12"]),
        ("31", PLAN, Under(2), ["31 | unknown | -"]),
        ("В течение года", PLAN, Under(2), ["В течение года | school_year | 2021-09-01/2022-05-31*"]),
    ],
)
def test_rows_under_other_headings(text: str, years: Years, under: Under | None, expected: list[str]) -> None:
    assert [written(each) for each in GRAMMAR.find(text, years, bare_days=True, under=under)] == expected


def test_a_date_in_pieces_has_several_places() -> None:
    text = "3, 10 и 17 марта"
    first, _, last = GRAMMAR.find(text, PLAN)
    assert first.text == "3 марта" and first.at == (Span(0, 0, 1), Span(0, 11, 16))
    assert last.at == (Span(0, 8, 16),)


SCHOOL_YEARS = [
    ("План работы на 2017 – 2018 учебный год.", [("2017 – 2018 учебный год", 2017, 2018, True)]),
    ("на 2021/ 2022 учебный год", [("2021/ 2022 учебный год", 2021, 2022, True)]),
    ("задачи на 2016-17 уч.г.:", [("2016-17 уч.г.", 2016, 2017, True)]),
    ("на 2018 -2019 уч.год", [("2018 -2019 уч.год", 2018, 2019, True)]),
    ("на 2018-  2019 учебный \u00a0год", [("2018-  2019 учебный \u00a0год", 2018, 2019, True)]),
    ("в 2020/2021 учебном году", [("2020/2021 учебном году", 2020, 2021, True)]),
    ("2021/22 уч. г.", [("2021/22 уч. г.", 2021, 2022, True)]),
    ("2021-\n2022\nучебный год", [("2021-\n2022\nучебный год", 2021, 2022, True)]),
    ("2021г.-2022г. учебный год", [("2021г.-2022г. учебный год", 2021, 2022, True)]),
    ("2021-2022 у.г.", [("2021-2022 у.г.", 2021, 2022, True)]),
    ("2021 учебный год", [("2021 учебный год", 2021, 2022, True)]),
    ("на 2021-2022 гг.", [("2021-2022 гг.", 2021, 2022, False)]),
    ("на 2021-2022", [("2021-2022", 2021, 2022, False)]),
    (
        "Анализ за 2022 – 2023 учебный год, задачи на 2023 – 2024 учебный год.",
        [("2022 – 2023 учебный год", 2022, 2023, True), ("2023 – 2024 учебный год", 2023, 2024, True)],
    ),
    ("15.12.2021-22.12.2021", []),
    ("тел. 2021-2022-11", []),
    ("2021-2023 гг.", []),
    ("2021-22", []),
    ("Октябрь 2015г- Март 2016г.", []),
]


@pytest.mark.parametrize(("text", "expected"), SCHOOL_YEARS)
def test_school_years(text: str, expected: list[tuple[str, int, int, bool]]) -> None:
    found = GRAMMAR.find_school_years(text)
    assert [(text[f.start : f.end], f.start_year, f.end_year, f.stated) for f in found] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("КАЛЕНДАРНЫЙ ПЛАН на 2018 год", ("на 2018 год", 2018, True)),
        ("план на 2020 г.", ("на 2020 г.", 2020, True)),
        ("на 2018 календарный год", ("на 2018 календарный год", 2018, True)),
        ("на 2020", ("на 2020", 2020, True)),
        ("2020 год", ("2020 год", 2020, False)),
        ("за 2017 год", None),
        ("март 2018 г.", None),
        ("на период до 2020 года", None),
        ("на 2021-2022 учебный год", None),
        ("25.10.2017 года", None),
        ("План", None),
    ],
)
def test_calendar_year(text: str, expected: tuple[str, int, bool] | None) -> None:
    found = GRAMMAR.find_calendar_year(text)
    assert (found and (text[found.start : found.end], found.year, found.stated)) == expected


TERMS = [
    "В течение года", "25.10.2017", "Сентябрь, май", "10.00-11.00", "Сентябрь\n\nПостоянно", "СЕНТЯБРЬ 2022",
    "23 марта", "12 октября, среда, 15.00", "Октябрь 2015г-\nМарт 2016г.", "По заявкам библиотекарей",
    "2021-2022 учебный год", "(сентябрь)", "Сентябрь, далее ежемесячно", "в марте",
]  # fmt: skip
NO_TERMS = [
    "", "-", "12", "Апрель, в режиме видеоконференции", "23 марта, МБОУ СОШ № 5", "Все библиотекари",
    "Гукова А.А., руководитель РМО", "1.2.", "5 класс", "План на 2021-2022 учебный год", "Итоги года",
]  # fmt: skip


def test_is_term() -> None:
    assert [text for text in TERMS if not GRAMMAR.is_term(text)] == []
    assert [text for text in NO_TERMS if GRAMMAR.is_term(text)] == []
    assert GRAMMAR.is_term("2-3", bare_days=True)
    assert GRAMMAR.find_any("Вопросы заседания ММО в марте 2022 года:")
    assert not GRAMMAR.find_any("в 10.00, МБОУ СОШ № 5")


def test_year_evidence() -> None:
    text = "Сентябрь 2015г.\nМай 2016г.\nОктябрь 2015г-\nМарт 2016г."
    assert GRAMMAR.year_evidence(text) == ((2015, 9), (2016, 5), (2015, 10), (2016, 3))
    assert GRAMMAR.year_evidence("до 15.09.2018") == ((2018, 9),)
    assert GRAMMAR.year_evidence("12 марта, в течение года") == ()


def test_the_caller_may_ask_for_the_other_august() -> None:
    years = Years(school=2017)
    (august,) = GRAMMAR.find("25 августа 2017 года", years)
    assert august.suggested is None
    meant = suggest(august, years)
    assert meant is not None and (meant.edtf, meant.start, meant.end) == ("2018-08-25",) * 3
    assert suggest(GRAMMAR.find("25 октября 2017 года", years)[0], years) is None


def _gold_dates(value: Any, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if isinstance(value, dict):
        if "precision" in value:
            found.append(value)
        for inner in value.values():
            _gold_dates(inner, found)
    elif isinstance(value, list):
        for inner in value:
            _gold_dates(inner, found)
    return found


@pytest.mark.skipif(not GOLD.is_dir(), reason="the gold records are not beside the project")
@pytest.mark.parametrize(
    "name", ["kamensky-2021", "kirovsky-2021", "ponomarevka-2023", "rodino-2017", "spb-2015"]
)
def test_gold_dates(name: str) -> None:
    record = json.loads((GOLD / f"{name}.json").read_text(encoding="utf-8"))
    years = Years(school=record["school_year"]["start"])
    dates = _gold_dates(record, [])
    assert dates
    for gold in dates:
        (found,) = GRAMMAR.find(gold["text"], years)
        suggested = found.suggested or (suggest(found, years) if gold["suggested"] else None)
        for field in ("text", "edtf", "start", "end", "precision", "year_inferred"):
            assert getattr(found, field) == gold[field], (gold["text"], field)
        meant = gold["suggested"]
        assert (suggested and (suggested.edtf, suggested.start, suggested.end)) == (
            meant and (meant["edtf"], meant["start"], meant["end"])
        )


WORDS_BETWEEN = """, - . ; ( ) « » № / 1 2 12 31 29 2021 22 00 10.00 г г. года сентября октябрь
май с по до к в и неделя четверть I последняя среда каждый раз уч
февраля ежемесячно канikулы İ ǅ ß \ufffd ¹ ٣"""
PIECES = st.sampled_from(
    [case[0] for case in CASES] + re.split("[ \n]", WORDS_BETWEEN) + ["\n", " ", "", "2021-2022 уч. г."]
)
ANY_TEXT = st.one_of(
    st.text(max_size=60),
    st.lists(PIECES, max_size=8).map("".join),
    st.lists(PIECES, max_size=8).map(" ".join),
)
ANY_YEARS = st.one_of(
    st.builds(Years, school=st.integers(1990, 2060), early_august=st.booleans()),
    st.builds(Years, calendar=st.integers(1990, 2060)),
    st.just(Years()),
)
ANY_UNDER = st.one_of(
    st.none(), st.builds(Under, month=st.integers(1, 12), year=st.one_of(st.none(), st.just(2021)))
)


@settings(max_examples=600, deadline=None)
@given(text=ANY_TEXT, years=ANY_YEARS, under=ANY_UNDER, bare=st.booleans())
def test_any_text_gives_sound_dates(text: str, years: Years, under: Under | None, bare: bool) -> None:
    for found in GRAMMAR.find(text, years, bare_days=bare, under=under):
        check_date(found, text)
    GRAMMAR.is_term(text)
    GRAMMAR.year_evidence(text)
    GRAMMAR.find_calendar_year(text)
    for year in GRAMMAR.find_school_years(text):
        assert 0 <= year.start < year.end <= len(text) and year.end_year == year.start_year + 1


@settings(max_examples=400, deadline=None)
@given(text=ANY_TEXT, year=st.integers(1990, 2060))
def test_an_inferred_date_moves_with_the_plan(text: str, year: int) -> None:
    """Only the year: a plan for the next year has the same terms one year later."""
    now, then = (GRAMMAR.find(text, Years(school=each)) for each in (year, year + 1))
    assert [each.text for each in now] == [each.text for each in then]
    for before, after in zip(now, then, strict=True):
        if not before.year_inferred or not after.year_inferred or _hangs_on_the_calendar(before):
            continue
        for old, new in ((before.start, after.start), (before.end, after.end)):
            assert (old is None) == (new is None)
            if old and new and not old.endswith(("02-28", "02-29")):
                assert (int(new[:4]), new[5:]) == (int(old[:4]) + 1, old[5:])


def _hangs_on_the_calendar(found: Date) -> bool:
    """Days of the week and the end of February fall differently each year; a written year stays."""
    days = r"(?i)сред|пятниц|четверг|вторник|суббот|понедельник|воскрес|пн|вт|ср|чт|пт|сб|вс|фев|02"
    years = r"\d{4}|\d[./-]\s*\d+[./-]\s*\d|\d\s*г"
    return found.precision == "week" or re.search(f"{days}|{years}", found.text) is not None


@pytest.mark.parametrize(
    "piece",
    [
        "1.",
        "А.",
        "1,",
        "1-",
        "1 и ",
        "п/г",
        "2021-2022 ",
        "с ",
        "не ",
        "_",
        "«",
        "i-",
        "по плану ",
        "12 марта (",
        "9",
    ],
)
def test_hostile_texts_take_no_time(piece: str) -> None:
    begin = time.perf_counter()
    GRAMMAR.find(piece * 300_000, PLAN, bare_days=True, under=Under(1))
    GRAMMAR.find_school_years(piece * 300_000)
    assert time.perf_counter() - begin < 5


def test_functions_for_a_single_text() -> None:
    assert find_dates("Март", load_date_words(), PLAN) == GRAMMAR.find("Март", PLAN)
