"""How long recognition may go on: as long as the limits of the process leave, with time to write down the rest."""

from __future__ import annotations

import sys
import time

_MOST = 1800.0  # seconds for a file where nobody limits the process
_PAGE = 20.0  # seconds for a page
_REST = 5.0  # seconds that are left for what comes after reading


class Clock:
    """The time of one file."""

    def __init__(self) -> None:
        self._end = time.monotonic() + _find_left()

    def is_over(self) -> bool:
        return time.monotonic() >= self._end

    def for_page(self) -> float:
        """Seconds that the next page may take."""
        return max(min(_PAGE, self._end - time.monotonic()), 0.1)


def _find_left() -> float:
    """Seconds until the alarm of the process rings or its processor time is used up."""
    left = _MOST
    if sys.platform == "win32":
        return left
    import resource
    import signal

    alarm = signal.getitimer(signal.ITIMER_REAL)[0]
    if alarm > 0:
        left = min(left, alarm - _REST)
    most = resource.getrlimit(resource.RLIMIT_CPU)[0]
    if most != resource.RLIM_INFINITY:
        usage = resource.getrusage(resource.RUSAGE_SELF)
        left = min(left, most - usage.ru_utime - usage.ru_stime - _REST)
    return max(left, 1.0)
