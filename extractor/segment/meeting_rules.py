"""Rules for meetings: how they are announced, and the labels, questions and speakers inside them."""

from __future__ import annotations

import re

from extractor.model.outline import Grid, Line
from extractor.segment.front_rules import names_new_plan
from extractor.segment.labels import label_end, rest_line
from extractor.segment.state import Opening, State
from extractor.values.dates import Years
from extractor.values.senses import Senses
from extractor.vocabulary.folding import fold


def meeting_announced(line: Line, state: State, senses: Senses) -> Opening | None:
    """«2. Заседание РМО –10 января 2017 года.» opens a meeting."""
    text = line.whole.text
    if (
        len(text) > 400
        or (line.mark and line.mark.kind == "bullet")
        or state.kind in ("item",)
        and _inner(line, state)
    ):
        return None
    found = senses.meetings.read(text)
    if found is None and line.mark and line.mark.kind == "words" and line.block.label:
        if senses.meetings.read(f"{line.block.label} {text}"):
            return Opening("meeting", line=line)
        return None
    if found is None:
        return Opening("meeting", line=line) if _next_in_schedule(line, state, senses) else None
    rest = text[found.end :].strip()
    if not _announces(rest, found.number, senses):
        return None
    return Opening("meeting", line=line, misspelt=found.misspelt)


def event_announced(line: Line, state: State, senses: Senses) -> Opening | None:
    """«Установочный семинар (август)», «Круглый стол «Итоги» (март)» over questions numbered anew, again and again, in
    a plan of an association that never says «заседание»: these are its meetings."""
    if not (state.eventful and state.titled) or not is_dated_event(line, senses):
        return None
    ahead = state.next_line()
    return Opening("meeting", line=line) if ahead is not None and ahead.mark and ahead.mark.number == "1" else None


def is_dated_event(line: Line, senses: Senses) -> bool:
    """A form with its month or day and no marks of a list: «Семинар-практикум «Чтение» (ноябрь)»."""
    text = line.whole.text
    if line.mark is not None and line.mark.kind != "roman" or not 8 < len(text) < 160 or line.block.table is not None:
        return False
    dates = senses.dates.find(text, Years())
    return len(dates) == 1 and dates[0].precision in ("month", "day") and senses.forms.begins(line.body.text)


def _announces(rest: str, number: int | None, senses: Senses) -> bool:
    """Whether what follows the meeting word is an announcement's: nothing, a date, a theme, a place."""
    if not rest or rest[0] in ':.,(–—-«"“№/' or senses.dates.find_any(rest[:80]):
        return True
    folded = fold(rest)
    return (
        number is not None
        and len(rest) < 160
        and not folded.startswith(_TOLD)
        or folded.startswith(("по теме", "на тему", "тема", "в ", "на базе", "состоится"))
    )


_TERM_FIRST = re.compile(r"[^.,:;(–—-]{3,30}(?=\s*[.,:(–—-])")


def _next_in_schedule(line: Line, state: State, senses: Senses) -> bool:
    """«2. Ноябрь. Новые технологии» in a numbered list of meetings: their schedule, or behind meeting 1."""
    if line.mark is None or line.mark.kind not in ("decimal", "roman") or not line.mark.number:
        return False
    head = _TERM_FIRST.match(line.body.text)
    if head is None or not senses.is_term(head[0].strip()):
        return False
    if state.kind == "section" and state.parts:
        return "заседани" in fold(state.parts[-1].label.text)
    return state.meeting and state.numbered and line.mark.number == str(state.sitting + 1)


_TOLD = ("прошл", "прошел", "состоял", "был", "провел")  # a report's sentence, not an announcement


def _inner(line: Line, state: State) -> bool:
    """Whether the line's number goes on the open agenda's («3. Совещание …» behind item 2) and not the meetings'."""
    if line.mark is None or line.mark.kind != "decimal" or state.mark != "decimal":
        return False
    number = int(line.mark.number or 0)
    return number == state.item + 1 and (number != state.sitting + 1 or not state.numbered)


def labelled_meeting(line: Line, state: State, senses: Senses) -> bool:
    """«Дата проведения: …», «Тема заседания: …», «Вопросы: …»: labels of a meeting that nobody announces."""
    if state.meeting and not state.item or not state.titled or line.mark is not None:
        return False
    first = _meeting_label(line, senses)
    if first not in ("date", "theme", "place", "form"):
        return False
    if first == "theme" and "заседан" not in fold(line.text[:30]) and not state.meeting:
        return False
    kinds = {first}
    for ahead in range(1, 6):
        following = state.next_line(ahead)
        if following is None or following.mark is not None:
            break
        kind = _meeting_label(following, senses)
        if kind is not None:
            kinds.add(kind)
    return len(kinds) >= 3 or len(kinds) == 2 and "agenda" in kinds


