"""No file on earth crashes, hangs or bloats the program, and none gets it to say what it must not.

The files lie outside the project (../shared); where they are not, these tests are skipped and say so.
EXTRACT_SLOW=1 runs every file through the command itself, one process each (about ten minutes).
"""

from __future__ import annotations

import os
import random
import socket
import subprocess
import sys
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from extractor.errors import ExtractorError, TimedOut
from extractor.model.plan import Plan, Plans
from extractor.output.to_json import json_bytes, record_from
from extractor.pipeline import extract_file
from extractor.worker.limits import WorkLimits
from extractor.worker.pool import Task, WorkerPool
from tests.conftest import ROOT
from tests.grounding import out_of_bounds, plans_of, uncovered, ungrounded
from tests.ingest.docx_maker import document, make_docx, p, tbl, tr

SHARED = ROOT.parent / "shared"
MAKER = SHARED / "tools/make_hostile.py"
REAL = SHARED / "robustness/files"
SLOW = bool(os.environ.get("EXTRACT_SLOW"))
LIMITS = WorkLimits() if SLOW else WorkLimits(cpu_seconds=4)
_MUCH = 1_000_000  # bytes of a record above which its letters are not counted one by one
FORBIDDEN = ("Traceback (most recent", "\x1b", "\x00")

pytestmark = pytest.mark.filterwarnings("ignore")
needs_maker = pytest.mark.skipif(not MAKER.exists(), reason=f"{MAKER} is not here")
needs_real = pytest.mark.skipif(not REAL.is_dir(), reason=f"{REAL} is not here")
only_slow = pytest.mark.skipif(not SLOW, reason="slow: run with EXTRACT_SLOW=1")

# What cannot be met yet, each with its reason; one that is met makes the test fail.
KNOWN: dict[str, str] = {}


class Expected(NamedTuple):
    """A line of hostile-expected.tsv."""

    name: str
    expect: str  # ok | error | either
    contains: str
    absent: str


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Expected]]:
    """The hostile files that take little room, and what each has to give."""
    folder = tmp_path_factory.mktemp("hostile")
    table = folder / "expected.tsv"
    command = [sys.executable, str(MAKER), "--out", str(folder / "files"), "--expected", str(table)]
    done = subprocess.run([*command, *([] if SLOW else ["--no-big"])], capture_output=True, timeout=500)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    lines = table.read_text("utf-8").split("\n")[1:]
    return folder / "files", [Expected(_name(f[0]), *f[1:4]) for line in lines if (f := line.split("\t"))[1:]]


def _name(shown: str) -> str:
    """The name of a file as the table shows it: with escapes where it holds what no line can hold."""
    for escape in ("\\n", "\\x1b", *(f"\\udc{byte:02x}" for byte in range(0x80, 0x100))):
        shown = shown.replace(escape, escape.encode().decode("unicode_escape", "surrogatepass"))
    return shown.encode().decode("unicode_escape") if "\\u04" in shown else shown


@needs_maker
def test_hostile_files_give_what_is_expected(hostile: tuple[Path, list[Expected]]) -> None:
    folder, table = hostile
    present = {each.name: each for each in table if (folder / each.name).exists()}
    assert len(present) > 300
    wrong: dict[str, str] = {}
    with WorkerPool(2, limits=LIMITS) as pool:
        for name, result, error in pool.run(Task(name, folder / name) for name in present):
            trouble = _trouble(present[name], result, error)
            if trouble:
                wrong[name] = trouble
    assert set(wrong) == set(KNOWN), wrong


def _trouble(expected: Expected, result: bytes, error: Exception | None) -> str:
    """What is wrong with this answer; "" where nothing is."""
    if error is not None and not isinstance(error, ExtractorError):
        return "".join([repr(error), *getattr(error, "__notes__", [])])
    said = str(error) if error else ""
    text = result.decode() + said
    if error is not None and (len(said.splitlines()) != 1 or any(sign in said for sign in FORBIDDEN)):
        return f"not one plain line: {said!r}"
    if expected.absent and expected.absent in text:
        return f"holds {expected.absent!r}"
    if error is not None:
        return "" if expected.expect != "ok" else said
    if expected.expect == "error":
        return "gives a result"
    return f"lacks {expected.contains!r}" if expected.contains not in text else check_record(result)


