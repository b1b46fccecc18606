"""Many files: what the user named is read in worker processes, and the results go where he wants them.

    run_batch(Request(inputs=["Планы 2021"], output="район.xlsx"), progress) → Report

`inputs` finds the files, `running` reads them (`cluster`: on a Dask cluster), `job` says what a worker
makes of one, `sinks` put it together, `mirror` remembers what need not be read again. Results come in
the order of the names, whoever read them: the same files give the same bytes.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import msgspec

from extractor.batch.inputs import DOCUMENTS, Entry, check_any, list_files
from extractor.batch.job import Note
from extractor.batch.request import Request
from extractor.batch.running import Ended, Manner, default_jobs, local_runner, read_in_order, reason_of
from extractor.batch.sinks import Sink, check_place, open_sink
from extractor.errors import UnknownFormat


class Progress(Protocol):
    """Hears how far the work is."""

    def begin(self, total: int) -> None: ...
    def advance(self) -> None: ...


class Report(msgspec.Struct):
    """What became of all files, in words' reach: sums, and names with reasons."""

    read: int = 0
    unchanged: int = 0
    plans: int = 0
    meetings: int = 0
    items: int = 0
    activities: int = 0
    remarks: int = 0
    failed: list[tuple[str, str]] = []
    skipped: list[str] = []  # no documents
    doubtful: list[tuple[str, str]] = []
    seconds: float = 0.0

    def add(self, ended: Ended) -> None:
        if ended.note is None:
            self.failed.append((ended.entry.key, reason_of(ended.error)))
            return
        self.read += 1
        for name in ("plans", "meetings", "items", "activities", "remarks"):
            setattr(self, name, getattr(self, name) + getattr(ended.note, name))
        if reason := doubt(ended.note):
            self.doubtful.append((ended.entry.key, reason))


def doubt(note: Note) -> str | None:
    """Why a plan deserves a look: «разобрано 61 %», «ни заседаний, ни мероприятий», «замечаний 7»."""
    reasons = []
    if not note.meetings and not note.activities:
        reasons.append("ни заседаний, ни мероприятий")
    if note.coverage < 0.9:
        reasons.append(f"разобрано {note.coverage:.0%}".replace("%", " %"))
    if note.warnings >= 5 * max(1, note.plans):
        reasons.append(f"замечаний {note.warnings}")
    return ", ".join(reasons) or None


def run_batch(request: Request, progress: Progress) -> Report:
    """Reads everything and writes the result. Raises ExtractorError where nothing can be done at all."""
    begin = time.monotonic()
    check_place(request)
    files = list_files(request.inputs, without=_own_place(request))
    check_any(files, request.inputs)
    progress.begin(len(files.entries))
    report = Report(skipped=files.skipped, failed=[(name, str(error)) for name, error in files.problems])
    with open_sink(request) as sink:
        for name, error in files.problems:
            sink.take(Ended(Entry(name, Path(name)), None, b"", error))
        for ended in _results(files.entries, sink, request, progress, report):
            if _is_no_document(ended):
                report.skipped.append(ended.entry.key)
                continue
            sink.take(ended)
            report.add(ended)
        sink.finish()
    for names in (report.failed, report.doubtful):
        names.sort(key=lambda each: each[0].split("/"))
    report.seconds = time.monotonic() - begin
    return report


def _own_place(request: Request) -> Path | None:
    return Path(request.output) if request.output not in (None, "-") else None


def _results(
    entries: list[Entry], sink: Sink, request: Request, progress: Progress, report: Report
) -> Iterator[Ended]:
    """What is known already, then what has to be read, each in order."""
    to_read = []
    for entry in entries:
        known = sink.known(entry)
        if known is None:
            to_read.append(entry)
            continue
        progress.advance()
        report.unchanged += known.note is not None
        report.add(known)
    if not to_read:
        return
    manner = Manner(sink.want, request.encoding, request.dialect)
    if request.dask:
        from extractor.batch.cluster import cluster_runner

        runner = cluster_runner(request.dask, request.jobs)
    else:
        runner = local_runner(request.jobs or default_jobs())
    yield from read_in_order(to_read, manner, runner, seen=progress.advance)


def _is_no_document(ended: Ended) -> bool:
    """A file that only lay in the folder and turned out to be something else."""
    suffix = Path(ended.entry.name).suffix.lower()
    return isinstance(ended.error, UnknownFormat) and not ended.entry.named and suffix not in DOCUMENTS


__all__ = ["Progress", "Report", "Request", "run_batch"]
