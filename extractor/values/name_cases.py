"""Names that a word governs, in the nominative: «Выступление Гордеевой Л.Н.» is of «Гордеева Л. Н.»."""

from __future__ import annotations

import re

from msgspec.structs import replace

from extractor.model.plan import Participant
from extractor.values.inflection import given_nominative

_WOMEN = (("ской", "ская"), ("цкой", "цкая"), ("скую", "ская"), ("цкую", "цкая"))
_POSSESSIVE = re.compile(r"(?:[оеё]в|[иы]н)ой$")
_HEARD = re.compile(r"(?:[оеё]в|[иы]н)у$")  # «Слушали: Сметанину Ю.О.»
_MEN = (("ского", "ский"), ("цкого", "цкий"))


def nominative(person: Participant) -> Participant:
    """The person with surname, given name and patronymic in the nominative; `text` stays as written.

    What could be either («Доклад Иванова И.И.»: of a man, or by a woman) stays too.
    """
    if person.surname is None:
        return person
    surname, given, patronymic = person.surname, person.given, person.patronymic
    man = bool(patronymic) and str(patronymic).lower().endswith("ича")
    surname = _surname(surname, man=man)
    if patronymic and not patronymic.endswith("."):
        patronymic = _ending(patronymic, (("вны", "вна"), ("чны", "чна"), ("ича", "ич")))
    if given and not given.endswith("."):
        given = given_nominative(given)
    name = " ".join(part for part in (surname, given, patronymic) if part)
    by = person.by if name == person.name else "governed_name"
    return replace(person, name=name, surname=surname, given=given, patronymic=patronymic, by=by)


def _surname(surname: str, *, man: bool) -> str:
    if _POSSESSIVE.search(surname.lower()):
        return surname[:-2] + _like(surname, "а")
    if _HEARD.search(surname.lower()):
        return surname[:-1] + _like(surname, "а")
    if man and re.search(r"(?:[оеё]ва|[иы]на)$", surname.lower()):
        return surname[:-1]
    return _ending(surname, (*_WOMEN, *_MEN))


def _ending(word: str, endings: tuple[tuple[str, str], ...]) -> str:
    for genitive, made in endings:
        if word.lower().endswith(genitive):
            return word[: -len(genitive)] + _like(word, made)
    return word


def _like(word: str, ending: str) -> str:
    return ending.upper() if word.isupper() else ending
