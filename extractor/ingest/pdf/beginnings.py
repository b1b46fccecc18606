"""What the words of a line say by themselves: does a paragraph begin with it, or go on?

Asked where neither the width nor an indent nor a gap has told.
"""

from __future__ import annotations

import re

from extractor.ingest.words import begins_phrase, wants_more

_REACH = 80  # signs at the end of a text that are looked at
_BRACKET_END = re.compile(r"[^()]{0,80}\)")
_QUOTE_END = re.compile(r"[a-zа-яё][^«»]{0,120}»")
_INITIALS = re.compile(r"[А-ЯЁ]\.\s?[А-ЯЁ]\.$")
_HALF_NAME = re.compile(r"[А-ЯЁ][а-яё-]+ [А-ЯЁ]\.$")
_INITIAL = re.compile(r"[А-ЯЁ]\.")
_NAME = re.compile(
    r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ]?[а-яё]+)*\s+(?:[А-ЯЁ]\.|[А-ЯЁ][а-яё]+\s+[А-ЯЁ][а-яё]+(?:вна|чна|вич|ьич|мич)(?!\w))"
)
_NAMED_AFTER = re.compile(r"(?:имени|памяти|им\.)$")
_LABEL = re.compile(r"([А-ЯЁ][а-яё]+)(?: [А-ЯЁа-яё]+){0,3}:")
_LEADS_IN = re.compile(r"[А-ЯЁ][^.:;]{8,120}:$")  # «Перед объединением стоят следующие задачи:»
_WHOLE_NAME = re.compile(r"[А-ЯЁ][а-яё-]+ [А-ЯЁ]\.\s?[А-ЯЁ]\.$")
_OFFICE = re.compile(
    r"(?:Зам|Члены|Все|Учител|Педагог|Методист|Руковод|Рук\.|Библиотекар|Директор|Участник|Актив|Завуч)"
)
_SMALL_WORD = re.compile(r"[а-яё]{3}")
_WHOLE_END = re.compile(r"(?:(?:^|[\s(«])([а-яё]{2,})|[»)])$")
_LAST = re.compile(r"(?:^|[\s(«])([^\W\d_]+)$")
_CAPITAL = re.compile(r"[А-ЯЁ][а-яё]*(?:-[а-яё]+)*(?![\w-])")
_WHOLE_DATE = re.compile(r"(?:\d{1,2}\.\d\d\.(?:20)?\d\d|\d{1,2} [а-яё]{3,8} 20\d\d)(?: ?г(?:\.|ода))?$")
_WORD = re.compile(r"[^\W\d_]{2,}")
_TO_DO = re.compile(r"[А-ЯЁа-яё][а-яё]+(?:[аеиоуыя]ть(?:ся)?|[вн]ести|йти)(?!\w)")


def goes_on_by_words(text: str, line: str) -> bool:
    """Whether the line closes a bracket or a quotation that the text above has opened, or goes on in a name."""
    return _closes_bracket(text[-_REACH:], line) or _closes_quote(text, line) or splits_name(text, line)


def splits_name(text: str, line: str) -> bool:
    """Whether a name stands half above, half in the line: «Зорина Г.» and «Х., педагог»."""
    return _INITIAL.match(line) is not None and _HALF_NAME.search(text[-_REACH:]) is not None


def _closes_bracket(text: str, line: str) -> bool:
    _, bracket, inside = text.rpartition("(")
    return bool(bracket) and ")" not in inside and _BRACKET_END.match(line) is not None


def _closes_quote(text: str, line: str) -> bool:
    return text.count("«") > text.count("»") and _QUOTE_END.match(line) is not None


def begins_by_words(first: str, text: str, line: str) -> bool:
    """Whether the line begins a paragraph behind one whose first line and whose text are given."""
    return (
        _begins_signature(text, line)
        or _begins_label(text, line)
        or _begins_phrase(text, line)
        or _begins_name(first, text, line)
        or _begins_task(first, text, line)
        or _WHOLE_NAME.match(text) is not None
        and (_SMALL_WORD.match(line) or _OFFICE.match(line)) is not None
        or _WHOLE_DATE.match(text) is not None
        and _stands_behind_date(line)
    )


def _begins_signature(text: str, line: str) -> bool:
    """Whether the line begins with the place for a signature: «________ А.А. Зорина»."""
    return line.startswith("___") and not line.endswith("_") and text[-1:] not in "_:"


def _begins_label(text: str, line: str) -> bool:
    """Whether the line begins with what is said of it: «Форма: семинар», «Задачи ММО:»."""
    label = _LABEL.match(line)
    if text[-1:] in ".»)":
        return label is not None or _LEADS_IN.match(line) is not None
    alone = label is not None and label.end() == len(line)
    return label is not None and (alone or begins_phrase(label[1])) and _is_whole(text)


def _is_whole(text: str) -> bool:
    """Whether a phrase may end with the text: not with a comma, a preposition, an adjective."""
    last = _LAST.search(text[-_REACH:])
    return text[-1:].isdigit() or last is not None and not wants_more(last[1])


def _begins_phrase(text: str, line: str) -> bool:
    """Whether the line begins with a word that stands with a capital letter only where a phrase begins."""
    last, first = _WHOLE_END.search(text[-_REACH:]), _CAPITAL.match(line)
    if last is None or first is None or not begins_phrase(first[0].rpartition("-")[2]):
        return False
    return last[1] is None or not wants_more(last[1])


def _begins_name(first: str, text: str, line: str) -> bool:
    """Whether a name can begin a paragraph behind this text: behind initials, or in a column of names."""
    if not _NAME.match(line) or _NAMED_AFTER.search(text[-_REACH:]):
        return False
    if _INITIALS.search(text[-_REACH:]):
        return True
    return _NAME.match(first) is not None and (text[-1:] in '0123456789»)."' or _is_whole(text))


def _begins_task(first: str, text: str, line: str) -> bool:
    """Whether the line is a task in a list of tasks: each begins with what is to be done («изучить», «провести»)."""
    return bool(_TO_DO.match(first) and _TO_DO.match(line)) and _is_whole(text)


def _stands_behind_date(line: str) -> bool:
    """Whether this says something of its own below a date: a place, not «в 10.00» or «на базе»."""
    word = _WORD.match(line)
    return (word is None and line[:2] in ("д/",)) or word is not None and not wants_more(word[0])
