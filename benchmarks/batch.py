"""A thousand plans: the whole run beside the serial time, its memory, the second run.

    python benchmarks/batch.py [COUNT]

Serial is everything in one process: read each plan, then write the workbook, or each record.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from make_plans import make_plans

from extractor.batch.inputs import list_files
from extractor.output.atomic import write_atomically
from extractor.output.linked import tables_of
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
    """(seconds, MB of all processes together at the highest)."""
    begin = time.perf_counter()
    command = [sys.executable, "-m", "extractor", str(folder), "-o", output, "--jobs", "2"]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    most = 0

    def watch() -> None:
        nonlocal most
        while process.poll() is None:
            most = max(most, together(process.pid))
            time.sleep(0.1)

    watcher = threading.Thread(target=watch)
    watcher.start()
    process.wait()
    watcher.join()
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


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