def _meeting_label(line: Line, senses: Senses) -> str | None:
    """The label of a meeting's part that the line begins with, its colon behind it."""
    found = senses.words.in_meeting.match(fold(line.body.text), typos=False)
    if found is None or found.kind in ("between", "goal", "participants", "result") or ":" not in line.body.text[: found.end + 12]:
        return None
    return found.kind


def between_meetings(line: Line, state: State, senses: Senses) -> Opening | None:
    """«Работа между заседаниями:» ends the meetings."""
    found = senses.words.in_meeting.match(fold(line.body.text), typos=False)
    if found is None or found.kind != "between" or len(line.text) > 80 and ":" not in line.body.text[found.end :][:2]:
        return None
    behind = line.body.text[found.end :]
    colon = behind.find(":")
    if colon == 0 and behind.strip(" :."):
        cut = found.end + 1
        return Opening("section", label=line.body.cut(0, cut), line=rest_line(line, line.body.cut(cut)))
    return Opening("section", label=line.whole) if len(behind.strip(" :.")) < 40 else None


def in_meeting(line: Line, state: State, senses: Senses) -> Opening | None:
    """«Тема: …», «Повестка дня:», «Место проведения: …» inside a meeting."""
    if not state.meeting:
        return None
    if state.kind == "meeting" and line.mark is None and _QUOTED.fullmatch(line.whole.text) and not _themed(state):
        return Opening("meeting.theme", line=line)
    under = state.parts[-1].kind in _UNDER_ANNOUNCEMENT and line.mark is None and not state.item
    if under and _stands_alone(line, senses):
        return Opening("meeting.place", line=line)
    if under and _dated_place(line.whole.text, senses):
        return Opening("meeting.date", line=line)
    folded = fold(line.body.text)
    found = senses.words.in_meeting.match(folded) if line.body.text[:1] not in "«\"“„" else None
    if found is None or found.kind == "between" or found.kind == "result" and "result" not in state.repeated:
        return None
    cut = label_end(line.body.text, found.end)
    begun = state.item or state.kind == "meeting.agenda"
    if found.kind == "agenda" and begun and ":" not in line.body.text and not _is_heading(line, found.end):
        return None  # «План на год. Все члены РМО» is a question
    if cut is None or found.kind == "agenda" and (names_new_plan(line, state, senses) or _heads_table(line, cut, found.end, state)):
        return None
    if cut == len(line.body.text) and _is_value(found.kind, line.body.text[found.end :].strip(" ."), senses):
        cut = found.end
    label, rest = line.body.cut(0, cut), line.body.cut(cut)
    if line.mark and (rest and line.mark.kind == "decimal" or not line.body.text[found.end :].lstrip().startswith(":")):
        return None
    return Opening(
        f"meeting.{found.kind}",
        label=label,
        line=rest_line(line, rest),
        misspelt=found.label if found.misspelt else None,
    )


def _is_heading(line: Line, end: int) -> bool:
    """«Практическая часть»: nothing but the label, without a closing stop."""
    return end == len(line.body.text.rstrip()) and line.mark is None


def _heads_table(line: Line, cut: int, end: int, state: State) -> bool:
    """«План проведения предметной недели» above a table: more than the label, and no questions below."""
    more = len(line.body.text[end:].split()) > 1
    return more and cut == len(line.body.text) and isinstance(state.next_unit(), Grid)


def _is_value(kind: str, rest: str, senses: Senses) -> bool:
    """«на базе МБОУ СОШ № 3», «Форма проведения круглый стол»: a value right behind its label, no colon."""
    match kind:
        case "place":
            return senses.is_place(rest)
        case "date":
            return senses.is_term(rest)
        case "form":
            return senses.forms.find(rest) is not None
        case _:
            return False


_UNDER_ANNOUNCEMENT = ("meeting", "month", "meeting.date", "meeting.theme", "meeting.form")


def _stands_alone(line: Line, senses: Senses) -> bool:
    """«МБОУ «Сосновская СОШ № 1»», «Дом культуры, малый зал» under the announcement: where it is."""
    text = line.whole.text.strip(" .")
    if len(text) > 90 or ":" in text or re.search(r"[а-яё]\s[–—-]\s", text) or not senses.is_place(text):
        return False
    schools = senses.schools.find(text, bare=True)
    return senses.is_venue(text) or bool(schools and schools[0].text == text[: len(schools[0].text)])


def _dated_place(text: str, senses: Senses) -> bool:
    """«29 августа 2024 г., 10.00, МАОУ «Гимназия № 2», библиотека» under the announcement."""
    if len(text) > 160 or senses.is_term(text):
        return False
    found = senses.dates.find(text, Years())
    if not found or not text.startswith(found[0].text):
        return False
    rest = text[len(found[0].text) :].strip(" .,;–—-")
    return bool(senses.schools.find(rest)) or senses.is_place(rest)


_QUOTED = re.compile(r"[«\"“„].{3,200}[»\"”]\.?")


