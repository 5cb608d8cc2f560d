"""A process of its own whose threads reserve or pick beside those of others.

Run as ``python -m tests.support.racing_picker URL ACTION NAME``. It says when it
is ready, waits for a line on its standard input, so that all start at once, and
tells how many of its wishes were granted.
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid5

from services.inventory.domain.errors import InsufficientStockError
from services.inventory.domain.outbound_errors import MoreThanAskedError
from shared.contracts.inventory_v1 import StockReserved
from shared.telemetry.logging import configure_logging
from tests.support.store import NAMESPACE, Store, a_share, an_id

LOT = an_id("raced for")
PICK_LIST = "PL-2026-000001"
THREADS = 4
WISHES = 2
EACH = 3


def reserve(store: Store, name: str) -> int:
    """Approve some runs; give how many of ours were held."""
    runs = [f"run {name}.{number}" for number in range(WISHES)]
    for run in runs:
        store.approve(a_share(LOT, EACH), run=run)
    ours = {an_id(run) for run in runs}
    return sum(fact.run_id in ours for fact in store.facts(StockReserved))


def pick(store: Store, _name: str) -> int:
    """Pick some times; give how many picks were not refused."""
    done = 0
    for _ in range(WISHES):
        try:
            store.pick(PICK_LIST, EACH, lot_id=LOT)
        except (MoreThanAskedError, InsufficientStockError):
            continue
        done += 1
    return done


def main() -> None:
    """Wait for the start, race, tell."""
    url, action, name = sys.argv[1:]
    store = Store(url, seed=uuid5(NAMESPACE, name).int % 2**32)
    wish = {"reserve": reserve, "pick": pick}[action]
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    with ThreadPoolExecutor(THREADS) as threads:
        names = [f"{name}.{number}" for number in range(THREADS)]
        granted = list(threads.map(lambda each: wish(store, each), names))
    sys.stdout.write(f"{sum(granted)}\n")
    store.database.close()


if __name__ == "__main__":
    configure_logging(as_json=True, level="WARNING")
    main()
