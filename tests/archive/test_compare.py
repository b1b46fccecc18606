"""Likeness of texts without their digits."""

from __future__ import annotations

import random

import pytest

from extractor.archive.compare import BINS, bands, letters_mark, likeness, packed, sketch_of, unpacked

WORDS = [f"слово{chr(1072 + a)}{chr(1072 + b)}" for a in range(30) for b in range(30)]


def text(seed: int, length: int = 400) -> list[str]:
    return random.Random(seed).choices(WORDS, k=length)


def test_digits_do_not_count() -> None:
    one, other = ["План на 2021 год", "12 октября"], ["План на 2022 год", "14 октября"]
    assert letters_mark(one) == letters_mark(other)
    assert sketch_of(one) == sketch_of(other)


@pytest.mark.parametrize("kept", [0, 100, 200, 300, 360, 400])
def test_estimate_is_near_the_share(kept: int) -> None:
    """The Jaccard index of three-word runs, counted outright, within three standard errors."""
    words, new = text(1), text(2)
    other = words[:kept] + new[kept:]
    runs = [{tuple(each[i : i + 3]) for i in range(len(each) - 2)} for each in (words, other)]
    share = len(runs[0] & runs[1]) / len(runs[0] | runs[1])
    estimate = likeness(sketch_of([" ".join(words)]), sketch_of([" ".join(other)]))
    assert abs(estimate - share) <= 3 * (0.25 / BINS) ** 0.5


def test_alike_share_a_band() -> None:
    words = text(3)
    other = [*words[:180], "иначе", *words[181:]]
    assert set(bands(sketch_of([" ".join(words)]))) & set(bands(sketch_of([" ".join(other)])))


def test_short_texts_are_like_nothing() -> None:
    assert sketch_of(["два слова"]) == []
    assert likeness([], []) == 0.0
    assert bands([]) == []


def test_packing_gives_back() -> None:
    sketch = sketch_of([" ".join(text(4))])
    assert unpacked(packed(sketch)) == sketch
