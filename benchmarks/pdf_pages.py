"""Reading PDF pages beside pdfplumber's `extract_text` and `extract_tables`, in one run on the same files.

    python benchmarks/pdf_pages.py [FILE.pdf …]

Without files: the seeds where they lie beside the project, else the samples of the tests. The ratio is
the median over pairs of runs made one right after the other. Last, a file of 500 pages is made from the
first one, and the memory of reading it is shown beside that of 50 pages.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pypdfium2

from extractor.ingest.from_pdf import read_pdf

ROOT = Path(__file__).resolve().parent.parent
PAIRS = 7
PAGES = 500


def read(path: Path) -> int:
    """Our whole reading: words, tables, paragraphs, blocks. Gives the number of pages."""
    return read_pdf(path, path.read_bytes()).pages or 0


def read_with_peer(path: Path) -> int:
    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.extract_text()
            page.extract_tables()
            page.close()
        return len(document.pages)


def milliseconds(action: Callable[[Path], int], path: Path) -> float:
    """Time for one page."""
    begin = time.perf_counter()
    pages = action(path)
    return (time.perf_counter() - begin) * 1000 / pages


def measure(path: Path, pairs: int = PAIRS) -> tuple[float, float, float]:
    """(our milliseconds a page, the peer's, the ratio), each the median over the pairs."""
    milliseconds(read, path)
    milliseconds(read_with_peer, path)
    runs = [(milliseconds(read, path), milliseconds(read_with_peer, path)) for _ in range(pairs)]
    ours, peers = zip(*runs, strict=True)
    return statistics.median(ours), statistics.median(peers), statistics.median(b / a for a, b in runs)


def repeat_pages(path: Path, target: Path, count: int) -> None:
    """Writes a file of `count` pages, those of `path` again and again."""
    source, repeated = pypdfium2.PdfDocument(path), pypdfium2.PdfDocument.new()
    while len(repeated) < count:
        repeated.import_pages(source, list(range(min(len(source), count - len(repeated)))))
    repeated.save(target)


def peak_megabytes(path: Path) -> float:
    """The memory that a process of its own takes to read the file."""
    command = [sys.executable, __file__, "--read", str(path)]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["--read"]:
        read(Path(arguments[1]))
        status = Path("/proc/self/status").read_text()  # ru_maxrss would count the parent's memory, too
        print(int(status.partition("VmHWM:")[2].split()[0]) / 1024)
        return
    seeds = [p for p in sorted((ROOT.parent / "shared/seeds").glob("*.pdf")) if ".scan" not in p.name]
    files = [Path(each) for each in arguments] or seeds or sorted((ROOT / "tests/ingest/data").glob("*.pdf"))
    print(f"{'file':40} {'ours, ms/page':>14} {'pdfplumber':>12} {'ratio':>7}")
    for path in files:
        ours, peers, ratio = measure(path)
        print(f"{path.name:40} {ours:14.1f} {peers:12.1f} {ratio:7.1f}")
    with tempfile.TemporaryDirectory() as folder:
        many, few = Path(folder, "many.pdf"), Path(folder, "few.pdf")
        repeat_pages(files[0], many, PAGES)
        repeat_pages(files[0], few, PAGES // 10)
        ours, peers, ratio = measure(many, pairs=1)
        print(f"{f'{PAGES} pages of ' + files[0].name:40} {ours:14.1f} {peers:12.1f} {ratio:7.1f}")
        print(f"peak memory: {peak_megabytes(few):.0f} MB for {PAGES // 10} pages,", end=" ")
        print(f"{peak_megabytes(many):.0f} MB for {PAGES}")


if __name__ == "__main__":
    main(sys.argv[1:])
