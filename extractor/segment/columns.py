"""What the columns of a table mean: by their headings, and by what the cells hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from extractor.model.outline import Band, Cell, Column, Outline, Row
from extractor.values.marks import month_number, read_number
from extractor.values.senses import Senses
from extractor.vocabulary.folding import fold

_ENOUGH = 1000  # cells that tell what a column holds
MAIN = ("text", "agenda", "theme")
_QUESTIONS = re.compile(r"(?<![а-я])(?:вопрос|повестк)")
_THEMES = re.compile(r"(?<![а-я])тем[аы]?(?:тика)?(?![а-я])")


def asks(heading: str) -> bool:
    """Whether a heading speaks of questions or of an agenda."""
    return _QUESTIONS.search(fold(heading)) is not None


def themes(heading: str) -> bool:
    """Whether a heading speaks of the theme of meetings."""
    folded = fold(heading)
    return _THEMES.search(folded) is not None and "самообразован" not in folded


def heading_columns(row: Row, senses: Senses, *, first: bool = True) -> tuple[Column, ...] | None:
    """The columns that the row names, where it is a heading row; None where it is not. Inside a table
    (`first` false) every cell must be a heading."""
    columns, known, filled = [], 0, 0
    for cell in row.cells:
        if not cell.text:
            columns.append(Column(cell.column, (), "", "heading"))
            continue
        filled += 1
        roles, share = read_heading(cell, senses)
        if share >= (0.5 if first else 0.6) and len(cell.text.text) <= 120:
            known += 1
        else:
            roles = ()
        columns.append(Column(cell.column, roles, cell.text.text, "heading"))
    enough = known >= 0.6 * filled if first else known == filled
    if filled >= 2 and known >= 2 and enough and _is_plain(row):
        return _settle(columns)
    return None


def _is_plain(row: Row) -> bool:
    """No cell of the row is a row number, and no cell is long: headings are words."""
    return not any(read_number(c.text.text) and c.text.text[0].isdigit() for c in row.cells) and all(
        len(c.text.text) <= 160 for c in row.cells
    )


_GROUP = re.compile(
    r"(?<![а-я])(?:учащ|обучающ|класс|учител|педагог|воспитат|родител|библиотекар|школьник|дошкольник|читател|групп|студент|дет[ие]|специалист|логопед|дефектолог|психолог|наставник|завуч|заместител|администрац)"
)


def matrix_columns(row: Row, senses: Senses) -> tuple[Column, ...] | None:
    """«Месяц | 1 неделя | 2 неделя …», «Месяц | Учащиеся 1-4 классов | …»: every cell below holds events
    of its row's term and its column's week or group."""
    filled = [cell for cell in row.cells if cell.text]
    if len(filled) == len(row.cells) - 1 and len(filled) > 2 and not row.cells[0].text:
        weeks = all("недел" in fold(cell.text.text) and senses.is_term(cell.text.text) for cell in filled)
        return _crossed(row.cells, "dates") if weeks else None  # «| 1 неделя | 2 неделя …» over months
    if len(filled) < 3 or len(filled) != len(row.cells):
        return None
    roles, share = read_heading(filled[0], senses)
    heads = [cell.text.text for cell in filled[1:]]
    if any(len(head) > 60 for head in heads):
        return None
    if not set(roles) & {"dates", *MAIN} and len(heads) > 2 and all(senses.is_term(head) for head in heads):
        return _crossed(filled, "section")  # «Направление работы | Сентябрь | Октябрь …»
    if share < 0.5 or "dates" not in roles:
        return None
    if all(senses.is_term(head) for head in heads) or all(_GROUP.search(fold(head)) for head in heads):
        return _crossed(filled, "dates")
    return None


def _crossed(heads: Sequence[Cell], first: str) -> tuple[Column, ...]:
    """The columns of a matrix: what the first one holds, and events in every other."""
    return tuple(Column(c.column, (first if c is heads[0] else "matrix",), c.text.text, "heading") for c in heads)


def ticked_columns(row: Row, senses: Senses) -> tuple[Column, ...] | None:
    """«№ | Мероприятие | I четверть | II четверть … | Ответственный»: a sign in a column says when."""
    filled = [cell for cell in row.cells if cell.text]
    if len(filled) < 3 or any(len(cell.text.text) > 60 for cell in filled):
        return None
    columns = []
    roman = [c.text.text for c in filled if month_number(c.text.text) and not c.text.text[0].isdigit()]
    for cell in filled:
        if senses.is_term(cell.text.text) or cell.text.text in roman and are_months(roman):
            columns.append(Column(cell.column, ("when",), cell.text.text, "heading"))
            continue
        roles, share = read_heading(cell, senses)
        if share < 0.5:
            return None
        columns.append(Column(cell.column, roles, cell.text.text, "heading"))
    roles_seen = [role for column in columns for role in column.roles]
    if roles_seen.count("when") < 2 or not any(role in roles_seen for role in MAIN):
        return None
    return tuple(columns)


def are_months(texts: Sequence[str]) -> bool:
    """«IX | X | XI | XII | I | II …», «9 | 10 | … | 5»: months by their numbers, in the order of the year."""
    numbers = [month_number(text) for text in texts]
    if len(numbers) < 4 or None in numbers or numbers[0] not in (8, 9, 10, 1):
        return False
    return all(
        a is not None and b is not None and b - a in (1, 2, -11, -10)
        for a, b in zip(numbers, numbers[1:], strict=False)
    )


def lone_heading(row: Row, senses: Senses) -> Column | None:
    """The one heading of a row whose other cells are empty («Цели посещения |  |»)."""
    filled = [cell for cell in row.cells if cell.text]
    if len(filled) != 1 or len(row.cells) < 2 or filled[0].column != row.cells[0].column:
        return None
    roles, share = read_heading(filled[0], senses)
    if share < 1 or not roles or len(filled[0].text.text) > 60:
        return None
    return Column(filled[0].column, roles, filled[0].text.text, "heading")


def read_heading(cell: Cell, senses: Senses) -> tuple[tuple[str, ...], float]:
    """The roles that a heading cell names, and the share of its words that say so."""
    text = cell.text.text
    if fold(text).startswith("стаж"):
        return ("note",), 1.0
    found = senses.words.columns.find(text)
    if not found or "-" in text:
        joined = re.sub(r"(?<=[а-яё])[-\u2010‑]\s?(?=[а-яё])", "", text)
        found = max(
            found, senses.words.columns.find(joined), key=lambda hits: sum(size for _, _, size in hits)
        )
    if text.strip() in ("№", "N"):
        return ("number",), 1.0
    count = max(1, senses.words.columns.count(text))
    roles: list[str] = []
    for role, _, _ in found:
        if role not in roles:
            roles.append(role)
    if len(roles) > 1 and "number" in roles:
        roles.remove("number")
    if "text" in roles and len(roles) > 1:
        roles = [r for r in roles if r in ("text", "dates")]
    if set(roles) == {"theme", "agenda"}:
        roles = ["text"]
    return tuple(roles[:2]), sum(size for _, _, size in found) / count


def _settle(columns: Sequence[Column]) -> tuple[Column, ...]:
    """One main column: where none is called so, the one that comes nearest."""
    columns = _two_texts(_which_meeting(columns))
    columns = _asked_and_answered(_who_is_member(columns))
    roles = [role for column in columns for role in column.roles]
    if any(role in roles for role in MAIN):
        return tuple(columns)
    for stand_in in ("form", "purpose", "section"):
        for place, column in enumerate(columns):
            if stand_in in column.roles and ("member" not in roles or dated_before_people(columns)):
                changed = Column(column.index, ("text",), column.heading, "heading")
                return (*columns[:place], changed, *columns[place + 1 :])
    return tuple(columns)


def dated_before_people(columns: Sequence[Column]) -> bool:
    """«Вид аттестации | Срок | ФИО»: planned work; a list of people has their names in front."""
    dates = next((c.index for c in columns if "dates" in c.roles), None)
    people = next((c.index for c in columns if "member" in c.roles), None)
    return dates is not None and people is not None and dates < people


def _asked_and_answered(columns: Sequence[Column]) -> Sequence[Column]:
    """«Дата | Рассматриваемые вопросы | Докладчик»: the questions of meetings, who speaks to each beside them."""
    roles = [role for column in columns for role in column.roles]
    wordings = [c for c in columns if set(c.roles) & {*MAIN}]
    if len(wordings) != 1 or wordings[0].roles != ("text",) or "dates" not in roles:
        return columns
    said = fold(wordings[0].heading)
    speak = any(c.roles == ("speakers",) and "ответств" not in fold(c.heading) for c in columns)
    if not speak or not asks(said) or "мероприят" in said or "работ" in said:
        return columns
    return [Column(c.index, ("agenda",), c.heading, c.by) if c is wordings[0] else c for c in columns]


_OF_A_PERSON = re.compile(r"(?<![а-я])(?:стаж|категори|образован|самообразован)")


def _who_is_member(columns: Sequence[Column]) -> Sequence[Column]:
    """«Класс | Классный руководитель | Стаж | Категория»: nothing is planned, the one who would answer is a member."""
    roles = [role for column in columns for role in column.roles]
    told = sum(_OF_A_PERSON.search(fold(column.heading)) is not None for column in columns)
    answers = [c for c in columns if c.roles == ("responsible",)]
    if {"member", "dates", *MAIN} & set(roles) or not told or len(answers) != 1:
        return columns
    return [Column(c.index, ("member",), c.heading, c.by) if c is answers[0] else c for c in columns]


def _which_meeting(columns: Sequence[Column]) -> list[Column]:
    """«Заседание | … | Тема | Содержание»: beside a column of themes that of meetings says which one it is."""
    themed = any(_THEMES.search(fold(c.heading)) for c in columns)
    return [
        Column(c.index, ("meeting_number",), c.heading, c.by)
        if themed and c.roles == ("theme",) and re.fullmatch(r"заседани[ея]", fold(c.heading).strip(" .:"))
        else c
        for c in columns
    ]


def _two_texts(columns: Sequence[Column]) -> list[Column]:
    """«Тема | Вопросы»: of two columns of wording one holds the theme, the other the questions."""
    texts = [c for c in columns if c.roles[:1] in (("text",), ("agenda",), ("theme",))]
    themes = [c for c in texts if _THEMES.search(fold(c.heading))]
    questions = [
        c
        for c in texts
        if c not in themes and re.match(r"вопрос|содержан|повестк|рассматрив|обсужд|план", fold(c.heading))
    ]
    if len(texts) == 2 and len(themes) == 1 and not questions and asks(themes[0].heading):
        questions, themes = themes, []  # «Мероприятие | Тема, рассматриваемые вопросы»
    elif len(texts) != 2 or len(themes) != 1 or len(questions) != 1:
        return list(columns)
    changed = {questions[0].index: "agenda", **{theme.index: "theme" for theme in themes}}
    return [
        Column(c.index, (changed[c.index],), c.heading, c.by) if c.index in changed else c for c in columns
    ]


def content_columns(rows: Sequence[Row], width: int, senses: Senses) -> tuple[Column, ...]:
    """The columns by what their cells hold: numbers, terms, people, places, and the longest text."""
    cells: dict[int, list[Cell]] = {}
    for row in rows:
        if len(row.cells) + len(row.above) < 2:
            continue
        for cell in row.cells:
            if not cell.empty:
                cells.setdefault(cell.column, []).append(cell)
    monthly = any(len(row.cells) == 1 and _is_month(row.cells[0].text.text, senses) for row in rows)
    roles = {
        index: "dates" if monthly and _are_days(held, senses) else _content_role(held, senses)
        for index, held in cells.items()
    }
    if "text" not in roles.values():
        free = [i for i, role in roles.items() if role in ("", "place")]
        free = free or [i for i, role in roles.items() if role == "form"] or list(roles)
        if free:
            longest = max(free, key=lambda i: sum(len(c.text.text) for c in cells[i]))
            roles[longest] = "text"
    spare = [i for i, role in sorted(roles.items()) if role == ""]
    first_text = min((i for i, role in roles.items() if role == "text"), default=width)
    answered = "responsible" in roles.values()
    for index in spare:
        roles[index] = "result" if first_text < index and answered else "extra"
    return tuple(
        Column(i, (roles.get(i) or "extra",), "", "content") for i in range(1, width + 1) if i in roles
    )


_DAYS = re.compile(r"(?:до\s*)?\d{1,2}(?:\s?[-–,]\s?\d{1,2}){0,3}\.?")


def _is_month(text: str, senses: Senses) -> bool:
    return len(text) < 30 and senses.is_term(text) and not re.match(r"\d", text)


def _are_days(cells: Sequence[Cell], senses: Senses) -> bool:
    """«12», «до 20», «2-3» in rows under months: days, no numbers of rows."""
    texts = [cell.text.text for cell in cells]
    days = [text for text in texts if _DAYS.fullmatch(text)]
    terms = sum(senses.is_term(text) for text in texts if not _DAYS.fullmatch(text))
    counted = [int(text.strip(".")) for text in days if text.strip(".").isdigit()]
    running = len(counted) > 2 and counted == list(range(counted[0], counted[0] + len(counted)))
    return bool(days) and not running and len(days) + terms >= 0.6 * len(texts)


def _content_role(cells: Sequence[Cell], senses: Senses) -> str:
    """number | dates | form | responsible | place | text | "" for a column with these filled cells."""
    return next(_content_roles(cells, senses), "")


def _content_roles(cells: Sequence[Cell], senses: Senses) -> Iterator[str]:
    """Every role that the cells would fill, the likeliest first."""
    texts = [cell.text.text for cell in cells[:: 1 + len(cells) // _ENOUGH]]
    size = len(texts)
    if sum(read_number(t) is not None for t in texts) >= 0.6 * size:
        yield "number"
    if sum(senses.is_term(t) for t in texts) >= 0.5 * size:
        yield "dates"
    forms = (senses.forms.read(t.strip(" .")) for t in texts)
    if max(map(len, texts)) < 40 and sum(form is not None and form.whole for form in forms) >= 0.5 * size:
        yield "form"
    named = sum(bool(senses.people.find_names(t)) for t in texts)
    placed = sum(senses.is_place(t) for t in texts)
    if placed >= 0.35 * size and placed > named and sum(map(len, texts)) / size < 60:
        yield "place"
    if sum(senses.is_people(t) for t in texts) >= 0.5 * size:
        yield "responsible"
    if sum(map(len, texts)) / size > 45:
        yield "text"


_ALIKE = {  # what cells alone cannot tell apart
    "responsible": ("speakers", "participants", "member", "head"),
    "place": ("school", "participants"),
    "text": (*MAIN, "form", "result", "purpose", "section", "matrix"),
}


def with_runners_up(outline: Outline, senses: Senses) -> Outline:
    """The outline with, for each column, the role that its cells speak for beside the one it has."""
    return Outline(
        tuple(
            replace(
                part,
                table=replace(part.table, bands=tuple(_told(band, senses) for band in part.table.bands)),
            )
            if part.table is not None
            else part
            for part in outline.parts
        )
    )


def _told(band: Band, senses: Senses) -> Band:
    columns = []
    for column in band.columns:
        cells = [c for row in band.rows for c in row.cells if c.column == column.index and not c.empty]
        likely = _content_roles(cells, senses) if cells else iter(())
        others = (r for r in likely if not {r, *_ALIKE.get(r, ())} & {*column.roles})
        columns.append(replace(column, runner_up=next(others, None)))
    return replace(band, columns=tuple(columns))
