"""Many files: what is found, what becomes of bad ones, what is read again, and that order never changes."""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest

from extractor import cli
from extractor.batch import Report, Request, run_batch
from extractor.batch.again import bytes_at
from extractor.batch.inputs import list_files
from extractor.batch.mirror import STATE
from extractor.batch.running import Ended
from extractor.batch.zipped import safe_key
from extractor.errors import ExtractorError, SomeFailed
from extractor.output.to_json import json_bytes
from extractor.pipeline import extract_file
from tests.conftest import ROOT

Monkey = pytest.MonkeyPatch
SAMPLES = sorted((ROOT / "samples").glob("*/plan.docx"))[:4]


class Ran(NamedTuple):
    code: int
    out: bytes
    err: str


Run = Callable[..., Ran]


class Quiet:
    """A progress that counts."""

    total = seen = 0

    def begin(self, total: int) -> None:
        self.total = total

    def advance(self) -> None:
        self.seen += 1


@pytest.fixture
def run(capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path, monkeypatch: Monkey) -> Run:
    monkeypatch.chdir(tmp_path)

    def ran(*arguments: str) -> Ran:
        code = cli.main(arguments)
        out, err = capsysbinary.readouterr()
        return Ran(code, out, err.decode())

    return ran


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    """A folder with four plans in three folders, and with what lies about in folders."""
    folder = tmp_path / "планы"
    for number, sample in enumerate(SAMPLES):
        place = folder / ("2021", "2022/Кировский район", "2021", ".")[number]
        place.mkdir(parents=True, exist_ok=True)
        shutil.copy(sample, place / f"план {number}.docx")
    (folder / "~$план 0.docx").write_bytes(b"lock")
    (folder / "Thumbs.db").write_bytes(b"\xd0\xcf\x11\xe0")
    (folder / "смета.xlsx").write_bytes(b"PK\x03\x04")
    (folder / ".спрятано").mkdir()
    (folder / ".спрятано" / "x.docx").write_bytes(b"x")
    return folder


KEYS = ["2021/план 0.docx", "2021/план 2.docx", "2022/Кировский район/план 1.docx", "план 3.docx"]


def read(output: str | None, *inputs: str | Path, **more: object) -> Report:
    return run_batch(Request(inputs=tuple(map(str, inputs)), output=output, **more), Quiet())  # type: ignore[arg-type]


# --- what is found ------------------------------------------------------------------------------


def test_names_are_paths_below_the_folder_in_order(plans: Path) -> None:
    files = list_files([str(plans)])
    assert [each.key for each in files.entries] == KEYS
    assert files.skipped == ["смета.xlsx"]


def test_several_arguments_share_a_folder(plans: Path) -> None:
    files = list_files([str(plans / "2021"), str(plans / "план 3.docx")])
    assert [each.key for each in files.entries] == ["2021/план 0.docx", "2021/план 2.docx", "план 3.docx"]


def test_pattern(plans: Path, monkeypatch: Monkey) -> None:
    monkeypatch.chdir(plans)
    assert [each.key for each in list_files(["2021/*.docx"]).entries] == ["план 0.docx", "план 2.docx"]
    assert len(list_files(["**/план*.docx"]).entries) == 4


def test_list_on_stdin(plans: Path, monkeypatch: Monkey) -> None:
    text = "".join(f"{plans / key}\n" for key in KEYS)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert [each.key for each in list_files(["-"]).entries] == KEYS


