"""`extract archive` and `extract refresh`: documents → archive, read for the first time or anew."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from extractor.cli_archive.parameters import database, jobs_option, option
from extractor.cli_batch import list_reasons
from extractor.cli_progress import ProgressBar
from extractor.cli_words import make_command
from extractor.console import one_line, say
from extractor.errors import DamagedFile, SomeFailed, UsageProblem

if TYPE_CHECKING:
    from extractor.archive import Archive
    from extractor.archive.adding import Outcome
    from extractor.archive.differences import Change


def commands(debug: click.Parameter, encoding: click.Parameter) -> list[click.Command]:
    """The commands that fill the archive; `debug` and `encoding` are the parameters that all commands share."""
    return [
        make_command(
            "archive",
            archive,
            click.Argument(["inputs"], nargs=-1, metavar="ПАПКА…"),
            option("--db", metavar="АРХИВ", text="Файл архива, например plans.sqlite; нет — будет создан."),
            option(
                "--originals", metavar="ПАПКА", text="Хранить здесь копии самих файлов, по контрольной сумме."
            ),
            option("--check", text="Проверить архив: ключи, контрольные суммы, таблицы.", is_flag=True),
            jobs_option(),
            encoding,
            debug,
        ),
        make_command(
            "refresh",
            refresh,
            database(),
            option("--accept", text="Принять то, что изменилось.", is_flag=True),
            jobs_option(),
            debug,
        ),
    ]


def archive(
    inputs: tuple[str, ...], db: str | None, originals: str | None, check: bool, **choices: Any
) -> None:
    """Складывает планы в один файл SQLite: записи, таблицы, текст. Повторно добавленное ничего не меняет.

    Прерванная работа ничего не портит: всё, что было готово, остаётся в архиве; запустите ещё раз.
    """
    from extractor.archive import open_archive

    if db is None:
        raise UsageProblem("Не указан архив: напишите --db plans.sqlite.")
    if not inputs and not check:
        raise UsageProblem("Не указано, что добавить, например: extract archive ПАПКА --db plans.sqlite.")
    failed = 0
    with open_archive(Path(db), create=bool(inputs)) as opened:
        if inputs:
            failed = _add(opened, inputs, originals, **choices)
        if check:
            _check(opened)
    if failed:
        raise SomeFailed(f"Работа закончена, но не прочитано файлов: {failed}; причины названы выше.")


def _add(
    opened: Archive, inputs: Sequence[str], originals: str | None, *, jobs: int | None, encoding: str | None
) -> int:
    from extractor.archive.adding import Manner, add_files
    from extractor.batch.inputs import DOCUMENTS, check_any, list_files
    from extractor.batch.running import default_jobs

    kept = Path(originals) if originals else None
    files = list_files(inputs, without=kept)
    check_any(files, inputs)
    manner = Manner(originals=kept, jobs=jobs or default_jobs(), encoding=encoding, documents=DOCUMENTS)
    with ProgressBar(len(files.entries)) as bar:
        outcome = add_files(opened, files.entries, manner, seen=bar.advance)
    outcome.failed += [(name, str(error)) for name, error in files.problems]
    for line in _closing_words(outcome, opened):
        say(line)
    return len(outcome.failed)


def _closing_words(outcome: Outcome, opened: Archive) -> list[str]:
    plans = opened.value("SELECT count(*) FROM versions WHERE state = 'current'")
    lines = [
        f"Добавлено планов: {len(outcome.added)}; уже были в архиве: {outcome.unchanged}; "
        f"всего действующих планов в «{opened.path}»: {plans}."
    ]
    newer = [
        (file, f"редакция {each.version}, рядом с «{each.replaces}»")
        for file, each in outcome.added
        if each.replaces
    ]
    alike = [
        (file, _likeness(each.alike, each.share, each.only_digits))
        for file, each in outcome.added
        if each.alike
    ]
    for title, entries in (
        ("Новые редакции известных планов", newer),
        ("Почти повторяют другой план", alike),
        ("Не прочитано", outcome.failed),
    ):
        if entries:
            lines += [f"{title}: {len(entries)}.", *list_reasons(sorted(entries))]
    if outcome.skipped:
        lines.append(f"Пропущено, потому что это не документы: {len(outcome.skipped)}.")
    return lines


def _likeness(other: str, share: float, only_digits: bool) -> str:
    if only_digits:
        return f"тот же текст, что в «{other}», изменены только числа (год, даты)"
    return f"похож на «{other}» на {share:.0%}".replace("%", " %")


def _check(opened: Archive) -> None:
    from extractor.archive.checking import check_archive, unfinished_runs

    problems = check_archive(opened)
    for problem in problems[:200]:
        say(problem)
    if broken := unfinished_runs(opened):
        say(f"Прерванных прогонов: {broken}; всё, что они закончили, на месте.")
    if problems:
        raise DamagedFile(
            f"Проверка архива «{opened.path}» нашла ошибок: {len(problems)}; возьмите копию или соберите его заново."
        )
    print(f"Архив «{opened.path}» в порядке: ключи, контрольные суммы и таблицы сошлись.")


def refresh(db: Path, accept: bool, jobs: int | None) -> None:
    """Читает все оригиналы заново этой версией программы и показывает, что изменилось.

    Без --accept в архиве ничего не меняется. Прежние записи остаются в таблице readings.
    """
    from extractor.archive import open_archive
    from extractor.archive import refresh as refreshing
    from extractor.batch.again import bytes_at
    from extractor.batch.running import default_jobs

    with open_archive(db) as opened, ProgressBar(refreshing.count_originals(opened)) as bar:
        found = refreshing.refresh(
            opened, jobs=jobs or default_jobs(), accept=accept, fetch=bytes_at, seen=bar.advance
        )
    for changed in found.changed:
        print(one_line(changed.file))
        for change in changed.changes:
            print(f"    {one_line(_changed(change))}")
        if not changed.changes:
            print("    места в тексте и порядок разбора")
    state = "принято" if accept else "не принято; принять: --accept"
    told = f"; планов изменилось: {len(found.changed)} ({state})" if found.changed else ""
    print(f"Прочитано оригиналов: {found.files - len(found.missing)}; без изменений: {found.same}{told}.")
    if found.missing:
        say(
            f"Оригиналов не нашлось: {len(found.missing)}; чтобы они хранились, добавляйте планы с --originals."
        )
        for line in list_reasons(sorted(found.missing)):
            say(line)
    if found.failed:
        for line in list_reasons(sorted(found.failed)):
            say(line)
        raise SomeFailed(
            f"Работа закончена, но не прочитано файлов: {len(found.failed)}; причины названы выше."
        )


def _changed(change: Change) -> str:
    if change.before is None:
        return f"{change.where}: появилось «{change.after}»"
    if change.after is None:
        return f"{change.where}: исчезло «{change.before}»"
    return f"{change.where}: «{change.before}» → «{change.after}»"
