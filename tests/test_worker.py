"""A file can do to its worker what it wants: the run hears one sentence and goes on."""

from __future__ import annotations

import faulthandler
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NoReturn

import pytest

from extractor.errors import (
    DamagedFile,
    EmptyFile,
    ExtractorError,
    NotAFile,
    OutOfMemory,
    TimedOut,
    UsageProblem,
    WorkerDied,
)
from extractor.output.to_json import json_bytes
from extractor.pipeline import extract_file
from extractor.worker import explain_isolated, extract_isolated, run_isolated
from extractor.worker import wire as worker_wire
from extractor.worker.limits import MB, WorkLimits
from extractor.worker.pool import Task, WorkerPool
from tests.conftest import ROOT

POSIX = os.name == "posix"
LINUX = sys.platform == "linux"
PLAN = ROOT / "samples/librarians-2019/plan.docx"
HERE = "tests.test_worker"
SHORT = WorkLimits(seconds=3.0, cpu_seconds=3)
Options = Mapping[str, Any]

# --- jobs that workers here are asked to do ------------------------------------------------------


def echo(path: Path, options: Options) -> bytes:
    return path.name.encode()


def say_pid(path: Path, options: Options) -> bytes:
    return str(os.getpid()).encode()


def sleep(path: Path, options: Options) -> bytes:
    time.sleep(float(options.get("seconds", 600)))
    return b"awake"


def spin(path: Path, options: Options) -> bytes:
    while True:
        pass


def hang_in_library(path: Path, options: Options) -> bytes:
    """No signal handler of Python's runs while the pattern backtracks."""
    import re

    re.match("(a|a)*b", "a" * 60)
    return b""


def devour(path: Path, options: Options) -> bytes:
    eaten = []
    while True:
        eaten.append(bytearray(16 * MB))


def crash(path: Path, options: Options) -> NoReturn:
    faulthandler.disable()  # pytest's
    os.kill(os.getpid(), signal.SIGSEGV)
    raise AssertionError


def leave(path: Path, options: Options) -> NoReturn:
    os._exit(3)


def refuse(path: Path, options: Options) -> NoReturn:
    raise DamagedFile(f"Файл «{path.name}» повреждён.")


def stumble(path: Path, options: Options) -> NoReturn:
    raise KeyError("нет такого")


def chatter(path: Path, options: Options) -> bytes:
    print("слова библиотеки")
    print("и ещё", file=sys.stderr)
    os.write(1, b"raw")
    return b"quiet"


def many_bytes(path: Path, options: Options) -> bytes:
    return b"x" * (20 * MB)


def start_child(path: Path, options: Options) -> bytes:
    """A child in a session of its own, as LibreOffice is, and a wait for it."""
    child = subprocess.Popen(["sleep", "600"], start_new_session=True)
    path.write_text(str(child.pid))
    child.wait()
    return b""


def by_name(path: Path, options: Options) -> bytes:
    """The job that the name of the file asks for."""
    job: Callable[[Path, Options], bytes] = globals()[path.stem.partition("-")[0]]
    return job(path, options)


WAYS = [
    pytest.param(True, id="fork", marks=pytest.mark.skipif(not LINUX, reason="forks only on Linux")),
    pytest.param(False, id="spawn"),
]