def check_record(data: bytes) -> str:
    """What is wrong with a record; "" where it is read back as it was written and loses no letter."""
    record = record_from(data)
    if len(data) > _MUCH:
        return ""
    if json_bytes(record) != data:
        return "does not come back as it was"
    lost = [
        line for plan in plans_of(msgspec.json.decode(data)) for line in out_of_bounds(plan) + uncovered(plan)
    ]
    return str(lost[:3]) if lost else ""


@needs_real
def test_real_files_of_other_projects_give_a_record_or_a_sentence() -> None:
    """Every third file; all with EXTRACT_SLOW=1."""
    names = sorted(path.name for path in REAL.iterdir())[:: 1 if SLOW else 3]
    wrong = {}
    with WorkerPool(2, limits=LIMITS) as pool:
        for name, result, error in pool.run(Task(name, REAL / name) for name in names):
            trouble = _trouble(Expected(name, "either", "", "root:x:0:0"), result, error)
            if trouble:
                wrong[name] = trouble
    assert wrong == {}


@needs_maker
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in folders here")
def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    (tmp_path / "loop.docx").symlink_to("loop.docx")
    (tmp_path / "dangling.docx").symlink_to("nowhere")
    for name in ("pipe.txt", "zero.txt", "loop.docx", "dangling.docx"):
        with pytest.raises(ExtractorError):
            extract_file(tmp_path / name)


@needs_maker
def test_no_connection_is_tried(
    hostile: tuple[Path, list[Expected]], monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[Any] = []
    for method in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, method, lambda *arguments: tried.append(arguments))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *arguments, **more: tried.append(arguments))
    folder, table = hostile
    for each in table:
        if each.name.startswith(("ext-", "xml-")) and not each.name.endswith((".rtf", ".doc")):
            extract_or_refuse(folder / each.name)
    assert tried == []
    assert not list(Path("/tmp").glob("slip-by-make-hostile*"))


# --- the command itself --------------------------------------------------------------------------


def run_command(path: Path, target: Path) -> tuple[int, str]:
    """(exit status, stderr) of `extract PATH -o TARGET`."""
    command = [sys.executable, "-m", "extractor", "-o", str(target), "--", path.name]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(command, cwd=path.parent, env=environment, capture_output=True, timeout=45)
    assert done.stdout == b""
    return done.returncode, done.stderr.decode("utf-8")


def check_command(expected: Expected, path: Path, target: Path) -> str:
    status, words = run_command(path, target)
    if len(words.splitlines()) != 1 or not words.endswith("\n") or any(sign in words for sign in FORBIDDEN):
        return f"not one plain line: {words!r}"
    if (status == 0) != target.exists():
        return f"status {status}, and the result is {'there' if target.exists() else 'not there'}"
    error = ExtractorError(words) if status else None
    return _trouble(expected, b"" if status else target.read_bytes(), error and TimedOut(words.rstrip("\n")))


@needs_maker
def test_the_command_says_one_line(hostile: tuple[Path, list[Expected]], tmp_path: Path) -> None:
    """Odd names, and some of the other files (all with EXTRACT_SLOW=1)."""
    folder, table = hostile
    odd = [
        each
        for each in table
        if not each.name.isascii() or set(each.name) & set(" \n\x1b") or each.name[0] == "-"
    ]
    some = random.Random(1).sample(table, 15)
    wrong = {}
    for number, each in enumerate(table if SLOW else [*odd, *some]):
        if (folder / each.name).exists() and each.name not in KNOWN:
            trouble = check_command(each, folder / each.name, tmp_path / f"{number}.json")
            if trouble:
                wrong[each.name] = trouble
    assert wrong == {}


