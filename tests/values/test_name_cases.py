"""Names that a word governs, in the nominative."""

from __future__ import annotations

import pytest

from extractor.model.plan import Participant
from extractor.values.name_cases import nominative

GOVERNED = [  # surname, given, patronymic as written; the name in the nominative
    ("Гордеевой", "Л.", "Н.", "Гордеева Л. Н."),
    ("Тетериной", "О.", "С.", "Тетерина О. С."),
    ("Лужковской", "О.", None, "Лужковская О."),
    ("Заболоцкого", "А.", "Б.", "Заболоцкий А. Б."),
    ("ПЕТРОВОЙ", "А.", "А.", "ПЕТРОВА А. А."),
    ("Гордеевой", "Ларисы", "Николаевны", "Гордеева Лариса Николаевна"),
    ("Седых", "Ильи", "Кузьмича", "Седых Илья Кузьмич"),
    ("Рогова", "Бориса", "Ивановича", "Рогов Борис Иванович"),
    ("Иванова", "И.", "И.", "Иванова И. И."),  # a man or a woman: nobody knows
    ("Губерт", "А.", "А.", "Губерт А. А."),
    ("Ким", "А.", None, "Ким А."),
]


@pytest.mark.parametrize(("surname", "given", "patronymic", "wanted"), GOVERNED)
def test_nominative(surname: str, given: str, patronymic: str | None, wanted: str) -> None:
    written = Participant(kind="person", text="как написано", surname=surname, given=given, patronymic=patronymic, at=())
    made = nominative(written)
    assert (made.name, made.text) == (wanted, "как написано")


def test_a_group_has_no_name() -> None:
    group = Participant(kind="group", text="все учителя", at=())
    assert nominative(group) is group
