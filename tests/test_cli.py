"""The command line: what it prints where, its exit codes, and that nobody ever sees a traceback."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import NamedTuple

import pytest

import extractor
from extractor import cli, errors, worker
from extractor.console import prepare_console
from extractor.explain import Explained
from extractor.model.plan import Plan
from extractor.output.to_csv import csv_bytes
from extractor.output.to_json import json_bytes

Monkey = pytest.MonkeyPatch


class Ran(NamedTuple):
    code: int
    out: bytes
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path, monkeypatch: Monkey) -> Run:
    """Runs `extract ARGS` in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("EXTRACT_DEBUG", raising=False)

    def ran(*arguments: str) -> Ran:
        code = cli.main(arguments)
        out, err = capsysbinary.readouterr()
        return Ran(code, out, err.decode())

    return ran


@pytest.fixture
def pipeline(plan: Plan, monkeypatch: Monkey) -> SimpleNamespace:
    """A pipeline that gives the plan of conftest for every file; `asked` says what it was asked.

    Its jobs are done in this process, where `asked` is; tests/test_worker.py asks about a process for each file.
    """
    fake = ModuleType("extractor.pipeline")
    state = SimpleNamespace(asked=[], others=[], error=None)

    def extract_file(path: Path, *, encoding: str | None = None, **other: object) -> Plan:
        state.others.append(other)
        state.asked.append((path, encoding))
        if state.error:
            raise state.error
        return plan

    def explain_file(path: Path, *, encoding: str | None = None, **other: object) -> list[Explained]:
        state.others.append(other)
        state.asked.append((path, encoding))
        return [Explained(place="абзац 1", text="План работы", rule="title", gave="заголовок")]

    fake.extract_file = extract_file  # type: ignore[attr-defined]
    fake.explain_file = explain_file  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "extractor.pipeline", fake)
    jobs = {worker.EXTRACT: worker.extract_job, worker.EXPLAIN: worker.explain_job}
    monkeypatch.setattr(worker, "run_isolated", lambda job, path, options, **limits: jobs[job](path, options))
    return state


def is_one_russian_sentence(text: str) -> bool:
    return text.count("\n") == 1 and text.endswith(".\n") and any("а" <= each <= "я" for each in text)


# --- results ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments", [["план.docx"], ["план.docx", "-o", "-"], ["-o", "-", "план.docx"], ["-o-", "план.docx"]]
)
def test_json_to_stdout(run: Run, pipeline: SimpleNamespace, plan: Plan, arguments: list[str]) -> None:
    assert run(*arguments) == (0, json_bytes(plan), "")


@pytest.mark.parametrize(
    "order", [["мой план.docx", "-o", "моя запись.json"], ["-o", "моя запись.json", "мой план.docx"]]
)
def test_json_to_a_file(run: Run, pipeline: SimpleNamespace, plan: Plan, order: list[str]) -> None:
    code, out, err = run(*order)
    assert (code, out) == (0, b"")
    assert err == "Записано в «моя запись.json»: заседаний 1, вопросов 1, мероприятий 1, замечаний 1.\n"
    assert Path("моя запись.json").read_bytes() == json_bytes(plan)


@pytest.mark.parametrize(("options", "dialect"), [([], "excel"), (["--csv-dialect", "machine"], "machine")])
def test_csv(run: Run, pipeline: SimpleNamespace, plan: Plan, options: list[str], dialect: str) -> None:
    assert run("план.docx", "-o", "план.csv", *options).code == 0
    assert Path("план.csv").read_bytes() == csv_bytes(plan, dialect=dialect)


def test_encoding_is_passed_on(run: Run, pipeline: SimpleNamespace) -> None:
    run("--encoding", "cp1251", "план.txt")
    assert pipeline.asked == [(Path("план.txt"), "cp1251")]


def test_explain(run: Run, pipeline: SimpleNamespace) -> None:
    code, out, err = run("план.docx", "--explain")
    assert (code, out.decode(), err) == (
        0,
        "абзац 1: План работы\n    title → заголовок\n".replace("\n", os.linesep),
        "",
    )


def test_explain_and_write(run: Run, pipeline: SimpleNamespace, plan: Plan) -> None:
    code, out, _ = run("план.docx", "--explain", "-o", "plan.json")
    assert (code, out.decode().split("\n")[0].strip()) == (0, "абзац 1: План работы")
    assert Path("plan.json").read_bytes() == json_bytes(plan)


def test_show(run: Run, pipeline: SimpleNamespace) -> None:
    code, out, err = run("show", "план.docx")
    assert (code, err) == (0, "")
    assert "№ 1. Заседание РМО" in out.decode()
    assert b"\x1b" not in out


def test_show_of_a_finished_record(run: Run, pipeline: SimpleNamespace, plan: Plan) -> None:
    Path("plan.json").write_bytes(json_bytes(plan))
    assert "№ 1. Заседание РМО" in run("show", "plan.json").out.decode()
    assert pipeline.asked == []


