"""Coverage-guided fuzzing of the readers with atheris: `python -m tests.fuzz.targets docx -runs=1000 FOLDER`.

Whatever the bytes, a reader gives a source or raises an ExtractorError; all else stops the run. What follows
the name of the target goes to libFuzzer.
"""

from __future__ import annotations

import sys
from pathlib import Path

TARGETS = ("docx", "odt", "html", "mht", "text", "pdf", "word-xml")


def fuzz(kind: str, arguments: list[str]) -> None:
    """Runs until libFuzzer's own limits; ends the process."""
    import atheris

    with atheris.instrument_imports(include=["extractor.ingest"]):
        from extractor.errors import ExtractorError
        from extractor.ingest import READERS
        from extractor.ingest.sniff import check_source

    path = Path(f"plan.{kind}")

    def try_one(data: bytes) -> None:
        try:
            check_source(path, READERS[kind](path, data, None))
        except ExtractorError as error:
            if len(str(error).splitlines()) != 1:
                raise AssertionError(f"not one line: {error}") from None

    atheris.Setup([f"fuzz-{kind}", *arguments], try_one)
    atheris.Fuzz()


if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in TARGETS:
        sys.exit(f"one of: {', '.join(TARGETS)}")
    fuzz(sys.argv[1], sys.argv[2:])
