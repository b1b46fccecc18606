"""Words and bytes to the terminal: no console, however old, makes the program fall over."""

from __future__ import annotations

import codecs
import io
import os
import sys

# what cp866, cp1251 or ASCII lack, as a typewriter would write it
_PLAIN = str.maketrans(
    {"«": '"', "»": '"', "„": '"', "“": '"', "”": '"', "’": "'", "—": "-", "–": "-", "−": "-", "‑": "-"}
    | {"…": "...", "•": "*", "→": "->", "←": "<-", "─": "-", "│": "|", "·": "*", "№": "N", "\u00a0": " "}
)


def prepare_console() -> None:
    """Makes stdout and stderr write a letter that the console lacks as its nearest, or «?»."""
    codecs.register_error("extractor.plain", _plain)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            speaks_russian = codecs.lookup(stream.encoding).name not in ("ascii", "iso8859-1")
            encoding = stream.encoding if speaks_russian else "utf-8"
            stream.reconfigure(encoding=encoding, errors="extractor.plain")


def _plain(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end].translate(_PLAIN)
    return text.encode("ascii", "replace").decode(), error.end


def write_bytes(data: bytes) -> None:
    """`data` to stdout as it is: JSON is UTF-8 whatever the console speaks."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def terminal_width() -> int:
    """The columns of the terminal, at most 120: longer lines are hard to read."""
    import shutil

    return max(40, min(shutil.get_terminal_size((100, 25)).columns, 120))


def colours_work() -> bool:
    """Switches an old Windows console over to colours; elsewhere terminals know them."""
    if sys.platform == "win32":
        from colorama import just_fix_windows_console  # click brings it along on Windows

        just_fix_windows_console()
    return True


def abandon_stdout() -> None:
    """Nobody listens any more (`… | head`), or the disk is full: what is left in the buffer goes nowhere."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return


def one_line(text: str) -> str:
    """The sentence without control characters and lone surrogates that a file name may bring in."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text.replace("\n", " "))


def say(sentence: str) -> None:
    """The sentence as one line on stderr, where it does not mix with a result."""
    print(one_line(sentence), file=sys.stderr)