@pytest.fixture(params=WAYS)
def isolated(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Callable[..., bytes]:
    """`run_isolated` for a job of this module, by fork and by a new interpreter."""
    monkeypatch.setattr("extractor.worker.FORKS", request.param)

    def run(job: str, path: Path = PLAN, limits: WorkLimits = SHORT, **options: Any) -> bytes:
        return run_isolated(f"{HERE}:{job}", path, options, limits=limits)

    return run


# --- one file ------------------------------------------------------------------------------------


def test_the_record_is_the_same(isolated: Callable[..., bytes]) -> None:
    data = run_isolated("extractor.worker:extract_job", PLAN, {"encoding": None}, limits=WorkLimits())
    assert data == json_bytes(extract_file(PLAN))
    assert extract_isolated(PLAN) == extract_file(PLAN)


def test_explained_lines_are_the_same() -> None:
    from extractor.pipeline import explain_file

    assert explain_isolated(PLAN) == list(explain_file(PLAN))


def test_errors_come_back_as_they_were(isolated: Callable[..., bytes], tmp_path: Path) -> None:
    with pytest.raises(DamagedFile, match=r"^Файл «plan.docx» повреждён\.$"):
        isolated("refuse")
    empty = tmp_path / "пусто.docx"
    empty.write_bytes(b"")
    with pytest.raises(EmptyFile, match="«пусто.docx» пуст"):
        extract_isolated(empty)
    with pytest.raises(NotAFile, match="не найден"):
        extract_isolated(tmp_path / "нет.docx")


def test_an_error_of_the_program_keeps_its_name_and_trace(isolated: Callable[..., bytes]) -> None:
    with pytest.raises(worker_wire.Unexpected) as caught:
        isolated("stumble")
    assert type(caught.value).__name__ == "KeyError"
    assert "in stumble" in "".join(caught.value.__notes__)


@pytest.mark.parametrize("job", ["sleep", "hang_in_library"])
def test_a_hanging_worker_is_ended(isolated: Callable[..., bytes], job: str) -> None:
    began = time.monotonic()
    with pytest.raises(TimedOut, match=r"^Файл «plan.docx» читается дольше 0\.5 с: .+ EXTRACT_SECONDS\)\.$"):
        isolated(job, limits=WorkLimits(seconds=0.5))
    assert time.monotonic() - began < 10


@pytest.mark.skipif(not POSIX, reason="no limit of processor time here")
def test_processor_time_has_a_limit(isolated: Callable[..., bytes]) -> None:
    with pytest.raises(TimedOut):
        isolated("spin", limits=WorkLimits(seconds=60, cpu_seconds=1))


@pytest.mark.skipif(not LINUX, reason="no limit of memory here")
def test_memory_has_a_limit(isolated: Callable[..., bytes]) -> None:
    with pytest.raises(OutOfMemory, match=r"не хватило памяти \(1000 МБ\): .+ EXTRACT_MEMORY_MB\)\.$"):
        isolated("devour", limits=WorkLimits(seconds=20, memory_bytes=1000 * MB))


@pytest.mark.parametrize("job", ["crash", "leave"])
def test_a_crash_is_one_sentence(isolated: Callable[..., bytes], job: str) -> None:
    with pytest.raises(WorkerDied, match=r"^Чтение файла «plan.docx» аварийно прервалось.*: .+\.$"):
        isolated(job)


def test_what_libraries_print_reaches_nobody(
    isolated: Callable[..., bytes], capfd: pytest.CaptureFixture[str]
) -> None:
    assert isolated("chatter") == b"quiet"
    assert capfd.readouterr() == ("", "")


def test_large_results_arrive(isolated: Callable[..., bytes]) -> None:
    assert len(isolated("many_bytes")) == 20 * MB


@pytest.mark.skipif(not LINUX, reason="looks into /proc")
def test_children_in_sessions_of_their_own_end_too(isolated: Callable[..., bytes], tmp_path: Path) -> None:
    note = tmp_path / "pid"
    with pytest.raises(TimedOut):
        isolated("start_child", note, WorkLimits(seconds=2))
    assert_gone(int(note.read_text()))


def test_names_that_are_no_utf8(isolated: Callable[..., bytes], tmp_path: Path) -> None:
    assert isolated("echo", tmp_path / "план\n«й».docx").decode() == "план\n«й».docx"
    if LINUX:
        name = os.fsdecode(b"\xef\xeb\xe0\xed.docx")
        assert extract_or_error(tmp_path / name).exit_code == NotAFile.exit_code


def test_threads_make_it_spawn() -> None:
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        assert extract_isolated(PLAN) == extract_file(PLAN)
    finally:
        stop.set()
        thread.join()


@pytest.mark.parametrize(("text", "seconds"), [("5", 5.0), ("2,5", 2.5)])
def test_the_environment_sets_limits(monkeypatch: pytest.MonkeyPatch, text: str, seconds: float) -> None:
    monkeypatch.setenv("EXTRACT_SECONDS", text)
    monkeypatch.setenv("EXTRACT_MEMORY_MB", "100")
    limits = WorkLimits.from_environment()
    assert (limits.seconds, limits.memory_bytes) == (seconds, 100 * MB)


@pytest.mark.parametrize("text", ["0", "-1", "nan", "inf", "много"])
def test_nonsense_in_the_environment(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("EXTRACT_SECONDS", text)
    with pytest.raises(UsageProblem, match="EXTRACT_SECONDS=60"):
        WorkLimits.from_environment()


# --- many files ----------------------------------------------------------------------------------


def test_one_bad_file_costs_one_file() -> None:
    names = ["echo-1", "crash", "echo-2", "sleep", "refuse", "leave", "echo-3", "stumble", "echo-4"]
    names += ["devour", "spin"] if LINUX else []
    limits = WorkLimits(seconds=3, cpu_seconds=2, memory_bytes=1000 * MB)
    with WorkerPool(2, f"{HERE}:by_name", limits=limits) as pool:
        done = {d.key: d for d in pool.run(Task(name, Path(name)) for name in names)}
    assert set(done) == set(names)
    kinds = {name: type(d.error).__name__ if d.error else "" for name, d in done.items()}
    expected = {"crash": "WorkerDied", "sleep": "TimedOut", "refuse": "DamagedFile", "leave": "WorkerDied"}
    expected |= {"stumble": "KeyError", "devour": "OutOfMemory", "spin": "TimedOut"}
    assert kinds == {name: expected.get(name, "") for name in names}
    assert done["echo-3"].result == b"echo-3"


def test_workers_stay_and_are_replaced_after_enough_files() -> None:
    with WorkerPool(1, f"{HERE}:say_pid", limits=WorkLimits(files=4)) as pool:
        pids = [done.result for done in pool.run(Task(i, PLAN) for i in range(10))]
    assert [len({*pids[:4]}), len({*pids[4:8]}), len({*pids})] == [1, 1, 3]


def test_tasks_are_taken_as_workers_become_free() -> None:
    taken = 0

    def tasks() -> Any:
        nonlocal taken
        while True:
            taken += 1
            yield Task(taken, Path("echo"))

    with WorkerPool(2, f"{HERE}:echo") as pool:
        for count, _ in enumerate(pool.run(tasks())):
            assert taken <= count + 6
            if count == 20:
                break


@pytest.mark.skipif(not POSIX, reason="kill -9")
def test_a_worker_killed_from_outside_loses_nothing() -> None:
    with WorkerPool(2, f"{HERE}:sleep") as pool:
        results = pool.run(Task(i, PLAN, {"seconds": 0.3}) for i in range(8))
        done = [next(results)]
        for worker in list(pool._workers):
            os.kill(worker.pid, signal.SIGKILL)
        done += results
    assert sorted(d.key for d in done) == [*range(8)]
    assert all(d.result == b"awake" for d in done)


def test_closing_ends_workers_in_the_middle() -> None:
    began = time.monotonic()
    pool = WorkerPool(2, f"{HERE}:by_name", limits=WorkLimits(seconds=60, cpu_seconds=60))
    with pool:
        results = pool.run(Task(name, Path(name)) for name in ["echo", "sleep", "hang_in_library", "sleep-2"])
        assert next(results).key == "echo"
        time.sleep(0.5)
        pids = [worker.pid for worker in pool._workers]
    assert time.monotonic() - began < 20
    assert pids
    for pid in pids:
        assert_gone(pid)
    with pytest.raises(ValueError, match="closed"):
        next(pool.run([Task(1, PLAN)]))


_RUN = """
import signal
from pathlib import Path
signal.signal(signal.SIGINT, signal.default_int_handler)  # in the background a shell has it ignored
from extractor.worker.pool import Task, WorkerPool
with WorkerPool(2, "tests.test_worker:start_child") as pool:
    for done in pool.run(Task(i, Path(f"pid{i}")) for i in range(2)):
        print(done)
"""


@pytest.mark.skipif(not LINUX, reason="looks into /proc")
@pytest.mark.parametrize("number", ["SIGINT", "SIGTERM", "SIGKILL"])
def test_nothing_is_left_of_a_run_that_is_killed(number: str, tmp_path: Path) -> None:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    run = subprocess.Popen(
        [sys.executable, "-c", _RUN], cwd=tmp_path, env=environment, stderr=subprocess.DEVNULL
    )
    notes = [tmp_path / "pid0", tmp_path / "pid1"]
    wait_until(lambda: all(note.exists() and note.read_text() for note in notes), 20)
    workers = children_of(run.pid)
    assert len(workers) == 2
    run.send_signal(getattr(signal, number))
    run.wait(10)
    for pid in [*workers, *(int(note.read_text()) for note in notes)]:
        assert_gone(pid)


@pytest.mark.skipif(not LINUX, reason="looks into /proc")
def test_nothing_is_left_of_a_single_file_whose_command_is_killed(tmp_path: Path) -> None:
    program = (
        "from pathlib import Path; from extractor.worker import run_isolated;"
        "run_isolated('tests.test_worker:start_child', Path('pid'), {})"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    run = subprocess.Popen([sys.executable, "-c", program], cwd=tmp_path, env=environment)
    note = tmp_path / "pid"
    wait_until(lambda: note.exists() and bool(note.read_text()), 20)
    workers = children_of(run.pid)
    run.kill()
    run.wait(10)
    for pid in [*workers, int(note.read_text())]:
        assert_gone(pid)


def test_modules_beside_the_documents_are_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of plans may hold a `json.py` that somebody put there."""
    for name in ("json.py", "msgspec.py", "lxml.py"):
        (tmp_path / name).write_text("raise SystemExit('taken over')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.path", [place for place in sys.path if place])
    monkeypatch.setattr("extractor.worker.FORKS", False)
    assert extract_isolated(PLAN).source.name == "plan.docx"


# --- what the tests ask --------------------------------------------------------------------------


def extract_or_error(path: Path) -> ExtractorError:
    with pytest.raises(ExtractorError) as caught:
        extract_isolated(path)
    return caught.value


def children_of(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return [int(child) for task in tasks for child in (task / "children").read_text().split()]


def wait_until(is_so: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it never was so"
        time.sleep(0.02)


def assert_gone(pid: int) -> None:
    """The process is no more, or a zombie that nobody has buried yet."""

    def gone() -> bool:
        try:
            os.kill(pid, 0)
        except OSError:
            return True
        status = Path(f"/proc/{pid}/stat")
        return LINUX and (not status.exists() or status.read_text().rpartition(")")[2].split()[0] == "Z")

    wait_until(gone, 5)
