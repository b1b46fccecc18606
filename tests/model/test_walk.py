"""The values of one type inside a record."""

from __future__ import annotations

from extractor.model.plan import Meeting, Participant, Place, Plan, School, SourceInfo, Span
from extractor.model.source import Block
from extractor.model.walk import walk

SPEAKER = Participant(kind="person", text="Губерт А.А.", school=School(text="СОШ № 3", at=(Span(1, 13, 20),)), at=(Span(1, 0, 11),))
PLAN = Plan(
    source=SourceInfo(name="план.docx", format="docx", sha256="", bytes=0),
    institution=School(text="Лицей № 1", at=(Span(0, 0, 9),)),
    meetings=(Meeting(number=1, title="", text="", responsible=(SPEAKER,), at=(Span(2, 0, 5),)),),
    blocks=(Block(id=0, kind="paragraph", text="Лицей № 1"),),
)


def test_values_stand_in_order() -> None:
    assert [school.text for school in walk(PLAN, School)] == ["Лицей № 1", "СОШ № 3"]
    assert [span.block for span in walk(PLAN, Span)] == [0, 1, 1, 2]
    assert [span.start for span in walk(SPEAKER, Span)] == [13, 0]


def test_value_itself_and_a_tuple_of_values_are_walked() -> None:
    assert list(walk(SPEAKER, Participant)) == [SPEAKER]
    assert list(walk((SPEAKER, None, (SPEAKER,)), Participant)) == [SPEAKER, SPEAKER]
    assert list(walk(PLAN, Place)) == []


def test_blocks_are_found_but_not_looked_into() -> None:
    assert [block.id for block in walk(PLAN, Block)] == [0]
    assert "Лицей № 1" not in walk(PLAN.blocks, str)
