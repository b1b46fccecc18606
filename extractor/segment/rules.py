"""The rules that say what a line opens. Each answers with an Opening or passes with None.

A rule is a function of (line, state, senses), named for what it sees; its place in RULES is its
rank. `--explain` prints the name of the rule that claimed a line.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from extractor.model.outline import Grid, Line
from extractor.model.passage import Passage
from extractor.segment.state import Opening, State
from extractor.values.marks import read_mark
from extractor.values.senses import Senses
from extractor.vocabulary.folding import fold, squash

Rule = Callable[[Line, State, Senses], Opening | None]

LISTS = ("tasks", "directions", "results", "members", "section")
TEXTS = ("themes", "goals", "head")
_AFTER_LABEL = re.compile(r"\s*([:.–—-]\s*)+|\s*(?=[«\"“„])|\s*$")
_QUOTE = re.compile(r"\s*[«\"“„]")
_TAIL_DASH = re.compile(
    r"(?:\s+(?:работы|деятельности))?(?:\s+[А-ЯЁ]{2,5})?(?:\s+(?:на|в)\s+\d{4}[\d\s/–-]{0,8}(?:уч\w*\.?\s*|учебн\w+\s+|календарн\w+\s+)?(?:год\w*|г\.)?)?"
    r"(?:\s+[–—-]\s+|\.\s+(?=[А-ЯЁ]))"
)
_TAIL = re.compile(r"[^.!?;«\"]{0,110}?:")


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
        return None
    rest = text[found.end :].strip()
    if not _announces(rest, found.number, senses):
        return None
    return Opening("meeting", line=line, misspelt=found.misspelt)


def _announces(rest: str, number: int | None, senses: Senses) -> bool:
    """Whether what follows the meeting word is an announcement's: nothing, a date, a theme, a place."""
    if not rest or rest[0] in ':.,(–—-«"“№/' or senses.dates.find_any(rest[:80]):
        return True
    folded = fold(rest)
    return (
        number is not None
        and len(rest) < 160
        or folded.startswith(("по теме", "на тему", "тема", "в ", "на базе", "состоится"))
    )


def _inner(line: Line, state: State) -> bool:
    """Whether the line's number goes on the open agenda's («3. Совещание …» behind item 2) and not the meetings'."""
    if line.mark is None or line.mark.kind != "decimal" or state.mark != "decimal":
        return False
    number = int(line.mark.number or 0)
    return number == state.item + 1 and number != state.sitting + 1


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
    if found is None or found.kind in ("between", "goal") or ":" not in line.body.text[: found.end + 12]:
        return None
    return found.kind


def between_meetings(line: Line, state: State, senses: Senses) -> Opening | None:
    """«Работа между заседаниями:» ends the meetings."""
    found = senses.words.in_meeting.match(fold(line.body.text), typos=False)
    if found is None or found.kind != "between" or len(line.text) > 80:
        return None
    rest = line.body.text[found.end :].strip(" :.")
    return Opening("section", label=line.whole) if not rest or len(rest) < 40 else None


def approval(line: Line, state: State, senses: Senses) -> Opening | None:
    """«УТВЕРЖДАЮ», «Рассмотрено на заседании ШМО протокол № 1 …» before the title or at the end."""
    word = fold(line.text[:16]).strip(' "«').split(" ")[0].strip('":.,«»')
    if word not in approval_kinds(senses):
        return None
    alone = len(line.text.strip(' :.,"«»')) <= len(word) + 2
    if state.begun and not alone and state.kind not in ("approval", "signature", "prose"):
        return None
    return Opening("approval", line=line)


def approval_kinds(senses: Senses) -> dict[str, str]:
    """How an approval is written → its kind in the record."""
    return dict(entry.split("=") for entry in senses.words.plan.titles["approvals"].words)


def in_meeting(line: Line, state: State, senses: Senses) -> Opening | None:
    """«Тема: …», «Повестка дня:», «Место проведения: …» inside a meeting."""
    if not state.meeting:
        return None
    folded = fold(line.body.text)
    found = senses.words.in_meeting.match(folded)
    if found is None or found.kind == "between":
        return None
    cut = _label_end(line.body.text, found.end)
    if cut is None:
        return None
    label, rest = line.body.cut(0, cut), line.body.cut(cut)
    if line.mark and line.mark.kind == "decimal" and rest:
        return None
    return Opening(
        f"meeting.{found.kind}",
        label=label,
        line=_rest(line, rest),
        misspelt=found.label if found.misspelt else None,
    )