class OldName(zipfile.ZipInfo):
    """A name without the mark of UTF-8."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802
        return self.filename.encode("cp437"), 0


def test_archive_with_names_of_russian_windows(plans: Path, tmp_path: Path) -> None:
    target = tmp_path / "архив.zip"
    with zipfile.ZipFile(target, "w") as archive:
        for key in KEYS:
            archive.writestr(OldName(key.encode("cp866").decode("cp437")), (plans / key).read_bytes())
        archive.writestr("../../бежать.docx", b"x")
        archive.writestr("note.xlsx", b"x")
    files = list_files([str(target)])
    assert set(KEYS) | {"бежать.docx"} == {each.key for each in files.entries}
    assert files.skipped == ["note.xlsx"]


def test_archive_with_names_of_linux(plans: Path, tmp_path: Path) -> None:
    """`zip` writes UTF-8 and does not say so."""
    target = tmp_path / "архив.zip"
    with zipfile.ZipFile(target, "w") as archive:
        for key in KEYS:
            archive.writestr(OldName(key.encode().decode("cp437")), b"x")
    assert [each.key for each in list_files([str(target)]).entries] == KEYS


def test_what_lay_in_an_archive_or_far_away_is_got_again(plans: Path, tmp_path: Path) -> None:
    import fsspec

    target = tmp_path / "Важно!" / "архив.ZIP"
    target.parent.mkdir()
    with zipfile.ZipFile(target, "w") as archive:
        for key in KEYS:
            archive.writestr(key, (plans / key).read_bytes())
    fsspec.filesystem("memory").pipe("/снова/2021/план [1].docx", b"far away")
    for argument in (str(target), "memory://снова", "memory://снова/20*"):
        for entry in list_files([argument]).entries:
            assert entry.origin is not None and entry.load is not None
            assert list(bytes_at(entry.origin)) == [entry.load()]


@pytest.mark.parametrize(
    ("origin", "told"),
    [
        ("{here}/нет.zip!/план.docx", "нет.zip» нет на прежнем месте"),
        ("{here}/есть.zip!/план.docx", "больше нет файла «план.docx»"),
        ("memory://нет/план.docx", "не отвечает (FileNotFoundError)"),
        ("нет://план.docx", "не понят"),
    ],
)
def test_what_cannot_be_got_again_is_one_sentence(origin: str, told: str, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "есть.zip", "w") as archive:
        archive.writestr("другой.docx", b"x")
    with pytest.raises(ExtractorError) as caught:
        list(bytes_at(origin.format(here=tmp_path)))
    assert told in str(caught.value) and str(caught.value).endswith(".")


def test_password_of_an_address_is_not_kept(monkeypatch: Monkey) -> None:
    from extractor.batch import remote

    class Far:
        def isdir(self, path: str) -> bool:
            return True

        def find(self, path: str) -> list[str]:
            return ["/планы/2021/план.docx"]

    monkeypatch.setattr(remote, "_open", lambda address: (Far(), "/планы"))
    [entry] = remote.list_remote("sftp://оля:тайна@школа.рф/планы/")
    assert (entry.key, entry.origin) == ("2021/план.docx", "sftp://оля@школа.рф/планы/2021/план.docx")


@pytest.mark.skipif(sys.platform == "win32", reason="pipes with names")
def test_a_pipe_in_a_remote_folder_does_not_hang(run: Run, plans: Path) -> None:
    os.mkfifo(plans / "труба.docx")
    code, _, err = run(f"file://{plans}", "-o", "x/")
    assert code == 14 and "не обычный файл" in err and "Прочитано файлов: 4 из 5" in err


def test_mistake_of_the_program_is_told_in_russian(run: Run, plans: Path, monkeypatch: Monkey) -> None:
    def broken(entries: list[Any], manner: Any, runner: Any, *, seen: Any) -> Any:
        for entry in entries:
            yield Ended(entry, None, b"", NameError("name 'walk' is not defined"))

    monkeypatch.setattr("extractor.batch.read_in_order", broken)
    code, _, err = run(str(plans), "-o", "x/")
    assert code == 14 and "Внутренняя ошибка программы (NameError" in err and "--debug" in err


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("../../etc/план.docx", "etc/план.docx"),
        ("/план.docx", "план.docx"),
        ("C:\\планы\\план.docx", "C_/планы/план.docx"),
        ("а/./б?.docx", "а/б_.docx"),
        ("..", ""),
    ],
)
def test_names_from_outside_stay_inside(name: str, key: str) -> None:
    assert safe_key(name) == key


def test_remote_folder(plans: Path, tmp_path: Path) -> None:
    import fsspec

    memory = fsspec.filesystem("memory")
    for key in KEYS:
        memory.pipe(f"/район/{key}", (plans / key).read_bytes())
    assert [each.key for each in list_files(["memory://район"]).entries] == KEYS
    report = read(str(tmp_path / "o") + "/", "memory://район")
    assert report.read == 4 and (tmp_path / "o" / f"{KEYS[0]}.json").is_file()
    local = tmp_path / "l"
    read(f"{local}/", plans)
    assert (local / f"{KEYS[1]}.json").read_bytes() == (tmp_path / "o" / f"{KEYS[1]}.json").read_bytes()


@pytest.mark.parametrize("address", ["нет://x/y", "s3://bucket/x", "memory://нет-такой"])
def test_address_that_leads_nowhere_is_one_sentence(run: Run, address: str, monkeypatch: Monkey) -> None:
    monkeypatch.setitem(sys.modules, "s3fs", None)
    code, out, err = run(address, "-o", "x.xlsx")
    assert code in (2, 3) and out == b""
    assert err.count("\n") == 1 and err.endswith(".\n")


# --- what comes out -----------------------------------------------------------------------------


def test_workbook_of_a_folder(run: Run, plans: Path) -> None:
    code, out, err = run(str(plans), "-o", "район.xlsx")
    assert (code, out) == (0, b"")
    assert "Прочитано файлов: 4 из 4" in err and "Записано в «район.xlsx»." in err
    book = openpyxl.load_workbook("район.xlsx")
    assert list(dict.fromkeys(row[0] for row in book["Планы"].iter_rows(min_row=2, values_only=True))) == KEYS


def test_one_bad_file_never_stops_the_run(run: Run, plans: Path) -> None:
    (plans / "2021" / "битый.docx").write_bytes(b"PK\x03\x04" + b"\0" * 100)
    (plans / "пустой.docx").write_bytes(b"")
    code, _, err = run(str(plans), "-o", "район.xlsx")
    assert code == SomeFailed.exit_code == 14
    assert "Прочитано файлов: 4 из 6" in err and "Не прочитано: 2." in err
    assert "2021/битый.docx — " in err and "пустой.docx — " in err
    book = openpyxl.load_workbook("район.xlsx")
    words = [row[0] for row in book["Свод"].iter_rows(values_only=True)]
    assert "2021/битый.docx" in words and "пустой.docx" in words


def test_missing_file_among_others(run: Run, plans: Path) -> None:
    code, _, err = run(str(plans / KEYS[0]), "нет.docx", "-o", "район.xlsx")
    assert code == 14 and "Файла «нет.docx» нет" in err


def test_folder_of_records_is_what_one_file_gives(plans: Path, tmp_path: Path) -> None:
    read(f"{tmp_path}/out/", plans)
    for key in KEYS:
        assert (tmp_path / "out" / f"{key}.json").read_bytes() == json_bytes(extract_file(plans / key))


def test_lines(run: Run, plans: Path) -> None:
    code, out, _ = run(str(plans), "--jsonl")
    records = [json.loads(line) for line in out.splitlines()]
    assert code == 0 and [each["source"]["name"] for each in records] == KEYS
    assert run(str(plans), "--jsonl", "-o", "x.jsonl").code == 0
    assert Path("x.jsonl").read_bytes() == out


def test_lines_of_one_plan(run: Run, plans: Path) -> None:
    assert json.loads(run(str(plans / KEYS[0]), "--jsonl").out)["schema"] == "plan/1"


@pytest.mark.parametrize("name", ["x.csv", "x.ics", "x.docx", "x.parquet", "x.xlsx"])
def test_other_forms(run: Run, plans: Path, name: str) -> None:
    assert run(str(plans), "-o", name).code == 0
    first = Path(name).read_bytes()
    assert run(str(plans), "-o", name, "--jobs", "1").code == 0
    assert Path(name).read_bytes() == first


def test_csv_of_a_folder_has_one_heading(run: Run, plans: Path) -> None:
    run(str(plans), "-o", "x.csv", "--csv-dialect", "machine")
    text = Path("x.csv").read_text("utf-8")
    assert text.count("Файл,Объединение") == 1
    assert all(f"\n{key}," in text for key in KEYS)


def test_tables(run: Run, plans: Path) -> None:
    assert run(str(plans), "-o", "таблицы/", "--tables").code == 0
    assert Path("таблицы/datapackage.json").is_file()


REFUSED = [
    ["{plans}"],
    ["{plans}", "-o", "x.json"],
    ["{plans}", "-o", "x"],
    ["{plans}", "--tables"],
    ["{plans}", "--tables", "--jsonl"],
    ["{plans}", "-o", "x.xlsx", "--parquet"],
    ["{plans}", "-o", "x.xlsx", "--explain"],
    ["{plans}", "-o", "x.xlsx", "--jobs", "0"],
    ["{plans}", "-o", "нет/такой/x.xlsx"],
    ["*.нет", "-o", "x.xlsx"],
    ["{plans}/.спрятано", "--dask", "tcp://127.0.0.1:1", "-o", "x.xlsx"],
]


@pytest.mark.parametrize("arguments", REFUSED, ids=lambda each: " ".join(each))
def test_what_cannot_be_done_is_one_sentence(
    run: Run, plans: Path, arguments: list[str], monkeypatch: Monkey
) -> None:
    if "--dask" in arguments:
        pytest.importorskip("distributed")
        monkeypatch.setattr("extractor.batch.cluster._SECONDS", 1)
    code, out, err = run(*(each.format(plans=plans) for each in arguments))
    assert code in (2, 3, 9) and out == b""
    assert err.count("\n") == 1 and err.endswith(".\n"), err
    assert not Path("x.xlsx").exists()


def test_folder_without_documents(run: Run, tmp_path: Path) -> None:
    (tmp_path / "пусто").mkdir()
    assert run("пусто", "-o", "x.xlsx").code == 2


def test_result_in_the_folder_is_no_input(run: Run, plans: Path) -> None:
    assert run(str(plans), "-o", f"{plans}/отчёт.docx").code == 0
    assert "из 4 за" in run(str(plans), "-o", f"{plans}/отчёт.docx").err


def test_workbook_that_excel_holds(run: Run, plans: Path, monkeypatch: Monkey) -> None:
    Path("район.xlsx").write_bytes(b"old")
    real = Path.open

    def held(self: Path, mode: str = "r", *rest: object, **more: object) -> object:
        if self.name == "район.xlsx" and "+" in mode:
            raise PermissionError(13, "held")
        return real(self, mode, *rest, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", held)
    code, _, err = run(str(plans), "-o", "район.xlsx")
    assert code == 9 and "Excel" in err and err.count("\n") == 1
    assert Path("район.xlsx").read_bytes() == b"old"
    assert [each.name for each in Path().iterdir() if each.name.startswith(".extract")] == []


# --- again, at once, cut off --------------------------------------------------------------------


def test_second_run_reads_only_what_changed(plans: Path, tmp_path: Path) -> None:
    out = f"{tmp_path}/out/"
    assert read(out, plans).unchanged == 0
    again = read(out, plans)
    assert (again.unchanged, again.read, again.plans) == (4, 4, read(out, plans).plans)
    shutil.copy(SAMPLES[3], plans / KEYS[0])
    assert read(out, plans).unchanged == 3
    assert (tmp_path / "out" / f"{KEYS[0]}.json").read_bytes() == json_bytes(extract_file(plans / KEYS[0]))


def test_record_that_was_touched_is_made_anew(plans: Path, tmp_path: Path) -> None:
    out = f"{tmp_path}/out/"
    read(out, plans)
    record = tmp_path / "out" / f"{KEYS[0]}.json"
    before = record.read_bytes()
    record.write_bytes(b"{}")
    assert read(out, plans).unchanged == 3
    assert record.read_bytes() == before


def test_other_words_read_everything_again(plans: Path, tmp_path: Path, monkeypatch: Monkey) -> None:
    out = f"{tmp_path}/out/"
    read(out, plans)
    monkeypatch.setattr("extractor.batch.mirror.reader_digest", lambda encoding: "other")
    assert read(out, plans).unchanged == 0


def test_bad_file_is_remembered_with_its_reason(plans: Path, tmp_path: Path) -> None:
    (plans / "битый.docx").write_bytes(b"PK\x03\x04" + b"\0" * 100)
    out = f"{tmp_path}/out/"
    assert read(out, plans).failed == read(out, plans).failed != []


def test_state_cut_in_the_middle(plans: Path, tmp_path: Path) -> None:
    out = f"{tmp_path}/out/"
    read(out, plans)
    state = tmp_path / "out" / STATE
    state.write_bytes(state.read_bytes()[:-40])
    assert read(out, plans).unchanged == 3
    assert read(out, plans).unchanged == 4


def test_two_runs_at_once(plans: Path, tmp_path: Path) -> None:
    out = f"{tmp_path}/out/"
    reports: list[Report] = []
    threads = [threading.Thread(target=lambda: reports.append(read(out, plans, jobs=1))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [each.read for each in reports] == [4, 4]
    assert read(out, plans).unchanged >= 3
    for key in KEYS:
        assert (tmp_path / "out" / f"{key}.json").read_bytes() == json_bytes(extract_file(plans / key))


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_killed_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    folder = tmp_path / "много"
    folder.mkdir()
    for number in range(60):
        shutil.copy(SAMPLES[number % 4], folder / f"{number:02}.docx")
    out = tmp_path / "out"
    command = [sys.executable, "-m", "extractor", str(folder), "-o", f"{out}/", "--jobs", "1"]
    process = subprocess.Popen(command, env=os.environ | {"PYTHONPATH": str(ROOT)}, stderr=subprocess.DEVNULL)
    while len(list(out.glob("*.json"))) < 5 and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    done = list(out.glob("*.json"))
    assert 5 <= len(done) < 60
    assert all(json.loads(each.read_bytes())["schema"].startswith("plan") for each in done)
    report = read(f"{out}/", folder)
    assert report.read == 60 and report.unchanged >= len(done) - 1


@pytest.mark.skipif(sys.platform != "linux", reason="looks for workers in /proc")
def test_killed_worker_costs_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "много"
    folder.mkdir()
    for number in range(40):
        shutil.copy(SAMPLES[number % 4], folder / f"{number:02}.docx")
    out = tmp_path / "out"

    def kill_one() -> None:
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            if len(list(out.glob("*.json"))) >= 3:
                listed = [
                    each
                    for task in Path("/proc/self/task").iterdir()
                    for each in (task / "children").read_text().split()
                ]
                if listed:
                    os.kill(int(listed[0]), signal.SIGKILL)
                    return
            time.sleep(0.01)

    killer = threading.Thread(target=kill_one)
    killer.start()
    report = read(f"{out}/", folder, jobs=2)
    killer.join()
    assert (report.read, report.failed) == (40, [])


# --- a cluster ----------------------------------------------------------------------------------


def test_cluster_gives_the_same_bytes_though_a_worker_dies(plans: Path, tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    for number in range(30):
        shutil.copy(SAMPLES[number % 4], plans / f"ещё {number}.docx")
    read(f"{tmp_path}/here/", plans)
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50
    ) as cluster:
        victim = next(iter(cluster.workers.values())).pid

        def kill() -> None:
            while len(list((tmp_path / "there").rglob("*.json"))) < 3:
                time.sleep(0.02)
            os.kill(victim, signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)

        killer = threading.Thread(target=kill, daemon=True)
        killer.start()
        report = read(f"{tmp_path}/there/", plans, dask=cluster.scheduler_address)
    assert (report.read, report.failed) == (34, [])
    here = {
        each.relative_to(tmp_path / "here"): each.read_bytes() for each in (tmp_path / "here").rglob("*.json")
    }
    there = {
        each.relative_to(tmp_path / "there"): each.read_bytes()
        for each in (tmp_path / "there").rglob("*.json")
    }
    assert here == there
