"""One school and one person in many spellings; what is open is proposed, and people decide."""

from __future__ import annotations

from typing import Any

import openpyxl
import pytest

from extractor.archive.decisions import Decision, decide, decisions, file_of, undo
from extractor.archive.registry import Registry, renewed_registry
from extractor.archive.registry_rules import one_letter_apart
from extractor.archive.report import Selection, chosen_plans, write_report
from extractor.errors import BrokenVocabulary
from tests.archive.conftest import Desk


def made(desk: Desk) -> Registry:
    with desk.open() as archive:
        return renewed_registry(archive)


def schools(registry: Registry) -> dict[str, list[str]]:
    return {each.name: each.spellings for each in registry.schools}


def test_spellings_of_one_number_are_one_school(desk: Desk) -> None:
    desk.write("2021.txt")
    desk.write("2022.txt", year=2022, second="школа № 183")
    found = schools(made(desk_with(desk)))
    assert found["МБОУ СОШ № 183"] == ["МБОУ СОШ № 183", "школа № 183"]


def desk_with(desk: Desk) -> Desk:
    desk.add()
    return desk


def test_numbers_are_never_merged(desk: Desk) -> None:
    desk.write("2021.txt")
    desk.write("2022.txt", year=2022, second="МБОУ СОШ № 138")
    registry = made(desk_with(desk))
    assert {"МБОУ СОШ № 183", "МБОУ СОШ № 138"} <= set(schools(registry))
    assert not [each for each in registry.open if each.kind == "schools"]
    ids = tuple(each.id for each in registry.schools if each.number)
    with desk.open() as archive:
        decide(archive, [Decision("schools", True, ids)])
        after = renewed_registry(archive)
    assert len(after.schools) == len(registry.schools)
    assert "разными номерами" in after.problems[0]


def test_territories_keep_schools_apart(desk: Desk) -> None:
    desk.write("один.txt")
    desk.write("другой.txt", territory="Кировского района", one="Птицына О.Р.", two="Белова К.К.")
    registry = made(desk_with(desk))
    assert sum("183" in each.name for each in registry.schools) == 2
    assert registry.open == []


def test_namesakes_at_different_schools_stay_apart(desk: Desk) -> None:
    desk.write("2021.txt")
    desk.write("2022.txt", year=2022, school="Луговская СОШ")
    registry = made(desk_with(desk))
    homes = sorted(str(each.school_name) for each in registry.people if each.name == "Губерт А. А.")
    assert homes == ["Луговская СОШ", "Раздольная СОШ"]
    assert not [each for each in registry.open if each.kind == "people"]


def test_full_names_and_initials_are_one_person(desk: Desk) -> None:
    desk.write("2021.txt")
    desk.write("2022.txt", year=2022, one="Губерт Анна Алексеевна")
    registry = made(desk_with(desk))
    [person] = [each for each in registry.people if "Губерт" in each.name]
    assert person.name == "Губерт Анна Алексеевна"
    assert person.spellings == ["Губерт А. А.", "Губерт Анна Алексеевна"]
    assert person.years == ["2021–2022", "2022–2023"]


def test_other_initials_are_another_person(desk: Desk) -> None:
    desk.write("2021.txt")
    desk.write("2022.txt", year=2022, one="Губерт О.А.")
    registry = made(desk_with(desk))
    assert sum("Губерт" in each.name for each in registry.people) == 2


def open_proposal(desk: Desk) -> Registry:
    """The same number with another type: a person must decide."""
    desk.write("2021.txt")
    desk.write("2022.txt", year=2022, second="Лицей № 183")
    return made(desk_with(desk))


def test_decisions_are_remembered_and_undone(desk: Desk) -> None:
    registry = open_proposal(desk)
    [proposal] = [each for each in registry.open if each.kind == "schools"]
    assert "тип разный" in proposal.why
    with desk.open() as archive:
        decide(archive, [Decision("schools", True, proposal.ids, None, proposal.why)])
        joined = renewed_registry(archive)
        assert len(joined.schools) == len(registry.schools) - 1
        assert not [each for each in joined.open if each.kind == "schools"]
    desk.write("2023.txt", year=2023, second="Лицей № 183")
    desk.add()
    with desk.open() as archive:
        assert len(renewed_registry(archive).schools) == len(registry.schools) - 1
        assert undo(archive) is not None
        assert len(renewed_registry(archive).schools) == len(registry.schools)
        assert archive.value("SELECT count(*) FROM decisions WHERE undone IS NOT NULL") == 1
        assert undo(archive) is None


def test_rejected_proposals_do_not_come_back(desk: Desk) -> None:
    registry = open_proposal(desk)
    [proposal] = [each for each in registry.open if each.kind == "schools"]
    with desk.open() as archive:
        decide(archive, [Decision("schools", False, proposal.ids)])
        after = renewed_registry(archive)
    assert len(after.schools) == len(registry.schools)
    assert not [each for each in after.open if each.kind == "schools"]


def test_the_file_can_be_edited(desk: Desk) -> None:
    registry = open_proposal(desk)
    with desk.open() as archive:
        path = file_of(archive)
        written = path.read_text("utf-8")
        path.write_text(written.replace('same = "?"', 'same = "да"\nname = "Лицей 183 имени «Ё»"'), "utf-8")
        joined = renewed_registry(archive)
        assert len(joined.schools) == len(registry.schools) - 1
        assert "Лицей 183 имени «Ё»" in schools(joined)
        assert 'same = "да"' in path.read_text("utf-8")
        path.write_text("", "utf-8")  # whoever empties it takes everything back
        assert len(renewed_registry(archive).schools) == len(registry.schools)
        assert decisions(archive) == []


