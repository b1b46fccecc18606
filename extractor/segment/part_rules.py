"""Rules for headed parts, lists, planned work with its details, and captions of tables."""

from __future__ import annotations

import re

from extractor.model.outline import Grid, Line
from extractor.segment.front_rules import title_dated
from extractor.segment.labels import LISTS, TEXTS, label_end, rest_line
from extractor.segment.state import Opening, State
from extractor.values.senses import Senses
from extractor.vocabulary.folding import fold

_CONTENTS = re.compile(r"(?:содержание|оглавление)(?: плана)?\s*:?")


def contents(line: Line, state: State, senses: Senses) -> Opening | None:
    """«СОДЕРЖАНИЕ» over a numbered list of what stands below as headings, and each of its items."""
    goes_on = state.kind == "contents" and line.mark is not None and state.mark in (None, line.mark.kind)
    if goes_on and line.mark is not None and (state.mark is None or line.mark.number != "1"):
        return Opening("contents", line=line)
    ahead = state.next_line()
    if _CONTENTS.fullmatch(fold(line.whole.text)) is None or ahead is None or ahead.mark is None:
        return None
    listed = [unit.body.text for unit in state.units[state.place + 1 :] if isinstance(unit, Line)]
    size = next((k for k, unit in enumerate(state.units[state.place + 1 :]) if not isinstance(unit, Line) or unit.mark is None), 0)
    below = [fold(text) for text in listed[size:]]
    again = sum(any(fold(text.rstrip(" .0123456789")) in words for words in below) for text in listed[:size])
    if again < 2 or again < size / 2:
        return None
    return Opening("contents", label=line.whole)


def headed_part(line: Line, state: State, senses: Senses) -> Opening | None:
    """«Цель: …», «Основные задачи:», «ТЕМА «…»» open a part of the plan."""
    text = line.body.text
    found = senses.words.headings.match(fold(text))
    if found is None and not state.meeting:
        return _ending(line, senses)
    if found is None or state.meeting and found.kind not in ("results", "plan", "members", "head"):
        return None
    if (
        found.kind == "head"
        and (not state.titled or state.kind == "approval")
        and not state.begun
        and ":" not in text
    ):
        return None
    cut = label_end(text, found.end)
    if cut is None and found.kind in LISTS + TEXTS and text.rstrip().endswith(":") and len(text) < 200:
        cut = len(text)
    if cut is None and found.kind == "head" and _only_name(text[found.end :], senses):
        cut = found.end
    if cut is None:
        return None
    rest = line.body.cut(cut)
    if found.kind == "members" and rest and isinstance(state.next_unit(), Grid) and not senses.people.find_names(rest.text):
        return Opening("members", label=line.body)  # «Сведения об учителях – членах РМО» over their table
    if found.kind == "plan":
        if state.kind == "title" and not title_dated(state, senses):
            return None
        if rest or not state.titled or _says_more(text[found.end : cut], senses) or _list_follows(state):
            return None
        return Opening("caption", label=line.whole, single=True)
    if found.misspelt and (found.kind == "goals" and not rest or fold(text).startswith("проблемы")):
        return None  # «Проблемы: …» of an analysis are no theme
    return Opening(
        found.kind,
        label=line.body.cut(0, cut),
        line=rest_line(line, rest),
        misspelt=found.label if found.misspelt else None,
    )


def _only_name(text: str, senses: Senses) -> bool:
    """Whether a name is all that follows: «Руководитель МО Синицына О.В.»."""
    names = senses.people.find_names(text)
    return len(names) == 1 and not (text[: names[0].start] + text[names[0].end :]).strip(" .,_")


_LONGEST_ENDING = 200  # signs of a sentence that opens a list
_SENTENCES = re.compile(r"[а-яё)»]\.\s+(?=[А-ЯЁ])")


