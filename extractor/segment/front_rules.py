"""Rules for the head and the foot of a plan: approvals, title, signatures."""

from __future__ import annotations

import re

from extractor.model.outline import Line
from extractor.segment.labels import LISTS
from extractor.segment.state import Opening, State
from extractor.values.senses import Senses
from extractor.vocabulary.folding import fold, squash


def approval(line: Line, state: State, senses: Senses) -> Opening | None:
    """«УТВЕРЖДАЮ», «Рассмотрено на заседании ШМО протокол № 1 …» before the title or at the end."""
    word, kind = senses.words.approval(line.text[:32])
    if kind is None:
        return None
    alone = len(line.text.strip(' :.,"«»')) <= len(word) + 2
    if state.begun and not alone and state.kind not in ("approval", "signature", "prose"):
        return None
    return Opening("approval", line=line)


def title_line(line: Line, state: State, senses: Senses) -> Opening | None:
    """«ПЛАН РАБОТЫ …», or the association's name above it, opens the title; after a plan has begun
    only a line that the next lines show to be the name of another plan."""
    if (
        state.kind == "title"
        and not _is_new_title(line, state, senses)
        or len(line.text) > 400
        or line.mark
        and (line.mark.kind == "bullet" or state.meeting)
        or state.kind == "approval"
        and _same_cell(state.parts[-1].lines[-1], line)
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
    if senses.people.find_names(line.text) or _SENTENCE.search(line.text):
        return None
    if not is_association(folded, senses) or state.titled and not _names_plan(line, state, senses, word=True):
        return None
    return Opening("title", line=line)


_SENTENCE = re.compile(r"[а-яё]{3,}\.\s*$")  # «…можно признать удовлетворительной.»: no name of anything


def _same_cell(above: Line, line: Line) -> bool:
    one, other = above.block, line.block
    return one.table is not None and (one.table, one.row, one.column) == (other.table, other.row, other.column)


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
            or senses.meetings.read(following.text)
            or _is_label(following, senses)
        ):
            break
        texts.append(following.text)
    if word and not any(_begins_title(fold(text), state, senses) for text in texts[1:]):
        return False
    whole = " ".join(texts)
    year = _years(whole, senses)
    dated = next((place for place, text in enumerate(texts) if _years(text, senses)), len(texts))
    if state.begun and _says_nothing_new(" ".join(texts[: dated + 1]), senses):
        before = [years for years in _years_of_titles(state, senses) if years]
        if year in before or not before:
            return False
    return bool(year) and (not state.begun or state.kind != "meeting") and len(line.text) < 250


_COMMON = re.compile(
    r"план|план-график|график|тематика|тематический|тематическое|календарный|перспективный|годовой|планирование|работы|"
    r"деятельности|заседани[йя]|мероприятий|основных|проведения|методическ\w+|об[ъь]?единени\w|школьн\w+|районн\w+|"
    r"городск\w+|муниципальн\w+|на|и|г|гг|год|года|годы|уч|у|учебн\w+|календарн\w+"
)


def _says_nothing_new(title: str, senses: Senses) -> bool:
    """«План заседаний РМО на 2024/2025 уч. год»: neither whose plan it is nor what it is about."""
    words = re.findall(r"[а-я-]*[а-я]", fold(title))
    return all(_COMMON.fullmatch(word) or word in senses.words.associations for word in words)


def _years_of_titles(state: State, senses: Senses) -> list[tuple[str, ...]]:
    """The years of the titles so far; «План заседаний РМО на 2024/2025 уч.год» under one of them is a heading."""
    titles = (" ".join(line.text for line in part.lines) for part in state.parts if part.kind == "title")
    return [_years(title, senses) for title in titles]


def _years(text: str, senses: Senses) -> tuple[str, ...]:
    """The digits of the years that a title names."""
    found = senses.dates.find_school_years(text) or senses.dates.find_calendar_year(text)
    return tuple(re.findall(r"20\d\d|(?<=[/–-])\d\d(?!\d)", text)) if found else ()


def _is_label(line: Line, senses: Senses) -> bool:
    """Whether a line says what its value is: «Дата проведения: 26.08.22»."""
    found = senses.words.in_meeting.match(fold(line.text), typos=False)
    return found is not None and line.text[found.end :].lstrip().startswith(":")


def names_new_plan(line: Line, state: State, senses: Senses) -> bool:
    """Whether «План работы» in the middle of a plan begins the title of another one."""
    return state.titled and _begins_title(fold(line.text), state, senses) and _names_plan(line, state, senses)


def is_association(folded: str, senses: Senses) -> bool:
    """Whether a line of the heading names a methodological association."""
    if re.search(r"методическ\w+\s+объединени|методобъединени", folded):
        return True
    return any(word in senses.words.associations for word in re.findall(r"[а-я]+", folded)[:4])


def signature(line: Line, state: State, senses: Senses) -> Opening | None:
    """«Руководитель РМО ______ И.А.Жаркова» under the plan."""
    if not state.begun or len(line.text) > 160 or line.mark:
        return None
    if state.kind == "approval" and not any(
        senses.people.find_names(above.text) for above in state.parts[-1].lines
    ):
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
