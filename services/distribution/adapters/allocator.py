"""Runs the allocation rule where it cannot hold up anybody.

A small problem is solved here, in a few milliseconds. A large one goes to a
child process: ten seconds of arithmetic would hold up scans and heartbeats.
"""

import pickle
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from services.distribution.domain.allocation import Allocation, Problem, allocate

SMALL_MAX = 2_000
"""Claims and lots together that are solved in this process."""

ROOT = Path(__file__).parents[3]
WORKER = "services.distribution.adapters.allocation_worker"
SECONDS_MAX = 120


def share_out(problems: Sequence[Problem]) -> Sequence[Allocation]:
    """Solve problems in order, in a child process when they are large."""
    size = sum(len(each.claims) + len(each.lots) for each in problems)
    if size <= SMALL_MAX:
        return [allocate(each) for each in problems]
    return share_out_elsewhere(problems)


def share_out_elsewhere(problems: Sequence[Problem]) -> Sequence[Allocation]:
    """Solve problems in a child process; other green threads run meanwhile."""
    done = subprocess.run(  # noqa: S603  nothing of it comes from outside
        [sys.executable, "-m", WORKER],
        input=pickle.dumps(tuple(problems)),
        stdout=subprocess.PIPE,
        cwd=ROOT,
        check=True,
        timeout=SECONDS_MAX,
    )
    allocations: Sequence[Allocation] = pickle.loads(done.stdout)  # noqa: S301  ditto
    return allocations
