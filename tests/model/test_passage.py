"""A passage leads back to its letters, however it was cut, stripped and joined."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extractor.model.passage import EMPTY, Passage, join, lines_of, passage_of
from extractor.model.source import Block

texts = st.text(alphabet="абвЁ12.,-«» \n\t", max_size=40)
sources = st.lists(texts, min_size=1, max_size=4)
places = st.integers(-3, 60)


def blocks_of(found: list[str]) -> list[Block]:
    return [Block(id=k, kind="paragraph", text=text) for k, text in enumerate(found)]


def letters(text: str) -> str:
    return "".join(text.split())


def pointed(passage: Passage, blocks: list[Block]) -> str:
    """The letters that the passage points at, white space left out."""
    return letters("".join(blocks[span.block].text[span.start : span.end] for span in passage.at()))


@given(sources)
def test_whole_blocks_lead_back(found: list[str]) -> None:
    blocks = blocks_of(found)
    for block in blocks:
        passage = passage_of(block)
        assert letters(passage.text) == letters(block.text) == pointed(passage, blocks)
        assert "  " not in passage.text
        assert passage.text == passage.text.strip()


@given(sources)
def test_joined_passages_lead_back(found: list[str]) -> None:
    blocks = blocks_of(found)
    whole = join(map(passage_of, blocks))
    assert letters(whole.text) == letters("".join(found)) == pointed(whole, blocks)


@given(sources, places, places)
def test_a_cut_leads_back(found: list[str], start: int, end: int) -> None:
    blocks = blocks_of(found)
    whole = join(map(passage_of, blocks))
    piece = whole.cut(start, end)
    low, high = max(0, start), max(0, end)
    assert piece.text == whole.text[min(low, high) : high].strip() or low > high and piece.text == ""
    assert letters(piece.text) == pointed(piece, blocks)


@given(sources, places, places, places, places)
def test_a_cut_of_a_cut_leads_back(found: list[str], a: int, b: int, c: int, d: int) -> None:
    blocks = blocks_of(found)
    piece = join(map(passage_of, blocks)).cut(a, b).cut(c, d)
    assert letters(piece.text) == pointed(piece, blocks)


@given(sources, st.text(alphabet=".,-«»1", max_size=4))
def test_strip_leads_back(found: list[str], signs: str) -> None:
    blocks = blocks_of(found)
    whole = join(map(passage_of, blocks))
    piece = whole.strip(signs)
    assert piece.text == whole.text.strip(signs + " ")
    assert letters(piece.text) == pointed(piece, blocks)


@given(sources, places, places)
def test_at_points_at_the_letters_asked_for(found: list[str], start: int, end: int) -> None:
    blocks = blocks_of(found)
    whole = join(map(passage_of, blocks))
    low, high = max(0, start), max(0, end)
    spans = whole.at(low, high)
    assert letters("".join(blocks[s.block].text[s.start : s.end] for s in spans)) == letters(
        whole.text[low:high]
    )
    assert list(spans) == sorted(spans, key=lambda s: (s.block, s.start))


@given(sources)
def test_spans_have_no_white_space_at_their_ends(found: list[str]) -> None:
    blocks = blocks_of(found)
    for span in join(map(passage_of, blocks)).at():
        text = blocks[span.block].text[span.start : span.end]
        assert text == text.strip()
        assert text


@given(sources, st.lists(places, min_size=1, max_size=4))
def test_the_pieces_of_a_text_joined_again(found: list[str], cuts: list[int]) -> None:
    blocks = blocks_of(found)
    whole = join(map(passage_of, blocks))
    ends = sorted(min(max(0, cut), len(whole.text)) for cut in cuts)
    parts = [whole.cut(a, b) for a, b in zip([0, *ends], [*ends, len(whole.text)], strict=True)]
    again = join(parts)
    assert letters(again.text) == letters(whole.text)
    assert pointed(again, blocks) == letters(whole.text)


@given(texts)
def test_lines_are_all_of_a_block(text: str) -> None:
    blocks = blocks_of([text])
    lines = lines_of(blocks[0])
    assert [line.text for line in lines] == [
        " ".join(each.split()) for each in text.split("\n") if each.split()
    ]
    assert "".join(pointed(line, blocks) for line in lines) == letters(text)


@given(sources)
def test_broken_differs_from_the_text_in_line_breaks_only(found: list[str]) -> None:
    whole = join(map(passage_of, blocks_of(found)))
    assert whole.broken.replace("\n", " ") == whole.text


def test_what_is_cut_to_nothing_is_empty() -> None:
    passage = passage_of(Block(id=0, kind="paragraph", text="План работы"))
    assert passage.cut(4, 5) == EMPTY or not passage.cut(4, 5)
    assert not passage.cut(9, 3)
    assert not join([])
    assert EMPTY.at() == ()
    assert EMPTY.block == -1


def test_a_break_by_hand_is_a_space_of_the_text() -> None:
    passage = passage_of(Block(id=7, kind="paragraph", text="План\nработы\tРМО"))
    assert passage.text == "План работы РМО"
    (span,) = passage.at(5, 11)
    assert (span.block, span.start, span.end) == (7, 5, 11)


def test_passages_of_two_blocks_are_broken_between_them() -> None:
    blocks = blocks_of(["Иванова И.И.", "Петрова А.А."])
    assert join(map(passage_of, blocks)).broken == "Иванова И.И.\nПетрова А.А."
