"""What the bytes of a text file say: their encoding and the text.

The order is that of certainty: a byte order mark, UTF-8 without a fault, UTF-16 by the bytes of
its spaces, and only then a choice among the one-byte Cyrillic encodings, by how Russian the pairs of
letters look. No library is asked: general detectors need a page of text, a title in capitals is
often all there is.
"""

from __future__ import annotations

import codecs
import itertools
import re
from collections.abc import Iterator
from typing import NamedTuple

from extractor.errors import DamagedFile, UsageProblem
from extractor.model.source import Note


class Decoded(NamedTuple):
    """Text of a file, the name of its encoding («cp1251») and what the reader has to say of it."""

    text: str
    encoding: str
    notes: tuple[Note, ...] = ()


ONE_BYTE = ("cp1251", "cp866", "koi8-r", "mac-cyrillic", "iso8859-5")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16"),
)
_HIGH = re.compile(rb"[\x80-\xff]+")
_SAMPLE_BYTES = 60_000  # enough for certainty, little enough for a file of any size
_SAMPLE_RUN = 400  # bytes of one run of high bytes that are looked at
_MIXED_BYTES = 1_000_000  # in larger files every line is taken for the same encoding
_RUSSIAN = re.compile("[а-яё]{3,}", re.IGNORECASE)
_LEAD = 4.0  # levels by which the best reading has to lead
_POOR = 0.6  # levels a letter below which a text is hardly Russian

# Pairs of neighbouring letters in plans of methodological associations (150 000 pairs), each as
# one digit: 0 never seen, 5 as often as chance, 9 many times that. Rows: first letter, columns: second
# letter; the first row and column stand for the edge of a word.
_LETTERS = " абвгдежзийклмнопрстуфхцчшщъыьэюя"
_PAIRS = (
    "066777557707677787877645552000545",
    "806666556456677356673456544000156",
    "451003612602635606404041004340023",
    "770331704604546726534322330164003",
    "663002300604424706144001000000000",
    "672444742603445635425021230153023",
    "846657455167768437773244644000025",
    "352205500504105301303000000001000",
    "572505410403356604005000000242012",
    "865655746666657646671365622000167",
    "703002000001014400520002120000000",
    "670431522601504705476004000000100",
    "560010730704504600225000020047045",
    "663101700603453654405100100153004",
    "571445611805007723664404202074035",
    "817877655466766567775645454000125",
    "561013700603511757534002000042101",
    "672453740604065714566401450066014",
    "663502600607545775685312330042025",
    "675713701705326707545100301066005",
    "654555354325554066650031643000041",
    "330030502501200501404300000004000",
    "740000100300024604323000400000000",
    "532201601702000322101000000020000",
    "450000700503305104243000020001000",
    "441000600405213101002000000002000",
    "040000500500001001001000000003000",
    "100000300000000000000000000000002",
    "705410621054352143450060240000004",
    "702011403303047000450001210000044",
    "300300000004421010231300000000000",
    "602004021000204002240000305000000",
    "705433233023155314361043313000033",
)
_PLACE = {letter: place for place, letter in enumerate(_LETTERS)} | {"ё": 6}
_AT_HOME = frozenset("«»–—…№“”„•°·§\u00a0‘’\u00ad")  # other signs above ASCII that plans hold
_ONE_LETTER = frozenset("авикосуя")  # words of one letter
_WORD = re.compile("[а-яё]+\\.?", re.IGNORECASE)
_SIGN = re.compile("[^\\x00-\\x7fА-яЁё]")
_CAPITAL_INSIDE = re.compile("[а-яё](?=[А-ЯЁ])")
_CHANCE = 4  # the digit that says nothing: pairs below it speak against the reading
_ODD_SIGN = -6.0
_ODD_CASE = -4.0


def decode_text(data: bytes, encoding: str | None = None) -> Decoded:
    """The text of `data`, read as `encoding` where it is named, else as what the bytes look like."""
    if encoding is not None:
        return _decode_as_told(data, encoding)
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            return _decode_forgiving(data, codec, name)
    if _looks_utf16(data, high=1):
        return _decode_forgiving(data, "utf-16-le", "utf-16-le")
    if _looks_utf16(data, high=0):
        return _decode_forgiving(data, "utf-16-be", "utf-16-be")
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _decode_broken_utf8(data) or _decode_mixed(data) or _decode_one_byte(data)


def _decode_as_told(data: bytes, encoding: str) -> Decoded:
    """The text in the encoding that the user named; refuses a name or bytes that do not fit."""
    try:
        name = codecs.lookup(encoding).name
        if name == "utf-8" and data.startswith(codecs.BOM_UTF8):
            return Decoded(data.decode("utf-8-sig"), name)
        return Decoded(data.decode(name), name)
    except LookupError:
        raise UsageProblem(
            f"Неизвестная кодировка «{encoding}»: укажите, например, --encoding cp1251, utf-8 или koi8-r."
        ) from None
    except ValueError:
        raise DamagedFile(
            f"Файл не читается в кодировке «{encoding}»: уберите --encoding, чтобы программа выбрала её сама."
        ) from None


