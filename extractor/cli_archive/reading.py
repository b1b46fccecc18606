"""`extract search`, `report` and `datasette`: archive → lines, books, a description for Datasette."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from extractor.cli_archive.parameters import database, option, selection
from extractor.cli_words import make_command
from extractor.console import colours_work, one_line, say, write_bytes
from extractor.errors import UsageProblem

if TYPE_CHECKING:
    from extractor.archive.search import Hit

_STATES = {"replaced": " [заменённая редакция]", "gone": " [больше не отдельный план]"}


def commands(debug: click.Parameter) -> list[click.Command]:
    """The commands that read the archive and change nothing in it; `debug` is what all commands share."""
    return [
        make_command(
            "search",
            search,
            database(),
            click.Argument(["words"], nargs=-1, metavar="СЛОВА…", callback=_words),
            *selection(),
            option(
                "--limit", metavar="ЧИСЛО", text="Сколько строк показать.", type=click.IntRange(1), default=20
            ),
            option("--all-versions", text="Искать и в заменённых редакциях.", is_flag=True),
            option("--json", text="Строки JSON для программ.", is_flag=True),
            debug,
        ),
        make_command(
            "report",
            report,
            database(),
            option("-o", "--output", metavar="ИМЯ", text=".xlsx — книга, .docx — отчёт, .ics — календарь."),
            *selection(),
            debug,
        ),
        make_command(
            "datasette",
            datasette,
            database(),
            option("-o", "--output", metavar="ИМЯ", text="Куда записать; без параметра — рядом с архивом."),
            debug,
        ),
    ]


def _words(context: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> str:
    return " ".join(value)


def search(
    db: Path, words: str, year: str | None, school: str | None, territory: str | None, **choices: Any
) -> None:
    """Ищет слова в любом падеже по всем планам архива: файл, место, строка.

    «слово*» — всё, что так начинается; слова в кавычках внутри запроса должны стоять рядом.
    """
    from extractor.archive import open_archive
    from extractor.archive.search import Question
    from extractor.archive.search import search as find

    question = Question(words, year, school, territory, choices["all_versions"], choices["limit"])
    with open_archive(db) as opened:
        answers = find(opened, question)
    if choices["json"]:
        import msgspec

        write_bytes(b"".join(msgspec.json.encode(hit._asdict()) + b"\n" for hit in answers.hits))
        return
    colours = sys.stdout.isatty() and "NO_COLOR" not in os.environ and colours_work()
    for hit in answers.hits:
        print(_told(hit, colours=colours))
    rest = answers.total - len(answers.hits)
    if not answers.total:
        say(
            "Ничего не нашлось: в одной строке должны стоять все слова; попробуйте меньше слов или без условий."
        )
    elif rest > 0:
        say(
            f"Показано {len(answers.hits)} из {answers.total}; остальные — с параметром --limit {answers.total}."
        )


def _told(hit: Hit, *, colours: bool) -> str:
    year = f", {hit.year}" if hit.year else ""
    line, end = "", 0
    for start, stop in hit.marks if colours else ():
        line += hit.around[end:start] + "\x1b[1m" + one_line(hit.around[start:stop]) + "\x1b[0m"
        end = stop
    line += one_line(hit.around[end:])
    return f"{one_line(hit.file)}, {hit.place}{year}{_STATES.get(hit.state, '')}:\n    {line}"


def report(db: Path, output: str | None, year: str | None, territory: str | None, school: str | None) -> None:
    """Записывает книгу Excel, отчёт Word или календарь по планам архива, с решениями реестра."""
    from extractor.archive import open_archive
    from extractor.archive.report import Selection, write_report

    if output is None:
        raise UsageProblem("Не указано, куда записать, например: -o район.xlsx.")
    with open_archive(db) as opened:
        plans = write_report(opened, Path(output), Selection(year, territory, school))
    say(f"Записано в «{output}»: планов {plans}.")


def datasette(db: Path, output: str | None) -> None:
    """Записывает описание архива для Datasette: названия, пояснения, отбор по годам, школам и людям, поиск."""
    from extractor.archive import open_archive
    from extractor.archive.datasette import metadata_bytes, metadata_path
    from extractor.output.atomic import write_atomically

    with open_archive(db) as opened:
        target = Path(output) if output else metadata_path(opened)
        write_atomically(target, metadata_bytes(opened))
    say(f"Записано в «{target}». Посмотреть: datasette {db} --metadata {target}")
