"""What a worker process costs beside reading in the command's own process.

    python benchmarks/isolation.py [PLAN.docx …]

For each file: a cold interpreter that makes the record and its JSON, with and without isolation, in pairs
one right after the other; the ratio is the median over the pairs. At the end: a pool of two workers over all
files, again and again, beside one process that reads them one by one.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from extractor.output.to_json import json_bytes
from extractor.pipeline import extract_file
from extractor.worker.pool import Task, WorkerPool

ROOT = Path(__file__).resolve().parent.parent
PAIRS = 9
MANY = 200
PLAIN = """
import sys
from pathlib import Path
from extractor.pipeline import extract_file
from extractor.output.to_json import json_bytes
json_bytes(extract_file(Path(sys.argv[1])))
"""
FORKED = """
import sys
from pathlib import Path
from extractor.worker import extract_isolated
from extractor.output.to_json import json_bytes
json_bytes(extract_isolated(Path(sys.argv[1])))
"""
SPAWNED = "import extractor.worker\nextractor.worker.FORKS = False\n" + FORKED


def seconds(action: Callable[[], object]) -> float:
    begin = time.perf_counter()
    action()
    return time.perf_counter() - begin


def cold(program: str, path: Path) -> float:
    return seconds(lambda: subprocess.run([sys.executable, "-c", program, str(path)], check=True))


def compare(path: Path) -> None:
    runs = [(cold(PLAIN, path), cold(FORKED, path), cold(SPAWNED, path)) for _ in range(PAIRS)]
    plain = statistics.median(run[0] for run in runs)
    forked = statistics.median(run[1] / run[0] for run in runs)
    spawned = statistics.median(run[2] / run[0] for run in runs)
    print(f"{path.parent.name + '/' + path.name:44} {plain * 1000:10.0f} {forked:14.2f} {spawned:16.2f}")


def run_pool(paths: list[Path]) -> None:
    with WorkerPool(2) as pool:
        for done in pool.run(Task(number, path) for number, path in enumerate(paths)):
            assert done.error is None, done.error


def main(arguments: list[str]) -> None:
    files = [Path(each) for each in arguments] or sorted((ROOT / "samples").glob("*/plan.docx"))
    print(f"{'file':44} {'alone, ms':>10} {'forked, ratio':>14} {'spawned, ratio':>16}")
    for path in files[:6]:
        compare(path)
    many = (files * MANY)[:MANY]
    serial = seconds(lambda: [json_bytes(extract_file(path)) for path in many])
    pooled = seconds(lambda: run_pool(many))
    print(
        f"{MANY} files one by one {serial:.1f} s, by two workers {pooled:.1f} s, ratio {pooled / serial:.2f}"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
