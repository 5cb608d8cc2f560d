"""What donors themselves see: it adds up at every moment, and after a replay."""

import re
from collections import Counter

from sqlalchemy import func, select

from services.donors.adapters.snapshot_tables import deliveries
from services.donors.adapters.tables import lot_totals
from tests.simulation.books import BUCKETS, Books
from tests.simulation.trace import Violation
from tests.support.simulated_suite import SimulatedSuite

ACCOUNTS = ("pharmacy", "mothers", "donor")
"""Of EX-D1, EX-D4 and EX-D6: all who give in a simulation."""

OWN = ("/me/gifts", "/me/summary", "/me/destinations", "/stock-levels")
SIGNED = re.compile(r'(name="csrf.token" (content|value)=|"X-CSRFToken": )"[^"]*"')
"""What is new in every answer."""


def check_own_page(suite: SimulatedSuite, account: str) -> None:
    """Add up what one donor sees, by gift and product, also what is shown late."""
    for gift in suite.all_of(account, "donors", "/me/gifts"):
        for item in gift["items"]:
            held = sum(item[bucket] for bucket in BUCKETS[1:])
            if item["received"] != held or item["reserved"] > item["in_stock"]:
                number = gift["gift_number"]
                raise Violation(f"{account} is shown what cannot be: {item}", number)


def check_deliveries(books: Books, suite: SimulatedSuite) -> None:
    """What was accepted of a lot, and by the units that accepted it, is one.

    A unit that gives something back later has accepted it all the same, and what is
    given on to another charity went to no unit; such lots are passed over.
    """
    with suite.services["donors"].database.reading() as connection:
        taken = func.sum(deliveries.c.accepted).label("accepted")
        units = select(deliveries.c.lot_id, taken).group_by(deliveries.c.lot_id)
        lots = select(lot_totals.c.lot_id, lot_totals.c.accepted)
        by_unit, by_lot = (
            Counter({row.lot_id: row.accepted for row in connection.execute(query)})
            for query in (units, lots)
        )
    passed_over = books.moved_past_gates()
    for lot_id in by_unit.keys() | by_lot.keys():
        told, lot = by_unit[lot_id], by_lot[lot_id]
        if told != lot and str(lot_id) not in passed_over:
            raise Violation(f"units accepted {told}, of the lot {lot}", str(lot_id))


def check_replay(suite: SimulatedSuite) -> None:
    """Build everything that donors heard again: not one byte differs."""
    before = {account: _seen(suite, account) for account in ACCOUNTS}
    sources = [suite.stations[name] for name in ("inventory", "distribution")]
    done = suite.services["donors"].replay(sources, None)
    if done.waiting:
        raise Violation(f"{done.waiting} of {done.messages} messages wait on")
    for account, pages in before.items():
        for page, again in zip(pages, _seen(suite, account), strict=True):
            if page != again:
                raise Violation(
                    f"after a replay {account} reads {differs(page, again)}"
                )


def differs(before: str, after: str) -> str:
    """Show where two texts part."""
    pairs = enumerate(zip(before, after, strict=False))
    place = next((at for at, (one, other) in pairs if one != other), 0)
    start = max(0, place - 100)
    return f"{after[start : place + 100]}, not {before[start : place + 100]}"


def _seen(suite: SimulatedSuite, account: str) -> list[str]:
    """Read what a donor can see, the dashboard as it is sent."""
    dashboard = SIGNED.sub("", suite.page(account, "donors", "/"))
    return [dashboard, *(str(suite.read(account, "donors", path)) for path in OWN)]