@needs_real
@only_slow
def test_the_command_over_real_files(tmp_path: Path) -> None:
    wrong = {}
    for number, path in enumerate(sorted(REAL.iterdir())):
        trouble = check_command(Expected(path.name, "either", "", ""), path, tmp_path / f"{number}.json")
        if trouble:
            wrong[path.name] = trouble
    assert wrong == {}


# --- fuzzing -------------------------------------------------------------------------------------

TITLE = "План работы РМО библиотекарей Заречного района на 2023-2024 учебный год"
BODY = (
    p(TITLE)
    + p("Заседание № 1. 25 октября 2023 года")
    + p("1. Доклад «Чтение в семье» (Птицына А.А., Луговская СОШ).")
    + tbl(
        tr("№", "Мероприятие", "Сроки", "Ответственные"),
        tr("1", "Семинар «Книга»", "В течение года", "Руководитель РМО"),
        tr("2", "Конкурс чтецов", "март 2024 г.", "Иванова И.И., МБОУ СОШ № 7"),
    )
    + p("Руководитель РМО: Петрова В.В.")
)
TEXT = f"{TITLE}\n\n1. Заседание. Октябрь 2023 г.\n1. Доклад – Иванова И.И., СОШ № 3\n№\tДело\tСроки\n1\tСеминар\tмай\n"
SCRAPS = [
    *(
        "<",
        ">",
        "</w:tbl>",
        "<w:tbl>",
        "<w:tc>",
        "</w:tc>",
        "<w:tr/>",
        "<w:p/>",
        "</w:p>",
        "<w:br/>",
        "<w:tab/>",
    ),
    *(
        '<w:gridSpan w:val="99999999"/>',
        '<w:vMerge w:val="restart"/>',
        "<w:vMerge/>",
        '<w:numId w:val="-1"/>',
    ),
    *(
        "&#x10FFFF;",
        "&#0;",
        "&amp;",
        "&x;",
        "<![CDATA[ ]]>",
        "<!--",
        "<w:ins>",
        "<w:sdt><w:sdtContent>",
        "\ud7ff",
    ),
    *(
        "w:val",
        "0",
        "-1",
        "1e9",
        "99999999999999999999",
        "№",
        "«",
        "А.А.",
        "\u0301",
        "\u200b",
        "\u202e",
        "32.13.2023",
    ),
]


@st.composite
def mutated(draw: st.DrawFn, text: str) -> str:
    """The text with pieces cut out, doubled, moved, and scraps put in."""
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 80)))
        piece = text[start:end]
        new = draw(
            st.sampled_from(["", piece * 2, piece[::-1]]) | st.sampled_from(SCRAPS) | st.text(max_size=4)
        )
        text = text[:start] + new + text[end:]
    return text


@st.composite
def broken(draw: st.DrawFn, data: bytes) -> bytes:
    """The bytes with some changed, cut out or put in."""
    for _ in range(draw(st.integers(1, 8))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 40)))
        data = data[:start] + draw(st.binary(max_size=6) | st.just(data[start:end] * 2)) + data[end:]
    return data


fuzz = settings(
    max_examples=2000 if SLOW else 200,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=not SLOW,
)


def extract_or_refuse(path: Path) -> Plan | Plans | None:
    """The record, or None where a sentence came instead; any other exception is a failure."""
    try:
        return extract_file(path)
    except ExtractorError as error:
        assert len(str(error).splitlines()) == 1
        return None


def assert_sound(path: Path) -> None:
    """A record that is complete and comes back as it was, or a sentence."""
    record = extract_or_refuse(path)
    if record is None:
        return
    assert check_record(json_bytes(record)) == ""
    for plan in msgspec.to_builtins(record.plans if isinstance(record, Plans) else [record]):
        assert ungrounded(plan) == []


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, bytes], Path]:
    folder = tmp_path_factory.mktemp("fuzz")

    def put(name: str, data: bytes) -> Path:
        (folder / name).write_bytes(data)
        return folder / name

    return put


