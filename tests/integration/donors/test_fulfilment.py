"""Donors' numbers come from the newest state of each lot, whatever the order."""

import itertools

import pytest

from services.donors.domain.fulfilment import fulfilments
from services.donors.domain.happening import HappeningKind
from shared.contracts.inventory_v1 import (
    DispatchedLine,
    GoodsDispatched,
    GoodsReceived,
    LotRecalled,
    LotWentTo,
    ReservedLine,
    StockReserved,
    StockWrittenOff,
    WalkInGiftOpened,
)
from tests.integration.donors.programme import (
    SOAP,
    a_handover,
    a_handover_line,
    a_lot,
    a_product,
    named,
)


@pytest.fixture
def gift(programme):
    programme.has_products()
    programme.registers("ORCHARD", "NORDIC")
    return programme.gift_of("ORCHARD")


def soap_of(donors, donor_code):
    book = donors.queries.book(donor_code)
    (soap,) = fulfilments(book.accounts)
    return soap


def told_of(donors, donor_code="ORCHARD"):
    story = donors.queries.book(donor_code).story
    return {(each.kind, each.quantity) for each in story}


@pytest.mark.usefixtures("gift")
def test_an_announced_gift_is_all_still_to_come(donors):
    soap = soap_of(donors, "ORCHARD")

    assert (soap.announced, soap.totals.received, soap.still_to_come) == (100, 0, 100)


def test_the_highest_version_counts_in_any_order(donors, programme, gift):
    """INV-07, INV-10: reordered and repeated states end in the same numbers."""
    states = [
        a_lot("lot", 1, gift),
        a_lot("lot", 2, gift, in_transit=60),
        a_lot("lot", 3, gift, in_transit=10, accepted=50),
    ]
    for order in itertools.permutations(states):
        programme.hears(*order, *order, name=str(order))

        totals = soap_of(donors, "ORCHARD").totals
        assert (totals.in_stock, totals.in_transit, totals.accepted) == (40, 10, 50)


def test_other_facts_never_count(donors, programme, gift):
    programme.hears(a_lot("lot", 1, gift, in_transit=40))
    line = a_handover_line("lot", 40)
    programme.hears(a_handover("gate", line, at=programme.clock.now()))

    assert soap_of(donors, "ORCHARD").totals.accepted == 0
    assert (HappeningKind.ACCEPTED, 40) in told_of(donors)


def test_totals_that_do_not_add_up_are_parked(donors, programme, gift):
    programme.hears(a_lot("lot", 1, gift, in_stock=99))

    assert "UnbalancedTotalsError" in programme.parked()[0]
    assert soap_of(donors, "ORCHARD").totals.received == 0


@pytest.mark.usefixtures("gift")
def test_a_lot_heard_of_before_its_gift_counts_once_the_gift_is_there(
    donors, programme
):
    programme.hears(a_lot("early", 1, "G-2026-002", received=7))

    assert programme.gift_of("NORDIC") == "G-2026-002"
    assert soap_of(donors, "NORDIC").totals.received == 7


def test_a_refusal_is_added_once(donors, programme, gift):
    programme.refuses("box", gift, 8)
    programme.refuses("box", gift, 8)
    programme.refuses("other box", gift, 4)

    assert soap_of(donors, "ORCHARD").refused == 12


def test_a_handover_waits_for_the_message_of_its_lot(donors, programme, gift):
    line = a_handover_line("lot", 30, refused=5)
    programme.hears(a_handover("gate", line, at=programme.clock.now()))
    programme.hears(a_lot("lot", 1, gift))
    programme.clock.advance(seconds=2)
    donors.station.inbox.retry_due()

    assert (HappeningKind.REFUSED_AT_GATE, 5) in told_of(donors)


def test_a_corrected_handover_is_told_instead_of_the_first(donors, programme, gift):
    now = programme.clock.now()
    programme.hears(a_lot("lot", 1, gift))
    programme.hears(a_handover("first", a_handover_line("lot", 30), at=now))
    programme.hears(
        a_handover(
            "second", a_handover_line("lot", 20, short=10), corrects="first", at=now
        )
    )

    assert told_of(donors) == {
        (HappeningKind.ACCEPTED, 20),
        (HappeningKind.LOST_ON_THE_WAY, 10),
    }


def test_what_happened_on_one_day_is_told_as_one_sum(donors, programme, gift):
    """Single lines would tell how large a unit is."""
    programme.hears(a_lot("lot", 1, gift))
    lines = [a_handover_line("lot", 9), a_handover_line("lot", 31)]
    programme.hears(a_handover("gate", *lines, at=programme.clock.now()))

    assert told_of(donors) == {(HappeningKind.ACCEPTED, 40)}


@pytest.mark.usefixtures("gift")
def test_an_older_product_does_not_replace_a_newer(donors, programme):
    programme.hears(a_product(SOAP, version=3, sensitivity=2))
    programme.hears(a_product(SOAP, version=2))

    catalogue = donors.queries.catalogue()
    assert catalogue.words(SOAP, "kk").sensitivity == 2
    assert catalogue.words(SOAP, "kk").name == f"{SOAP} по-русски"


def test_each_fact_is_told_in_its_own_words(donors, programme, gift):
    lot = named("lot")
    programme.hears(a_lot("lot", 1, gift))
    programme.hears(
        GoodsReceived(named("in"), "GRN-2026-000001", lot, SOAP, gift, 100),
        GoodsReceived(
            named("undo"), "GRN-2026-000001", lot, SOAP, gift, 3, is_reversal=True
        ),
        StockReserved(named("run"), SOAP, (ReservedLine("W-A", lot, 40, 1),)),
        GoodsDispatched(
            "C-2026-0001", "WB-2026-0001", (DispatchedLine("W-A", SOAP, lot, 40, 38),)
        ),
        StockWrittenOff(
            *(named("off"), lot, SOAP, gift, 2, "EXPIRED", programme.clock.now())
        ),
        LotRecalled(SOAP, "L1", (lot,), "glass", (LotWentTo("W-A", "C-1", 38),)),
    )

    assert told_of(donors) == {
        (HappeningKind.RECEIVED, 100),
        (HappeningKind.RECEIPT_CORRECTED, 3),
        (HappeningKind.RESERVED, 40),
        (HappeningKind.DISPATCHED, 38),
        (HappeningKind.WRITTEN_OFF, 2),
        (HappeningKind.RECALLED, 100),
    }


def test_a_walk_in_gift_heard_of_twice_is_one_gift(donors, programme):
    for name in ("once", "again"):
        programme.hears(WalkInGiftOpened("W-20261120-1"), name=name)

    (gift,) = donors.queries.gifts(10).accounts
    assert (gift.donor_code, gift.is_walk_in) == ("ANON", True)
