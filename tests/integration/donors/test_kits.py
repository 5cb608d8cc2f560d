"""Nobody gave a kit: its donors read of their own goods in it, wherever it goes."""

import pytest
from sqlalchemy import select

from services.donors.adapters.snapshot_tables import deliveries
from shared.contracts.distribution_v1 import UnitRegistered
from shared.contracts.inventory_v1 import (
    DispatchedLine,
    GoodsDispatched,
    KitPart,
    LotRecalled,
)
from tests.integration.donors.programme import (
    NAPPIES,
    SOAP,
    a_handover,
    a_handover_line,
    a_lot,
    named,
)

KIT = "KIT-DIGNITY"


@pytest.fixture(autouse=True)
def _gifts(programme):
    """Soap of ORCHARD's and NORDIC's nappies, all of it in ten kits."""
    programme.has_products()
    programme.registers("ORCHARD", "NORDIC")
    soap = programme.gift_of("ORCHARD")
    nappies = programme.gift_of("NORDIC", product=NAPPIES)
    programme.hears(
        a_lot("soap", 1, soap, received=20),
        a_lot("naps", 1, nappies, product_code=NAPPIES, received=10),
    )


def a_kit_lot(**more):
    contents = KitPart(named("soap"), 2), KitPart(named("naps"), 1)
    state = {"product_code": KIT, "received": 10, "contents": contents}
    return a_lot("kits", 1, "_KITS", **state | more)


def handed_over(clock, accepted=7):
    line = a_handover_line("kits", accepted)
    return a_handover("gate", line, at=clock.now())


def told(donors, donor_code):
    story = donors.queries.book(donor_code).story
    return [(each.kind.value, each.product_code, each.quantity) for each in story]


def delivered(donors):
    with donors.database.reading() as connection:
        rows = connection.execute(
            select(deliveries).order_by(deliveries.c.product_code)
        ).all()
    return [(row.product_code, row.accepted) for row in rows]


def test_what_went_in_kits_is_told_of_what_is_in_them(donors, programme, clock):
    left = DispatchedLine("W-ANT", KIT, named("kits"), 7, 7)
    programme.hears(
        a_kit_lot(),
        GoodsDispatched("C-2026-0007", "WB-2026-0007", (left,)),
        handed_over(clock),
    )

    assert told(donors, "ORCHARD") == [
        ("accepted", SOAP, 14),
        ("dispatched", SOAP, 14),
    ]
    assert delivered(donors) == [(SOAP, 14), (NAPPIES, 7)]


def test_a_handover_of_kits_nobody_told_of_yet_waits_for_them(donors, programme, clock):
    programme.hears(handed_over(clock))
    assert delivered(donors) == []

    programme.hears(a_kit_lot())
    programme.clock.advance(seconds=60)
    donors.station.inbox.retry_due()

    assert delivered(donors) == [(SOAP, 14), (NAPPIES, 7)]
    assert programme.parked() == []


def test_a_corrected_handover_of_kits_takes_the_place_of_the_first(
    donors, programme, clock
):
    programme.hears(a_kit_lot(), handed_over(clock))
    line = a_handover_line("kits", 5)
    programme.hears(a_handover("again", line, corrects="gate", at=clock.now()))

    assert delivered(donors) == [(SOAP, 10), (NAPPIES, 5)]
    assert told(donors, "ORCHARD") == [("accepted", SOAP, 10)]


def test_what_is_in_recalled_kits_is_told_once(donors, programme):
    """The lot's own stock counts what is in kits."""
    lots = named("kits"), named("soap")
    programme.hears(a_kit_lot(), LotRecalled(SOAP, "L1", lots, "told by the maker", ()))

    assert told(donors, "ORCHARD") == [("recalled", SOAP, 20)]
    assert told(donors, "NORDIC") == []


def test_a_frozen_month_tells_where_went_what_was_in_kits(donors, programme, clock):
    programme.hears(
        *(
            UnitRegistered(
                unit_code=unit,
                version=1,
                facility_code=facility,
                kind="ward",
                audience="detention",
                groups=("women",),
                people_in_tens=120,
            )
            for unit, facility in (("W-ANT", "F1"), ("W-B", "F2"), ("W-C", "F3"))
        ),
        a_kit_lot(),
        handed_over(clock),
    )
    programme.clock.advance(days=70)
    programme.freezes_next_month()

    ((_, lines),) = donors.snapshots.destinations("ORCHARD").months
    went = [each.line for each in lines if each.line.audience]
    assert [(line.product_code, line.quantity) for line in went] == [(SOAP, 10)]
