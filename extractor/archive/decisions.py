"""What people decided about schools and people: in the archive, and in a TOML file that they can edit.

    [[schools]]
    same = "да"        # «да» — одна школа, «нет» — разные, «?» — не решено
    ids = ["кировский-район/сош-183", "кировский-район/школа-183"]
    name = "МБОУ «СОШ № 183»"

Decisions are never deleted: one that is undone keeps its row and the time. A file that a person changed
since it was written says what holds from then on; otherwise the archive does.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

from extractor.archive.store import Archive, now, touch
from extractor.errors import BrokenVocabulary
from extractor.output.atomic import write_atomically

Kind = Literal["schools", "people"]
_WORDS = {"да": True, "нет": False}
_HEAD = """\
# Реестр школ и людей: что решено и что предлагается. Файл можно править в любом текстовом редакторе;
# при следующем запуске extract registry программа учтёт правки.
# В строке same пишется в кавычках: да — это одна школа (один человек); нет — разные; вопрос — не решено:
# так записаны предложения программы, замените вопрос ответом. Чтобы отменить решение, удалите его
# вместе со строкой в двойных скобках. В строке name = "…" можно сказать, как называть; чтобы только
# назвать по-своему, запишите в ids один номер, а в same — да.
"""


class Decision(NamedTuple):
    """`ids` are atoms of the registry; one alone where only the `name` is decided."""

    kind: Kind
    same: bool
    ids: tuple[str, ...]
    name: str | None = None
    why: str | None = None


class Suggestion(NamedTuple):
    """An open proposal as it stands in the file."""

    kind: Kind
    ids: tuple[str, ...]
    why: str
    told: str  # what the two are called, for whoever reads the file


def decisions(archive: Archive) -> list[Decision]:
    """Those that hold, in the order in which they were made."""
    rows = archive.read("SELECT kind, same, ids, name, why FROM decisions WHERE undone IS NULL ORDER BY id")
    return [
        Decision(row["kind"], bool(row["same"]), tuple(json.loads(row["ids"])), row["name"], row["why"])
        for row in rows
    ]


def decide(archive: Archive, new: Sequence[Decision]) -> None:
    """Remembers the decisions; an older one about the same ids is undone."""
    with archive.transaction() as connection:
        for decision in new:
            _insert(connection, decision)
        touch(connection)


def _insert(connection: sqlite3.Connection, decision: Decision) -> None:
    ids = json.dumps(sorted(decision.ids), ensure_ascii=False)
    connection.execute(
        "UPDATE decisions SET undone = ? WHERE kind = ? AND ids = ? AND undone IS NULL", (now(), decision.kind, ids)
    )
    connection.execute(
        "INSERT INTO decisions (kind, same, ids, name, why, made) VALUES (?, ?, ?, ?, ?, ?)",
        (decision.kind, int(decision.same), ids, decision.name, decision.why, now()),
    )


def undo(archive: Archive) -> Decision | None:
    """Undoes the last decision that holds; it, or None where there is none."""
    with archive.transaction() as connection:
        row = connection.execute(
            "SELECT id, kind, same, ids, name, why FROM decisions WHERE undone IS NULL ORDER BY id DESC LIMIT 1"
        ).fetchone()
        if row is None:
            return None
        connection.execute("UPDATE decisions SET undone = ? WHERE id = ?", (now(), row["id"]))
        touch(connection)
    return Decision(row["kind"], bool(row["same"]), tuple(json.loads(row["ids"])), row["name"], row["why"])


# --- the file -----------------------------------------------------------------------------------


def file_of(archive: Archive) -> Path:
    """«plans.registry.toml» beside «plans.sqlite»."""
    return archive.path.with_suffix(".registry.toml")


def take_from_file(archive: Archive) -> bool:
    """Takes over what a person changed in the file; whether there was anything. Raises BrokenVocabulary."""
    path = file_of(archive)
    if not path.is_file():
        return False
    data = path.read_bytes()
    if archive.setting("decisions_file") == _mark(data):
        return False
    told = parse(data, path)
    holding = decisions(archive)
    with archive.transaction() as connection:
        for gone in (each for each in holding if each not in told):
            ids = json.dumps(sorted(gone.ids), ensure_ascii=False)
            connection.execute(
                "UPDATE decisions SET undone = ? WHERE kind = ? AND ids = ? AND undone IS NULL",
                (now(), gone.kind, ids),
            )
        for new in (each for each in told if each not in holding):
            _insert(connection, new)
        touch(connection)
        connection.execute("INSERT OR REPLACE INTO archive VALUES ('decisions_file', ?)", (_mark(data),))
    return True


def parse(data: bytes, path: Path) -> list[Decision]:
    """The decisions of the file; open proposals are left out. Raises BrokenVocabulary."""
    try:
        document = tomllib.loads(data.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BrokenVocabulary(f"Файл «{path}» не читается как TOML ({error}): исправьте его или удалите.") from error
    found: list[Decision] = []
    for kind in get_args(Kind):
        entries = document.get(kind, [])
        if not isinstance(entries, list):
            raise BrokenVocabulary(f"В файле «{path}» раздел пишется в двойных скобках: [[{kind}]].")
        for number, entry in enumerate(entries, 1):
            decision = _decision(kind, entry, f"«{path}», [[{kind}]] № {number}")
            if decision is not None:
                found.append(decision)
    return found


def _decision(kind: Kind, entry: Any, where: str) -> Decision | None:
    if not isinstance(entry, dict):
        raise BrokenVocabulary(f"{where}: раздел пишется в двойных скобках.")
    same, ids = str(entry.get("same", "?")).strip().lower(), entry.get("ids")
    if same == "?":
        return None
    if same not in _WORDS:
        raise BrokenVocabulary(f"{where}: same бывает «да», «нет» или «?», а не «{same}».")
    if not isinstance(ids, list) or not ids or not all(isinstance(each, str) for each in ids):
        raise BrokenVocabulary(f"{where}: в ids нужен список номеров в кавычках.")
    name, why = entry.get("name"), entry.get("why")
    if len(set(ids)) < 2 and not name:
        raise BrokenVocabulary(f"{where}: в ids нужны хотя бы два номера, или один и name.")
    return Decision(
        kind, _WORDS[same], tuple(sorted(set(ids))), str(name) if name else None, str(why) if why else None
    )


def write_file(archive: Archive, open_ones: Sequence[Suggestion]) -> None:
    """Writes what holds and what is proposed. Nothing is written where there is neither."""
    path, holding = file_of(archive), decisions(archive)
    if not holding and not open_ones and not path.exists():
        return
    parts = [_HEAD]
    for each in holding:
        parts.append(_entry(each.kind, "да" if each.same else "нет", each.ids, name=each.name, why=each.why))
    for one in open_ones:
        parts.append(f"# {_comment(one.told)}\n" + _entry(one.kind, "?", one.ids, why=one.why))
    data = "\n".join(parts).encode("utf-8")
    if not path.is_file() or path.read_bytes() != data:
        write_atomically(path, data)
    if archive.setting("decisions_file") != _mark(data):
        with archive.transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO archive VALUES ('decisions_file', ?)", (_mark(data),))


def _entry(kind: Kind, same: str, ids: Sequence[str], *, name: str | None = None, why: str | None = None) -> str:
    lines = [f"[[{kind}]]", f'same = "{same}"', f"ids = [{', '.join(_text(each) for each in ids)}]"]
    lines += [f"name = {_text(name)}"] if name else []
    lines += [f"why = {_text(why)}"] if why else []
    return "\n".join(lines) + "\n"


def _text(value: str) -> str:
    """A TOML string: JSON's escapes are TOML's, but for DEL."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")


def _comment(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _mark(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