def speaker_line(line: Line, state: State, senses: Senses) -> Opening | None:
    """«Докладчик: Петрова А.А.» on the line after its item."""
    if not state.meeting or line.mark and line.mark.kind == "decimal":
        return None
    text = line.body.text
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
    if found:
        colon = re.compile(r"\.?\s*[:–—-]\s*|\.\s*|\s+").match(text, found.end)
        rest = line.body.cut(colon.end() if colon else found.end)
        if found.label in _HEARD and not (rest and senses.is_people(rest.text)):
            return Opening(
                "meeting.agenda",
                label=line.body.cut(0, colon.end() if colon else found.end),
                line=_rest(line, rest),
            )
        if (
            rest
            and (":" in text[found.end : found.end + 3] or senses.is_people(rest.text))
            or not rest
            and text.rstrip().endswith(":")
        ):
            return Opening(
                "speaker", label=line.body.cut(0, colon.end() if colon else found.end), line=_rest(line, rest)
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


def _only_people(text: str, senses: Senses) -> bool:
    """Whether a line is a name with post and school, and no sentence of the agenda."""
    names = senses.people.find_names(text)
    return bool(names) and (
        names[0].start < 45 and fold(text[: names[0].start]).count(" ") <= 5 and ":" not in text
    )


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
    cut = _label_end(text, found.end)
    if cut is None and found.kind in LISTS + TEXTS and text.rstrip().endswith(":") and len(text) < 200:
        cut = len(text)
    if cut is None:
        return None
    rest = line.body.cut(cut)
    if found.kind == "plan":
        if state.kind == "title" and not title_dated(state, senses):
            return None
        if rest or not state.titled or _says_more(text[found.end : cut], senses) or _list_follows(state):
            return None
        return Opening("caption", label=line.whole, single=True)
    if found.kind == "goals" and found.misspelt and not rest:
        return None
    return Opening(
        found.kind,
        label=line.body.cut(0, cut),
        line=_rest(line, rest),
        misspelt=found.label if found.misspelt else None,
    )


def _ending(line: Line, senses: Senses) -> Opening | None:
    """«Для достижения поставленной цели определены следующие задачи:» opens the tasks."""
    text = line.body.text.rstrip()
    if not text.endswith(":") or len(text) > 200 or line.mark and line.mark.kind == "bullet":
        return None
    words = re.findall(r"[а-я]+", fold(text))
    kind = senses.words.endings.get(words[-1]) if words else None
    return Opening(kind, label=line.body) if kind else None


def _says_more(tail: str, senses: Senses) -> bool:
    """Whether words behind «Мероприятия», «Содержание» say what kind («с обучающимися»)."""
    words = re.findall(r"[а-я-]+", fold(tail))
    owners = {w for phrase in senses.words.plan.meetings["owners"].words for w in fold(phrase).split()}
    owners |= {
        "на",
        "год",
        "учебный",
        "уч",
        "г",
        "работы",
        "деятельности",
        "по",
        "за",
        "план",
        "и",
        "заседаний",
        "мероприятий",
    }
    owners |= {fold(t) for t in senses.words.plan.association.types}
    return any(word not in owners for word in words)


def _list_follows(state: State) -> bool:
    ahead = state.next_line()
    return ahead is not None and ahead.mark is not None


def _label_end(text: str, end: int) -> int | None:
    """Where the label ends whose words end at `end`: behind its colon or dash, with a short tail
    («Цель деятельности ММО:»); the whole of a short line without a colon; None for a sentence."""
    after = _AFTER_LABEL.match(text, end)
    if after and (after.end() > end or after.end() == len(text) or _QUOTE.match(text, end)):
        return after.end()
    dashed = _TAIL_DASH.match(text, end)
    if dashed:
        return dashed.end()
    tail = _TAIL.match(text, end)
    if tail:
        return tail.end()
    words = text[end:].split()
    if len(words) <= 7 and len(text) <= 90 and not text.rstrip().endswith((".", ";", ",")):
        return len(text)
    return None


def _rest(line: Line, rest: Passage) -> Line | None:
    if not rest:
        return None
    mark, body = read_mark(rest)
    if mark and mark.kind == "bullet" and rest.text[0] in "–—-":
        return Line(body, body, line.block, None, False)
    return Line(rest, body, line.block, mark, False)


_DETAILS = {"dates", "responsible", "speakers", "place", "participants", "result", "form"}


def planned_detail(line: Line, state: State, senses: Senses) -> Opening | None:
    """«Срок: до 10 сентября», «Ответственный: …» under an item of a list of planned work."""
    if state.meeting or not state.kind.startswith(("section", "detail", "planned")) or line.mark is not None:
        return None
    colon = line.body.text.find(":")
    if not 3 <= colon <= 40 or colon + 2 > len(line.body.text):
        return None
    head = line.body.text[:colon]
    hits = senses.words.columns.find(head)
    known = sum(size for _, _, size in hits)
    if not hits or hits[0][0] not in _DETAILS or known * 2 < senses.words.columns.count(head):
        return None
    return Opening(
        f"detail.{hits[0][0]}", label=line.body.cut(0, colon + 1), line=_rest(line, line.body.cut(colon + 1))
    )


def planned_item(line: Line, state: State, senses: Senses) -> Opening | None:
    """The next item of a list whose items have details under them."""
    if not state.kind.startswith("detail") or line.mark is None or line.mark.kind == "roman":
        return None
    return Opening("planned", line=line)


def title_line(line: Line, state: State, senses: Senses) -> Opening | None:
    """«ПЛАН РАБОТЫ …», or the association's name above it, opens the title; after a plan has begun
    only a line that the next lines show to be the name of another plan."""
    if (
        state.kind == "title"
        and not _is_new_title(line, state, senses)
        or len(line.text) > 400
        or line.mark
        and line.mark.kind == "bullet"
    ):
        return None
    folded = fold(line.text)
    if _begins_title(folded, state, senses):
        if (
            any(part.kind == "title" and part.lines[0].text == line.text for part in state.parts[:-1])
            and state.begun
            and len(line.text) > 30
        ):
            return None
        if not state.titled or _names_plan(line, state, senses):
            return Opening("title", line=line)
        return None
    if folded.rstrip().endswith(":") or re.search(r"заседани|протокол|приказ|рассмотрен|утвержд", folded):
        return None
    if not is_association(folded, senses) or state.titled and not _names_plan(line, state, senses, word=True):
        return None
    return Opening("title", line=line)


def _is_new_title(line: Line, state: State, senses: Senses) -> bool:
    """Whether the title so far is whole and this line begins another («ПЛАН РАБОТЫ» under a page's header)."""
    folded = fold(line.text)
    if not _begins_title(folded, state, senses):
        return False
    so_far = " ".join(part_line.text for part_line in state.parts[-1].lines)
    return (
        title_dated(state, senses) or is_association(folded, senses) and is_association(fold(so_far), senses)
    )


def title_dated(state: State, senses: Senses) -> bool:
    """Whether the open title names its year already."""
    so_far = " ".join(part_line.text for part_line in state.parts[-1].lines)
    return bool(senses.dates.find_school_years(so_far) or senses.dates.find_calendar_year(so_far))


def _begins_title(folded: str, state: State, senses: Senses) -> bool:
    """Whether a line begins with a title word, letter-spaced or not: «П Л А Н  работы»."""
    bare = folded.strip(' "*')
    words = senses.words.plan.titles["title"].words
    if not state.titled:
        words = (*words, *senses.words.plan.titles["report"].words)
    spaced = re.match(r"(?:[а-я] ){3,}[а-я]?", bare)
    if spaced:
        return any(squash(bare).startswith(squash(w)) for w in words)
    if any(re.match(rf"{re.escape(fold(w))}(?![а-я])", bare) for w in words):
        return True
    return len(bare) < 120 and bool(re.match(r"(?:[а-я-]+(?:ый|ой|ий)\s+){1,3}план(?![а-я-])", bare))


def _names_plan(line: Line, state: State, senses: Senses, *, word: bool = False) -> bool:
    """Whether the title that would begin here names a year within its first lines, and a plan (`word`)."""
    texts = [line.text]
    if state.kind in LISTS and line.mark:
        return False
    for ahead in range(1, 7):
        following = state.next_line(ahead)
        if (
            following is None
            or following.mark
            or following.text.rstrip().endswith(":")
            or len(following.text) > 200
        ):
            break
        texts.append(following.text)
    if word and not any(_begins_title(fold(text), state, senses) for text in texts[1:]):
        return False
    whole = " ".join(texts)
    year = senses.dates.find_school_years(whole) or senses.dates.find_calendar_year(whole)
    return bool(year) and (not state.begun or state.kind != "meeting") and len(line.text) < 250


def is_association(folded: str, senses: Senses) -> bool:
    """Whether a line of the heading names a methodological association."""
    if re.search(r"методическ\w+\s+объединени|методобъединени", folded):
        return True
    kinds = {fold(t) for t in senses.words.plan.association.types}
    return any(word in kinds for word in re.findall(r"[а-я]+", folded)[:4])


def month_heading(line: Line, state: State, senses: Senses) -> Opening | None:
    """«СЕНТЯБРЬ», «25 октября 2017 года» alone on a line dates what follows; where nobody in the document
    says «заседание», a month over a list of questions is the meeting itself."""
    text = line.whole.text
    if len(text) > 60 or not state.titled or state.kind.startswith("meeting.") and state.count == 0:
        return None
    if state.kind == "title" and state.count < 2 or not senses.is_term(text.strip(" .:()")):
        return None
    if senses.dates.find_school_years(text) or senses.dates.find_calendar_year(text):
        return None
    if not state.announced and _questions_follow(state, senses):
        return Opening("meeting", line=line)
    return Opening("month", line=line, single=True)


def _questions_follow(state: State, senses: Senses) -> bool:
    """Whether a numbered list stands within the next lines, under labels of a meeting at most."""
    for ahead in range(1, 5):
        line = state.next_line(ahead)
        if line is None:
            return False
        if line.mark is not None:
            return True
        found = senses.words.in_meeting.match(fold(line.text), typos=False)
        if found is None or found.kind == "between":
            return False
    return False


def agenda_item(line: Line, state: State, senses: Senses) -> Opening | None:
    """«1. Доклад «…»» inside a meeting; after «Повестка дня:» also lines without a mark."""
    if not state.meeting:
        return None
    if line.mark:
        if (
            line.mark.kind == "bullet"
            and state.kind == "item"
            and state.mark not in (None, "bullet")
            and state.parts[-1].lines[-1].text.rstrip().endswith(":")
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


def _new_sentence(line: Line, state: State) -> bool:
    last = state.parts[-1].lines[-1].text.rstrip() if state.parts and state.parts[-1].lines else ""
    return line.text[:1].isupper() and (last.endswith((".", ")", "»", "!", "?", ";")) or line.first)


def headed_list(line: Line, state: State, senses: Senses) -> Opening | None:
    """«Профессиональное развитие работника библиотеки:» over a list that has no field of its own."""
    ahead = state.next_line()
    if ahead is None or ahead.mark is None or not state.titled:
        return None
    text = line.whole.text.rstrip()
    known = senses.words.headings.match(fold(text), typos=False)
    if known is not None and known.kind == "plan" and line.mark is None and len(text) < 100:
        return Opening("section", label=line.whole)
    if state.meeting:
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
    strong = line.block.heading is not None or line.block.bold > 0.8 or line.block.align == "center"
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


def caption(line: Line, state: State, senses: Senses) -> Opening | None:
    """A short line above a table names what the table holds."""
    if not state.titled or state.meeting and state.kind != "prose" and not _set_apart(line, state):
        return None
    if state.kind in LISTS and (
        line.mark is not None
        and state.marked
        or not state.marked
        and line.block.gap == 0
        and line.text[:1].islower()
    ):
        return None
    if state.kind == "title" and not (line.block.heading or line.mark) and not title_dated(state, senses):
        return None
    ahead = state.next_unit()
    text = line.whole.text
    near = isinstance(ahead, Grid) or isinstance(state.next_unit(2), Grid)
    strong = (
        line.block.heading is not None
        or line.block.bold > 0.8
        or text.isupper()
        or line.block.align == "center"
    )
    if len(text) <= 200 and isinstance(ahead, Grid) and not text.endswith((";", ",")):
        return Opening("caption", line=line, single=True)
    if near and strong and len(text) <= 160:
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
    strong = (
        line.block.heading is not None
        or line.block.bold > 0.8
        or line.block.align == "center"
        or line.block.gap > 0
    )
    return strong and line.text[:1].isupper() and not line.text.rstrip().endswith((".", ";", ",", ":"))


def signature(line: Line, state: State, senses: Senses) -> Opening | None:
    """«Руководитель РМО ______ И.А.Жаркова» under the plan."""
    if not state.begun or len(line.text) > 160 or line.mark:
        return None
    labels = senses.words.plan.titles["signature"].labels
    folded = fold(line.text)
    if any(folded.startswith(fold(label)) for label in labels) and (
        "__" in line.text or senses.people.find_names(line.text)
    ):
        return Opening("signature", line=line)
    if "___" in line.text and senses.people.find_names(line.text):
        return Opening("signature", line=line)
    return None


RULES: tuple[Rule, ...] = (
    between_meetings,
    meeting_announced,
    approval,
    speaker_line,
    in_meeting,
    signature,
    planned_detail,
    planned_item,
    title_line,
    headed_part,
    month_heading,
    agenda_item,
    headed_list,
    caption,
)
