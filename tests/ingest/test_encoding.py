"""The encoding of a text file, told from a line or a page, in any case of letters."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.errors import DamagedFile, ExtractorError, UsageProblem
from extractor.ingest.encoding import decode_text

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
needs_seeds = pytest.mark.skipif(not SEEDS.exists(), reason=f"нет папки {SEEDS}")

PLAN = (
    "План работы районного методического объединения школьных библиотекарей на 2023 – 2024 учебный год\n"
    "Цель: создание условий для профессионального и творческого роста библиотекарей района.\n"
    "1. Заседание: «Электронные учебники в школе – реалии и перспективы» (Губерт А.А., СОШ № 5).\n"
    "Ответственные: все члены объединения. Сроки: в течение года, ежемесячно.\n"
)
ENCODINGS = {
    "utf-8": "utf-8",
    "utf-8-sig": "utf-8",
    "utf-16": "utf-16",
    "cp1251": "cp1251",
    "koi8-r": "koi8-r",
    "cp866": "cp866",
    "mac-cyrillic": "mac-cyrillic",
}


def take_letters(count: int) -> str:
    """The beginning of plans that holds so many letters."""
    text = PLAN * (1 + count // 250)
    letters = 0
    for at, sign in enumerate(text):
        letters += sign.isalpha()
        if letters == count:
            return text[: at + 1]
    raise AssertionError(count)


@pytest.mark.parametrize("case", [str, str.upper], ids=["as-typed", "CAPS"])
@pytest.mark.parametrize("letters", [40, 200, 2000])
@pytest.mark.parametrize("codec", ENCODINGS)
def test_encoding_is_found(codec: str, letters: int, case: type[str]) -> None:
    data = case(take_letters(letters)).encode(codec, errors="ignore")  # cp866 and KOI-8 have no «»–
    decoded = decode_text(data)
    assert decoded.text == data.decode(codec)
    if case is str or codec != "mac-cyrillic":  # its capitals are those of cp866
        assert decoded.encoding == ENCODINGS[codec]
    assert decoded.notes == ()


@pytest.mark.parametrize("codec", ["cp1251", "koi8-r", "cp866", "mac-cyrillic"])
@pytest.mark.parametrize("start", range(0, 260, 13))
def test_forty_signs_from_anywhere(codec: str, start: int) -> None:
    data = PLAN[start : start + 40].encode(codec, errors="ignore")
    assert decode_text(data).text == data.decode(codec)


LINES = [
    ("БИБЛИОТЕКА", "cp1251"),
    ("Тема: чтение", "cp866"),
    ("В течение года, все библиотекари района", "koi8-r"),
    ("Директор Р.А. Яковлева: «Утверждаю»", "cp1251"),
    ("СОШ № 5 – Яшин Р.Я.", "mac-cyrillic"),
    ("Иванов Ёлкин Объезд щука", "cp866"),
]


@pytest.mark.parametrize(("line", "codec"), LINES)
def test_single_lines(line: str, codec: str) -> None:
    data = line.encode(codec, errors="ignore")
    assert decode_text(data).text == data.decode(codec)


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark(codec: str) -> None:
    decoded = decode_text(PLAN.encode(codec))
    assert (decoded.text, decoded.encoding) == (PLAN, codec)


def test_doubt_is_said() -> None:
    decoded = decode_text("ба".encode("cp1251"))
    assert [note.code for note in decoded.notes] == ["encoding-uncertain"]
    assert decoded.encoding in decoded.notes[0].message and "--encoding" in decoded.notes[0].message


@pytest.mark.parametrize("at", [3, 50, 101, 300])
def test_broken_utf8_stays_utf8(at: int) -> None:
    data = PLAN.encode()
    decoded = decode_text(data[:at] + b"\xff" + data[at + 1 :])
    assert decoded.encoding == "utf-8"
    assert [note.code for note in decoded.notes] == ["encoding-broken-bytes"]
    assert "библиотекарей" in decoded.text


def test_cut_utf8_stays_utf8() -> None:
    assert decode_text(PLAN.encode()[:101]).encoding == "utf-8"


@pytest.mark.parametrize("name", ["cp1251", "windows-1251", "CP1251", "1251"])
def test_named_encoding(name: str) -> None:
    decoded = decode_text(PLAN.encode("cp1251"), name)
    assert (decoded.text, decoded.encoding) == (PLAN, "cp1251")


@pytest.mark.parametrize("name", ["cp12511", "", "русская", "hex", "a\0b"])
def test_unknown_name_is_refused(name: str) -> None:
    with pytest.raises(ExtractorError) as caught:
        decode_text(b"abc", name)
    assert "одиров" in str(caught.value)


def test_unknown_name_is_a_usage_problem() -> None:
    with pytest.raises(UsageProblem, match="кодировка"):
        decode_text(b"abc", "cp12511")


@pytest.mark.parametrize("name", ["utf-8", "ascii", "utf-16"])
def test_wrong_name_is_refused(name: str) -> None:
    with pytest.raises(DamagedFile, match="--encoding"):
        decode_text(PLAN.encode("cp1251") + b"\xff", name)


@needs_seeds
@pytest.mark.parametrize("name", ["cp1251", "cp866", "utf16"])
def test_seed_encodings(name: str) -> None:
    plain = (SEEDS / "rodino-2017.txt").read_text(encoding="utf-8")
    decoded = decode_text((SEEDS / f"rodino-2017.{name}.txt").read_bytes())
    words = decoded.text.replace("\r\n", "\n").split()
    same = sum(one == two for one, two in zip(words, plain.split(), strict=True))
    assert same > 0.8 * len(words)  # cp866 has no «»
    assert decoded.notes == ()


@given(st.binary(max_size=400))
def test_any_bytes_are_decoded(data: bytes) -> None:
    assert isinstance(decode_text(data).text, str)


@given(st.binary(max_size=60), st.text(max_size=12))
def test_any_name_is_refused_or_read(data: bytes, name: str) -> None:
    with suppress(ExtractorError):
        decode_text(data, name)