def _ending(line: Line, senses: Senses) -> Opening | None:
    """«Для достижения поставленной цели определены следующие задачи:» opens the tasks."""
    text = line.body.text.rstrip()
    start = max((m.end() for m in _SENTENCES.finditer(text)), default=0) if len(text) > _LONGEST_ENDING else 0
    if not text.endswith(":") or len(text) - start > _LONGEST_ENDING or line.mark and line.mark.kind == "bullet":
        return None
    words = re.findall(r"[а-я]+", fold(text[start:]))
    kind = senses.words.endings.get(words[-1]) if words else None
    return Opening(kind, label=line.body.cut(start)) if kind else None


_SAYS_NOTHING = frozenset(
    ["на", "год", "учебный", "уч", "г", "работы", "деятельности", "по", "за", "план", "и", "заседаний", "мероприятий"]
)


def _says_more(tail: str, senses: Senses) -> bool:
    """Whether words behind «Мероприятия», «Содержание» say what kind («с обучающимися»)."""
    words = re.findall(r"[а-я-]+", fold(tail))
    known = senses.words.owners | senses.words.associations | _SAYS_NOTHING
    return any(word not in known for word in words)


def _list_follows(state: State) -> bool:
    ahead = state.next_line()
    return ahead is not None and ahead.mark is not None


_DETAILS = {"dates", "responsible", "speakers", "place", "participants", "result", "form"}


def planned_detail(line: Line, state: State, senses: Senses) -> Opening | None:
    """«Срок: до 10 сентября», «Ответственный: …» under an item of a list of planned work."""
    if state.meeting or not state.kind.startswith(("section", "detail", "planned")) or line.mark is not None:
        return None
    found = _detail(line, senses)
    if found is None:
        return None
    role, colon = found
    return Opening(
        f"detail.{role}",
        label=line.body.cut(0, colon + 1),
        line=rest_line(line, line.body.cut(colon + 1)),
    )


def _detail(line: Line, senses: Senses) -> tuple[str, int] | None:
    """What the label at the head of the line asks for, and where its colon stands."""
    colon = line.body.text.find(":")
    if not 3 <= colon <= 40:
        return None
    head = line.body.text[:colon]
    hits = senses.words.columns.find(head)
    known = sum(size for _, _, size in hits)
    if not hits or hits[0][0] not in _DETAILS or known * 2 < senses.words.columns.count(head):
        return None
    bare = not line.body.text[colon + 1 :].strip()
    if bare and hits[0][0] not in ("dates", "responsible", "place", "participants"):
        return None  # «Ожидаемые результаты:» over a list
    return hits[0][0], colon


def planned_item(line: Line, state: State, senses: Senses) -> Opening | None:
    """The next item of a list whose items have details under them."""
    if not state.kind.startswith("detail") or isinstance(state.next_unit(), Grid):
        return None
    if line.mark is None:
        ahead = state.next_line()
        item = ahead is not None and _detail(ahead, senses) is not None and state.parts[-1].lines
        return Opening("planned", line=line) if item and line.first and line.text[:1].isupper() else None
    return Opening("planned", line=line) if line.mark.kind != "roman" else None


def capital_heading(line: Line, state: State, senses: Senses) -> Opening | None:
    """«ИНДИВИДУАЛЬНАЯ РАБОТА» over a list that is numbered anew ends the meetings: it is no question of theirs."""
    ahead, text = state.next_line(), line.whole.text
    marked = line.mark is not None and line.mark.kind != "roman"
    detailed = state.kind.startswith("detail") and bool(state.parts[-1].lines)
    if not (state.meeting and state.item or detailed) or marked:
        return None
    if not text.isupper() or not 8 <= len(text) <= 120 or text.rstrip().endswith((",", ";")):
        return None
    if detailed and ahead is not None:
        return Opening("section", label=line.whole)
    if isinstance(state.next_unit(), Grid):
        return Opening("caption", line=line, single=True)
    if ahead is None or not ahead.mark:
        return None
    above = state.parts[-1].lines[-1:]
    if any(each.text.isupper() for each in above) or ahead.text.isupper():
        return None
    anew = ahead.mark.number == "1" or ahead.mark.kind == "bullet" != state.mark
    return Opening("section", label=line.whole) if anew else None


