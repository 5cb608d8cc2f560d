"""Waiting for the outside world, in one place and never for ever."""

import time
from collections.abc import Callable

PAUSE_SECONDS = 0.05
PATIENCE_SECONDS = 90
"""Longer than the longest pause after which anything of ours tries again, 63 s."""


def wait_until(
    is_true: Callable[[], bool],
    *,
    what: str | Callable[[], str],
    seconds_max: float = PATIENCE_SECONDS,
) -> None:
    """Return as soon as the condition holds; raise TimeoutError naming `what`.

    A `what` that is asked for tells how things stand when the time is over.
    """
    deadline = time.monotonic() + seconds_max
    while not is_true():
        if time.monotonic() > deadline:
            told = what if isinstance(what, str) else what()
            raise TimeoutError(f"{told}: not within {seconds_max:g} seconds")
        time.sleep(PAUSE_SECONDS)
