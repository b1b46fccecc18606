"""Reading and extracting beside a peer's reading alone, in one process after a warm-up.

    python benchmarks/read_and_extract.py [PLAN.docx …]

Without files: the samples, and the seeds where they lie beside the project. The ratio is the median
over pairs of runs made one right after the other, so that a busy machine troubles both alike.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from docx2python import docx2python

from extractor.output.to_json import json_bytes
from extractor.pipeline import extract_file

ROOT = Path(__file__).resolve().parent.parent
PAIRS = 15
WARM_UP = 3


def extract(path: Path) -> None:
    """Everything: read, segment, parse, check, and the bytes of plan.json."""
    json_bytes(extract_file(path))


def read_with_peer(path: Path) -> None:
    with docx2python(path) as document:
        _ = document.document_pars


def seconds(action: Callable[[Path], None], path: Path) -> float:
    begin = time.perf_counter()
    action(path)
    return time.perf_counter() - begin


def measure(path: Path) -> tuple[float, float, float]:
    """(our seconds, the peer's seconds, ratio), each the median over the pairs."""
    for _ in range(WARM_UP):
        extract(path)
        read_with_peer(path)
    pairs = [(seconds(extract, path), seconds(read_with_peer, path)) for _ in range(PAIRS)]
    ours, peers = zip(*pairs, strict=True)
    ratio = statistics.median(our / peer for our, peer in pairs)
    return statistics.median(ours), statistics.median(peers), ratio


def main(arguments: list[str]) -> None:
    places = [
        *sorted((ROOT / "samples").glob("*/plan.docx")),
        *sorted((ROOT.parent / "shared/seeds").glob("*.docx")),
    ]
    files = [Path(each) for each in arguments] or places
    print(f"{'file':44} {'extract, ms':>12} {'docx2python, ms':>16} {'ratio':>7}")
    ratios = []
    for path in files:
        ours, peers, ratio = measure(path)
        ratios.append(ratio)
        name = f"{path.parent.name}/{path.name}"
        print(f"{name:44} {ours * 1000:12.1f} {peers * 1000:16.1f} {ratio:7.2f}")
    if ratios:
        print(f"{'median of the ratios':44} {'':12} {'':16} {statistics.median(ratios):7.2f}")


if __name__ == "__main__":
    main(sys.argv[1:])
