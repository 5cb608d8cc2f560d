"""Which of the two runs of a whole `make test` this is."""

import sys

APART = "tests/e2e"


def is_apart() -> bool:
    """Say whether this run is one of the browser tests.

    Playwright's synchronous interface hangs in a process that eventlet patched,
    and nameko's containers hang in one that it did not: one run cannot do both.
    """
    return any(APART in argument for argument in sys.argv[1:])
