"""Many files on the command line: when it is meant, the progress bar, and the closing words."""

from __future__ import annotations

import glob
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from extractor.console import one_line
from extractor.errors import SomeFailed, UsageProblem

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

    from extractor.batch import Report, Request

_LISTED = 20  # names in the closing words; the rest is counted


def is_batch(files: Sequence[str], output: str | None) -> bool:
    """Whether the arguments name more than one document, or a place for more than one."""
    if len(files) != 1 or (output not in (None, "-") and str(output).endswith(("/", "\\"))):
        return True
    only = files[0]
    path = Path(only)
    if only == "-" or "://" in only or path.is_dir():
        return True
    if path.suffix.lower() == ".zip":
        return True
    return glob.has_magic(only) and not path.exists()


def run_batch(files: Sequence[str], output: str | None, *, jsonl: bool, **choices: Any) -> None:
    """Does the work and says in the end what came of it. Raises SomeFailed where files were not read."""
    from extractor import batch

    if not files:
        raise UsageProblem("Не указано, что читать, например: extract папка -o район.xlsx.")
    request = batch.Request(inputs=tuple(files), output=output, lines=jsonl, **choices)
    with _Progress() as progress:
        report = batch.run_batch(request, progress)
    for line in closing_words(report, request):
        print(one_line(line), file=sys.stderr)
    if report.failed:
        raise SomeFailed(
            f"Работа закончена, но не прочитано файлов: {len(report.failed)}; причины названы выше."
        )


def closing_words(report: Report, request: Request) -> list[str]:
    """What was read, what not and why, what deserves a look, where the result is."""
    total = report.read + len(report.failed)
    sums = {
        "планов": report.plans,
        "заседаний": report.meetings,
        "вопросов": report.items,
        "мероприятий": report.activities,
        "замечаний": report.remarks,
    }
    found = ", ".join(f"{word} {count}" for word, count in sums.items())
    lines = [f"Прочитано файлов: {report.read} из {total} за {_duration(report.seconds)} — {found}."]
    if report.unchanged:
        lines.append(f"Не изменились с прошлого раза и взяты готовыми: {report.unchanged}.")
    if report.failed:
        lines += [f"Не прочитано: {len(report.failed)}.", *_listed(report.failed)]
    if report.doubtful:
        lines += [f"Стоит посмотреть: {len(report.doubtful)}.", *_listed(report.doubtful)]
    if report.skipped:
        kinds = Counter(PurePosixPath(each).suffix.lower() or "без окончания" for each in report.skipped)
        named = ", ".join(f"{kind} — {count}" for kind, count in kinds.most_common(5))
        lines.append(f"Пропущено, потому что это не документы: {len(report.skipped)} ({named}).")
    if request.output not in (None, "-"):
        lines.append(f"Записано в «{request.output}».")
    return lines


def _listed(entries: list[tuple[str, str]]) -> list[str]:
    lines = [f"  {name} — {reason}" for name, reason in entries[:_LISTED]]
    rest = len(entries) - _LISTED
    return [*lines, f"  … и ещё {rest}."] if rest > 0 else lines


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.1f} с".replace(".", ",")
    return f"{int(seconds // 60)} мин {int(seconds % 60)} с"


class _Progress:
    """A bar on stderr with counts, rate and time left; nothing where stderr is no terminal."""

    def __init__(self) -> None:
        self._bar: Bar | None = None
        self._task: Any = None

    def __enter__(self) -> _Progress:
        if sys.stderr.isatty():
            self._bar = _bar()
            self._bar.start()
        return self

    def __exit__(self, *exception: object) -> None:
        if self._bar:
            self._bar.stop()

    def begin(self, total: int) -> None:
        if self._bar:
            self._task = self._bar.add_task("Читаю планы", total=total, rate="")

    def advance(self) -> None:
        if self._bar:
            speed = self._bar.tasks[self._task].speed
            rate = f"{speed:.1f}/с".replace(".", ",") if speed else ""
            self._bar.update(self._task, advance=1, rate=rate)


def _bar() -> Bar:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(file=sys.stderr, highlight=False, emoji=False)
    ascii_only = console.options.ascii_only
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=None if not ascii_only else 20),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TextColumn("осталось"),
        TimeRemainingColumn(),
        console=console,
        transient=True,
    )
