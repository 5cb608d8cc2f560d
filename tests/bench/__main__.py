"""`make bench`: measure this machine; the table goes into docs/benchmarks.md."""

import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from tests.bench.allocating import allocating_figures
from tests.bench.dashboards import dashboard_figures
from tests.bench.process import memory_mib
from tests.bench.scanning import Figure, scanning_figures
from tests.support.suite import Suite


def main() -> None:
    """Start the embedded suite with demo data, use it, and print a table."""
    with tempfile.TemporaryDirectory(prefix="komek-bench-") as folder:
        suite = Suite(Path(folder))
        try:
            _print_table(_figures(suite))
        finally:
            suite.terminate()


def _figures(suite: Suite) -> Iterator[Figure]:
    first = _seconds_to_start(suite, "--demo")
    yield Figure("first start with demo data", f"{first:.1f} s", "60 s with install")
    suite.terminate()
    later = _seconds_to_start(suite)
    yield Figure("later start", f"{later:.1f} s", "4 s")
    yield from scanning_figures(suite)
    yield from dashboard_figures(suite)
    yield Figure("memory of the suite", f"{memory_mib(suite.pid):.0f} MiB", "250 MiB")
    yield from allocating_figures()


def _seconds_to_start(suite: Suite, *options: str) -> float:
    begun = perf_counter()
    suite.start(*options)
    return perf_counter() - begun


def _print_table(figures: Iterator[Figure]) -> None:
    cores = os.cpu_count()
    version = platform.python_version()
    rows = [f"{platform.machine()}, {cores} cores, Python {version}", ""]
    rows += ["| what | measured | aim |", "|---|---|---|"]
    sys.stdout.write("\n".join(rows) + "\n")
    for figure in figures:
        sys.stdout.write(f"| {figure.what} | {figure.value} | {figure.aim} |\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
