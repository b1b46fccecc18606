"""What every record must keep to, whatever the document: values are their letters, nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

RECORD = re.compile(r"^(?:(?:meetings|activities|schools|approvals|members)\[\d+\]|head)$|\.agenda\[\d+\]$")

Letter = tuple[int, int]  # block, place in its text


def plans_of(record: dict[str, Any]) -> list[dict[str, Any]]:
    plans: list[dict[str, Any]] = record.get("plans", [record])
    return plans


def values(node: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """(path, value) of everything in a record that says where it was found."""
    if isinstance(node, dict):
        if "at" in node:
            yield path, node
        for key, each in node.items():
            if key not in ("blocks", "residue", "at"):
                yield from values(each, f"{path}.{key}" if path else key)
    elif isinstance(node, list):
        for number, each in enumerate(node):
            yield from values(each, f"{path}[{number}]")


def ungrounded(plan: dict[str, Any]) -> list[str]:
    """A line for each value whose text is not the letters that its `at` points at.

    A record (a meeting, a member with all columns, a school with all its mentions) points at everything
    that it is made of: there the text must be among the letters, one after the other. Everywhere else the two
    are equal, white space apart.
    """
    texts = {block["id"]: block["text"] for block in plan["blocks"]}
    return [
        f"{path}: {value['text']!r} is not {pointed!r}"
        for path, value in values(plan)
        if value.get("text") is not None
        and not _same(path, squeezed(value["text"]), squeezed(pointed := letters_at(value["at"], texts)))
    ]


def _same(path: str, text: str, pointed: str) -> bool:
    return text in pointed if RECORD.search(path) else text == pointed


def letters_at(at: list[dict[str, int]], texts: dict[int, str]) -> str:
    return " ".join(texts[span["block"]][span["start"] : span["end"]] for span in at)


def squeezed(text: str) -> str:
    return "".join(text.split())


def out_of_bounds(plan: dict[str, Any]) -> list[str]:
    """Spans that point nowhere: no such block, before its beginning, behind its end, or empty."""
    sizes = {block["id"]: len(block["text"]) for block in plan["blocks"]}
    spans = [(path, span) for path, value in values(plan) for span in value["at"]]
    spans += [("residue", span) for span in plan["residue"]]
    return [
        f"{path}: {span}"
        for path, span in spans
        if not 0 <= span["start"] < span["end"] <= sizes.get(span["block"], -1)
    ]


def letters(spans: list[dict[str, int]]) -> set[Letter]:
    return {(span["block"], place) for span in spans for place in range(span["start"], span["end"])}


def uncovered(plan: dict[str, Any]) -> list[str]:
    """What breaks «every letter and digit is in a value, in the structure or in the residue».

    Remarks take nothing: one may well be about letters that are residue.
    """
    everything = {
        (block["id"], place)
        for block in plan["blocks"]
        for place, letter in enumerate(block["text"])
        if letter.isalnum()
    }
    takers = (value for path, value in values(plan) if not path.startswith("diagnostics["))
    taken = letters([span for value in takers for span in value["at"]]) & everything
    residue = letters(plan["residue"]) & everything
    lost, twice = everything - taken - residue, taken & residue
    share = 1 - len(residue) / len(everything) if everything else 0.0
    problems = [f"lost: {_shown(lost, plan)}"] if lost else []
    problems += [f"both taken and residue: {_shown(twice, plan)}"] if twice else []
    if everything and abs(plan["coverage"] - share) > 0.001:
        problems.append(f"coverage is {plan['coverage']}, the share that is not residue is {share:.4f}")
    return problems


def _shown(found: set[Letter], plan: dict[str, Any]) -> str:
    texts = {block["id"]: block["text"] for block in plan["blocks"]}
    by_block: dict[int, list[int]] = {}
    for block, place in sorted(found):
        by_block.setdefault(block, []).append(place)
    return "; ".join(
        f"block {block}: {texts[block][places[0] : places[-1] + 1]!r}" for block, places in by_block.items()
    )