def chapter(line: Line, state: State, senses: Senses) -> Opening | None:
    """«II. Работа по направлениям» behind the meetings of «I. Заседания РМО»: the next chapter, no question."""
    if not state.meeting or line.mark is None:
        return None
    roman = state.chapters and line.mark.kind == "roman" and state.mark != "roman"
    if not roman and not _next_chapter(line, state):
        return None
    text = line.whole.text
    if len(text) > 100 or text.endswith((";", ",")) or senses.is_term(line.body.text.strip(" .:")):
        return None
    if senses.meetings.read(text) or senses.people.find_names(text):
        return None
    return Opening("caption", line=line, single=True) if isinstance(state.next_unit(), Grid) else Opening("section", label=line.whole)


def _next_chapter(line: Line, state: State) -> bool:
    """A bold «4. Работа в течение года» behind the meetings of «3. План работы по месяцам»."""
    number = line.mark.number if line.mark and line.mark.kind == "decimal" else None
    if not state.chapter or number != str(state.chapter + 1) or not is_strong(line):
        return False
    return int(number) != state.item + 1 or _signs_differ(line, state)


def _signs_differ(line: Line, state: State) -> bool:
    """Whether the questions above are numbered «1)» and this line «1.»."""
    above = next((p.lines[0].mark for p in reversed(state.parts) if p.kind == "item" and p.lines), None)
    signs = [mark.at.text[-1:] for mark in (above, line.mark) if mark is not None]
    return len(signs) == 2 and all(signs) and signs[0] != signs[1]


def is_strong(line: Line) -> bool:
    """Whether the line looks like a heading."""
    block = line.block
    return block.heading is not None or block.bold > 0.8 or block.align == "center"


def work_under_month(line: Line, state: State, senses: Senses) -> Opening | None:
    """«1. Городская олимпиада. Отв.: Иванова И.И.» behind the questions of the month's meeting: its other work."""
    if not state.meeting or state.item < 2 or line.mark is None or line.mark.kind != "decimal" or line.mark.number != "1":
        return None
    return Opening("section", line=line) if _ANSWERED.search(line.text) else None


_ANSWERED = re.compile(r"[.!?»)]\s*(?:Отв|Ответственн|Срок)[а-яё]*\.?\s*:", re.IGNORECASE)


def headed_list(line: Line, state: State, senses: Senses) -> Opening | None:
    """«Профессиональное развитие работника библиотеки:» over a list that has no field of its own."""
    ahead = state.next_line()
    if ahead is None or not state.titled:
        return None
    text = line.whole.text.rstrip()
    if ahead.mark is None:
        if state.meeting or state.kind in LISTS and state.kind != "section" or len(text) > 100:
            return None
        schools = text.endswith(":") and _is_school(ahead, senses)
        return Opening("section", label=line.whole) if schools or _heads_sentences(line, ahead, state) else None
    known = senses.words.headings.match(fold(text), typos=False)
    if known is not None and known.kind == "plan" and line.mark is None and len(text) < 100:
        return Opening("section", label=line.whole)
    if state.meeting and not (state.kind == "meeting.decision" and line.mark is None and text.endswith(":")):
        return None
    if line.mark and line.mark.kind == ahead.mark.kind == "decimal" and ahead.mark.number == "1":
        return (
            Opening("section", label=line.whole)
            if len(text) < 140 and not text.endswith((".", ";", ","))
            else None
        )
    if line.mark and (line.mark.kind == ahead.mark.kind or line.mark.kind == "bullet"):
        return None
    if text.endswith(":") and len(text) < 160 and not (state.kind in LISTS and line.text[:1].islower()):
        return Opening("section", label=line.whole)
    strong = is_strong(line) or text.isupper() and len(text) > 6
    if (
        not strong
        and line.mark is None
        and state.kind in ("closed", "table", "prose", "section")
        and line.block.gap
        and line.text[:1].isupper()
    ):
        strong = True
    if (
        (strong or (line.mark and line.mark.kind == "roman"))
        and len(text) < 140
        and not text.endswith((".", ";", ","))
    ):
        return Opening("section", label=line.whole)
    return None