def _themed(state: State) -> bool:
    """Whether the announcement says its theme itself."""
    return any("«" in line.text or "тема" in fold(line.text) for line in state.parts[-1].lines)


_OF_QUESTION = re.compile(r"(?:по\s+)?\d{1,2}[^:–—]{0,12}\s+вопрос", re.IGNORECASE)
_BEHIND_SPEAKER = re.compile(r"\.?\s*[:–—-]\s*|\.\s*|\s+")


def speaker_line(line: Line, state: State, senses: Senses) -> Opening | None:
    """«Докладчик: Петрова А.А.» on the line after its item."""
    if not state.meeting:
        return None
    text = line.body.text
    if line.mark and line.mark.kind == "decimal":
        listed = state.kind == "speaker" and state.item and (senses.is_people(text) or _only_people(text, senses))
        return Opening("speaker", line=line) if listed and int(line.mark.number or 0) <= state.item else None
    if "___" in text:
        return None
    if state.kind == "speaker" and state.item and _OF_QUESTION.match(text):
        return Opening("speaker", line=line)
    if (
        line.mark is not None
        and line.mark.kind == "bullet"
        and state.kind == "item"
        and state.mark == "decimal"
    ):
        return (
            Opening("speaker", line=Line(line.body, line.body, line.block, None, False))
            if _only_people(text, senses)
            else None
        )
    found = senses.words.speakers.match(fold(text), typos=False)
    if found and state.card and found.label.startswith("Отв"):
        rest = line.body.cut(found.end).strip(" .:–—-")
        return Opening("meeting.responsible", label=line.body.cut(0, found.end), line=rest_line(line, rest))
    if found:
        colon = _BEHIND_SPEAKER.match(text, found.end)
        rest = line.body.cut(colon.end() if colon else found.end)
        if found.label in _HEARD and not _people_follow(rest.text, state, senses):
            return Opening(
                "meeting.agenda",
                label=line.body.cut(0, colon.end() if colon else found.end),
                line=rest_line(line, rest),
            )
        if (
            rest
            and (":" in text[found.end : found.end + 3] or senses.is_people(rest.text))
            or not rest
            and text.rstrip().endswith(":")
        ):
            return Opening(
                "speaker",
                label=line.body.cut(0, colon.end() if colon else found.end),
                line=rest_line(line, rest),
            )
    bare = text.strip("()[] .")
    if (
        state.kind in ("item", "speaker")
        and line.mark is None
        and len(text) < 160
        and _only_people(bare, senses)
    ):
        return Opening("speaker", line=line)
    return None


_HEARD = ("Слушали", "Выступили")


def _people_follow(rest: str, state: State, senses: Senses) -> bool:
    """Whether «Выступили:» goes on with names, on its own line or on the next one."""
    if rest:
        return senses.is_people(rest)
    ahead = state.next_line()
    return state.kind == "item" and ahead is not None and ahead.mark is None and _only_people(ahead.text, senses)


def _only_people(text: str, senses: Senses) -> bool:
    """Whether a line is a name with post and school, and no sentence of the agenda."""
    names = senses.people.find_names(text)
    return bool(names) and (
        names[0].start < 45
        and fold(text[: names[0].start]).count(" ") <= 5
        and ":" not in text
        and not re.search(r"[»\"”]\s*\($", text[: names[0].start])
    )


def agenda_item(line: Line, state: State, senses: Senses) -> Opening | None:
    """«1. Доклад «…»» inside a meeting; after «Повестка дня:» also lines without a mark."""
    if not state.meeting or state.kind == "meeting.decision" and line.mark:
        return None
    if line.mark:
        if (
            line.mark.kind == "bullet"
            and state.kind == "item"
            and _goes_on_inside(state.parts[-1].lines)
        ):
            return None
        return Opening("item", line=line)
    if (
        state.kind == "meeting.agenda"
        or state.kind == "item"
        and state.mark is None
        and _new_sentence(line, state)
    ):
        return Opening("item", line=line)
    after = ("speaker", "meeting.theme", "month", "meeting.date", "meeting.place", "meeting.form")
    plain = line.block.bold < 0.5 and len(line.text) > 12 and line.text[:1].isupper()
    if state.kind in after and state.count and plain:
        return Opening("item", line=line)
    return None


def _goes_on_inside(lines: tuple[Line, ...]) -> bool:
    """Whether a bullet goes on with a list inside a question: «2. Задачи на год:», «- рост;», «- опыт.»."""
    first, last = lines[0].mark, lines[-1].mark
    if first is None or first.kind == "bullet":
        return False
    return lines[-1].text.rstrip().endswith(":") or len(lines) > 1 and last is not None and last.kind == "bullet"


def _new_sentence(line: Line, state: State) -> bool:
    last = state.parts[-1].lines[-1].text.rstrip() if state.parts and state.parts[-1].lines else ""
    return line.text[:1].isupper() and (last.endswith((".", ")", "»", "!", "?", ";")) or line.first)
