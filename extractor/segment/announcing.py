"""How the author of a document announces meetings, read off the document before it is walked."""

from __future__ import annotations

import re

from extractor.model.source import Source
from extractor.segment.front_rules import is_association
from extractor.values.senses import Senses
from extractor.vocabulary.folding import fold, one_alphabet

_LABEL = r"(?:(?:\d{1,2}|[ivx]{1,4})[.)]\s*)?"
_NUMBER = r"\s*(?:№|no?)?\s*(\d{1,2}|[ivx]{1,4})(?![\w/-]|[.:]\d)"


def own_names(source: Source, senses: Senses) -> frozenset[str]:
    """What the document numbers where others write «Заседание № 1»: {"занятие"}, {"мо"}; nothing where somebody
    announces a meeting by its usual name, where the numbers do not go on from one to the next, or where the head of
    the document names no association (the lessons of a course are numbered too)."""
    if not any(is_association(fold(block.text), senses) for block in source.blocks[:30] if len(block.text) < 300):
        return frozenset()
    names = [fold(word) for word in senses.words.plan.meetings["own"].words]
    pattern = re.compile(rf"{_LABEL}({'|'.join(map(re.escape, names))}){_NUMBER}")
    numbers: dict[str, set[str]] = {}
    others: list[str] = []
    for block in source.blocks:
        text = block.text[:200]
        if not text or block.part != "body":
            continue
        found = pattern.match(fold(one_alphabet(text.lstrip())))
        if found is not None:
            numbers.setdefault(found[1], set()).add(found[2])
        else:
            others.append(text)
    through = frozenset(name for name, said in numbers.items() if len(said) > 1 and said & {"1", "i"})
    if not through or any(senses.meetings.read(text) is not None for text in others):
        return frozenset()
    return through
