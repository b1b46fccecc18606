"""The archive on the command line: arguments → `extractor.archive` → Russian lines."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from extractor.cli_words import RussianCommand
from extractor.console import colours_work, one_line, write_bytes
from extractor.errors import DamagedFile, SomeFailed, UsageProblem

if TYPE_CHECKING:
    from extractor.archive import Archive
    from extractor.archive.adding import Outcome
    from extractor.archive.differences import Change
    from extractor.archive.registry import Entity, Open, Registry
    from extractor.archive.search import Hit

_LISTED = 20  # names in the closing words; the rest is counted
_STATES = {"replaced": " [заменённая редакция]", "gone": " [больше не отдельный план]"}


# --- extract archive ----------------------------------------------------------------------------


def archive(inputs: tuple[str, ...], db: str | None, originals: str | None, check: bool, **choices: Any) -> None:
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
    with _Bar(len(files.entries)) as bar:
        outcome = add_files(opened, files.entries, manner, seen=bar)
    outcome.failed += [(name, str(error)) for name, error in files.problems]
    for line in _closing_words(outcome, opened):
        _say(line)
    return len(outcome.failed)


def _closing_words(outcome: Outcome, opened: Archive) -> list[str]:
    plans = opened.value("SELECT count(*) FROM versions WHERE state = 'current'")
    lines = [
        f"Добавлено планов: {len(outcome.added)}; уже были в архиве: {outcome.unchanged}; "
        f"всего действующих планов в «{opened.path}»: {plans}."
    ]
    newer = [
        (file, f"редакция {each.version}, рядом с «{each.replaces}»") for file, each in outcome.added if each.replaces
    ]
    alike = [
        (file, _likeness(each.alike, each.share, each.only_digits)) for file, each in outcome.added if each.alike
    ]
    for title, entries in (
        ("Новые редакции известных планов", newer),
        ("Почти повторяют другой план", alike),
        ("Не прочитано", outcome.failed),
    ):
        if entries:
            lines += [f"{title}: {len(entries)}.", *_listed(sorted(entries))]
    if outcome.skipped:
        lines.append(f"Пропущено, потому что это не документы: {len(outcome.skipped)}.")
    return lines


def _likeness(other: str, share: float, only_digits: bool) -> str:
    if only_digits:
        return f"тот же текст, что в «{other}», изменены только числа (год, даты)"
    return f"похож на «{other}» на {share:.0%}".replace("%", " %")


def _listed(entries: Sequence[tuple[str, str]]) -> list[str]:
    lines = [f"  {name} — {told}" for name, told in entries[:_LISTED]]
    rest = len(entries) - _LISTED
    return [*lines, f"  … и ещё {rest}."] if rest > 0 else lines


def _check(opened: Archive) -> None:
    from extractor.archive.checking import check_archive, unfinished_runs

    problems = check_archive(opened)
    for problem in problems[:200]:
        _say(problem)
    if broken := unfinished_runs(opened):
        _say(f"Прерванных прогонов: {broken}; всё, что они закончили, на месте.")
    if problems:
        raise DamagedFile(
            f"Проверка архива «{opened.path}» нашла ошибок: {len(problems)}; возьмите копию или соберите его заново."
        )
    print(f"Архив «{opened.path}» в порядке: ключи, контрольные суммы и таблицы сошлись.")


# --- extract search -----------------------------------------------------------------------------


def search(db: Path, words: str, year: str | None, school: str | None, territory: str | None, **choices: Any) -> None:
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
        _say("Ничего не нашлось: в одной строке должны стоять все слова; попробуйте меньше слов или без условий.")
    elif rest > 0:
        _say(f"Показано {len(answers.hits)} из {answers.total}; остальные — с параметром --limit {answers.total}.")


def _told(hit: Hit, *, colours: bool) -> str:
    year = f", {hit.year}" if hit.year else ""
    line, end = "", 0
    for start, stop in hit.marks if colours else ():
        line += hit.around[end:start] + "\x1b[1m" + one_line(hit.around[start:stop]) + "\x1b[0m"
        end = stop
    line += one_line(hit.around[end:])
    return f"{one_line(hit.file)}, {hit.place}{year}{_STATES.get(hit.state, '')}:\n    {line}"


# --- extract registry ---------------------------------------------------------------------------


def registry(db: Path, same: tuple[str, ...], apart: tuple[str, ...], undo: bool, **choices: Any) -> None:
    """Школы и люди всех планов и лет одним списком, со всеми написаниями; что, может быть, стоит объединить.

    Решения помнит архив и файл «….registry.toml» рядом с ним, который можно править.
    """
    from extractor.archive import open_archive
    from extractor.archive import registry as registries
    from extractor.archive.decisions import Decision, decide, take_from_file
    from extractor.archive.decisions import undo as undo_last

    with open_archive(db) as opened:
        take_from_file(opened)
        if undo:
            gone = undo_last(opened)
            _say(f"Отменено решение: {', '.join(gone.ids)}." if gone else "Отменять нечего: решений нет.")
        if same or apart:
            known = {each.id: each for each in registries.make_registry(opened).open}
            chosen = [(each, True) for each in same] + [(each, False) for each in apart]
            decide(
                opened,
                [Decision(o.kind, yes, o.ids, None, o.why) for id_, yes in chosen for o in [_proposal(known, id_)]],
            )
        found = registries.renewed_registry(opened)
        for problem in found.problems:
            _say(problem)
        if choices["json"]:
            _write_json(found)
        else:
            _show_registry(found, opened)


def _proposal(known: dict[str, Open], id_: str) -> Open:
    if id_ not in known:
        raise UsageProblem(f"Предложения «{id_}» нет: список предложений покажет extract registry без параметров.")
    return known[id_]


def _show_registry(found: Registry, opened: Archive) -> None:
    from extractor.archive.decisions import decisions, file_of

    for title, entities in (("Школы", found.schools), ("Люди", found.people)):
        print(f"{title} ({len(entities)})")
        for entity in entities:
            print(f"  {one_line(_entity(entity))}")
    if found.open:
        print(f"Предложения ({len(found.open)})")
        for each in found.open:
            print(f"  {each.id}: {one_line(_proposed(each.one))}  =  {one_line(_proposed(each.other))}? {each.why}")
        _say("Решить: extract registry АРХИВ --same НОМЕР (одно и то же) или --apart НОМЕР (разные).")
    if file_of(opened).is_file():
        _say(f"Решений: {len(decisions(opened))}; их и предложения можно править в «{file_of(opened)}».")


def _entity(entity: Entity) -> str:
    other = [each for each in entity.spellings if each != entity.name]
    parts = [entity.school_name, entity.territory, ", ".join(entity.years)]
    about = "; ".join(each for each in parts if each)
    return f"{entity.name}{f' ({about})' if about else ''}{' = ' + ' = '.join(other) if other else ''}"


def _proposed(entity: Entity) -> str:
    about = entity.school_name or entity.territory
    return f"{entity.name} ({about})" if about else entity.name


def _write_json(found: Registry) -> None:
    import msgspec

    document = {
        "schools": [each._asdict() for each in found.schools],
        "people": [each._asdict() for each in found.people],
        "proposals": [
            {"id": o.id, "kind": o.kind, "ids": o.ids, "why": o.why, "names": [o.one.name, o.other.name]}
            for o in found.open
        ],
    }
    write_bytes(msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n")


# --- extract refresh, report, datasette ---------------------------------------------------------


def refresh(db: Path, accept: bool, jobs: int | None) -> None:
    """Читает все оригиналы заново этой версией программы и показывает, что изменилось.

    Без --accept в архиве ничего не меняется. Прежние записи остаются в таблице readings.
    """
    from extractor.archive import open_archive
    from extractor.archive import refresh as refreshing
    from extractor.batch.running import default_jobs

    with open_archive(db) as opened, _Bar(refreshing.count_originals(opened)) as bar:
        found = refreshing.refresh(opened, jobs=jobs or default_jobs(), accept=accept, seen=bar)
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
        _say(f"Оригиналов не нашлось: {len(found.missing)}; чтобы они хранились, добавляйте планы с --originals.")
        for line in _listed([(each, "файл переехал или изменён") for each in sorted(found.missing)]):
            _say(line)
    if found.failed:
        for line in _listed(sorted(found.failed)):
            _say(line)
        raise SomeFailed(f"Работа закончена, но не прочитано файлов: {len(found.failed)}; причины названы выше.")


def _changed(change: Change) -> str:
    if change.before is None:
        return f"{change.where}: появилось «{change.after}»"
    if change.after is None:
        return f"{change.where}: исчезло «{change.before}»"
    return f"{change.where}: «{change.before}» → «{change.after}»"


def report(db: Path, output: str | None, year: str | None, territory: str | None, school: str | None) -> None:
    """Записывает книгу Excel, отчёт Word или календарь по планам архива, с решениями реестра."""
    from extractor.archive import open_archive
    from extractor.archive.report import Selection, write_report

    if output is None:
        raise UsageProblem("Не указано, куда записать, например: -o район.xlsx.")
    with open_archive(db) as opened:
        plans = write_report(opened, Path(output), Selection(year, territory, school))
    _say(f"Записано в «{output}»: планов {plans}.")


def datasette(db: Path, output: str | None) -> None:
    """Записывает описание архива для Datasette: названия, пояснения, отбор по годам, школам и людям, поиск."""
    from extractor.archive import open_archive
    from extractor.archive.datasette import metadata_bytes, metadata_path
    from extractor.output.atomic import write_atomically

    with open_archive(db) as opened:
        target = Path(output) if output else metadata_path(opened)
        write_atomically(target, metadata_bytes(opened))
    _say(f"Записано в «{target}». Посмотреть: datasette {db} --metadata {target}")


def _say(sentence: str) -> None:
    print(one_line(sentence), file=sys.stderr)


class _Bar:
    """A progress bar on stderr; nothing where stderr is no terminal."""

    def __init__(self, total: int) -> None:
        from extractor.cli_batch import _Progress

        self._progress, self._total = _Progress(), total

    def __enter__(self) -> _Bar:
        self._progress.__enter__()
        self._progress.begin(self._total)
        return self

    def __exit__(self, *exception: object) -> None:
        self._progress.__exit__(*exception)

    def __call__(self) -> None:
        self._progress.advance()


# --- the commands -------------------------------------------------------------------------------


def _database(context: click.Context, parameter: click.Parameter, value: str | None) -> Path:
    if value is None:
        raise UsageProblem(f"Не указан архив, например: {context.command_path} plans.sqlite.")
    return Path(value)


def _db() -> click.Argument:
    return click.Argument(["db"], required=False, metavar="АРХИВ", callback=_database)


def _words(context: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> str:
    return " ".join(value)


def _option(*names: str, metavar: str | None = None, text: str, **more: Any) -> click.Option:
    return click.Option([*names], metavar=metavar, help=text, **more)


def _jobs() -> click.Option:
    return _option(
        "--jobs", metavar="ЧИСЛО", text="Сколько файлов читать сразу.", type=click.IntRange(1, 256), default=None
    )


def _selection() -> list[click.Option]:
    return [
        _option("--year", metavar="ГОД", text="Учебный год, который начался в этом году (2017), или 2017-2018."),
        _option("--territory", metavar="ТЕРРИТОРИЯ", text="Например «Кировский район», в любом падеже."),
        _option("--school", metavar="ШКОЛА", text="Например «школа № 183», номер или название."),
    ]


def commands(debug: click.Parameter, encoding: click.Parameter) -> list[click.Command]:
    """The subcommands of the archive; `debug` and `encoding` are the parameters that all commands share."""
    flag: dict[str, Any] = {"is_flag": True}

    def command(name: str, action: Callable[..., None], *parameters: click.Parameter) -> RussianCommand:
        return RussianCommand(
            name,
            callback=action,
            help=action.__doc__,
            params=[*parameters, debug],
            options_metavar="[ПАРАМЕТРЫ]",
        )

    return [
        command(
            "archive",
            archive,
            click.Argument(["inputs"], nargs=-1, metavar="ПАПКА…"),
            _option("--db", metavar="АРХИВ", text="Файл архива, например plans.sqlite; нет — будет создан."),
            _option("--originals", metavar="ПАПКА", text="Хранить здесь копии самих файлов, по контрольной сумме."),
            _option("--check", text="Проверить архив: ключи, контрольные суммы, таблицы.", **flag),
            _jobs(),
            encoding,
        ),
        command(
            "search",
            search,
            _db(),
            click.Argument(["words"], nargs=-1, metavar="СЛОВА…", callback=_words),
            *_selection(),
            _option("--limit", metavar="ЧИСЛО", text="Сколько строк показать.", type=click.IntRange(1), default=20),
            _option("--all-versions", text="Искать и в заменённых редакциях.", **flag),
            _option("--json", text="Строки JSON для программ.", **flag),
        ),
        command(
            "registry",
            registry,
            _db(),
            _option("--same", metavar="НОМЕР", text="Принять предложение: это одно и то же.", multiple=True),
            _option("--apart", metavar="НОМЕР", text="Отклонить предложение: это разные.", multiple=True),
            _option("--undo", text="Отменить последнее решение.", **flag),
            _option("--json", text="Весь реестр в JSON.", **flag),
        ),
        command(
            "refresh",
            refresh,
            _db(),
            _option("--accept", text="Принять то, что изменилось.", **flag),
            _jobs(),
        ),
        command(
            "report",
            report,
            _db(),
            _option("-o", "--output", metavar="ИМЯ", text=".xlsx — книга, .docx — отчёт, .ics — календарь."),
            *_selection(),
        ),
        command(
            "datasette",
            datasette,
            _db(),
            _option("-o", "--output", metavar="ИМЯ", text="Куда записать; без параметра — рядом с архивом."),
        ),
    ]
