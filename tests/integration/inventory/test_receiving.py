"""What happens at the door: taken in, held back, refused, or left to a person."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.inventory.domain.lot import LotStatus
from services.inventory.domain.product import Pack
from shared.contracts.inventory_v1 import (
    GoodsReceived,
    GoodsRefused,
    StockChanged,
    WalkInGiftOpened,
)
from shared.kernel.gs1 import GTIN
from tests.support.warehouse import BERIK, LATER

SOAP, SOAP_EAN = "HYG-SOAP-B", "2000100010006"
MEDICINE = {"product_code": "MED-PARA", "lot_number": "P77", "expires_on": LATER}
COLD = {"product_code": "MED-SUPP", "lot_number": "S1", "expires_on": LATER}


def test_a_scanned_pack_becomes_stock(warehouse):
    answer = warehouse.receive(raw=SOAP_EAN, expires_on=LATER, quantity=48)

    assert warehouse.stock() == [(SOAP, "A-01", 48)]
    assert warehouse.lot(answer).expires_on.isoformat() == LATER


def test_a_receipt_is_announced_and_counted_once(warehouse):
    warehouse.receive(gift_number="G-2026-001", quantity=5)

    [received] = warehouse.facts(GoodsReceived)
    [changed] = warehouse.facts(StockChanged)
    assert (received.quantity, received.gift_number) == (5, "G-2026-001")
    assert received.grn_number == "GRN-2026-000001"
    assert (changed.version, changed.received, changed.in_stock) == (1, 5, 5)


def test_a_whole_batch_announces_each_lot_once(warehouse):
    warehouse.scan(*(warehouse.line() for _ in range(20)))

    changed = warehouse.facts(StockChanged)
    assert [(each.version, each.received) for each in changed] == [(1, 40)]
    assert len(warehouse.facts(GoodsReceived)) == 20


def test_receipts_of_the_same_goods_share_a_lot_and_a_note(warehouse):
    first = warehouse.receive(product_code=SOAP, expires_on=LATER)
    again = warehouse.receive(product_code=SOAP, expires_on=LATER)
    other = warehouse.receive(product_code=SOAP, expires_on="2028-12-31")

    assert first["lot_id"] == again["lot_id"] != other["lot_id"]
    assert {each.grn_number for each in warehouse.facts(GoodsReceived)} == {
        "GRN-2026-000001"
    }


def test_another_person_or_day_has_another_note(warehouse):
    warehouse.receive(gift_number="G-2026-001")
    warehouse.scan(warehouse.line(gift_number="G-2026-001"), account=BERIK)
    warehouse.wait(days=1)
    warehouse.receive(gift_number="G-2026-001")

    notes = [each.grn_number[-1] for each in warehouse.facts(GoodsReceived)]
    assert notes == ["1", "2", "3"]


class TestWalkIn:
    def test_goods_without_a_gift_open_one_a_day_and_person(self, warehouse):
        warehouse.receive()
        warehouse.receive()
        warehouse.scan(warehouse.line(), account=BERIK)

        opened = [each.gift_number for each in warehouse.facts(WalkInGiftOpened)]
        assert opened == ["W-20261122-1", "W-20261122-2"]

    def test_they_may_be_given_out_at_once(self, warehouse):
        answer = warehouse.receive()

        assert warehouse.lot(answer).stored_status is LotStatus.RELEASED

    def test_the_gift_is_opened_before_its_goods_are_received(self, warehouse):
        warehouse.receive()

        said = [type(each) for each in warehouse.facts(object)]
        assert said[-3:] == [WalkInGiftOpened, GoodsReceived, StockChanged]


class TestMedicine:
    def test_waits_for_its_reviewer(self, warehouse):
        warehouse.receive(**MEDICINE)

        [changed] = warehouse.facts(StockChanged)
        assert (changed.lot_status, changed.available) == ("quarantined", 0)

    def test_joins_a_lot_that_still_waits(self, warehouse):
        first = warehouse.receive(**MEDICINE)
        again = warehouse.receive(**MEDICINE)

        assert first["lot_id"] == again["lot_id"]

    def test_never_joins_a_lot_that_was_judged(self, warehouse):
        """A released lot must not grow by packs nobody has looked at."""
        first = warehouse.receive(**MEDICINE)
        warehouse.release(first)

        again = warehouse.receive(**MEDICINE)

        assert first["lot_id"] != again["lot_id"]
        assert warehouse.lot(again).hold is LotStatus.QUARANTINED
        notes = {each.grn_number for each in warehouse.facts(GoodsReceived)}
        assert len(notes) == 2

    @pytest.mark.parametrize(
        ("lacking", "code"),
        [("lot_number", "lot_missing"), ("expires_on", "expiry_missing")],
    )
    def test_a_pack_that_does_not_say_all_waits_for_a_person(
        self, warehouse, lacking, code
    ):
        known = {name: said for name, said in MEDICINE.items() if name != lacking}

        assert warehouse.only(**known)["status"] == "attention"
        assert [each for each, _ in warehouse.attention()] == [code]
        assert warehouse.stock() == []

    def test_a_marking_code_says_neither_lot_nor_expiry(self, warehouse):
        """DOMAIN.md 1.3; and its secret part is kept nowhere."""
        secret = "K9zX"
        raw = f"]d201{'02000400010003'}21SERIAL1234567\x1d93{secret}"

        answer = warehouse.only(raw=raw)

        [(code, line)] = warehouse.attention()
        assert (answer["status"], code) == ("attention", "lot_missing")
        assert secret not in str(line)
        assert "SERIAL" not in str(line)


class TestShelfLife:
    def test_refuses_what_expires_too_soon_after_arrival(self, warehouse):
        day = warehouse.clock.now().date() + timedelta(days=89)

        answer = warehouse.only(product_code=SOAP, expires_on=day.isoformat())

        assert (answer["status"], answer["code"]) == ("refused", "shelf_life_too_short")

    def test_takes_what_lasts_exactly_long_enough(self, warehouse):
        day = warehouse.clock.now().date() + timedelta(days=90)

        warehouse.receive(product_code=SOAP, expires_on=day.isoformat())

    def test_refuses_what_has_expired(self, warehouse):
        answer = warehouse.only(product_code=SOAP, expires_on="2026-11-21")

        assert answer["code"] == "expired"

    def test_dated_goods_without_a_date_wait_for_a_person(self, warehouse):
        assert warehouse.only(raw=SOAP_EAN)["code"] == "expiry_missing"


class TestColdChain:
    def test_needs_a_reading(self, warehouse):
        assert warehouse.only(**COLD)["code"] == "temperature_missing"

    def test_a_breach_quarantines(self, warehouse):
        """The product is no medicine here, so nothing else would hold it."""
        fresh = {**COLD, "product_code": "COLD-GEL", "lot_number": "C1"}
        with warehouse.working() as work:
            product = work.catalogue.of_codes(["HYG-CREAM"])["HYG-CREAM"]
            gel = replace(
                product,
                product_code="COLD-GEL",
                packs=(),
                flags=("cold-2-8C",),
                version=1,
            )
            work.catalogue.save(gel)

        good = warehouse.receive(**fresh, temperature_celsius=5)
        warm = warehouse.receive(
            **{**fresh, "lot_number": "C2"}, temperature_celsius=8.5
        )

        assert warehouse.lot(good).hold is LotStatus.RELEASED
        assert warehouse.lot(warm).hold is LotStatus.QUARANTINED


class TestRefusal:
    def test_formula_is_never_taken_in(self, warehouse):
        formula = {"product_code": "INF-FORM", "expires_on": LATER}

        assert warehouse.only(**formula)["code"] == "product_refused"

    def test_a_refusal_is_told_to_the_donor_and_enters_no_book(self, warehouse):
        line = warehouse.line(
            action="refuse",
            product_code="INF-FORM",
            gift_number="G-2026-007",
            quantity=6,
            reason="milk substitute",
        )

        [answer] = warehouse.scan(line)

        [refused] = warehouse.facts(GoodsRefused)
        assert answer["status"] == "applied"
        assert str(refused.refusal_id) == line["scan_id"]
        assert (refused.gift_number, refused.quantity) == ("G-2026-007", 6)
        assert warehouse.facts(StockChanged) == []

    def test_a_refusal_has_a_reason(self, warehouse):
        assert warehouse.only(action="refuse")["code"] == "malformed"


class TestCases:
    ITEM, CASE = "9520000000011", "19520000000018"

    @pytest.fixture
    def soap_in_cases(self, warehouse):
        with warehouse.working() as work:
            soap = work.catalogue.of_codes([SOAP])[SOAP]
            packs = (
                Pack(GTIN.parse(self.ITEM), 1),
                Pack(GTIN.parse(self.CASE), 48),
            )
            work.catalogue.save(replace(soap, packs=packs))
        return warehouse

    def test_a_case_counts_its_units(self, soap_in_cases):
        soap_in_cases.receive(raw=self.CASE, expires_on=LATER, quantity=2)
        soap_in_cases.receive(raw=self.ITEM, expires_on=LATER, quantity=3)

        assert soap_in_cases.stock() == [(SOAP, "A-01", 99)]

    def test_a_product_chosen_by_hand_counts_units(self, soap_in_cases):
        soap_in_cases.receive(product_code=SOAP, expires_on=LATER, quantity=2)

        assert soap_in_cases.stock() == [(SOAP, "A-01", 2)]

    def test_units_have_a_limit_too(self, soap_in_cases):
        answer = soap_in_cases.only(raw=self.CASE, expires_on=LATER, quantity=1_000_000)

        assert answer["code"] == "quantity_out_of_range"


class TestTime:
    def test_a_clock_a_little_ahead_is_taken_for_now(self, warehouse):
        ahead = warehouse.clock.now() + timedelta(minutes=9)
        answer = warehouse.receive(occurred_at=ahead.isoformat())

        assert warehouse.undo(answer)["movement_id"]

    def test_nothing_happens_in_the_future(self, warehouse):
        ahead = warehouse.clock.now() + timedelta(minutes=11)

        answer = warehouse.only(occurred_at=ahead.isoformat())

        assert answer["code"] == "occurred_in_future"

    def test_an_offline_receipt_belongs_to_its_own_day(self, warehouse):
        yesterday = warehouse.clock.now() - timedelta(days=1)

        answer = warehouse.receive(occurred_at=yesterday.isoformat())

        assert warehouse.lot(answer).gift_number == "W-20261121-1"
