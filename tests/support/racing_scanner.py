"""A process of its own whose threads scan the same goods beside those of others.

Run as ``python -m tests.support.racing_scanner URL NAME``, as ``racing_picker``
is. Each thread receives, moves, repeats a scan that all of them share and scans one
pack of medicine that all of them hold in their hands; told is how many moves were
applied, and how many receipts of that pack.
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid5

from shared.telemetry.logging import configure_logging
from tests.support.store import MORNING, NAMESPACE, Store

THREADS = 4
ROUNDS = 2
GIFT = "G-2026-001"
SHARED = str(uuid5(NAMESPACE, "a scan all of them send"))
ACCOUNT = "account-of-all"
PACK = {
    "raw": "010200040001000321SHARED",
    "product_code": None,
    "lot_number": "P-7",
    "expires_on": "2029-12-31",
    "quantity": 1,
}
"""One pack of paracetamol with its serial."""


def a_line(name: str, **fields: object) -> dict[str, object]:
    """Two combs of one gift, which no other thread has scanned."""
    usual = {
        "scan_id": str(uuid5(NAMESPACE, name)),
        "action": "receive",
        "product_code": "HYG-COMB",
        "gift_number": GIFT,
        "quantity": 2,
        "location_code": "A-01",
        "occurred_at": MORNING.isoformat(),
    }
    return {**usual, **fields}


def work_through(store: Store, name: str) -> tuple[int, int]:
    """Scan some rounds; give how many moves and shared packs were applied."""
    moved = packs = 0
    for number in range(ROUNDS):
        answers = store.app.scan(
            ACCOUNT,
            [
                a_line("shared", scan_id=SHARED),
                a_line(f"receive {name}.{number}"),
                a_line(
                    f"move {name}.{number}",
                    action="move",
                    quantity=3,
                    to_location_code="A-02",
                ),
                a_line(f"pack {name}.{number}", **PACK),
            ],
        )
        assert answers[0]["status"] in {"applied", "duplicate"}, answers
        assert answers[1]["status"] == "applied", answers
        moved += answers[2]["status"] == "applied"
        packs += answers[3]["status"] == "applied"
        assert answers[3].get("code") in {None, "pack_scanned_before"}, answers
    return moved, packs


def main() -> None:
    """Wait for the start, race, tell."""
    url, name = sys.argv[1:]
    store = Store(url, seed=uuid5(NAMESPACE, f"scanner {name}").int % 2**32)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    with ThreadPoolExecutor(THREADS) as threads:
        names = [f"{name}.{number}" for number in range(THREADS)]
        done = list(threads.map(lambda each: work_through(store, each), names))
    moved, packs = (sum(each) for each in zip(*done, strict=True))
    sys.stdout.write(f"{moved} {packs}\n")
    store.database.close()


if __name__ == "__main__":
    configure_logging(as_json=True, level="WARNING")
    main()
