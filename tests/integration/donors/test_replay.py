"""What is built from messages alone can be built again, in any order."""

import pytest

from services.donors.adapters import tables
from services.donors.entrypoints.dashboard import dashboard_of
from shared.contracts.inventory_v1 import GoodsRefused
from tests.integration.donors.programme import (
    NAPPIES,
    SOAP,
    a_handover,
    a_handover_line,
    a_lot,
    a_product,
    named,
)

BUILT = (
    *(tables.lot_totals, tables.lot_days, tables.refusals, tables.happenings),
    *(tables.products, tables.units, tables.needs_lists),
    *(tables.MESSAGING.inbox, tables.MESSAGING.waiting),
)


@pytest.fixture
def heard(programme):
    """Everything heard over three days, in the order it was said."""
    programme.has_products()
    programme.registers("ORCHARD")
    soap = programme.gift_of("ORCHARD")
    nappies = programme.gift_of("ORCHARD", product=NAPPIES, quantity=40)
    heard = programme.hears(a_product(SOAP), a_product(NAPPIES, sensitivity=1))
    for day in range(3):
        now = programme.clock.now()
        line = a_handover_line("soap", 10 + day)
        before = f"gate {day - 1}" if day else None
        heard += programme.hears(
            a_lot("soap", day + 1, soap, in_transit=20 - day, accepted=10 + day),
            a_lot("naps", day + 1, nappies, product_code=NAPPIES, received=40 + day),
            GoodsRefused(named(f"box {day}"), soap, SOAP, day + 1, "OPENED"),
            a_handover(f"gate {day}", line, corrects=before, at=now),
        )
        programme.clock.advance(days=1)
    return heard


def shown(donors):
    view = dashboard_of(donors.queries.book("ORCHARD"), "en")
    return view.way, view.shown, view.others, view.story, view.questions


ORDERS = {
    "as said": lambda said: said,
    "backwards": lambda said: said[::-1],
    "every other first": lambda said: said[1::2] + said[::2],
}


@pytest.mark.parametrize("order", ORDERS)
def test_a_replay_in_any_order_gives_the_same_dashboard(
    donors, programme, heard, order
):
    """INV-10: the order of messages changes nothing, not even what is veiled."""
    before = shown(donors)
    with donors.database.writing() as connection:
        for table in BUILT:
            connection.execute(table.delete())

    for envelope in ORDERS[order](heard):
        donors.station.inbox.take([envelope])
    for _ in range(4):
        programme.clock.advance(seconds=60)
        donors.station.inbox.retry_due()

    assert donors.station.parking.counts() == (0, 0)
    assert shown(donors) == before
