"""`extract` and `extract show`: one plan becomes a record or a page on the screen; many go to `cli_batch`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor import cli_batch
from extractor.console import colours_work, say, terminal_width, write_bytes
from extractor.errors import NotAFile, UsageProblem

if TYPE_CHECKING:
    from extractor.model.plan import Plan, Plans
    from extractor.output import CsvDialect


def extract(
    files: tuple[str, ...],
    output: str | None,
    csv_dialect: CsvDialect | None,
    encoding: str | None,
    password: str | None,
    verify: bool,
    explain: bool,
    **many: Any,
) -> None:
    """Разбирает планы методических объединений: один — в запись plan.json, папку — в книгу Excel.

    Без -o запись выводится на экран. Всё делается на этом компьютере, в сеть ничего не передаётся.
    Папка, несколько файлов, образец (*.docx), архив ZIP, адрес s3://… или «-» (список имён со стандартного
    ввода) читаются подряд: extract ПАПКА -o район.xlsx.
    """
    if any(many.values()) or (files and cli_batch.is_batch(files, output)):
        if explain:
            raise UsageProblem("Параметр --explain показывает один план: укажите один файл.")
        if password is not None or verify:
            name = "--verify сверяет" if verify else "--password открывает"
            raise UsageProblem(f"Параметр {name} один план: укажите один файл.")
        _check_dialect(output, csv_dialect, tables=many["tables"])
        cli_batch.run_batch(files, output, dialect=csv_dialect or "excel", encoding=encoding, **many)
        return
    file = take_one_file(files)
    if explain and output == "-":
        raise UsageProblem("Объяснение и запись вместе на экран не выводятся: укажите после -o имя файла.")
    if explain and verify and output is None:
        raise UsageProblem(
            "Параметр --verify вместе с --explain пишет только в файл: укажите после -o его имя."
        )
    target = Path(output) if output not in (None, "-") else None
    _check_output(file, target, csv_dialect)
    if explain:
        from extractor.output.overview import explanation
        from extractor.worker import explain_isolated

        for line in explain_isolated(file, encoding=encoding, password=password):
            print(explanation(line))
    if explain and output is None:
        return
    from extractor.worker import EXTRACT, extract_isolated, run_isolated

    options: dict[str, Any] = {"encoding": encoding, "password": password, "verify": verify}
    if target is None:
        write_bytes(run_isolated(EXTRACT, file, options))
        return
    from extractor.output import write_plan

    record = extract_isolated(file, **options)
    write_plan(record, target, csv_dialect=csv_dialect or "excel")
    say(_done(record, target))


def _check_output(file: Path, target: Path | None, csv_dialect: str | None) -> None:
    """Raises before any work is done where its result could not be written."""
    _check_dialect(None if target is None else str(target), csv_dialect)
    if target is None:
        return
    from extractor.output import writer_for
    from extractor.output.atomic import check_target

    check_target(target)
    writer_for(target)
    if _same_file(target, file):
        raise UsageProblem(f"«{file}» — сам план: укажите после -o другое имя, чтобы не затереть его.")


def _check_dialect(output: str | None, csv_dialect: str | None, *, tables: bool = False) -> None:
    if csv_dialect is not None and not tables and not str(output).lower().endswith(".csv"):
        raise UsageProblem("Параметр --csv-dialect нужен только вместе с -o таблица.csv.")


def _same_file(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:  # one of them is not there
        return False


def _done(record: Plan | Plans, target: Path) -> str:
    from extractor.model.plan import Plans

    plans = record.plans if isinstance(record, Plans) else (record,)
    counts = {
        "планов": len(plans) if len(plans) > 1 else 0,
        "заседаний": sum(len(plan.meetings) for plan in plans),
        "вопросов": sum(len(meeting.agenda) for plan in plans for meeting in plan.meetings),
        "мероприятий": sum(len(plan.activities) for plan in plans),
        "замечаний": sum(len(plan.diagnostics) for plan in plans),
    }
    found = ", ".join(f"{word} {count}" for word, count in counts.items() if count)
    return f"Записано в «{target}»: {found or 'ни заседаний, ни мероприятий не нашлось'}."


def show(file: Path, encoding: str | None, password: str | None, verify: bool) -> None:
    """Показывает план по-русски: заседания с повесткой, мероприятия, замечания.

    ФАЙЛ — план (DOCX, текст) или готовая запись plan.json.
    """
    from extractor.output.overview import overview

    terminal = sys.stdout.isatty()
    width = terminal_width() if terminal else 100
    colours = terminal and "NO_COLOR" not in os.environ and colours_work()
    print(overview(_record(file, encoding, password, verify), width=width, colours=colours), end="")


def _record(file: Path, encoding: str | None, password: str | None, verify: bool) -> Plan | Plans:
    """The record of a document, or the one that `extract -o plan.json` wrote earlier."""
    if file.suffix.lower() == ".json" and file.is_file():
        from msgspec import DecodeError

        from extractor.output.to_json import record_from

        try:
            record = record_from(file.read_bytes())
            if verify:
                raise UsageProblem(
                    f"Параметр --verify сверяет сам документ, а «{file}» — готовая запись: укажите документ."
                )
            return record
        except OSError as error:
            raise NotAFile(f"Файл «{file}» не открывается: проверьте права на него.") from error
        except (DecodeError, UnicodeDecodeError):
            pass  # no record of ours: let the readers say what it is
    from extractor.worker import extract_isolated

    return extract_isolated(file, encoding=encoding, password=password, verify=verify)


def take_one_file(files: tuple[str, ...], *, command: str = "extract") -> Path:
    """The only file that is named. Raises UsageProblem where there are none or several."""
    if not files:
        raise UsageProblem(f"Не указан файл плана, например: {command.split()[0]} план.docx.")
    if len(files) > 1:
        raise UsageProblem(
            f"Указано несколько файлов ({', '.join(files)}), а показывается один; "
            f"если в имени есть пробелы, возьмите его в кавычки."
        )
    return Path(files[0])
