"""Values of a record → what stands in one cell of a table: text, a number, a day or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from extractor.model.plan import At, Date, Meeting, Participant, Place, Plan, School, Span
from extractor.model.source import Block
from extractor.model.walk import walk
from extractor.output.remark_words import remark_word

Cell = str | int | float | date | None

_PARTS = {
    "header": "верхний колонтитул",
    "footer": "нижний колонтитул",
    "footnote": "сноска",
    "comment": "примечание",
    "textbox": "надпись",
}


def joined(texts: Iterable[str | None], separator: str = "; ") -> str | None:
    """Each different text once, in order: «РМО; ШМО»; None where there is none."""
    return separator.join(dict.fromkeys(text for text in texts if text)) or None


def dates_as_written(dates: Iterable[Date]) -> str | None:
    return joined(each.text for each in dates)


def first_day(dates: Iterable[Date]) -> date | None:
    """The earliest start of the terms; None where none has one («по заявкам», «до 15 сентября»)."""
    return min((day for each in dates if (day := day_of(each.start))), default=None)


def last_day(dates: Iterable[Date]) -> date | None:
    return max((day for each in dates if (day := day_of(each.end))), default=None)


def day_of(iso: str | None) -> date | None:
    """The day of «2017-10-25»; None for None and for what the calendar does not know."""
    try:
        return date.fromisoformat(iso) if iso else None
    except ValueError:
        return None


def term_told(term: Date) -> str:
    """«В течение года», but «24-25 (24.01.2019–25.01.2019)»: bare numbers get the days that they mean."""
    if any(letter.isalpha() for letter in term.text) or (term.start or "?")[:4] in term.text:
        return term.text
    days = [f"{day:%d.%m.%Y}" for day in (day_of(term.start), day_of(term.end)) if day]
    meant = "–".join(dict.fromkeys(days))
    return f"{term.text} ({meant})" if meant else term.text


def meeting_told(meeting: Meeting) -> str:
    """«№ 2. Заседание РМО», and «Заседание № 2» as it is: the number stands there once."""
    title = meeting.title or "Заседание"
    if meeting.number is None or re.search(rf"(?<!\d){meeting.number}(?!\d)", title):
        return title
    return f"№ {meeting.number}. {title}"


def who(people: Iterable[Participant]) -> str | None:
    """«Губерт А. А. (Раздольная СОШ); Руководитель ММО»: normal names with what the plan says of them."""
    return joined(one_person(each) for each in people)


def one_person(person: Participant) -> str:
    if person.name is None:
        return person.text
    about = [person.position, person.school.text if person.school else None, person.organisation]
    known = ", ".join(each for each in about if each)
    return f"{person.name} ({known})" if known else person.name


def school_names(*groups: Iterable[School | None]) -> str | None:
    """«МАОУ «Лицей № 176»; СОШ № 3»: each school once, though several values may name it."""
    by_key: dict[str, str] = {}
    for school in (each for group in groups for each in group if each):
        by_key.setdefault(school.key or school.text, school.text)
    return "; ".join(by_key.values()) or None


def schools_of(people: Iterable[Participant]) -> Iterator[School]:
    return (person.school for person in people if person.school)


def place_schools(place: Place | None) -> tuple[School, ...]:
    return place.schools if place else ()


def extra_cell(extra: dict[str, str]) -> str | None:
    """«Этапы работы: Обобщение опыта.»: the columns that have no field of their own."""
    return "; ".join(f"{heading}: {text}" if heading else text for heading, text in extra.items()) or None


def position_of(at: At, blocks: dict[int, Block]) -> str | None:
    """«таблица 1, строка 4», «стр. 2, абзац 12»: where a reader finds the value in the file."""
    block = next((blocks[span.block] for span in at if span.block in blocks), None)
    if block is None:
        return None
    page = f"стр. {block.page}, " if block.page else ""
    if block.table is not None:
        return f"{page}таблица {block.table}, строка {block.row}"
    if block.part in _PARTS:
        return page + _PARTS[block.part]
    return f"{page}абзац {paragraph_number(block, blocks)}"


def paragraph_number(block: Block, blocks: dict[int, Block]) -> int:
    """From 1, counting the paragraphs of the body that are no cells and hold text."""
    before = (each for each in blocks.values() if each.id <= block.id)
    return sum(1 for each in before if each.table is None and each.part == "body" and each.text)


def remarks_told(value: Any, plan: Plan) -> str | None:
    """«пропуск в номерах; даты не по порядку»: the remarks whose letters are among those of the value."""
    return joined(remark_word(plan.diagnostics[index].code) for index in remarks_at(value, plan))


def remarks_at(value: Any, plan: Plan) -> list[int]:
    """Which of the plan's remarks are about the value: their letters are among its own."""
    if not plan.diagnostics:
        return []
    taken: dict[int, list[Span]] = {}
    for span in walk(value, Span):
        taken.setdefault(span.block, []).append(span)
    return [index for index, each in enumerate(plan.diagnostics) if _touches(each.at, taken)]


def _touches(at: At, taken: dict[int, list[Span]]) -> bool:
    return any(
        span.start <= other.end and other.start <= span.end
        for span in at
        for other in taken.get(span.block, ())
    )
