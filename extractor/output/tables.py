"""The columns of every table: one row per thing, Russian headings. The one place where they are defined.

    rows(AGENDA, plan) → [("plan.docx", "ММО школьных библиотекарей …", "2017–2018", 2, …), …]

The same columns for one plan and for a whole district: every table begins with the source file, the
association and the year, and says where in the file the row comes from. Dates stand twice, as written
and as real days. Writers choose how a cell looks (`Cell` is text, a number, a day or nothing).
"""

from __future__ import annotations

from collections.abc import Callable

from extractor.output import rows as things
from extractor.output.cells import (
    Cell,
    dates_as_written,
    extra_cell,
    first_day,
    joined,
    last_day,
    place_schools,
    position_of,
    remarks_told,
    school_names,
    schools_of,
    who,
)
from extractor.output.remark_words import remark_word
from extractor.output.rows import Column, Row, Table


def _year(row: Row) -> str | None:
    if row.plan.school_year:
        return f"{row.plan.school_year.start}–{row.plan.school_year.end}"
    return str(row.plan.calendar_year.year) if row.plan.calendar_year else None


def _of(name: str) -> Callable[[Row], Cell]:
    """The field `name` of the row's thing."""
    return lambda row: getattr(row.value, name, None)


def _of_meeting(name: str) -> Callable[[Row], Cell]:
    return lambda row: getattr(row.meeting, name, None)


def _of_association(name: str) -> Callable[[Row], Cell]:
    return lambda row: getattr(row.plan.association, name, None)


def _level(row: Row) -> Cell:
    level = row.plan.association.level if row.plan.association else None
    return _LEVELS.get(level, level) if level else None


def _texts(name: str) -> Callable[[Row], Cell]:
    return lambda row: joined((each.text for each in getattr(row.plan, name)), "\n")


def _count(name: str) -> Callable[[Row], Cell]:
    return lambda row: len(getattr(row.plan, name))


def _people(*names: str) -> Callable[[Row], Cell]:
    return lambda row: who(each for name in names for each in getattr(row.value, name, ()))


def _place(row: Row) -> Cell:
    place = getattr(row.value, "place", None) or getattr(row.meeting, "place", None)
    return place if isinstance(place, str) or place is None else place.text


def _schools(row: Row) -> Cell:
    value = row.value
    people = [*getattr(value, "speakers", ()), *getattr(value, "responsible", ())]
    place = getattr(value, "place", None)
    return school_names(
        () if isinstance(place, str) else place_schools(place),
        getattr(value, "schools", ()),
        schools_of([*people, *getattr(value, "participants", ())]),
    )


_WHOSE = (  # every table begins so
    Column("Файл", lambda row: row.plan.source.name),
    Column("Объединение", _of_association("text")),
    Column("Учебный год", _year),
)
_DATES = (
    Column("Срок (как в плане)", lambda row: dates_as_written(row.dates)),
    Column("Начало", lambda row: first_day(row.dates)),
    Column("Окончание", lambda row: last_day(row.dates)),
)
_REMARKS = Column("Замечания", lambda row: remarks_told(row.value, row.plan))
_WHERE = Column("Место в файле", lambda row: position_of(row.at, row.blocks))
_EXTRA = Column("Прочее", lambda row: extra_cell(getattr(row.value, "extra", {})))
_MEETING = (
    Column("№ заседания", _of_meeting("number")),
    Column("Заседание", _of_meeting("title")),
    Column("Тема заседания", _of_meeting("theme")),
)


_WHO = {"person": "человек", "role": "должность", "group": "группа", "organisation": "организация"}
_LEVELS = {
    "school": "школьный",
    "district": "районный",
    "municipal": "муниципальный",
    "city": "городской",
    "regional": "региональный",
}
_SEVERITY = {"info": "сведение", "warning": "проверить", "error": "ошибка"}

PLANS = Table(
    "Планы",
    (
        *_WHOSE,
        Column("Заголовок", lambda row: row.plan.title.text if row.plan.title else None),
        Column("Вид объединения", _of_association("type")),
        Column("Уровень", _level),
        Column("Кого объединяет", _of_association("audience")),
        Column("Территория", _of_association("territory")),
        Column("Руководитель", lambda row: who([row.plan.head]) if row.plan.head else None),
        Column("Темы", _texts("themes")),
        Column("Цели", _texts("goals")),
        Column("Задачи", _texts("tasks")),
        Column("Направления", _texts("directions")),
        Column("Ожидаемые результаты", _texts("results")),
        Column("Заседаний", _count("meetings")),
        Column("Вопросов в повестках", lambda row: sum(len(each.agenda) for each in row.plan.meetings)),
        Column("Мероприятий", _count("activities")),
        Column("Людей", _count("people")),
        Column("Школ", _count("schools")),
        Column("Замечаний", _count("diagnostics")),
        Column("Разобрано", lambda row: row.plan.coverage),
        _WHERE,
    ),
    things.the_plan,
)