@pytest.mark.parametrize("name", ["./show", "./schema", "--"])
def test_file_that_is_called_like_a_command(run: Run, pipeline: SimpleNamespace, name: str) -> None:
    arguments = ["--", "-план.docx"] if name == "--" else [name]
    assert run(*arguments).code == 0
    assert pipeline.asked == [(Path(arguments[-1]), None)]


def test_schema(run: Run) -> None:
    code, out, err = run("schema")
    assert (code, err) == (0, "")
    assert json.loads(out)["$id"].endswith("plan:1")


@pytest.mark.parametrize("arguments", [["--version"], ["план.docx", "--version"]])
def test_version(run: Run, arguments: list[str]) -> None:
    assert run(*arguments).out.decode().strip() == f"extract {extractor.__version__}"


# --- help ---------------------------------------------------------------------------------------

ENGLISH = ("Usage", "Options", "Commands", "Show this", "Error", "Missing", "No such", "[OPTIONS]")


@pytest.mark.parametrize(
    "arguments", [[], ["--help"], ["план.docx", "--help"], ["show", "--help"], ["schema", "--help"]]
)
def test_help_is_russian_throughout(run: Run, arguments: list[str]) -> None:
    code, out, err = run(*arguments)
    assert (code, err) == (0, "")
    text = out.decode()
    assert text.startswith("Использование: extract")
    assert "Параметры:" in text
    assert not [word for word in ENGLISH if word in text]


def test_no_arguments_is_help(run: Run) -> None:
    assert run().out == run("--help").out


def test_help_names_every_parameter_and_command(run: Run) -> None:
    text = run("--help").out.decode()
    for word in ("-o", "--csv-dialect", "--encoding", "--explain", "--debug", "--version", "show", "schema"):
        assert f" {word}" in text
    assert "<план>" not in text


# --- mistakes -----------------------------------------------------------------------------------

MISTAKES = [
    (["--exlain", "план.docx"], "--explain"),
    (["план.docx", "--нет"], "--нет"),
    (["show"], "Не указан файл"),
    (["show", "--что"], "--что"),
    (["--explain"], "Не указан файл"),
    (["один.docx", "два.docx"], "кавычки"),
    (["show", "один.docx", "два.docx"], "кавычки"),
    (["план.docx", "-o"], "После -o нужно значение"),
    (["план.docx", "--explain=да"], "значение не нужно"),
    (["план.docx", "-o", "план.pdf"], ".json, .csv"),
    (["план.docx", "-o", "план"], ".json, .csv"),
    (["план.docx", "-o", "."], "папка"),
    (["план.docx", "--csv-dialect", "другой", "-o", "план.csv"], "excel или machine"),
    (["план.docx", "--csv-dialect", "machine"], "только вместе с -o"),
    (["план.docx", "--csv-dialect", "machine", "-o", "план.json"], "только вместе с -o"),
    (["план.txt", "--encoding", "нет-такой"], "koi8-r"),
    (["план.txt", "--encoding", "hex"], "koi8-r"),
    (["план.docx", "--explain", "-o", "-"], "после -o имя файла"),
    (["schema", "лишнее"], "extract --help"),
]


@pytest.mark.parametrize(("arguments", "words"), MISTAKES, ids=lambda value: " ".join(value))
def test_mistake_is_one_sentence_and_exit_code_2(
    run: Run, pipeline: SimpleNamespace, arguments: list[str], words: str
) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, b"")
    assert is_one_russian_sentence(err), err
    assert words in err
    assert pipeline.asked == []
    assert list(Path().iterdir()) == []


def test_plan_is_not_overwritten_by_its_own_record(run: Run, pipeline: SimpleNamespace) -> None:
    Path("план.csv").write_bytes(b"plan")
    code, _, err = run("план.csv", "-o", "./план.csv")
    assert code == 2
    assert "сам план" in err
    assert Path("план.csv").read_bytes() == b"plan"


def test_folder_of_the_output_is_missing(run: Run, pipeline: SimpleNamespace) -> None:
    code, _, err = run("план.docx", "-o", "нет/план.json")
    assert code == 9
    assert is_one_russian_sentence(err)
    assert pipeline.asked == []


FAMILY = [errors.ExtractorError, *errors.ExtractorError.__subclasses__()]