@fuzz
@given(body=mutated(BODY))
def test_mutated_word_xml(body: str, place: Callable[[str, bytes], Path]) -> None:
    assert_sound(place("plan.docx", make_docx(body)))


@st.composite
def rearranged(draw: st.DrawFn) -> str:
    """The body as well-formed XML with elements moved, doubled, dropped, renamed, and odd words in them."""
    root = etree.fromstring(document(BODY))
    body = root[0]
    word = f"{{{root.nsmap['w']}}}"
    for _ in range(draw(st.integers(1, 8))):
        one, other = (draw(st.sampled_from(list(body.iter())[1:] or [body])) for _ in "12")
        change = draw(st.sampled_from(["move", "double", "drop", "rename", "text", "value"]))
        if change == "drop" and one is not body:
            one.getparent().remove(one)
        elif change == "double":
            other.append(deepcopy(one))
        elif change == "move" and one not in other.iterancestors() and one is not other and one is not body:
            other.insert(0, one)
        elif change == "rename":
            one.tag = word + draw(
                st.sampled_from(["tbl", "tr", "tc", "p", "r", "t", "sdt", "ins", "del", "pPr", "br"])
            )
        elif change == "text":
            one.text = draw(
                st.sampled_from(["А.", "1.1.", "32.13.2023", "№", "\u200b", "0", "II.", "то же", "МБОУ «"])
            )
        elif change == "value":
            one.set(
                word + "val", draw(st.sampled_from(["0", "-1", "99999999999", "x", "", "restart", "1e9"]))
            )
    return "".join(etree.tostring(each, encoding="unicode") for each in body)


@fuzz
@given(body=rearranged())
def test_rearranged_word_xml(body: str, place: Callable[[str, bytes], Path]) -> None:
    assert_sound(place("plan.docx", make_docx(body)))


@fuzz
@given(data=broken(make_docx(BODY)))
def test_broken_packages(data: bytes, place: Callable[[str, bytes], Path]) -> None:
    assert_sound(place("plan.docx", data))


@fuzz
@given(text=mutated(TEXT), encoding=st.sampled_from(["utf-8", "cp1251", "utf-16", "koi8-r", "cp866"]))
def test_mutated_text(text: str, encoding: str, place: Callable[[str, bytes], Path]) -> None:
    assert_sound(place("plan.txt", text.encode(encoding, "replace")))


@fuzz
@given(data=broken(TEXT.encode()) | st.binary(max_size=300))
def test_broken_text(data: bytes, place: Callable[[str, bytes], Path]) -> None:
    assert_sound(place("plan.txt", data))


HTML = (
    f"<html><body><h1>{TITLE}</h1><table><tr><td>1<td>Семинар<td>май</table><ul><li>дело</ul></body></html>"
)


@fuzz
@given(text=mutated(HTML))
def test_mutated_html(text: str, place: Callable[[str, bytes], Path]) -> None:
    assert_sound(place("plan.html", text.encode("utf-8", "replace")))


@pytest.mark.skipif(not (SHARED / "seeds").is_dir(), reason="../shared/seeds is not here")
def test_broken_pdf(tmp_path: Path) -> None:
    """In workers: PDF is read by a library in C++, which may crash."""
    chance = random.Random(7)
    seeds = [path.read_bytes() for path in sorted((SHARED / "seeds").rglob("*.pdf"))[:3]]
    paths = [tmp_path / f"{number}.pdf" for number in range(300 if SLOW else 24)]
    for path in paths:
        data = bytearray(chance.choice(seeds))
        for _ in range(chance.randrange(1, 40)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        path.write_bytes(data if chance.random() < 0.7 else data[: chance.randrange(len(data))])
    with WorkerPool(2, limits=LIMITS) as pool:
        for name, result, error in pool.run(Task(path.name, path) for path in paths):
            assert _trouble(Expected(name, "either", "", ""), result, error) == ""
