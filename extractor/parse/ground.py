"""Values found in a text → values that point into the document.

The grammars know no documents: their spans point into the text they were given (block 0).
Here they are moved to the letters of the passage that the text was.
"""

from __future__ import annotations

from typing import TypeVar

from msgspec.structs import replace

from extractor.model.passage import Passage
from extractor.model.plan import At, Date, Participant, School
from extractor.vocabulary.folding import one_alphabet

V = TypeVar("V", Date, Participant, School)


def ground(value: V, passage: Passage, shift: int = 0) -> V:
    """The value with every place moved to the passage's letters; `shift` is where its text began. Its
    wording is the passage's, where the grammar was given another alphabet's letters."""
    moved: At = tuple(span for old in value.at for span in passage.at(old.start + shift, old.end + shift))
    if value.at and not value.text.isascii():
        written = " ".join(passage.text[old.start + shift : old.end + shift] for old in value.at)
        if written != value.text and one_alphabet(written) == one_alphabet(value.text):
            value = replace(value, text=written)
    if isinstance(value, Participant) and value.school is not None:
        return replace(value, at=moved, school=ground(value.school, passage, shift))
    return replace(value, at=moved)


def ground_all(values: tuple[V, ...], passage: Passage, shift: int = 0) -> tuple[V, ...]:
    """Every value moved; see `ground`."""
    return tuple(ground(value, passage, shift) for value in values)