@pytest.mark.parametrize(
    "text", ["[[schools", '[[schools]]\nsame = "может быть"\nids = ["а", "б"]', '[[people]]\nsame = "да"\nids = "а"', "schools = 1"]
)
def test_a_broken_file_changes_nothing(desk: Desk, text: str) -> None:
    open_proposal(desk)
    with desk.open() as archive:
        file_of(archive).write_text(text, "utf-8")
        with pytest.raises(BrokenVocabulary):
            renewed_registry(archive)
        assert file_of(archive).read_text("utf-8") == text


def test_reports_use_the_registry(desk: Desk) -> None:
    registry = open_proposal(desk)
    [proposal] = [each for each in registry.open if each.kind == "schools"]
    with desk.open() as archive:
        decide(archive, [Decision("schools", True, proposal.ids)])
        renewed_registry(archive)
        plans = [each.plan for each in chosen_plans(archive, Selection())]
    keys = {school.key for plan in plans for school in plan.schools if school.number == "183"}
    assert len(keys) == 1
    texts = {school.text for plan in plans for school in plan.schools if school.number == "183"}
    assert texts == {"МБОУ СОШ № 183", "Лицей № 183"}


def registry_sheet(desk: Desk, **chosen: str) -> tuple[Any, dict[str, dict[str, Any]]]:
    """The workbook of the archive and its sheet «Реестр»: {name: {heading: cell}}."""
    target = desk.folder.parent / "район.xlsx"
    with desk.open() as archive:
        write_report(archive, target, Selection(**chosen))
    book = openpyxl.load_workbook(target)
    headings, *rows = book["Реестр"].iter_rows(values_only=True)
    return book, {row[1]: dict(zip(headings, row, strict=True)) for row in rows}


def test_the_workbook_lists_the_registry(desk: Desk) -> None:
    registry = open_proposal(desk)
    [proposal] = [each for each in registry.open if each.kind == "schools"]
    book, sheet = registry_sheet(desk)
    assert book.sheetnames[0] == "Свод" and book.sheetnames[-1] == "Реестр"
    assert [row["Кто это"] for row in sheet.values()] == ["школа"] * 3 + ["человек"] * 2
    one, other = sheet["МБОУ СОШ № 183"], sheet["Лицей № 183"]
    assert (one["Решение"], other["Решение"]) == (None, None)
    assert one["Предложение"] == f"может быть, то же, что «Лицей № 183»: {proposal.why} ({proposal.id})"
    person = sheet["Губерт А. А."]
    assert (person["Школа"], person["Территория"]) == ("Раздольная СОШ", "Заречный район")
    assert (person["Годы"], person["Планов в книге"]) == ("2021–2022; 2022–2023", 2)
    assert {row[7] for row in book["Школы"].iter_rows(min_row=2, values_only=True)} >= {"183"}
    keys = {row[3] for row in book["Школы"].iter_rows(min_row=2, values_only=True)}
    assert keys == {row["Ключ"] for row in sheet.values() if row["Кто это"] == "школа"}


def test_the_sheet_shows_decisions_until_they_are_undone(desk: Desk) -> None:
    registry = open_proposal(desk)
    [proposal] = [each for each in registry.open if each.kind == "schools"]
    with desk.open() as archive:
        decide(archive, [Decision("schools", True, proposal.ids, "Лицей 183 имени «Ё»")])
    book, sheet = registry_sheet(desk)
    joined = sheet["Лицей 183 имени «Ё»"]
    assert joined["Все написания"].split("\n") == ["Лицей № 183", "МБОУ СОШ № 183"]
    assert (joined["Решение"], joined["Предложение"]) == ("объединено; названо", None)
    assert (joined["Планов в книге"], joined["Упоминаний в книге"]) == (2, 4)
    talks = {row[0]: row[1] for row in book["Свод"].iter_rows(values_only=True)}
    assert talks["Лицей 183 имени «Ё»"] == 4
    with desk.open() as archive:
        undo(archive)
    assert {"Лицей № 183", "МБОУ СОШ № 183"} <= set(registry_sheet(desk)[1])
    with desk.open() as archive:
        decide(archive, [Decision("schools", False, proposal.ids)])
    _, sheet = registry_sheet(desk)
    assert sheet["Лицей № 183"]["Решение"] == "не то же, что «МБОУ СОШ № 183»"


def test_the_sheet_holds_who_is_in_the_chosen_plans(desk: Desk) -> None:
    open_proposal(desk)
    _, sheet = registry_sheet(desk, year="2022")
    assert "Лицей № 183" in sheet and "МБОУ СОШ № 183" not in sheet
    assert sheet["Раздольная СОШ"]["Годы"] == "2021–2022; 2022–2023"
    assert sheet["Раздольная СОШ"]["Планов в книге"] == 1


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("раздольная", "роздольная", True),
        ("раздольная", "раздольня", True),
        ("иванов", "иванова", False),
        ("анна", "инна", False),
        ("луговская", "луговская", False),
        ("луговская", "еловская", False),
    ],
)
def test_one_letter(one: str, other: str, apart: bool) -> None:
    assert one_letter_apart(one, other) is apart
