"""Picks as a phone sends them: line by line, twice, late or with the wrong pack."""

from uuid import UUID

import pytest

from shared.contracts.inventory_v1 import PickingStarted
from tests.support.store import a_share
from tests.support.warehouse import LATER, Warehouse

SOAP, EAN = "HYG-SOAP-B", "2000100010006"


@pytest.fixture
def soap(warehouse: Warehouse) -> UUID:
    """Sixty bars of one lot on the shelf."""
    answer = warehouse.receive(
        product_code=SOAP, lot_number="S1", expires_on=LATER, quantity=60
    )
    warehouse.announce(warehouse.lot(answer).gift_number)
    return UUID(answer["lot_id"])


@pytest.fixture
def number(warehouse: Warehouse, soap: UUID) -> str:
    """A list that asks for forty of them, for two units."""
    lines = (
        a_share(soap, 30, product_code=SOAP),
        a_share(soap, 10, "U-2", product_code=SOAP),
    )
    warehouse.approve(*lines)
    return warehouse.plan(*lines)


def pick(warehouse: Warehouse, number: str, **fields):
    return warehouse.only(
        **{
            "action": "pick",
            "product_code": SOAP,
            "pick_list_number": number,
            **fields,
        }
    )


def test_a_scanned_pick_answers_every_unit_on_the_line(warehouse, soap, number):
    answer = pick(warehouse, number, lot_id=str(soap), quantity=40)

    assert (answer["status"], answer["lot_id"]) == ("applied", str(soap))
    (line,) = warehouse.pick_list(number).lines
    assert (line.quantity, line.picked) == (40, 40)


def test_the_first_pick_says_that_picking_has_begun(warehouse, soap, number):
    for quantity in (3, 4):
        pick(warehouse, number, lot_id=str(soap), quantity=quantity)

    assert len(warehouse.facts(PickingStarted)) == 1


def test_a_pack_says_what_it_is(warehouse, soap, number):
    answer = pick(warehouse, number, raw=EAN, lot_number="S1", quantity=3)

    assert (answer["status"], answer["lot_id"]) == ("applied", str(soap))


def test_the_same_scan_again_picks_nothing_more(warehouse, soap, number):
    line = warehouse.line(
        action="pick",
        product_code=SOAP,
        pick_list_number=number,
        lot_id=str(soap),
        quantity=5,
    )

    [first] = warehouse.scan(line)
    [again] = warehouse.scan(line)

    assert again == {**first, "status": "duplicate"}
    assert warehouse.pick_list(number).lines[0].picked == 5


def test_one_refused_line_leaves_the_others_standing(warehouse, soap, number):
    def line(**fields):
        return warehouse.line(
            **{
                "action": "pick",
                "product_code": SOAP,
                "pick_list_number": number,
                "lot_id": str(soap),
                **fields,
            }
        )

    comb = warehouse.receive()
    warehouse.receive(product_code=SOAP, lot_number="S2", expires_on="2028-01-31")
    answers = warehouse.scan(
        line(quantity=41),
        line(quantity=4),
        line(product_code="HYG-COMB", lot_id=comb["lot_id"]),
        line(lot_id=None),
        line(pick_list_number="PL-2026-000099"),
        line(pick_list_number=None),
        line(quantity=36),
        line(quantity=1),
    )

    assert [answer.get("code", answer["status"]) for answer in answers] == [
        "more_than_asked",
        "applied",
        "not_on_pick_list",
        "lot_needed",
        "pick_list_unknown",
        "malformed",
        "applied",
        "more_than_asked",
    ]


def test_another_lot_is_refused_until_somebody_says_why(warehouse, soap, number):
    gift = warehouse.lot({"lot_id": str(soap)}).gift_number
    other = warehouse.receive(
        product_code=SOAP,
        lot_number="S2",
        expires_on=LATER,
        quantity=10,
        gift_number=gift,
    )

    refused = pick(warehouse, number, raw=EAN, lot_number="S2", quantity=3)
    taken = pick(
        warehouse,
        number,
        raw=EAN,
        lot_number="S2",
        quantity=3,
        other_lot_reason="S1 is behind a pallet",
    )

    assert refused["code"] == "lot_not_asked_for"
    assert (taken["status"], taken["lot_id"]) == ("applied", other["lot_id"])
    assert sum(warehouse.reserved(soap).values()) == 37


def test_goods_may_come_in_and_go_out_in_one_offline_batch(warehouse, soap, number):
    gift = warehouse.lot({"lot_id": str(soap)}).gift_number
    common = {"product_code": SOAP, "lot_number": "S3", "quantity": 6}

    answers = warehouse.scan(
        warehouse.line(**common, expires_on=LATER, gift_number=gift),
        warehouse.line(
            **common,
            action="pick",
            pick_list_number=number,
            other_lot_reason="nearer",
        ),
    )

    assert [answer["status"] for answer in answers] == ["applied", "applied"]


def test_undo_asks_for_the_goods_again(warehouse, soap, number):
    answer = pick(warehouse, number, lot_id=str(soap), quantity=40)

    warehouse.undo(answer)

    assert warehouse.pick_list(number).lines[0].picked == 0
    assert warehouse.reserved(soap) == {"A-01": 40}


def test_a_list_that_left_takes_no_more(warehouse, soap, number):
    pick(warehouse, number, lot_id=str(soap), quantity=40)
    warehouse.dispatch(number)

    answer = pick(warehouse, number, lot_id=str(soap), quantity=1)

    assert (answer["status"], answer["code"]) == ("refused", "pick_list_closed")
