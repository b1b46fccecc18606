"""What may be asked of several commands of the archive."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from extractor.errors import UsageProblem


def database() -> click.Argument:
    """The archive that is there already. Raises UsageProblem where none is named."""
    return click.Argument(["db"], required=False, metavar="АРХИВ", callback=_database)


def _database(context: click.Context, parameter: click.Parameter, value: str | None) -> Path:
    if value is None:
        raise UsageProblem(f"Не указан архив, например: {context.command_path} plans.sqlite.")
    return Path(value)


def option(*names: str, metavar: str | None = None, text: str, **more: Any) -> click.Option:
    """An option with `text` as its help; `more` is for click."""
    return click.Option([*names], metavar=metavar, help=text, **more)


def jobs_option() -> click.Option:
    """How many files are read at once; None where nothing is said."""
    return option(
        "--jobs",
        metavar="ЧИСЛО",
        text="Сколько файлов читать сразу.",
        type=click.IntRange(1, 256),
        default=None,
    )


def selection() -> list[click.Option]:
    """Which plans of the archive are meant: year, territory, school."""
    return [
        option(
            "--year", metavar="ГОД", text="Учебный год, который начался в этом году (2017), или 2017-2018."
        ),
        option("--territory", metavar="ТЕРРИТОРИЯ", text="Например «Кировский район», в любом падеже."),
        option("--school", metavar="ШКОЛА", text="Например «школа № 183», номер или название."),
    ]
