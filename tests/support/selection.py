"""What a test run takes, what it leaves out, and the line that says so."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.support.programs import PROGRAMS, Program

FIXED_SEEDS = (1, 2, 3)
REGRESSIONS = Path(__file__).parents[1] / "simulation" / "regressions.txt"
MARKERS = {
    "postgres_server": "postgres",
    "postgres_url": "postgres",
    "rabbitmq_server": "rabbitmq",
    "rabbitmq_url": "rabbitmq",
    "chromium_options": "browser",
    "store_room": "namespaces",
}


def simulation_seeds() -> list[int]:
    """Return the seeds of every run: a few fixed ones and those that failed once."""
    lines = REGRESSIONS.read_text().splitlines() if REGRESSIONS.exists() else []
    failed_once = [int(line.split("#")[0]) for line in lines if line[:1].isdigit()]
    return [*FIXED_SEEDS, *failed_once]


def must_take_all() -> bool:
    """Say whether a left-out test is a failure; continuous integration asks for it."""
    return os.environ.get("KOMEK_TEST_REQUIRE_ALL") == "1"


def mark_by_fixtures(item: Any) -> None:
    """Give a test the markers of the programs whose fixtures it asks for."""
    for fixture in item.fixturenames:
        if fixture in MARKERS:
            item.add_marker(MARKERS[fixture])


def missing(items: Iterable[Any]) -> list[Program]:
    """Return the programs some test needs and this system lacks."""
    wanted = {marker.name for item in items for marker in item.iter_markers()}
    return [p for p in PROGRAMS if p.marker in wanted and p.find() is None]


def needs(item: Any, programs: Iterable[Program]) -> bool:
    """Say whether a test cannot run without one of these programs."""
    return any(item.get_closest_marker(p.marker) for p in programs)


def sentence(count: int, programs: Iterable[Program]) -> str:
    """Return the one line that says what was left out and how to get it."""
    ways = "; ".join(f"{p.name}: {p.remedy}" for p in programs)
    return f"left out {count} tests that need programs not found here ({ways})"
