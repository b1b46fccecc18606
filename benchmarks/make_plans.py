"""Many plans made from the samples: other years, other surnames, the same layouts.

    python benchmarks/make_plans.py FOLDER 1000

The same number gives the same files. Plans lie in folders by year, as in a real archive.
"""

from __future__ import annotations

import random
import re
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SURNAME = re.compile(r"\b([А-ЯЁ][а-яё]{3,}?)(ова|ева|ина|ов|ев|ин)(?=\s+[А-ЯЁ]\.)")
YEAR = re.compile(r"\b20[12]\d\b")
ROOTS = ["Алёш", "Бор", "Вял", "Гор", "Дум", "Ежик", "Жар", "Зуб", "Ив", "Кот", "Лис", "Мал", "Нос", "Орл"]
ROOTS += ["Петр", "Рыж", "Сив", "Туп", "Уш", "Фом", "Хар", "Цар", "Шум", "Щук"]


def sources() -> list[Path]:
    return [
        *sorted((ROOT / "samples").glob("**/plan.docx")),
        *sorted((ROOT.parent / "shared/seeds").glob("*.docx")),
    ]


def changed(xml: str, luck: random.Random) -> str:
    """The text with every year moved by the same number and every surname replaced by another."""
    shift = luck.randrange(-3, 4)
    names: dict[str, str] = {}

    def other(match: re.Match[str]) -> str:
        root = names.setdefault(match[1], luck.choice(ROOTS) + luck.choice(("", "к", "ш", "ч")))
        return root + match[2]

    moved = YEAR.sub(lambda match: str(int(match[0]) + shift), xml)
    return SURNAME.sub(other, moved)


def make_plan(source: Path, target: Path, luck: random.Random) -> None:
    """A copy of the document whose text is `changed`."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            data = old.read(member)
            if member.filename == "word/document.xml":
                data = changed(data.decode("utf-8"), luck).encode("utf-8")
            new.writestr(zipfile.ZipInfo(member.filename), data, zipfile.ZIP_DEFLATED)


def make_plans(folder: Path, count: int) -> None:
    """`count` plans in `folder`, by year."""
    places = sources()
    for number in range(count):
        luck = random.Random(number)
        source = places[number % len(places)]
        target = folder / str(2015 + number % 9) / f"{source.parent.name}-{number:05}.docx"
        make_plan(source, target, luck)


if __name__ == "__main__":
    make_plans(Path(sys.argv[1]), int(sys.argv[2]))
