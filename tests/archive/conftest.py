"""Small plans as text files, and an archive made of them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pytest

from extractor.archive import Archive, open_archive
from extractor.archive.adding import Manner, Outcome, add_files
from extractor.batch.inputs import DOCUMENTS, list_files

PLAN = """План работы РМО школьных библиотекарей {territory} на {year} – {next} учебный год

Цель: развитие читательской культуры школьников района

Заседание 1. {month} {year} года
1. Введение печатной документации экстремистской литературы ({one}, {school}).
2. Анализ работы школьных библиотек за прошлый учебный год ({two}, {second}).
3. Электронные учебники в школе: реалии и перспективы (Руководитель РМО).

Заседание 2. Март {next} года
1. Доклад «Чтение в семье и школе» ({one}, {school}).
2. Обзор новинок детской литературы для начальной школы ({two}, {second}).
"""
WORDS = {
    "territory": "Заречного района",
    "year": 2021,
    "next": 2022,
    "month": "Октябрь",
    "one": "Губерт А.А.",
    "two": "Еремина Е.А.",
    "school": "Раздольная СОШ",
    "second": "МБОУ СОШ № 183",
}


def text(**words: object) -> str:
    """The text of a plan with some words changed."""
    known = WORDS | words
    if "year" in words and "next" not in words:
        known["next"] = int(str(known["year"])) + 1
    return PLAN.format(**known)


class Desk(NamedTuple):
    """A folder of plans and the archive beside it."""

    folder: Path
    database: Path

    def write(self, name: str, **words: object) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text(**words), "utf-8")
        return path

    def open(self) -> Archive:
        return open_archive(self.database, create=True)

    def add(self, arguments: Iterable[Path | str] | None = None, *, originals: Path | None = None) -> Outcome:
        files = list_files([str(each) for each in arguments or [self.folder]])
        with self.open() as archive:
            return add_files(archive, files.entries, Manner(originals=originals, documents=DOCUMENTS))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    folder = tmp_path / "Планы"
    folder.mkdir()
    return Desk(folder, tmp_path / "plans.sqlite")
