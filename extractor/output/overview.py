"""Plan → a page of Russian text for the screen: header, meetings with agenda, activities, remarks."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Protocol

from extractor.model.plan import Activity, AgendaItem, Date, Diagnostic, Labelled, Meeting, Plan, Plans
from extractor.output.cells import joined, meeting_told, position_of, term_told, who

if TYPE_CHECKING:
    from rich.console import Console

_SEVERITY = {"error": "ошибка", "warning": "проверьте", "info": "сведение"}
_CONTROLS = dict.fromkeys([*range(32), *range(127, 160)])
_COLOUR = {"error": "bold red", "warning": "yellow", "info": "cyan"}


class ExplainedLine(Protocol):
    """What `--explain` says of one line of the document."""

    @property
    def place(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def rule(self) -> str | None: ...
    @property
    def gave(self) -> str: ...
    @property
    def instead(self) -> str | None: ...


def explanation(line: ExplainedLine) -> str:
    """Where a line stands, what it says, which rule took it, what came of it, and what else it might have been."""
    claimed = f"{line.rule} → {line.gave}" if line.rule else f"ни одно правило не взяло {line.gave}".rstrip()
    instead = f"\n    иначе: {_harmless(line.instead)}" if line.instead else ""
    return _harmless(f"{line.place}: {' '.join(line.text.split())}") + f"\n    {_harmless(claimed)}{instead}"


def overview(plan: Plan | Plans, *, width: int, colours: bool) -> str:
    """The page, `width` columns wide, ending in a newline; with terminal codes where `colours`."""
    from rich.console import Console

    page = io.StringIO()
    console = Console(
        file=page,
        width=width,
        force_terminal=colours,
        color_system="standard" if colours else None,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
    )
    for each in plan.plans if isinstance(plan, Plans) else (plan,):
        _write_plan(console, each)
    return "\n".join(line.rstrip() for line in page.getvalue().splitlines()) + "\n"


def _write_plan(console: Console, plan: Plan) -> None:
    _write_header(console, plan)
    for meeting in plan.meetings:
        _write_meeting(console, meeting)
    if plan.activities:
        _write_activities(console, plan.activities)
    if plan.diagnostics:
        _write_remarks(console, plan)
    taken = f"Разобрано {plan.coverage:.1%} текста".replace(".", ",").replace("%", " %")
    console.print(f"\n{taken}.", style="dim")


def _write_header(console: Console, plan: Plan) -> None:
    title = plan.title.text if plan.title else f"План без заголовка ({plan.source.name})"
    console.print(_harmless(title), style="bold")
    for label, text in _facts(plan):
        _write(console, f"{label}: ", text, indent=2)
    lists: Iterable[tuple[str, tuple[Labelled, ...]]] = (
        ("Тема", plan.themes),
        ("Цель", plan.goals),
        ("Задачи", plan.tasks),
        ("Основные направления", plan.directions),
        ("Ожидаемые результаты", plan.results),
    )
    for label, entries in lists:
        _write_list(console, label, [entry.text for entry in entries])
    for section in plan.sections:
        _write_list(console, section.heading, [item.text for item in section.items])
    if plan.members:
        _write_list(console, "Состав", [person.text for person in plan.members])


def _facts(plan: Plan) -> Iterator[tuple[str, str]]:
    if plan.association:
        yield "Объединение", plan.association.text
        if plan.association.territory:
            yield "Территория", plan.association.territory
    if plan.head:
        yield "Руководитель", who([plan.head]) or plan.head.text
    guessed = " (по датам)"
    if plan.school_year:
        year = f"{plan.school_year.start}–{plan.school_year.end}"
        yield "Учебный год", year + (guessed if plan.school_year.inferred else "")
    if plan.calendar_year:
        yield "Год", f"{plan.calendar_year.year}" + (guessed if plan.calendar_year.inferred else "")
    yield "Файл", plan.source.name


def _write_list(console: Console, label: str, texts: list[str]) -> None:
    if len(texts) == 1:
        _write(console, f"{label.rstrip(':')}: ", texts[0], indent=2)
    elif texts:
        console.print(f"\n  {_harmless(label).rstrip(':')}:", style="bold")
        for text in texts:
            _write(console, "– ", text, indent=4)


def _write_meeting(console: Console, meeting: Meeting) -> None:
    _heading(console, meeting_told(meeting))
    _write_details(console, meeting, indent=2)
    for item in meeting.agenda:
        _write(console, _numbered(item.number), item.text, indent=4)
        _write_details(console, item, indent=8)


def _write_activities(console: Console, activities: tuple[Activity, ...]) -> None:
    _heading(console, f"Мероприятия ({len(activities)})")
    section: tuple[str, ...] = ()
    for activity in activities:
        if activity.section != section:
            section = activity.section
            console.print("\n  " + _harmless(" / ".join(section)), style="italic")
        _write(console, _numbered(activity.number), activity.text, indent=4)
        _write_details(console, activity, indent=8)


def _write_details(console: Console, record: Meeting | AgendaItem | Activity, *, indent: int) -> None:
    place = getattr(record, "place", None)
    details = (
        ("Когда", _when(record.dates)),
        ("Тема", getattr(record, "theme", None)),
        ("Форма", record.form),
        ("Где", place if isinstance(place, str) or place is None else place.text),
        ("Выступает", who(getattr(record, "speakers", ()))),
        ("Отвечает", who(getattr(record, "responsible", ()))),
        ("Участвуют", who(getattr(record, "participants", ()))),
        ("Цель", getattr(record, "purpose", None)),
        ("Результат", getattr(record, "result", None)),
        *getattr(record, "extra", {}).items(),
    )
    for label, text in details:
        if text:
            _write(console, f"{label}: ", text, indent=indent, style="dim")


def _when(dates: tuple[Date, ...]) -> str | None:
    """«10 января 2017 года (может быть, 2018-01-10)»: as written, with the proposal where there is one."""
    proposals = ", ".join(each.suggested.edtf for each in dates if each.suggested)
    written = joined(term_told(each) for each in dates)
    return f"{written} (может быть, {proposals})" if proposals else written


def _write_remarks(console: Console, plan: Plan) -> None:
    _heading(console, f"Замечания ({len(plan.diagnostics)})")
    blocks = {block.id: block for block in plan.blocks}
    for remark in plan.diagnostics:
        lead = f"{_SEVERITY.get(remark.severity, remark.severity)}: "
        said = _said(remark, position_of(remark.at, blocks))
        _write(console, lead, said, indent=4, style=_COLOUR.get(remark.severity))


def _said(remark: Diagnostic, where: str | None) -> str:
    proposal = f" Предложение: {remark.suggestion}." if remark.suggestion else ""
    return f"{remark.message}{proposal}" + (f" [{where}]" if where else "")


def _numbered(number: str | None) -> str:
    return f"{number.rstrip('.')}. " if number else "– "


def _heading(console: Console, text: str) -> None:
    console.print()
    console.print(_harmless(text), style="bold")


def _harmless(text: str) -> str:
    """The text without control characters: those of a document must not speak to the terminal."""
    return text.translate(_CONTROLS)


def _write(console: Console, lead: str, text: str, *, indent: int, style: str | None = None) -> None:
    """`lead` and the text behind it, wrapped under itself."""
    from rich.padding import Padding
    from rich.text import Text

    hang = min(len(lead), 4)
    line = Text.assemble((_harmless(lead), style or ""), _harmless(" ".join(text.split())))
    wrapped = line.wrap(console, max(20, console.width - indent - hang))
    for number, part in enumerate(wrapped):
        console.print(Padding(part, (0, 0, 0, indent + (hang if number else 0))))
