"""Answers are kept while a document is read and forgotten after it."""

from __future__ import annotations

from extractor.vocabulary.memory import forget, remembered


def test_asked_once_until_forgotten() -> None:
    asked: list[str] = []

    @remembered
    def answer(text: str) -> str:
        asked.append(text)
        return text.upper()

    assert [answer("а"), answer("а")] == ["А", "А"]
    assert asked == ["а"]
    forget()
    assert answer("а") == "А"
    assert asked == ["а", "а"]
