"""How far the work on many files is: a bar on the terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.progress import Progress as Bar


class ProgressBar:
    """A bar on stderr with counts, rate and time left; nothing where stderr is no terminal.

    It begins at once where the `total` is known, else with `begin`.
    """

    def __init__(self, total: int | None = None) -> None:
        self._total = total
        self._bar: Bar | None = None
        self._task: Any = None

    def __enter__(self) -> ProgressBar:
        if sys.stderr.isatty():
            self._bar = _bar()
            self._bar.start()
        if self._total is not None:
            self.begin(self._total)
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
