"""However many want the same lot at once, never more goes than there is."""

import subprocess
import sys
from pathlib import Path

from tests.support.racing_picker import EACH, LOT, PICK_LIST
from tests.support.store import Store, a_share

PROCESSES = 4
ROOT = Path(__file__).parents[3]


def race(store: Store, action: str) -> int:
    """Let processes of four threads run at the lot together; count the granted."""
    racers = [
        subprocess.Popen(
            [
                sys.executable,
                "-m",
                "tests.support.racing_picker",
                str(store.database.url),
                action,
                str(number),
            ],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(PROCESSES)
    ]
    try:
        for racer in racers:
            assert racer.stdout.readline() == "ready\n"
        for racer in racers:
            racer.stdin.write("go\n")
            racer.stdin.flush()
        return sum(int(racer.communicate(timeout=120)[0]) for racer in racers)
    finally:
        for racer in racers:
            racer.kill()
            racer.wait()


def test_parallel_reservations_never_hold_more_than_there_is(store: Store):
    """INV-02: 32 wishes for 3 each meet 31 on two shelves; ten can be held."""
    store.shelve("raced for", {"A-01": 17, "A-02": 14})

    held = race(store, "reserve")

    assert held == 10
    assert sum(store.reserved(LOT).values()) == held * EACH


def test_parallel_picks_never_take_more_than_the_line(store: Store):
    """INV-02: 32 picks of 3 meet a line of 31; ten are let through."""
    store.shelve("raced for", {"A-01": 90})
    store.approve(a_share(LOT, 31))
    assert store.plan(a_share(LOT, 31)) == PICK_LIST

    picked = race(store, "pick")

    assert picked == 10
    assert store.balances(LOT) == {
        "supply": -90,
        "location:A-01": 60,
        "location:DISPATCH": 30,
    }
    assert store.reserved(LOT) == {"A-01": 1}
