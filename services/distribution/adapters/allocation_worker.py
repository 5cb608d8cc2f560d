"""The child process of ``allocator``: problems in, allocations out."""

import pickle
import sys

from services.distribution.domain.allocation import allocate


def main() -> None:
    """Read pickled problems on standard input, write pickled allocations."""
    problems = pickle.load(sys.stdin.buffer)  # noqa: S301  our own parent wrote it
    pickle.dump([allocate(each) for each in problems], sys.stdout.buffer)


if __name__ == "__main__":
    main()
