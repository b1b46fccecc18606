"""Schools as plans write them. A case is a line and what is found in it, one school a string."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.model.plan import School
from extractor.values.lexing import plain
from extractor.values.schools import SchoolGrammar, merge_schools, same_school
from extractor.vocabulary.people_words import load_school_words

GRAMMAR = SchoolGrammar(load_school_words())
GOLD = Path(__file__).resolve().parents[3] / "shared" / "gold"


def shown(school: School) -> str:
    """«МАОУ «Лицей № 176» | МАОУ | лицей | 176 | - | лицей-176»."""
    parts = (school.text, school.form, school.type, school.number, school.name, school.key)
    return " | ".join(part or "-" for part in parts)


CASES: list[tuple[str, list[str]]] = [
    ("МАОУ «Лицей № 176»", ["МАОУ «Лицей № 176» | МАОУ | лицей | 176 | - | лицей-176"]),
    ("МАОУ «Лицей \n№ 176»", ["МАОУ «Лицей № 176» | МАОУ | лицей | 176 | - | лицей-176"]),
    ("Раздольная СОШ", ["Раздольная СОШ | - | СОШ | - | Раздольная | сош-раздольная"]),
    ("Раздольной СОШ", ["Раздольной СОШ | - | СОШ | - | Раздольная | сош-раздольная"]),
    ("в Покровской школе", ["Покровской школе | - | школа | - | Покровская | школа-покровская"]),
    ("МАОУ « Деминская СОШ»", ["МАОУ « Деминская СОШ» | МАОУ | СОШ | - | Деминская | сош-деминская"]),
    ("МБОУ ЛИТ", ["МБОУ ЛИТ | МБОУ | - | - | ЛИТ | школа-лит"]),
    (
        "МБОУ «Школа «Перспектива»»",
        ["МБОУ «Школа «Перспектива»» | МБОУ | школа | - | Перспектива | школа-перспектива"],
    ),
    ("Гимназия «Источник»", ["Гимназия «Источник» | - | гимназия | - | Источник | гимназия-источник"]),
    ("Гимназия №63", ["Гимназия №63 | - | гимназия | 63 | - | гимназия-63"]),
    ("на базе гимназии №192.", ["гимназии №192 | - | гимназия | 192 | - | гимназия-192"]),
    (
        "ГБОУ Гимназия №192 «Брюсовская»",
        ["ГБОУ Гимназия №192 «Брюсовская» | ГБОУ | гимназия | 192 | Брюсовская | гимназия-192"],
    ),
    (
        "МБОУ Верх-Чуманская СОШ",
        ["МБОУ Верх-Чуманская СОШ | МБОУ | СОШ | - | Верх-Чуманская | сош-верх-чуманская"],
    ),
    ("Ново-Троицкая ООШ", ["Ново-Троицкая ООШ | - | ООШ | - | Ново-Троицкая | оош-ново-троицкая"]),
    ("МОБУ СОШ с.Целинное", ["МОБУ СОШ с.Целинное | МОБУ | СОШ | - | Целинное | сош-целинное"]),
    ("МКОУ СОШ п. Майский", ["МКОУ СОШ п. Майский | МКОУ | СОШ | - | Майский | сош-майский"]),
    ("школа №15 г. Энска", ["школа №15 г. Энска | - | школа | 15 | - | школа-15"]),
    ("СШ №4 им. И.И. Иванова", ["СШ №4 им. И.И. Иванова | - | СШ | 4 | - | сш-4"]),
    (
        "филиал МБОУ Ивановская СОШ – Петровская ООШ",
        ["филиал МБОУ Ивановская СОШ – Петровская ООШ | - | ООШ | - | Петровская | оош-петровская"],
    ),
    (
        "Петровская ООШ – филиал МБОУ «Ивановская СОШ»",
        ["Петровская ООШ – филиал МБОУ «Ивановская СОШ» | - | ООШ | - | Петровская | оош-петровская"],
    ),
    (
        "ГБОУ №№ 79, 111, 470",
        [
            "79 | ГБОУ | - | 79 | - | школа-79",
            "111 | ГБОУ | - | 111 | - | школа-111",
            "470 | ГБОУ | - | 470 | - | школа-470",
        ],
    ),
    (
        "ГБОУ №№ 186, 192, 28 шк.-инт. ",
        [
            "186 | ГБОУ | - | 186 | - | школа-186",
            "192 | ГБОУ | - | 192 | - | школа-192",
            "28 шк.-инт. | ГБОУ | школа-интернат | 28 | - | школа-интернат-28",
        ],
    ),
    (
        "СОШ 2, 5, 11",
        [
            "СОШ 2 | - | СОШ | 2 | - | сош-2",
            "5 | - | СОШ | 5 | - | сош-5",
            "11 | - | СОШ | 11 | - | сош-11",
        ],
    ),
    (
        "школы № 3 и № 7",
        ["школы № 3 | - | школа | 3 | - | школа-3", "№ 7 | - | школа | 7 | - | школа-7"],
    ),
    (
        "МБОУ СОШ №5, МБОУ СОШ №7",
        ["МБОУ СОШ №5 | МБОУ | СОШ | 5 | - | сош-5", "МБОУ СОШ №7 | МБОУ | СОШ | 7 | - | сош-7"],
    ),
    ("СОШ №1-5", ["СОШ №1-5 | - | СОШ | 1-5 | - | сош-1-5"]),
    ("5-я школа", ["5-я школа | - | школа | 5 | - | школа-5"]),
    ("СОШ № 3, 5 класс", ["СОШ № 3 | - | СОШ | 3 | - | сош-3"]),
    ("МБОУ СОШ № 5, 10.00", ["МБОУ СОШ № 5 | МБОУ | СОШ | 5 | - | сош-5"]),
    ("МБОУ СОШ № 5, 15 марта", ["МБОУ СОШ № 5 | МБОУ | СОШ | 5 | - | сош-5"]),
    ("МБОУ СОШ N5", ["МБОУ СОШ N5 | МБОУ | СОШ | 5 | - | сош-5"]),
    ("МБОУ «СОШ №12»", ["МБОУ «СОШ №12» | МБОУ | СОШ | 12 | - | сош-12"]),
    ('МБОУ "СОШ № 12"', ['МБОУ "СОШ № 12" | МБОУ | СОШ | 12 | - | сош-12']),
    (
        "МАОУ «Омутинская СОШ № 1»",
        ["МАОУ «Омутинская СОШ № 1» | МАОУ | СОШ | 1 | Омутинская | сош-1"],
    ),
    (
        "средняя общеобразовательная школа № 5",
        [
            "средняя общеобразовательная школа № 5 | - | средняя общеобразовательная школа | 5 | - | сош-5",
        ],
    ),
    (
        "в средней общеобразовательной школе № 5",
        [
            "средней общеобразовательной школе № 5 | - | средняя общеобразовательная школа | 5 | - | сош-5",
        ],
    ),
    (
        "ГУО «Средняя школа № 5 г. Минска»",
        ["ГУО «Средняя школа № 5 г. Минска» | ГУО | средняя школа | 5 | - | сш-5"],
    ),
    ("КГУ «Средняя школа № 5»", ["КГУ «Средняя школа № 5» | КГУ | средняя школа | 5 | - | сш-5"]),
    (
        "МБДОУ № 12 «Колосок»",
        ["МБДОУ № 12 «Колосок» | МБДОУ | - | 12 | Колосок | школа-12"],
    ),
    ("д/с № 5 «Солнышко»", ["д/с № 5 «Солнышко» | - | детский сад | 5 | Солнышко | детский-сад-5"]),
    (
        "МБОУ СОШ № 7 имени Героя Советского Союза И.И. Петрова",
        ["МБОУ СОШ № 7 имени Героя Советского Союза И.И. Петрова | МБОУ | СОШ | 7 | - | сош-7"],
    ),
    ("школа-интернат № 2", ["школа-интернат № 2 | - | школа-интернат | 2 | - | школа-интернат-2"]),
    ("Семинар на базе МБОУ СОШ № 183 (Новосибирск)", ["МБОУ СОШ № 183 | МБОУ | СОШ | 183 | - | сош-183"]),
    ("ОУ №№ 3, 5", ["3 | - | - | 3 | - | школа-3", "5 | - | - | 5 | - | школа-5"]),
]

BARE: list[tuple[str, list[str]]] = [
    ("№79", ["№79 | - | - | 79 | - | школа-79"]),
    ("192", ["192 | - | - | 192 | - | школа-192"]),
    ("на базе №192.", ["№192 | - | - | 192 | - | школа-192"]),
    ("№№ 79, 111", ["79 | - | - | 79 | - | школа-79", "111 | - | - | 111 | - | школа-111"]),
    (
        "2, 5 и 11",
        ["2 | - | - | 2 | - | школа-2", "5 | - | - | 5 | - | школа-5", "11 | - | - | 11 | - | школа-11"],
    ),
    ("Школа «Перспектива»", ["Школа «Перспектива» | - | школа | - | Перспектива | школа-перспектива"]),
    ("кабинет № 3", []),
    ("каб. № 3", []),
    ("филиал №9 ЦБС", []),
    ("приказ № 5", []),
    ("протокол № 1", []),
    ("ФЗ № 131", []),
    ("МКУДПО «ГЦРО» (ул. Петухова, 18)", []),
    ("ОО Кировского района", []),
]

NONE = [
    "школа молодого педагога",
    "Школа начинающего библиотекаря",
    "Электронная библиотека «ЛитРес: Школа»",
    "школьные библиотеки",
    "Электронные учебники в школе – реалии и перспективы",
    "ОУ района",
    "ОУ Каменского района",
    "МКУДПО «ГЦРО»",
    "ЦБС им. Белинского",
    "филиал №9 ЦБС им. Белинского",
    "ФЗ № 131",
    "приказ № 5",
    "протокол № 1",
    "кабинет № 3",
    "5 класс",
    "в 5 школах района",
    "в школе 5 учителей",
    "Новая школа",
    "Российская электронная школа",
    "детской художественной школы № 1",
    "школы города",
    "все школы района",
    "МБУ ДО «ДДТ»",
    "МБОУ ДО «ДДТ»",
    "",
    "-",
]


@pytest.mark.parametrize(("line", "expected"), CASES)
def test_schools_of_a_line(line: str, expected: list[str]) -> None:
    assert [shown(school) for school in GRAMMAR.find(line)] == expected


@pytest.mark.parametrize(("line", "expected"), BARE)
def test_schools_where_numbers_are_schools(line: str, expected: list[str]) -> None:
    assert [shown(school) for school in GRAMMAR.find(line, bare=True)] == expected


@pytest.mark.parametrize("line", NONE)
def test_lines_without_schools(line: str) -> None:
    assert GRAMMAR.find(line) == ()


def test_place_and_honorific() -> None:
    (school,) = GRAMMAR.find("МБОУ СОШ № 4 им. И.И. Иванова г. Энска")
    assert (school.honorific, school.place) == ("им. И.И. Иванова", "г. Энска")


def _merged(*lines: str) -> list[tuple[str, list[int]]]:
    schools = [school for line in lines for school in GRAMMAR.find(line, bare=True)]
    return [(shown(school), indexes) for school, indexes in merge_schools(schools)]


MERGING: list[tuple[tuple[str, ...], list[tuple[str, list[int]]]]] = [
    (
        ("№192", "ГБОУ Гимназия №192 «Брюсовская»", "гимназии №192"),
        [("ГБОУ Гимназия №192 «Брюсовская» | ГБОУ | гимназия | 192 | Брюсовская | гимназия-192", [0, 1, 2])],
    ),
    (
        ("№79", "ГБОУ №№ 79, 111"),
        [
            ("№79 | ГБОУ | - | 79 | - | школа-79", [0, 1]),
            ("111 | ГБОУ | - | 111 | - | школа-111", [2]),
        ],
    ),
    (
        ("лицей № 5", "СОШ № 5", "№5"),
        [
            ("лицей № 5 | - | лицей | 5 | - | лицей-5", [0]),
            ("СОШ № 5 | - | СОШ | 5 | - | сош-5", [1]),
            ("№5 | - | - | 5 | - | школа-5", [2]),
        ],
    ),
    (
        ("средняя общеобразовательная школа № 5", "МБОУ СОШ № 5"),
        [("МБОУ СОШ № 5 | МБОУ | СОШ | 5 | - | сош-5", [0, 1])],
    ),
    (
        ("Раздольной СОШ", "МБОУ «Раздольная СОШ»"),
        [("МБОУ «Раздольная СОШ» | МБОУ | СОШ | - | Раздольная | сош-раздольная", [0, 1])],
    ),
    (("школа № 5", "МБОУ СОШ № 5"), [("МБОУ СОШ № 5 | МБОУ | СОШ | 5 | - | сош-5", [0, 1])]),
    (
        ("СОШ № 1 г. Энска", "СОШ № 1 с. Боровое"),
        [
            ("СОШ № 1 г. Энска | - | СОШ | 1 | - | сош-1-энска", [0]),
            ("СОШ № 1 с. Боровое | - | СОШ | 1 | - | сош-1-боровое", [1]),
        ],
    ),
    ((), []),
]


@pytest.mark.parametrize(("lines", "expected"), MERGING)
def test_spellings_of_one_school(lines: tuple[str, ...], expected: list[tuple[str, list[int]]]) -> None:
    assert _merged(*lines) == expected


def test_same_school() -> None:
    one, other, third = (GRAMMAR.find(line)[0] for line in ("СОШ № 5", "школа № 5", "лицей № 5"))
    assert same_school(one, other) and same_school(other, third) and not same_school(one, third)


def _gold_schools() -> list[tuple[str, dict[str, Any]]]:
    found: list[tuple[str, dict[str, Any]]] = []

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            if "text" in value and isinstance(value.get("schools"), list):
                found.extend((value["text"], school) for school in value["schools"] if "text" in school)
            for inner in value.values():
                walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)

    for path in sorted(GOLD.glob("*.json")):
        walk(json.loads(path.read_text("utf-8")))
    return found


@pytest.mark.skipif(not GOLD.is_dir(), reason="the gold records are not here")
def test_gold_places() -> None:
    for text, expected in _gold_schools():
        found = {school.number or school.name: school for school in GRAMMAR.find(text, bare=True)}
        school = found[expected["number"] or expected["name"]]
        assert all(getattr(school, field) == value for field, value in expected.items()), text


@pytest.mark.skipif(not GOLD.is_dir(), reason="the gold records are not here")
def test_gold_list_of_schools() -> None:
    record = json.loads((GOLD / "spb-2015.json").read_text("utf-8"))
    lines = [
        "Александрова Е.С. №79",
        "№111",
        "№470",
        "№535",
        "№653",
        "на базе №192",
        "ГБОУ №№ 79, 111, 470, 535, 653",
        "ГБОУ №№ 137, 138, 186, 192, 28 шк.-инт.",
        "ГБОУ Гимназия №63",
        "ГБОУ Гимназия №192 «Брюсовская»",
        "гимназии №192",
        "ГБОУ СОШ №158",
    ]
    schools = [school for line in lines for school in GRAMMAR.find(line, bare=True)]
    merged = {school.number: school for school, _ in merge_schools(schools)}
    for expected in record["schools"]:
        got = merged[expected["number"]]
        assert {field: getattr(got, field) for field in ("text", "form", "type", "number", "name")} == {
            field: expected[field] for field in ("text", "form", "type", "number", "name")
        }


WORDS = st.sampled_from(
    [
        "МБОУ",
        "СОШ",
        "№",
        "№№",
        "5",
        "192",
        ",",
        " и ",
        "«",
        "»",
        '"',
        "Раздольная",
        "школы",
        "шк.-инт.",
        "филиал",
        "им.",
        "И.И.",
        "Иванова",
        "г.",
        "Энска",
        "-",
        "–",
        "(",
        ")",
        "\n",
        "\u00a0",
        " ",
        "гимназия",
        "ДОУ",
        "класс",
    ]
)


@given(st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=25).map("".join)), st.booleans())
def test_any_text_is_read_and_places_lie_in_it(text: str, bare: bool) -> None:
    schools = GRAMMAR.find(text, bare=bare)
    for school in schools:
        (span,) = school.at
        assert 0 <= span.start < span.end <= len(text)
        assert plain(text[span.start : span.end]) == school.text
    assert sorted(i for _, group in merge_schools(schools) for i in group) == list(range(len(schools)))


@pytest.mark.parametrize("piece", ["№ 5, ", "СОШ ", "МБОУ «", '"', "№", "филиал СОШ № 5 – ", "Раздольная "])
def test_long_texts_take_linear_time(piece: str) -> None:
    GRAMMAR.find(piece * 20_000, bare=True)