def heads_table(line: Line, state: State) -> bool:
    """«1. Работа с фондом» under a list and right above a table: no item of the list, its mark is another
    or its number begins anew."""
    if line.mark is None or not isinstance(state.next_unit(), Grid) or not state.count:
        return False
    return line.mark.kind != state.mark or line.mark.kind == "decimal" and line.mark.number == "1"


def _tab_rows_ahead(state: State) -> bool:
    """Whether the next three lines are made of three pieces or more with tabs between them."""
    lines = [state.next_line(ahead) for ahead in (1, 2, 3)]
    return all(line is not None and len([p for p in line.block.text.split("\t") if p.strip()]) > 2 for line in lines)


def _heads_sentences(line: Line, ahead: Line, state: State) -> bool:
    """«Работа с читателями:» over «беседы о прочитанном; оформление стенда; …», a line each, without marks."""
    text, after = line.whole.text.rstrip(), state.next_line(2)
    return (
        line.mark is None
        and text[:1].isupper()
        and not text.endswith((".", ";", ","))
        and ahead.first
        and ahead.text.rstrip().endswith(";")
        and after is not None
        and after.mark is None
        and after.text[:1].islower()
        and after.text.rstrip().endswith((";", "."))
    )


def _is_school(line: Line, senses: Senses) -> bool:
    """A line that is nothing but the name of a school: the list of an association's schools."""
    found = senses.schools.find(line.whole.text)
    return len(found) == 1 and len(found[0].text) >= 0.8 * len(line.whole.text)


_SENTENCE = 60  # signs: a longer text with a full stop is no heading


def caption(line: Line, state: State, senses: Senses) -> Opening | None:
    """A short line above a table names what the table holds."""
    if not state.titled or state.meeting and state.kind != "prose" and not _set_apart(line, state):
        return None
    if state.kind in LISTS and (
        line.mark is not None
        and state.marked
        and not heads_table(line, state)
        or not state.marked
        and line.block.gap == 0
        and line.text[:1].islower()
    ):
        return None
    if state.kind == "title" and not (line.block.heading or line.mark) and not title_dated(state, senses):
        return None
    ahead = state.next_unit()
    text = line.whole.text
    if line.mark is None and text[:1].islower() and any(part.table for part in state.parts):
        return None  # the end of a row cut by a page
    near = isinstance(ahead, Grid) or isinstance(state.next_unit(2), Grid)
    strong = is_strong(line) or text.isupper()
    if text.endswith(".") and len(text) > _SENTENCE and not strong:
        return None  # «Вывод: необходимо усилить работу с …»
    if len(text) <= 200 and (isinstance(ahead, Grid) or _tab_rows_ahead(state)) and not text.endswith((";", ",")):
        return Opening("caption", line=line, single=True)
    monthly = isinstance(ahead, Line) and ahead.mark is None and len(ahead.text) < 30 and senses.is_term(ahead.text)
    if (near or monthly and not text.endswith((":", "."))) and strong and len(text) <= 160:
        return Opening("caption", line=line, single=True)
    if (
        (
            line.block.heading is not None
            or line.mark
            and line.mark.kind == "roman"
            or strong
            and line.mark
            and line.mark.kind in ("decimal", "multi")
        )
        and len(text) <= 160
        and state.kind not in LISTS
    ):
        return Opening("caption", line=line, single=True)
    return None


def _set_apart(line: Line, state: State) -> bool:
    """Whether a line inside a meeting is a heading of its own right above a table."""
    if not isinstance(state.next_unit(), Grid) or line.mark is not None or len(line.text) > 100:
        return False
    apart = is_strong(line) or line.block.gap > 0
    return apart and line.text[:1].isupper() and not line.text.rstrip().endswith((".", ";", ",", ":"))