def test_every_error_has_a_code_of_its_own() -> None:
    codes = [each.exit_code for each in FAMILY] + [cli.INTERNAL_ERROR, cli.INTERRUPTED, 0]
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("kind", FAMILY, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize(
    "output", [[], ["-o", "plan.json"], ["-o", "plan.csv"]], ids=["stdout", "json", "csv"]
)
def test_error_is_a_sentence_a_code_and_no_file(
    run: Run, pipeline: SimpleNamespace, kind: type[errors.ExtractorError], output: list[str]
) -> None:
    pipeline.error = kind("Файл «план.docx» пуст: проверьте его.")
    assert run("план.docx", *output) == (kind.exit_code, b"", "Файл «план.docx» пуст: проверьте его.\n")
    assert list(Path().iterdir()) == []


@pytest.mark.parametrize("error", [ValueError("oops"), RecursionError("deep"), MemoryError(), KeyError("r")])
def test_unexpected_error_is_a_sentence(run: Run, pipeline: SimpleNamespace, error: Exception) -> None:
    pipeline.error = error
    code, out, err = run("план.docx", "-o", "plan.json")
    assert (code, out) == (70, b"")
    assert is_one_russian_sentence(err)
    assert "oops" not in err


@pytest.mark.parametrize("how", ["--debug", "EXTRACT_DEBUG"])
def test_details_on_demand(run: Run, pipeline: SimpleNamespace, monkeypatch: Monkey, how: str) -> None:
    pipeline.error = ValueError("oops")
    if how == "EXTRACT_DEBUG":
        monkeypatch.setenv(how, "1")
    err = run("план.docx", *(["--debug"] if how == "--debug" else [])).err
    assert "Traceback" in err
    assert "ValueError: oops" in err


def test_interrupted_is_quiet(run: Run, pipeline: SimpleNamespace) -> None:
    pipeline.error = KeyboardInterrupt()
    assert run("план.docx") == (130, b"", "")


def test_file_name_with_control_characters_stays_one_line(run: Run, pipeline: SimpleNamespace) -> None:
    pipeline.error = errors.NotAFile("Файла «a\nb\x1b[31m\udc80» нет: проверьте имя.")
    assert run("x").err == "Файла «a b\ufffd[31m\ufffd» нет: проверьте имя.\n"


# --- consoles -----------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["cp866", "cp1251", "cp437", "ascii", "utf-8", "koi8-r", "latin-1"])
@pytest.mark.parametrize(
    "arguments", [["show", "план.docx"], ["план.docx", "--explain"], ["--help"], ["x", "--нет"]]
)
def test_no_console_makes_it_fall_over(
    pipeline: SimpleNamespace, monkeypatch: Monkey, encoding: str, arguments: list[str]
) -> None:
    streams = [io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors="strict") for _ in range(2)]
    monkeypatch.setattr(sys, "stdout", streams[0])
    monkeypatch.setattr(sys, "stderr", streams[1])
    assert cli.main(arguments) == (2 if "--нет" in arguments else 0)


def test_old_console_gets_the_nearest_letters(pipeline: SimpleNamespace, monkeypatch: Monkey) -> None:
    buffer = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(buffer, encoding="cp866"))
    cli.main(["show", "план.docx"])
    assert 'Доклад "Чтение в семье" (Птицына' in buffer.getvalue().decode("cp866")


def test_any_letter_prints_on_any_console(monkeypatch: Monkey) -> None:
    for encoding in ("cp866", "cp1251", "koi8-r", "utf-8"):
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding=encoding))
        prepare_console()
        print("".join(map(chr, range(0x3000))), "\udc80 ✓ 😀", flush=True)


def test_json_is_utf8_whatever_the_console_speaks(
    pipeline: SimpleNamespace, monkeypatch: Monkey, plan: Plan
) -> None:
    buffer = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(buffer, encoding="cp866"))
    cli.main(["план.docx"])
    assert buffer.getvalue() == json_bytes(plan)


# --- as a process -------------------------------------------------------------------------------


def python(code: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, **options)  # type: ignore[call-overload,no-any-return]


def test_as_a_module() -> None:
    done = subprocess.run([sys.executable, "-m", "extractor", "--version"], capture_output=True, check=True)
    assert extractor.__version__ in done.stdout.decode()


@pytest.mark.skipif(os.name == "nt", reason="a closed pipe is another error on Windows")
def test_reader_that_goes_away_is_no_error() -> None:
    command = [sys.executable, "-m", "extractor", "schema"]
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_full_disk_is_a_sentence() -> None:
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "extractor", "schema"]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 9
    assert is_one_russian_sentence(done.stderr.decode())


HEAVY = ("pandas", "numpy", "rich", "pymorphy3", "chardet", "importlib.metadata", "jsonschema")


@pytest.mark.parametrize(
    "statement", ["import extractor", "from extractor.cli import main; main(['--help'])"]
)
def test_nothing_heavy_is_imported_before_it_is_needed(statement: str) -> None:
    code = f"import sys; {statement}; print('\\n' + ' '.join(set(sys.modules) & set({HEAVY!r})))"
    done = python(code)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.decode().splitlines()[-1] == ""


def test_public_face() -> None:
    code = "import extractor; [getattr(extractor, name) for name in extractor.__all__]; print('fine')"
    assert python(code).stdout.decode().strip() == "fine"
    with pytest.raises(AttributeError):
        _ = extractor.nothing  # type: ignore[attr-defined]


def test_version_is_the_one_of_the_package() -> None:
    import tomllib

    from tests.conftest import ROOT

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project.get("version", extractor.__version__) == extractor.__version__
