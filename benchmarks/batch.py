"""A thousand plans: the whole run beside the serial time, its memory, the second run.

    python benchmarks/batch.py [COUNT]
    python benchmarks/batch.py growth 1000 10000
    python benchmarks/batch.py rows [50000]

Serial is everything in one process: read each plan, then write the workbook, or each record. `growth`
leaves it out and says how seconds and memory grow from one size to the next; `rows` writes that many
rows into a workbook, one by one as the program does, and with pandas. A run that ends with an error
is no measurement: it stops the benchmark.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from make_plans import make_plans

from extractor.batch.inputs import list_files
from extractor.output.atomic import write_atomically
from extractor.output.linked import PlanTables, tables_of
from extractor.output.tables import TABLES
from extractor.output.to_json import json_bytes
from extractor.output.to_xlsx import Workbook
from extractor.pipeline import extract_file


def serial_workbook(folder: Path, target: Path) -> float:
    begin = time.perf_counter()
    workbook = Workbook(target)
    for entry in list_files([str(folder)]).entries:
        for tables in tables_of(extract_file(entry.path), entry.key):
            workbook.add(tables)
    workbook.finish()
    return time.perf_counter() - begin


def serial_folder(folder: Path, target: Path) -> float:
    begin = time.perf_counter()
    for entry in list_files([str(folder)]).entries:
        place = target / f"{entry.key}.json"
        place.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(place, json_bytes(extract_file(entry.path)))
    return time.perf_counter() - begin


def run(folder: Path, output: str) -> tuple[float, int]:
    """(seconds, MB of all processes together at the highest). Ends the benchmark where the run fails."""
    begin = time.perf_counter()
    command = [sys.executable, "-m", "extractor", str(folder), "-o", output, "--jobs", "2"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE)
    most = 0

    def watch() -> None:
        nonlocal most
        while process.poll() is None:
            most = max(most, together(process.pid))
            time.sleep(0.1)

    watcher = threading.Thread(target=watch)
    watcher.start()
    words = process.communicate()[1].decode()
    watcher.join()
    if process.returncode != 0:
        sys.exit(f"{' '.join(command)}: exit code {process.returncode}\n{words}")
    return time.perf_counter() - begin, most >> 10


def together(pid: int) -> int:
    """KB that a process and all below it hold; pages that they share are counted once (Linux)."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii")
        total = next(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:"))
        children = [
            int(child)
            for task in Path(f"/proc/{pid}/task").iterdir()
            for child in (task / "children").read_text("ascii").split()
        ]
    except (OSError, StopIteration):
        return 0
    return total + sum(together(child) for child in children)


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder, out = Path(name, "plans"), Path(name, "out")
        out.mkdir()
        make_plans(folder, count)
        alone = serial_workbook(folder, out / "serial.xlsx")
        seconds, memory = run(folder, f"{out}/district.xlsx")
        same = (out / "serial.xlsx").read_bytes() == (out / "district.xlsx").read_bytes()
        print(
            f"workbook: {alone:.1f} s serial, {seconds:.1f} s = {seconds / alone:.2f}, {memory} MB, same bytes: {same}"
        )
        alone = serial_folder(folder, out / "serial")
        seconds, memory = run(folder, f"{out}/records/")
        print(f"records:  {alone:.1f} s serial, {seconds:.1f} s = {seconds / alone:.2f}, {memory} MB")
        again, _ = run(folder, f"{out}/records/")
        print(f"again:    {again:.2f} s, {seconds / again:.0f} times faster")


def growth(counts: list[int]) -> None:
    """Seconds and MB for the workbook and the records of each number of plans."""
    before: dict[str, tuple[int, float]] = {}
    for count in counts:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name, "plans")
            make_plans(folder, count)
            for what, output in (("workbook", f"{name}/district.xlsx"), ("records", f"{name}/records/")):
                seconds, memory = run(folder, output)
                told = f"{count} plans, {what}: {seconds:.1f} s, {1000 * seconds / count:.1f} ms a plan, {memory} MB"
                if what in before:
                    plans, then = before[what]
                    told += f"; {count / plans:.1f} times the plans in {seconds / then:.1f} times the time"
                print(told, flush=True)
                before[what] = (count, seconds)


def rows(count: int) -> None:
    """Seconds and MB for a workbook of this many rows, each way in a process of its own."""
    for way in ("program", "pandas"):
        subprocess.run([sys.executable, __file__, "rows-in", way, str(count)], check=True)


def rows_in(way: str, count: int) -> None:
    folder = Path(__file__).resolve().parent.parent / "samples"
    tables = tables_of(extract_file(folder / "librarians-2019" / "plan.docx"), "план.docx")[0]
    each = sum(map(len, tables.rows))
    start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begin = time.perf_counter()
    with tempfile.TemporaryDirectory() as name:
        target = Path(name, "x.xlsx")
        times = -(-count // each)
        if way == "program":
            workbook = Workbook(target)
            for number in range(times):
                workbook.add(tables._replace(file=f"{number}.docx"))
            workbook.finish()
        else:
            with_pandas(target, (tables for _ in range(times)))
        size = target.stat().st_size >> 10
    seconds = time.perf_counter() - begin
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{way}: {times * each} rows in {seconds:.1f} s, {most - start >> 10} MB more, file {size} KB")


def with_pandas(target: Path, plans: Iterator[PlanTables]) -> None:
    """The same sheets through DataFrame.to_excel: all rows are in memory, and what xlsxwriter holds of them too."""
    import pandas

    found: list[list[tuple[object, ...]]] = [[] for _ in TABLES]
    for plan in plans:
        for index, those in enumerate(plan.rows):
            found[index] += [row.cells for row in those]
    options = {"options": {"strings_to_formulas": False, "strings_to_urls": False}}
    with pandas.ExcelWriter(target, engine="xlsxwriter", engine_kwargs=options) as writer:
        for table, cells in zip(TABLES, found, strict=True):
            frame = pandas.DataFrame(cells, columns=table.headings, dtype=object)
            frame.to_excel(writer, sheet_name=table.name, index=False)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["growth", *sizes]:
            growth([int(each) for each in sizes] or [1000, 10_000])
        case ["rows", *most]:
            rows(int(most[0]) if most else 50_000)
        case ["rows-in", way, number]:
            rows_in(way, int(number))
        case [number]:
            main(int(number))
        case _:
            main(1000)
