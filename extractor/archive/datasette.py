"""Metadata for Datasette: Russian titles, what each table holds, facets, full-text search.

    datasette plans.sqlite --metadata plans.metadata.json

Datasette (0.65) opens an archive as it is; with this file beside it a methodologist finds his way in it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from extractor.archive import schema
from extractor.archive.registry import ensure_registry
from extractor.archive.store import Archive
from extractor.output.tables import TABLES

_FACETS: dict[str, list[str]] = {
    "Планы": ["Учебный год", "Территория", "Вид объединения"],
    "Заседания": ["Учебный год", "Форма"],
    "Повестка": ["Учебный год", "Форма"],
    "Мероприятия": ["Учебный год", "Форма"],
    "Участие": ["Учебный год", "Ключ школы", "Имя", "В каком качестве"],
    "Школы": ["Учебный год", "Тип", "реестр_id"],
    "Люди": ["Учебный год", "Фамилия", "реестр_id"],
    "Замечания": ["Код", "Важность", "Учебный год"],
    "Реестр школ": ["Территория", "Тип"],
    "Реестр людей": ["Школа", "Территория"],
}
_TOLD: dict[str, str] = {
    "Планы": "План в строке: чей, на какой год, сколько в нём заседаний и мероприятий. Только действующие редакции.",
    "Заседания": "Заседание в строке, с темой и сроком.",
    "Повестка": "Вопрос повестки в строке: что, кто выступает, когда.",
    "Мероприятия": "Мероприятие в строке: что, где, когда, кто отвечает.",
    "Участие": "Человек в одном деле в строке: по этой таблице считают выступления.",
    "Школы": "Школа в одном плане в строке; реестр_id ведёт в «Реестр школ».",
    "Люди": "Человек в одном плане в строке; реестр_id ведёт в «Реестр людей».",
    "Замечания": "Что в планах стоит проверить.",
    "Реестр школ": "Одна школа во всех планах и годах, со всеми написаниями.",
    "Реестр людей": "Один человек во всех планах и годах; однофамильцы из разных школ стоят отдельно.",
    "Предложения": "Что, может быть, стоит объединить; решает человек: extract registry.",
}
_KEPT: dict[str, tuple[str, str, list[str]]] = {
    "lines": (
        "Текст планов",
        "Каждая строка каждого плана. Поиск находит слово в любом падеже, если набрать его в именительном.",
        [],
    ),
    "versions": (
        "Редакции",
        "Все планы, также заменённые более новыми: state — current (действует), replaced (заменён), gone.",
        ["state", "year", "territory"],
    ),
    "readings": ("Записи", "Полная запись plan.json каждого прочтения, с версией программы.", ["extractor"]),
    "originals": ("Оригиналы", "Файлы по контрольной сумме; stored — место копии.", ["format"]),
    "places": ("Где лежали файлы", "Пути, по которым файлы были добавлены.", []),
    "runs": ("Прогоны", "Что и какой версией программы делалось с архивом.", ["command", "extractor"]),
    "similar": ("Похожие планы", "Почти одинаковые тексты: обычно прошлогодний план с новым годом.", []),
    "failures": ("Не прочитано", "Файлы, которые не прочитались, и почему.", []),
    "decisions": ("Решения", "Что решено о школах и людях; undone — когда отменено.", ["kind"]),
}
_HIDDEN = ("archive", "bands", "mentions")


def metadata_path(archive: Archive) -> Path:
    """«plans.metadata.json» beside «plans.sqlite»."""
    return archive.path.with_suffix(".metadata.json")


def metadata_bytes(archive: Archive) -> bytes:
    """The metadata as JSON; the registry's tables are made up to date first."""
    ensure_registry(archive)
    tables: dict[str, Any] = {table.name: _made(table.name, table.headings) for table in TABLES}
    for name, columns in schema.REGISTRY_COLUMNS.items():
        tables[name] = _made(name, columns)
    for name, (title, told, facets) in _KEPT.items():
        tables[name] = {"title": title, "description": told, **({"facets": facets} if facets else {})}
    tables["lines"] |= {"fts_table": "lines_fts", "fts_pk": "id", "label_column": "text"}
    tables["lines"]["columns"] = {
        "plan": "чей это текст",
        "place": "место в файле",
        "text": "строка как в плане",
        "lemmas": "начальные формы слов, по которым ищут",
    }
    tables["versions"]["label_column"] = "title"
    tables |= {name: {"hidden": True} for name in _HIDDEN}
    document = {
        "title": "Архив планов методических объединений",
        "description": "Заседания, мероприятия, школы и люди из планов работы, с местом в исходном файле.",
        "databases": {
            archive.path.stem: {
                "title": "Планы",
                "description": "Таблицы с русскими названиями сделаны из записей; остальные — сам архив.",
                "tables": tables,
                "queries": _queries(),
            }
        },
    }
    return json.dumps(document, ensure_ascii=False, indent=2).encode("utf-8") + b"\n"


def _made(name: str, headings: Any) -> dict[str, Any]:
    facets = [column for column in _FACETS.get(name, []) if column in headings or column.endswith("_id")]
    entry: dict[str, Any] = {"title": name, "description": _TOLD[name]}
    if facets:
        entry["facets"] = facets
    label = next((each for each in ("Заголовок", "Содержание", "Заседание", "Название", "Имя", "Как в плане")
                  if each in headings), None)  # fmt: skip
    if label:
        entry["label_column"] = label
    return entry


def _queries() -> dict[str, dict[str, str]]:
    """Ready questions. They take parameters as Datasette does, `:name`."""
    return {
        "poisk": {
            "title": "Поиск по тексту планов",
            "description": "Слова в именительном падеже находят все падежи; только действующие редакции.",
            "sql": "select v.file as Файл, v.year as Год, l.place as Место, l.text as Строка from lines_fts f "
            "join lines l on l.id = f.rowid join versions v on v.id = l.plan "
            "where lines_fts match escape_fts(:слова) and v.state = 'current' order by bm25(lines_fts) limit 200",
        },
        "shkoly": {
            "title": "Сколько раз выступали школы",
            "description": "По «Участию», с названиями из реестра; по годам.",
            "sql": 'select r."Название" as Школа, u."Учебный год" as Год, count(*) as Выступлений from "Участие" u '
            'join "Школы" s on s.id = u."школа_id" join "Реестр школ" r on r.id = s."реестр_id" '
            "where u.\"В каком качестве\" = 'выступающий' group by 1, 2 order by 3 desc",
        },
    }
