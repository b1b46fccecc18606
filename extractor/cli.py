"""Arguments → command → exit code. Only the `cli` modules print: results to stdout, words to stderr."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from extractor import __version__, cli_archive
from extractor.cli_plan import extract, show, take_one_file
from extractor.cli_words import DefaultGroup, make_command, russian_sentence
from extractor.console import abandon_stdout, prepare_console, say, write_bytes
from extractor.errors import ExtractorError, OutputProblem, UsageProblem

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
    say(sentence)
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
    return take_one_file(files, command=" ".join(context.command_path.split()[:2]))


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


# --- the commands -------------------------------------------------------------------------------


def schema() -> None:
    """Выводит JSON Schema записи plan.json."""
    from extractor.output.schema import schema_bytes

    write_bytes(schema_bytes())


_extract = make_command(
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
        make_command("show", show, _file, _encoding, _password, _verify, _debug),
        make_command("schema", schema, _debug),
        *cli_archive.commands(_debug, _encoding),
    ],
    params=[_debug, _version()],
    epilog=_EPILOG,
)
commands.default = _extract
