"""The EPCIS file has the shape of the published schema, and names no place."""

import json
import re
from datetime import UTC, date, datetime
from uuid import uuid5

import pytest

from deploy.epcis import document
from shared.contracts.distribution_v1 import ConsignmentHandedOver, HandoverLine
from shared.contracts.inventory_v1 import (
    DispatchedLine,
    GoodsDispatched,
    GoodsReceived,
    LotRecalled,
    LotWentTo,
    Pack,
    ProductRegistered,
    StockChanged,
    StockWrittenOff,
)
from tests.support.envelopes import NAMESPACE, in_envelope

NOON = datetime(2026, 11, 22, 7, tzinfo=UTC)
GTIN, OWN_NUMBER = "04006381333931", "02000100010006"
LOT = uuid5(NAMESPACE, "lot")
ITEM = f"https://id.gs1.org/01/{GTIN}/10/A%2F1"

DISPOSITIONS = {
    *("in_progress", "in_transit", "non_sellable_other", "recalled"),
    *("destroyed", "stolen", "unavailable"),
}
BUSINESS_STEPS = {
    *("receiving", "shipping", "accepting", "holding", "destroying"),
    "cycle_counting",
}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d")
OFFSET = re.compile(r"[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00)")


def a_product(gtin=GTIN):
    return ProductRegistered(
        product_code="SOAP",
        version=1,
        category="hygiene",
        names={"en": "Soap"},
        unit_of_issue="bar",
        packs=(Pack(gtin, 1),),
        min_days_at_receipt=90,
        min_days_at_dispatch=30,
        sensitivity=0,
        flags=(),
    )


def a_lot(status="released", **more):
    state = {
        "lot_id": LOT,
        "version": 1,
        "product_code": "SOAP",
        "lot_number": "A/1",
        "expires_on": date(2028, 3, 31),
        "received_on": date(2026, 11, 20),
        "gift_number": "G-2026-001",
        "earmark": None,
        "lot_status": status,
        "received": 100,
        "in_stock": 100,
        "reserved": 0,
        "available": 100,
        "in_transit": 0,
        "accepted": 0,
        "lost": 0,
        "returned": 0,
        "lost_by_reason": {},
    }
    return StockChanged(**state | more)


def received(name="move", *, is_reversal=False):
    move = uuid5(NAMESPACE, name)
    return GoodsReceived(
        move, "GRN-1", LOT, "SOAP", "G-2026-001", 100, is_reversal=is_reversal
    )


def written_off(reason):
    move = uuid5(NAMESPACE, reason)
    return StockWrittenOff(move, LOT, "SOAP", "G-2026-001", 3, reason, NOON)


def handed_over(name, accepted, corrects=None):
    line = HandoverLine("W-SECRET", "SOAP", LOT, accepted, 0, None, 0, 0)
    replaced = uuid5(NAMESPACE, corrects) if corrects else None
    return ConsignmentHandedOver(
        uuid5(NAMESPACE, name), "C-SECRET", NOON, replaced, (line,)
    )


EVERYTHING = (
    received(),
    a_product(),
    a_lot(),
    a_lot("quarantined", version=2),
    GoodsDispatched(
        "C-SECRET", "WB-SECRET", (DispatchedLine("W-SECRET", "SOAP", LOT, 40, 40),)
    ),
    handed_over("gate", 40),
    LotRecalled(
        "SOAP", "A/1", (LOT,), "recall", (LotWentTo("W-SECRET", "C-SECRET", 4),)
    ),
    *(written_off(reason) for reason in ("EXPIRED", "STOLEN", "LOST", "COUNT")),
)


def told(*facts):
    made = document([in_envelope(fact, at=NOON) for fact in facts], NOON)
    return made["epcisBody"]["eventList"]


def test_every_event_has_the_shape_of_the_schema():
    made = json.loads(
        json.dumps(document([in_envelope(fact, at=NOON) for fact in EVERYTHING], NOON))
    )

    assert made["type"] == "EPCISDocument"
    assert made["schemaVersion"] == "2.0"
    assert made["@context"] == [
        "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"
    ]
    assert MOMENT.fullmatch(made["creationDate"])
    events = made["epcisBody"]["eventList"]
    assert len(events) == 9
    for event in events:
        assert event["type"] == "ObjectEvent"
        assert event["action"] in {"ADD", "OBSERVE", "DELETE"}
        assert event["disposition"] in DISPOSITIONS
        assert event.get("bizStep", "receiving") in BUSINESS_STEPS
        assert MOMENT.fullmatch(event["eventTime"])
        assert OFFSET.fullmatch(event["eventTimeZoneOffset"])
        assert event["eventID"].startswith("urn:uuid:")
        for element in event["quantityList"]:
            assert element["epcClass"] == ITEM
            assert element.get("quantity", 1) > 0
            assert "uom" not in element
    assert len({event["eventID"] for event in events}) == len(events)


def test_no_place_and_no_consignment_is_named():
    assert "SECRET" not in json.dumps(told(*EVERYTHING))


@pytest.mark.parametrize(
    "hidden",
    [
        [a_product(OWN_NUMBER), a_lot(), received()],
        [a_product(), a_lot(gift_number="_KITS"), received()],
        [a_lot(), received()],
    ],
    ids=["a number of our own", "a kit", "a product not heard of"],
)
def test_what_the_world_has_no_number_for_is_left_out(hidden):
    assert told(*hidden) == []


def test_a_receipt_that_was_taken_back_is_declared_an_error():
    _, event = told(a_product(), a_lot(), received(), received("b", is_reversal=True))

    assert event["errorDeclaration"]["reason"] == "did_not_occur"


def test_a_corrected_handover_is_declared_wrong_and_says_what_is_right():
    first, wrong, right = told(
        a_product(), a_lot(), handed_over("gate", 40), handed_over("new", 36, "gate")
    )

    assert wrong["eventID"] == first["eventID"]
    assert wrong["errorDeclaration"]["reason"] == "incorrect_data"
    assert wrong["errorDeclaration"]["correctiveEventIDs"] == [right["eventID"]]
    assert right["quantityList"] == [{"epcClass": ITEM, "quantity": 36}]


def test_goods_are_held_once_until_they_are_released():
    states = [
        a_lot(status, version=i)
        for i, status in enumerate(
            ["quarantined", "quarantined", "released", "quarantined"], 1
        )
    ]

    assert [event["disposition"] for event in told(a_product(), *states)] == [
        "non_sellable_other",
        "non_sellable_other",
    ]
