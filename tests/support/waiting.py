"""Waiting for the outside world, in one place and never for ever."""

import time
from collections.abc import Callable

PAUSE_SECONDS = 0.05


def wait_until(
    is_true: Callable[[], bool], *, what: str, seconds_max: float = 30
) -> None:
    """Return as soon as the condition holds; raise TimeoutError naming `what`."""
    deadline = time.monotonic() + seconds_max
    while not is_true():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what}: not within {seconds_max:g} seconds")
        time.sleep(PAUSE_SECONDS)