def _decode_forgiving(data: bytes, codec: str, name: str) -> Decoded:
    """The text, with U+FFFD and a note where single places cannot be decoded."""
    try:
        return Decoded(data.decode(codec), name)
    except UnicodeDecodeError:
        text = data.decode(codec, errors="replace")
        return Decoded(text, name, (_broken_note(text.count("\ufffd")),))


def _looks_utf16(data: bytes, *, high: int) -> bool:
    """Whether every second byte is one that UTF-16 has there: 0 for signs, 4 for Cyrillic."""
    sample = data[:4000]
    if len(sample) < 4 or b"\0" not in sample:
        return False
    highs = sample[high::2]
    fitting = sum(highs.count(byte) for byte in (0x00, 0x04, 0x20))
    others = sample[1 - high :: 2]
    return fitting >= 0.9 * len(highs) and others.count(0) <= 0.05 * len(others)


def _decode_broken_utf8(data: bytes) -> Decoded | None:
    """The text where the bytes are UTF-8 but for a few; None where they are hardly UTF-8."""
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    sound = len(data.decode("utf-8", errors="ignore").encode()) - len(_HIGH.sub(b"", data))
    if sound < 8 * broken:
        return None
    return Decoded(text, "utf-8", (_broken_note(broken),))


def _broken_note(broken: int) -> Note:
    """A warning that `broken` places of the file could not be decoded."""
    return Note(
        code="encoding-broken-bytes",
        severity="warning",
        message=f"В файле испорчены отдельные байты (мест: {broken}), они показаны знаком «\ufffd».",
    )


def _decode_mixed(data: bytes) -> Decoded | None:
    """The text where some lines are Russian in UTF-8 and others are not: files that were glued together."""
    lines = data.split(b"\n") if len(data) <= _MIXED_BYTES else []
    if not any(_is_russian_utf8(line) for line in lines):
        return None
    parts = [_decode_line(line) for line in lines]
    names = sorted({part.encoding for part in parts if part.encoding != "ascii"})
    note = Note(
        code="encoding-uncertain",
        severity="warning",
        message=f"Строки файла в разных кодировках ({', '.join(names)}): проверьте, все ли читаются.",
    )
    return Decoded("\n".join(part.text for part in parts), "utf-8", (note,))


def _decode_line(line: bytes) -> Decoded:
    if line.isascii():
        return Decoded(line.decode("ascii"), "ascii")
    try:
        return Decoded(line.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _decode_one_byte(line)


def _is_russian_utf8(line: bytes) -> bool:
    """Whether the line is UTF-8 with some Russian words: in a one-byte encoding that is no accident."""
    try:
        return not line.isascii() and len(_RUSSIAN.findall(line.decode("utf-8"))) >= 2
    except UnicodeDecodeError:
        return False


def _decode_one_byte(data: bytes) -> Decoded:
    """The text in the one-byte encoding in which it looks most Russian."""
    sample = b" ".join(_high_runs(data))
    ranked = sorted(ONE_BYTE, key=lambda name: -_score_reading(sample, name))
    best, second = ranked[0], ranked[1]
    notes = () if _is_certain(sample, best, second) else (_uncertain_note(best),)
    return Decoded(data.decode(best, errors="replace"), best, notes)


def _high_runs(data: bytes) -> Iterator[bytes]:
    """The runs of bytes above ASCII, with the stop behind an initial, up to `_SAMPLE_BYTES` in all."""
    room = _SAMPLE_BYTES
    for run in itertools.islice(_HIGH.finditer(data), _SAMPLE_BYTES):
        end = min(run.end(), run.start() + _SAMPLE_RUN)
        piece = data[run.start() : end + (data[end : end + 1] == b".")]
        yield piece
        room -= len(piece)
        if room <= 0:
            return


def _is_certain(sample: bytes, best: str, second: str) -> bool:
    """Whether `best` leads clearly, or `second` reads the same letters."""
    score = _score_reading(sample, best)
    same = sample.decode(best, errors="replace") == sample.decode(second, errors="replace")
    lead = score - _score_reading(sample, second)
    return score >= _POOR * len(sample.replace(b" ", b"")) and (same or lead >= _LEAD)


def _score_reading(sample: bytes, name: str) -> float:
    """How Russian the sample looks in this encoding: about 2 a letter where it is, below 0 where not."""
    text = sample.decode(name, errors="replace")
    return sum(_score_word(word) for word in _WORD.findall(text)) + sum(
        _ODD_SIGN for sign in _SIGN.findall(text) if sign not in _AT_HOME
    )


def _score_word(word: str) -> float:
    """How Russian a word looks: its pairs of letters, and no capital behind a small letter."""
    small = word.lower()
    if word[-1] == ".":
        return 0.0 if len(word) == 2 else _score_word(word[:-1])
    if len(word) == 1:
        return 2.0 if small in _ONE_LETTER else _ODD_CASE
    places = [0, *(_PLACE[letter] for letter in small), 0]
    pairs = sum(int(_PAIRS[one][two]) - _CHANCE for one, two in itertools.pairwise(places))
    return pairs + _ODD_CASE * len(_CAPITAL_INSIDE.findall(word))


def _uncertain_note(name: str) -> Note:
    """A warning that the encoding was chosen with doubt."""
    return Note(
        code="encoding-uncertain",
        severity="warning",
        message=f"Кодировка файла выбрана с сомнением ({name}): если текст не читается, задайте --encoding.",
    )
