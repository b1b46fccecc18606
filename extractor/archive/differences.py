"""Two records of one plan → what differs, field by field, in a methodologist's words.

    differences(old, new) → [Change("заседание 2, вопрос 3, форма", None, "доклад"), …]

Places in the text, grades and rules are no contents and are passed over; lists are aligned, so that one
line that is new does not change all below it.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from extractor.model.plan import Plan

_PASSED = frozenset(
    ["at", "by", "grade", "blocks", "structure", "residue", "source", "schema", "key", "mentions", "row", "table"]
)
_MANY = (list, tuple)
_WORDS = {
    "title": "заголовок", "association": "объединение", "head": "руководитель", "school_year": "учебный год",
    "calendar_year": "год", "approvals": "гриф", "themes": "тема", "goals": "цель", "tasks": "задача",
    "directions": "направление", "results": "результат", "sections": "раздел", "members": "член объединения",
    "signatures": "подпись", "meetings": "заседание", "agenda": "вопрос", "activities": "мероприятие",
    "people": "человек", "schools": "школа", "diagnostics": "замечание", "coverage": "разобрано",
    "text": "текст", "topic": "суть", "form": "форма", "dates": "срок", "speakers": "выступающий",
    "responsible": "ответственный", "participants": "участник", "place": "место", "number": "номер",
    "theme": "тема", "purpose": "цель", "result": "результат", "section": "раздел", "extra": "прочее",
    "name": "имя", "surname": "фамилия", "given": "имя или инициал", "patronymic": "отчество",
    "position": "должность", "school": "школа", "organisation": "организация", "kind": "вид", "type": "вид",
    "level": "уровень", "audience": "кого объединяет", "territory": "территория", "label": "подпись",
    "heading": "заголовок", "items": "пункт", "start": "начало", "end": "окончание", "edtf": "запись срока",
    "precision": "точность", "year_inferred": "год выведен", "suggested": "предложение", "time": "время",
    "spellings": "написания", "honorific": "имени", "code": "код", "severity": "важность",
    "message": "сообщение", "suggestion": "предложение", "inferred": "выведено", "year": "год", "by": "кем",
    "date": "дата", "protocol": "протокол",
}  # fmt: skip


class Change(NamedTuple):
    """`before` is None where the field is new, `after` where it is gone."""

    where: str
    before: str | None
    after: str | None


def differences(old: Plan, new: Plan) -> list[Change]:
    """What is different, in the order of the record."""
    found = list(_compared("", msgspec.to_builtins(_slim(old)), msgspec.to_builtins(_slim(new))))
    lines, others = ([block.text for block in plan.blocks] for plan in (old, new))
    if lines != others:
        matcher = difflib.SequenceMatcher(None, lines, others, autojunk=False)
        for tag, a, b, c, d in matcher.get_opcodes():
            if tag != "equal":
                found.append(Change("текст документа", _told(lines[a:b]), _told(others[c:d])))
    return found


def _slim(plan: Plan) -> Plan:
    return replace(plan, blocks=(), structure=(), residue=())


def _compared(where: str, old: Any, new: Any) -> Iterator[Change]:
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for name in dict.fromkeys([*old, *new]):
            if name not in _PASSED:
                yield from _compared(_joined(where, _WORDS.get(name, name)), old.get(name), new.get(name))
    elif isinstance(old, _MANY) and isinstance(new, _MANY) and any(isinstance(each, dict) for each in [*old, *new]):
        yield from _lists(where, old, new)
    elif (before := _told(old)) != (after := _told(new)):
        yield Change(where, before, after)


def _lists(where: str, old: Sequence[Any], new: Sequence[Any]) -> Iterator[Change]:
    """«заседание 2»: what stands in both is compared, what stands in one is new or gone."""
    marks, others = [_mark(each) for each in old], [_mark(each) for each in new]
    for tag, a, b, c, d in difflib.SequenceMatcher(None, marks, others, autojunk=False).get_opcodes():
        shared = min(b - a, d - c) if tag in ("equal", "replace") else 0
        for step in range(shared):
            yield from _compared(f"{where} {a + step + 1}", old[a + step], new[c + step])
        for index in range(a + shared, b):
            yield Change(f"{where} {index + 1}", _told(old[index]), None)
        for index in range(c + shared, d):
            yield Change(f"{where} {index + 1}", None, _told(new[index]))


def _mark(thing: Any) -> str:
    """What tells an entry of a list from the others."""
    if not isinstance(thing, dict):
        return repr(thing)
    return str(thing.get("text") or thing.get("name") or thing.get("message") or thing.get("heading") or "")


def _told(thing: Any) -> str | None:
    """A value in one line: its text, if it has one."""
    if thing is None or thing in ("", [], (), {}):
        return None
    if isinstance(thing, dict):
        text = thing.get("text") or thing.get("name") or thing.get("message") or thing.get("heading")
        if text:
            return str(text)
        return "; ".join(f"{_WORDS.get(k, k)}: {t}" for k, v in thing.items() if k not in _PASSED and (t := _told(v)))
    if isinstance(thing, _MANY):
        return "; ".join(text for each in thing if (text := _told(each))) or None
    if isinstance(thing, bool):
        return "да" if thing else "нет"
    return str(thing)


def _joined(where: str, name: str) -> str:
    return f"{where}, {name}" if where else name
