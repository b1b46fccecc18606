"""Words of headings and columns that a scan gives with a look-alike letter."""

from __future__ import annotations

import pytest

from extractor.ingest.ocr.engine import Reading
from extractor.ingest.ocr.labels import find_label, repair_labels

REPAIRED = [
    ("Засодание", "Заседание"),
    ("3аседание", "Заседание"),
    ("ЗАССДАННЕ", "ЗАСЕДАНИЕ"),
    ("ЗОССДАННЕ", None),  # three letters
    ("Тсма", "Тема"),
    ("ТЕМЛ", None),  # «А» is not taken for «Л»
    ("Цсль", "Цель"),
    ("3адачи", "Задачи"),
    ("Дага", "Дата"),
    ("СРОКН", "СРОКИ"),
    ("Ответствеиные", "Ответственные"),
    ("Повсстка", "Повестка"),
    ("Выступающне", "Выступающие"),
    ("Содержанне", "Содержание"),
    ("Мероприятня", "Мероприятия"),
    ("Номбрь", "Ноябрь"),
    ("0ктябрь", "Октябрь"),
    ("сентябръ", "сентябрь"),
]
KEPT = [
    "Тема",
    "Дача",
    "Тела",
    "Зеседание",  # the author's
    "Цена",
    "Печенина",
    "Каминская",
    "Колсанова",
    "АКИПКРО",
    "МКУДПО",
    "вебинар",
    "2036",
    "Срок",
]


def reading(text: str, sure: float = 70.0) -> Reading:
    return Reading(text, 0, 0, 100, 20, 18, 1, sure)


@pytest.mark.parametrize(("written", "want"), REPAIRED, ids=[line[0] for line in REPAIRED])
def test_a_look_alike_letter_is_put_right(written: str, want: str | None) -> None:
    repaired, before = repair_labels([reading("и"), reading(f"{written}:")])
    assert repaired[1].text == f"{want or written}:"
    assert before == ({1: f"{written}:"} if want else {})


@pytest.mark.parametrize("written", KEPT)
def test_words_and_names_are_left_alone(written: str) -> None:
    assert find_label(written) is None


def test_what_was_read_with_certainty_is_the_authors() -> None:
    assert repair_labels([reading("Засодание", 98.0)]) == ([reading("Засодание", 98.0)], {})
