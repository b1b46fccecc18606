"""The registry as a sheet of the workbook: each school and person of the plans in it, once, with all spellings.

    list(registry_rows(archive, {"3f2a…-1"})) → [("школа", "МБОУ СОШ № 183", None, "Кировский район", …), …]

Names, spellings and years are those of the whole archive, decisions applied; the last two counts are of
the plans in the workbook. What nobody has decided yet stands as a proposal with its number.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence

from extractor.archive.decisions import Decision, decisions
from extractor.archive.registry import Entity, Open, make_registry
from extractor.archive.schema import quoted
from extractor.archive.store import Archive
from extractor.output.cells import Cell
from extractor.output.tables import PEOPLE, SCHOOLS

NAME = "Реестр"
HEADINGS = (
    "Кто это",
    "Как называется",
    "Школа",
    "Территория",
    "Все написания",
    "Годы",
    "Планов в книге",
    "Упоминаний в книге",
    "Решение",
    "Предложение",
    "Ключ",
)


def registry_rows(archive: Archive, plans: Collection[str]) -> Iterator[tuple[Cell, ...]]:
    """Schools first, then people, each in the order of names; `plans` are the ids of those in the workbook."""
    registry = make_registry(archive)
    made = decisions(archive)
    kinds = (("школа", SCHOOLS.name, "schools"), ("человек", PEOPLE.name, "people"))
    for word, table, kind in kinds:
        entities = registry.schools if kind == "schools" else registry.people
        named = {atom: entity for entity in entities for atom in entity.atoms}
        settled = [each for each in made if each.kind == kind]
        mentions = _mentions(archive, table, plans)
        for entity in entities:
            rows = [row for row in entity.rows if row in mentions]
            if rows:
                yield (
                    word,
                    entity.name,
                    entity.school_name,
                    entity.territory,
                    "\n".join(entity.spellings),
                    "; ".join(entity.years) or None,
                    len({mentions[row][0] for row in rows}),
                    sum(mentions[row][1] for row in rows),
                    _decided(entity, settled, named),
                    _proposed(entity, registry.open),
                    entity.id,
                )


def _mentions(archive: Archive, table: str, plans: Collection[str]) -> dict[str, tuple[str, int]]:
    """{id of a row: its plan, how often it is mentioned there}."""
    chosen = json.dumps(sorted(plans))
    rows = archive.read(
        f'SELECT id, "план_id" AS plan, "Упоминаний" AS mentions FROM {quoted(table)} '
        'WHERE "план_id" IN (SELECT value FROM json_each(?))',
        chosen,
    )
    return {row["id"]: (row["plan"], row["mentions"] or 0) for row in rows}


def _decided(entity: Entity, made: Sequence[Decision], named: dict[str, Entity]) -> str | None:
    """«объединено»; «не то же, что «Лицей № 183»»; «названо»: what people decided about it and what holds."""
    told: list[str] = []
    for decision in made:
        own = [each for each in decision.ids if each in entity.atoms]
        others = [named[each] for each in decision.ids if each in named and each not in entity.atoms]
        if not own:
            continue
        if decision.same and len(own) > 1:
            told.append("объединено")
        elif not decision.same and others:
            told.append("не то же, что " + ", ".join(f"«{other.name}»" for other in others))
        if decision.name == entity.name:
            told.append("названо")
    return "; ".join(dict.fromkeys(told)) or None


def _proposed(entity: Entity, proposals: Sequence[Open]) -> str | None:
    """«может быть, то же, что «СОШ № 3»: номер и тип одинаковы (017a28)»."""
    told = []
    for each in proposals:
        for this, other in ((each.one, each.other), (each.other, each.one)):
            if this.id == entity.id:
                told.append(f"может быть, то же, что «{other.name}»: {each.why} ({each.id})")
    return "\n".join(told) or None
