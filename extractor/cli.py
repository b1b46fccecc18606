"""Arguments → pipeline → exit code. The only place that prints: results to stdout, words to stderr."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from extractor import __version__, cli_archive
from extractor.cli_words import DefaultGroup, RussianCommand, russian_sentence
from extractor.console import (
    abandon_stdout,
    colours_work,
    one_line,
    prepare_console,
    terminal_width,
    write_bytes,
)
from extractor.errors import ExtractorError, NotAFile, OutputProblem, UsageProblem

if TYPE_CHECKING:
    from extractor.model.plan import Plan, Plans
    from extractor.output import CsvDialect

INTERNAL_ERROR = 70
INTERRUPTED = 130
_EPILOG = "Файл, который называется как команда, пишется с точкой: ./show."


def main(argv: Sequence[str] | None = None) -> int:
    """The exit code of `extract ARGV`. Whatever happens is one Russian sentence, never a traceback.

    `--debug` or EXTRACT_DEBUG=1 adds the traceback.
    """
    prepare_console()
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        abandon_stdout()
        return 0
    except Exception as error:
        return _report(error, debug="--debug" in arguments or bool(os.environ.get("EXTRACT_DEBUG")))


def _run(arguments: list[str]) -> int:
    try:
        with commands.make_context("extract", arguments or ["--help"], max_content_width=100) as context:
            commands.invoke(context)
    except click.exceptions.Exit as done:
        return done.exit_code
    finally:
        sys.stdout.flush()
    return 0


def _report(error: Exception, *, debug: bool) -> int:
    sentence, code = _sentence(error)
    if debug:
        import traceback

        traceback.print_exception(error)
    print(one_line(sentence), file=sys.stderr)
    return code


def _sentence(error: Exception) -> tuple[str, int]:
    if isinstance(error, ExtractorError):
        return str(error), error.exit_code
    if isinstance(error, click.ClickException):
        return russian_sentence(error), UsageProblem.exit_code
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        abandon_stdout()
        return "На диске не хватило места: освободите место и повторите.", OutputProblem.exit_code
    if isinstance(error, MemoryError):
        return "Не хватило памяти: закройте другие программы и повторите.", INTERNAL_ERROR
    return (
        f"Внутренняя ошибка программы ({type(error).__name__}): сообщите о ней разработчикам и приложите "
        f"подробности, которые покажет параметр --debug.",
        INTERNAL_ERROR,
    )


# --- what may be asked --------------------------------------------------------------------------


def _one_file(context: click.Context, parameter: click.Parameter, files: tuple[str, ...]) -> Path:
    return _one_file_of(files, command=" ".join(context.command_path.split()[:2]))


def _one_file_of(files: tuple[str, ...], *, command: str = "extract") -> Path:
    if not files:
        raise UsageProblem(f"Не указан файл плана, например: {command.split()[0]} план.docx.")
    if len(files) > 1:
        raise UsageProblem(
            f"Указано несколько файлов ({', '.join(files)}), а показывается один; "
            f"если в имени есть пробелы, возьмите его в кавычки."
        )
    return Path(files[0])


def _known_encoding(context: click.Context, parameter: click.Parameter, name: str | None) -> str | None:
    if name is None:
        return None
    try:
        b"a".decode(name, "replace")
    except (LookupError, ValueError):
        raise UsageProblem(
            f"Кодировка «{name}» не известна: бывают utf-8, utf-16, cp1251, koi8-r, cp866, mac-cyrillic."
        ) from None
    return name


def _say_version(context: click.Context, parameter: click.Parameter, wanted: bool) -> None:
    if wanted:
        print(f"extract {__version__}")
        context.exit()


_file = click.Argument(["file"], nargs=-1, metavar="ФАЙЛ", callback=_one_file)
_files = click.Argument(["files"], nargs=-1, metavar="ФАЙЛ…")
_encoding = click.Option(
    ["--encoding"],
    metavar="КОДИРОВКА",
    callback=_known_encoding,
    help="Кодировка текстового файла; без параметра определяется сама.",
)
_password = click.Option(
    ["--password"],
    metavar="ПАРОЛЬ",
    help="Пароль, которым закрыт PDF или документ Word; нигде не сохраняется.",
)
_verify = click.Option(
    ["--verify"],
    is_flag=True,
    help="Прочитать DOCX или PDF ещё раз другой программой и добавить в замечания, где слова расходятся.",
)
_debug = click.Option(["--debug"], is_flag=True, expose_value=False, help="При ошибке показать подробности.")


def _version() -> click.Option:
    return click.Option(
        ["--version"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_say_version,
        help="Показать версию программы.",
    )


# --- what is done -------------------------------------------------------------------------------


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
    from extractor import cli_batch

    if any(many.values()) or (files and cli_batch.is_batch(files, output)):
        if explain:
            raise UsageProblem("Параметр --explain показывает один план: укажите один файл.")
        if password is not None or verify:
            name = "--verify сверяет" if verify else "--password открывает"
            raise UsageProblem(f"Параметр {name} один план: укажите один файл.")
        _check_dialect(output, csv_dialect, tables=many["tables"])
        cli_batch.run_batch(files, output, dialect=csv_dialect or "excel", encoding=encoding, **many)
        return
    file = _one_file_of(files)
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
    print(_done(record, target), file=sys.stderr)


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
    return one_line(f"Записано в «{target}»: {found or 'ни заседаний, ни мероприятий не нашлось'}.")


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


def schema() -> None:
    """Выводит JSON Schema записи plan.json."""
    from extractor.output.schema import schema_bytes

    write_bytes(schema_bytes())


def _command(name: str, action: Any, *parameters: click.Parameter) -> RussianCommand:
    return RussianCommand(
        name, callback=action, help=action.__doc__, params=[*parameters], options_metavar="[ПАРАМЕТРЫ]"
    )


_extract = _command(
    "<план>",  # no file is called so, and nobody types it
    extract,
    _files,
    click.Option(
        ["-o", "--output"],
        metavar="ИМЯ",
        help="Куда записать: .json — вся запись, .xlsx — книга Excel, .csv — таблица, .docx — отчёт, "
        ".ics — календарь, .parquet; папка/ — по записи на план; «-» — на экран.",
    ),
    click.Option(["--jsonl"], is_flag=True, help="По одной записи в строке: на экран или в файл после -o."),
    click.Option(
        ["--tables"], is_flag=True, help="В папку после -o: все таблицы CSV с описанием datapackage.json."
    ),
    click.Option(["--parquet"], is_flag=True, help="Вместе с --tables: те же таблицы и в Parquet."),
    click.Option(
        ["--jobs"],
        type=click.IntRange(1, 256),
        metavar="ЧИСЛО",
        help="Сколько файлов читать сразу; без параметра — по числу процессоров.",
    ),
    click.Option(["--dask"], metavar="АДРЕС", help="Читать на кластере Dask; local — запустить его здесь."),
    click.Option(
        ["--csv-dialect"],
        type=click.Choice(["excel", "machine"]),
        metavar="ВИД",
        help="Вид таблицы .csv: excel (сам по себе) — для русского Excel; machine — для программ.",
    ),
    _encoding,
    _password,
    _verify,
    click.Option(["--explain"], is_flag=True, help="Показать каждую строку и правило, которое её взяло."),
    _debug,
    _version(),
)
_extract.hidden = True
commands = DefaultGroup(
    "extract",
    commands=[
        _extract,
        _command("show", show, _file, _encoding, _password, _verify, _debug),
        _command("schema", schema, _debug),
        *cli_archive.commands(_debug, _encoding),
    ],
    params=[_debug, _version()],
    epilog=_EPILOG,
)
commands.default = _extract
