"""Nothing scanned is lost: it waits, with what is missing, until a person speaks."""

import pytest

from services.inventory.application.holding.recall_lots import RecallLots, recall_lots
from services.inventory.application.queries import AttentionPlace
from services.inventory.application.scanning.resolve_attention import NotWaitingError
from services.inventory.domain.attention import (
    ExpiryMissingError,
    LotRecalledError,
    UnknownProductError,
)
from shared.contracts.inventory_v1 import GoodsReceived
from shared.kernel.errors import MalformedError
from tests.support.warehouse import AIDA, BERIK, LATER


def waiting(warehouse, **fields):
    line = warehouse.line(**fields)
    [answer] = warehouse.scan(line)
    assert answer["status"] == "attention", answer
    return line


def test_what_was_missing_finishes_the_scan(warehouse):
    line = waiting(warehouse, raw="2000100010006", quantity=9)

    answer = warehouse.resolve(line["scan_id"], expires_on=LATER)

    assert answer["status"] == "applied"
    assert warehouse.stock() == [("HYG-SOAP-B", "A-01", 9)]
    assert warehouse.attention() == []


def test_an_unknown_code_gets_its_product(warehouse):
    line = waiting(warehouse, raw="4870001234560")

    warehouse.resolve(line["scan_id"], product_code="HYG-COMB", quantity=3)

    assert warehouse.stock() == [("HYG-COMB", "A-01", 3)]


def test_what_the_pack_said_is_still_known(warehouse):
    """Lot and expiry were in the code; only the temperature was not."""
    raw = "]d2010200040007000717291231" + "10S-77"
    line = waiting(warehouse, raw=raw)

    answer = warehouse.resolve(line["scan_id"], temperature_celsius=4)

    lot = warehouse.lot(answer)
    assert (lot.lot_number, lot.expires_on.isoformat()) == ("S-77", LATER)


def test_the_goods_are_booked_for_who_scanned_them(warehouse):
    line = waiting(warehouse, raw="2000100010006")
    warehouse.resolve(line["scan_id"], expires_on=LATER)

    [movement] = warehouse.app.queries.stock_card("HYG-SOAP-B")
    assert movement.recorded_by == AIDA


def test_the_scanner_hears_the_end_when_it_asks_again(warehouse):
    line = waiting(warehouse, raw="2000100010006")
    done = warehouse.resolve(line["scan_id"], expires_on=LATER)

    [again] = warehouse.scan(line)

    assert again["status"] == "duplicate"
    assert again["movement_id"] == done["movement_id"]


def test_a_scan_can_be_laid_aside_with_a_reason(warehouse):
    line = waiting(warehouse, product_code="NOTHING-LIKE-IT")

    answer = warehouse.resolve(line["scan_id"], discard_reason="a toy")

    assert answer == {
        "scan_id": line["scan_id"],
        "action": "receive",
        "status": "discarded",
    }
    assert warehouse.attention() == []
    assert warehouse.facts(GoodsReceived) == []


@pytest.mark.parametrize(
    ("entered", "refusal"),
    [
        ({}, UnknownProductError),
        ({"product_code": "HYG-SOAP-B"}, ExpiryMissingError),
        ({"product_code": "HYG-COMB", "quantity": 0}, MalformedError),
        ({"product_code": "HYG-COMB", "lot_number": "партия"}, MalformedError),
    ],
)
def test_what_is_still_missing_keeps_it_waiting(warehouse, entered, refusal):
    line = waiting(warehouse, product_code="NOTHING-LIKE-IT")

    with pytest.raises(refusal):
        warehouse.resolve(line["scan_id"], **entered)

    assert len(warehouse.attention()) == 1


def test_nothing_is_finished_twice(warehouse):
    line = waiting(warehouse, raw="2000100010006")
    warehouse.resolve(line["scan_id"], expires_on=LATER)

    with pytest.raises(NotWaitingError):
        warehouse.resolve(line["scan_id"], expires_on=LATER)


def test_a_lost_separator_is_never_guessed(warehouse):
    """DOMAIN.md 1.2: lot ABC123 and expiry 17 291231 ran into one."""
    line = waiting(warehouse, raw="]d2010200010001000610ABC12317291231")
    [(code, _)] = warehouse.attention()

    warehouse.resolve(line["scan_id"], lot_number="ABC123", expires_on=LATER)

    assert code == "separator_doubtful"
    assert warehouse.stock() == [("HYG-SOAP-B", "A-01", 2)]


def test_goods_of_a_recalled_number_wait(warehouse):
    with warehouse.working() as work:
        recall_lots(work, RecallLots("HYG-SOAP-B", "L13", "glass in it", BERIK))
    line = waiting(
        warehouse, product_code="HYG-SOAP-B", lot_number="L13", expires_on=LATER
    )

    with pytest.raises(LotRecalledError):
        warehouse.resolve(line["scan_id"])
    warehouse.resolve(line["scan_id"], lot_number="L12")

    assert warehouse.stock() == [("HYG-SOAP-B", "A-01", 2)]


class TestUnheardGift:
    def test_shows_after_an_hour(self, warehouse):
        warehouse.receive(gift_number="G-2026-404")
        warehouse.wait(minutes=59)
        assert warehouse.attention() == []

        warehouse.wait(minutes=2)

        [(code, line)] = warehouse.attention()
        assert (code, line["gift_number"]) == ("awaiting_gift", "G-2026-404")

    def test_is_gone_once_it_is_heard_of(self, warehouse):
        warehouse.receive(gift_number="G-2026-404")
        warehouse.wait(hours=2)

        warehouse.announce("G-2026-404")

        assert warehouse.attention() == []


def test_the_list_is_read_page_by_page(warehouse):
    warehouse.receive(gift_number="G-2026-404")
    for _ in range(3):
        waiting(warehouse, product_code="NOTHING-LIKE-IT")
    warehouse.wait(hours=2)

    first = warehouse.app.queries.attention(after=AttentionPlace(), limit=2)
    rest = warehouse.app.queries.attention(
        after=AttentionPlace("G-2026-404", first[-1].position), limit=9
    )

    assert [each.code for each in first] == ["awaiting_gift", "unknown_product"]
    assert [each.position for each in rest] == [2, 3]
