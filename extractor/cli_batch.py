"""Many files on the command line: when they are meant, and the closing words."""

from __future__ import annotations

import glob
from collections import Counter
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from extractor.cli_progress import ProgressBar
from extractor.console import say
from extractor.errors import SomeFailed, UsageProblem

if TYPE_CHECKING:
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
    with ProgressBar() as progress:
        report = batch.run_batch(request, progress)
    for line in closing_words(report, request):
        say(line)
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
        lines += [f"Не прочитано: {len(report.failed)}.", *list_reasons(report.failed)]
    if report.doubtful:
        lines += [f"Стоит посмотреть: {len(report.doubtful)}.", *list_reasons(report.doubtful)]
    if report.skipped:
        kinds = Counter(PurePosixPath(each).suffix.lower() or "без окончания" for each in report.skipped)
        named = ", ".join(f"{kind} — {count}" for kind, count in kinds.most_common(5))
        lines.append(f"Пропущено, потому что это не документы: {len(report.skipped)} ({named}).")
    if request.output not in (None, "-"):
        lines.append(f"Записано в «{request.output}».")
    return lines


def list_reasons(entries: Sequence[tuple[str, str]]) -> list[str]:
    """«  план.doc — закрыт паролем» for each file of the first twenty, then how many more there are."""
    lines = [f"  {name} — {reason}" for name, reason in entries[:_LISTED]]
    rest = len(entries) - _LISTED
    return [*lines, f"  … и ещё {rest}."] if rest > 0 else lines


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.1f} с".replace(".", ",")
    return f"{int(seconds // 60)} мин {int(seconds % 60)} с"
