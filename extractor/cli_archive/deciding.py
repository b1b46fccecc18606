"""`extract registry`: schools and people of all plans, and who is the same as whom."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from extractor.cli_archive.parameters import database, option
from extractor.cli_words import make_command
from extractor.console import one_line, say, write_bytes
from extractor.errors import UsageProblem

if TYPE_CHECKING:
    from extractor.archive import Archive
    from extractor.archive.registry import Entity, Open, Registry


def commands(debug: click.Parameter) -> list[click.Command]:
    """The command that shows the registry and takes decisions; `debug` is what all commands share."""
    return [
        make_command(
            "registry",
            registry,
            database(),
            option("--same", metavar="НОМЕР", text="Принять предложение: это одно и то же.", multiple=True),
            option("--apart", metavar="НОМЕР", text="Отклонить предложение: это разные.", multiple=True),
            option("--undo", text="Отменить последнее решение.", is_flag=True),
            option("--json", text="Весь реестр в JSON.", is_flag=True),
            debug,
        )
    ]


def registry(db: Path, same: tuple[str, ...], apart: tuple[str, ...], undo: bool, **choices: Any) -> None:
    """Школы и люди всех планов и лет одним списком, со всеми написаниями; что, может быть, стоит объединить.

    Решения помнит архив и файл «….registry.toml» рядом с ним, который можно править.
    """
    from extractor.archive import open_archive
    from extractor.archive import registry as registries
    from extractor.archive.decisions import Decision, decide, take_from_file
    from extractor.archive.decisions import undo as undo_last

    with open_archive(db) as opened:
        take_from_file(opened)
        if undo:
            gone = undo_last(opened)
            say(f"Отменено решение: {', '.join(gone.ids)}." if gone else "Отменять нечего: решений нет.")
        if same or apart:
            known = {each.id: each for each in registries.make_registry(opened).open}
            chosen = [(each, True) for each in same] + [(each, False) for each in apart]
            decide(
                opened,
                [
                    Decision(o.kind, yes, o.ids, None, o.why)
                    for id_, yes in chosen
                    for o in [_proposal(known, id_)]
                ],
            )
        found = registries.renewed_registry(opened)
        for problem in found.problems:
            say(problem)
        if choices["json"]:
            _write_json(found)
        else:
            _show_registry(found, opened)


def _proposal(known: dict[str, Open], id_: str) -> Open:
    if id_ not in known:
        raise UsageProblem(
            f"Предложения «{id_}» нет: список предложений покажет extract registry без параметров."
        )
    return known[id_]


def _show_registry(found: Registry, opened: Archive) -> None:
    from extractor.archive.decisions import decisions, file_of

    for title, entities in (("Школы", found.schools), ("Люди", found.people)):
        print(f"{title} ({len(entities)})")
        for entity in entities:
            print(f"  {one_line(_entity(entity))}")
    if found.open:
        print(f"Предложения ({len(found.open)})")
        for each in found.open:
            print(
                f"  {each.id}: {one_line(_proposed(each.one))}  =  {one_line(_proposed(each.other))}? {each.why}"
            )
        say("Решить: extract registry АРХИВ --same НОМЕР (одно и то же) или --apart НОМЕР (разные).")
    if file_of(opened).is_file():
        say(f"Решений: {len(decisions(opened))}; их и предложения можно править в «{file_of(opened)}».")


def _entity(entity: Entity) -> str:
    other = [each for each in entity.spellings if each != entity.name]
    parts = [entity.school_name, entity.territory, ", ".join(entity.years)]
    about = "; ".join(each for each in parts if each)
    return f"{entity.name}{f' ({about})' if about else ''}{' = ' + ' = '.join(other) if other else ''}"


def _proposed(entity: Entity) -> str:
    about = entity.school_name or entity.territory
    return f"{entity.name} ({about})" if about else entity.name


def _write_json(found: Registry) -> None:
    import msgspec

    document = {
        "schools": [each._asdict() for each in found.schools],
        "people": [each._asdict() for each in found.people],
        "proposals": [
            {"id": o.id, "kind": o.kind, "ids": o.ids, "why": o.why, "names": [o.one.name, o.other.name]}
            for o in found.open
        ],
    }
    write_bytes(msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n")