MEETINGS = Table(
    "Заседания",
    (
        *_WHOSE,
        *_MEETING,
        *_DATES,
        Column("Форма", _of("form")),
        Column("Место проведения", _place),
        Column("Вопросов", lambda row: len(row.value.agenda)),
        Column("Ответственные", _people("responsible")),
        Column("Участники", _people("participants")),
        _EXTRA,
        _REMARKS,
        _WHERE,
    ),
    things.meetings,
)

AGENDA = Table(
    "Повестка",
    (
        *_WHOSE,
        *_MEETING,
        Column("№", _of("number")),
        Column("Содержание", _of("text")),
        Column("Тема", _of("topic")),
        Column("Форма", _of("form")),
        *_DATES,
        Column("Место проведения", _place),
        Column("Школы", _schools),
        Column("Выступающие", _people("speakers")),
        _EXTRA,
        _REMARKS,
        _WHERE,
    ),
    things.agenda,
)

ACTIVITIES = Table(
    "Мероприятия",
    (
        *_WHOSE,
        Column("Раздел", lambda row: joined(row.value.section, " / ")),
        Column("№", _of("number")),
        Column("Содержание", _of("text")),
        Column("Тема", _of("topic")),
        Column("Форма", _of("form")),
        Column("Цель", _of("purpose")),
        *_DATES,
        Column("Место проведения", _place),
        Column("Школы", _schools),
        Column("Ответственные", _people("responsible")),
        Column("Участники", _people("participants")),
        Column("Результат", _of("result")),
        _EXTRA,
        _REMARKS,
        _WHERE,
    ),
    things.activities,
)

PARTICIPATION = Table(
    "Участие",
    (
        *_WHOSE,
        Column("В каком качестве", lambda row: row.kind),
        Column("Кто это", lambda row: _WHO.get(row.value.kind, row.value.kind)),
        Column("Имя", _of("name")),
        Column("Фамилия", _of("surname")),
        Column("Должность", _of("position")),
        Column("Школа", lambda row: school_names([row.value.school])),
        Column("Ключ школы", lambda row: row.value.school and row.value.school.key),
        Column("Организация", _of("organisation")),
        Column("Как в плане", _of("text")),
        Column("Заседание", _of_meeting("title")),
        Column("Где участвует", lambda row: getattr(row.within, "text", None)),
        *_DATES,
        _WHERE,
    ),
    things.participation,
)

SCHOOLS = Table(
    "Школы",
    (
        *_WHOSE,
        Column("Ключ", _of("key")),
        Column("Как в плане", _of("text")),
        Column("Правовая форма", _of("form")),
        Column("Тип", _of("type")),
        Column("Номер", _of("number")),
        Column("Название", _of("name")),
        Column("Населённый пункт", _of("place")),
        Column("Имени", _of("honorific")),
        Column("Написания", lambda row: joined(row.value.spellings)),
        Column("Упоминаний", _of("mentions")),
        _WHERE,
    ),
    things.schools,
)

PEOPLE = Table(
    "Люди",
    (
        *_WHOSE,
        Column("Имя", _of("name")),
        Column("Фамилия", _of("surname")),
        Column("Имя или инициал", _of("given")),
        Column("Отчество или инициал", _of("patronymic")),
        Column("Ключи школ", lambda row: joined(row.value.schools)),
        Column("Упоминаний", _of("mentions")),
        _WHERE,
    ),
    things.people,
)

REMARKS = Table(
    "Замечания",
    (
        *_WHOSE,
        Column("Код", _of("code")),
        Column("Что это", lambda row: remark_word(row.value.code)),
        Column("Важность", lambda row: _SEVERITY.get(row.value.severity, row.value.severity)),
        Column("Сообщение", _of("message")),
        Column("Предложение", _of("suggestion")),
        _WHERE,
    ),
    things.remarks,
)

TABLES = (PLANS, MEETINGS, AGENDA, ACTIVITIES, PARTICIPATION, SCHOOLS, PEOPLE, REMARKS)

WORK = Table(
    "Работа",  # the single-file CSV: agenda and activities in one table
    (
        *_WHOSE,
        Column("Вид записи", lambda row: row.kind),
        *_MEETING,
        Column("Раздел", lambda row: joined(getattr(row.value, "section", ()), " / ")),
        Column("№", lambda row: row.value.number if row.kind != "заседание" else None),
        Column("Содержание", _of("text")),
        Column("Тема", _of("topic")),
        Column("Форма", _of("form")),
        Column("Цель", _of("purpose")),
        *_DATES,
        Column("Место проведения", _place),
        Column("Школы", _schools),
        Column("Ответственные и выступающие", _people("speakers", "responsible")),
        Column("Участники", _people("participants")),
        Column("Результат", _of("result")),
        _EXTRA,
        _REMARKS,
        _WHERE,
    ),
    things.work,
)
