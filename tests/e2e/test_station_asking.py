"""What a phone asks before it sends, and how a refused scan is put right there."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Playwright, Route, expect

from tests.support.journey import SOAP, SOAP_GTIN, Journey, new_id, now, today
from tests.support.phone import Phone, cellar, send_to
from tests.support.suite import Suite
from tests.support.waiting import wait_until

LATER = "2031-12-31"
CARD = "**/inventory/scan/card"
NEXT_TASK = "() => new Promise((done) => setTimeout(done))"


STANDING = (
    *(("A-02", "MOVE-1", 5), ("A-02", "MOVE-2", 5)),
    *(("A-04", "COUNT-1", 5), ("A-04", "COUNT-2", 5)),
    *(("A-05", "AGAIN", 2), ("A-06", "RIGHT", 5)),
)


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Suite]:
    """A warehouse whose shelves are full before any phone learns of them."""
    with cellar(tmp_path_factory.mktemp("asking")) as suite:
        for place, lot_number, quantity in STANDING:
            shelve(suite, place, lot_number, quantity)
        yield suite


@pytest.fixture
def phone(suite: Suite, playwright: Playwright, tmp_path: Path) -> Iterator[Phone]:
    with Phone(playwright, tmp_path / "phone", suite) as phone:
        phone.sign_in()
        yield phone
        assert phone.failures == []


def shelve(
    suite: Suite, place: str, lot_number: str, quantity: int, at: str = ""
) -> None:
    scan = {
        "scan_id": new_id(),
        "action": "receive",
        "raw": SOAP_GTIN,
        "quantity": quantity,
        "location_code": place,
        "lot_number": lot_number,
        "expires_on": LATER,
        "occurred_at": at or now(),
    }
    assert Journey(send_to(suite)).scan(scan)["status"] == "applied"


def standing(suite: Suite, place: str) -> dict[str, int]:
    """Give how much of each lot of soap stands at a place."""
    path = f"/inventory/api/v1/stock?product_code={SOAP}&location_code={place}"
    items: list[dict[str, Any]] = suite.request("GET", path, role="volunteer").json()[
        "items"
    ]
    return {each["lot_number"]: each["on_hand"] for each in items if each["on_hand"]}


def is_answered(phone: Phone, *states: str) -> None:
    """Wait until the scans of the phone have come so far."""
    wait_until(lambda: phone.states() == list(states), what=lambda: f"{phone.scans()}")


def open_station(phone: Phone, query: str) -> None:
    phone.station(query)
    phone.knows_the_catalogue()


def test_a_move_of_one_of_several_lots_asks_which(suite: Suite, phone: Phone) -> None:
    open_station(phone, "mode=move&location_code=A-02&to_location_code=A-03")
    phone.is_kept()
    phone.context.set_offline(True)
    phone.scan(SOAP_GTIN)
    expect(phone.result).to_contain_text("More than one lot fits")
    assert phone.states() == ["asking"]

    phone.result.get_by_role("button", name="MOVE-2 · 31 Dec 2031").click()

    expect(phone.result).to_contain_text("In the phone")
    phone.context.set_offline(False)
    is_answered(phone, "applied")
    assert standing(suite, "A-03") == {"MOVE-2": 1}


def test_a_count_of_one_of_several_lots_asks_which(suite: Suite, phone: Phone) -> None:
    open_station(phone, "mode=count&location_code=A-04")
    phone.page.locator("#quantity").fill("4")
    phone.scan(SOAP_GTIN)
    expect(phone.result).to_contain_text("More than one lot fits")

    phone.result.get_by_role("button", name="COUNT-1").click()

    is_answered(phone, "applied")
    assert standing(suite, "A-04") == {"COUNT-1": 4, "COUNT-2": 5}


def soon() -> str:
    """Write a pack that expires too soon after receipt."""
    digits = today(30).replace("-", "")[2:]
    return f"]d2010{SOAP_GTIN}17{digits}10SOON"


def test_goods_that_expire_soon_are_taken_in_for_a_reason_or_not_at_all(
    phone: Phone,
) -> None:
    open_station(phone, "mode=receive&location_code=A-01")
    phone.scan(soon())
    expect(phone.result).to_contain_text("It expires too soon")
    phone.result.locator("input[name=reason]").fill("given out this week")
    phone.result.get_by_role("button", name="Record", exact=True).click()
    is_answered(phone, "attention")
    assert phone.scans()[0]["answer"]["code"] == "short_life_needs_consent"

    phone.page.reload()
    phone.is_open()
    phone.scan(soon().replace("SOON", "LATE"))
    is_answered(phone, "attention", "attention")
    reasons = {each["line"]["reason"] for each in phone.scans()}
    assert reasons == {"given out this week"}


def test_goods_that_expire_soon_are_recorded_as_not_taken_in(phone: Phone) -> None:
    open_station(phone, "mode=receive&location_code=A-01")
    phone.scan(soon())

    phone.result.get_by_role("button", name="Record it as not taken in").click()

    is_answered(phone, "applied")
    line = phone.scans()[0]["line"]
    assert (line["action"], line["reason"]) == ("refuse", "shelf_life_too_short")


def test_a_refused_scan_is_sent_again_when_its_cause_is_gone(
    suite: Suite, phone: Phone
) -> None:
    arrived_at = now()
    open_station(phone, "mode=move&location_code=A-05&to_location_code=A-01")
    phone.page.locator("#quantity").fill("6")
    phone.scan(SOAP_GTIN)
    is_answered(phone, "refused")
    shelve(suite, "A-05", "AGAIN", quantity=4, at=arrived_at)

    line = phone.page.locator("#queue-lines [data-state=refused]")
    line.get_by_role("button", name="Send again").click()

    is_answered(phone, "applied")
    assert standing(suite, "A-01")["AGAIN"] == 6


def test_a_refused_scan_is_corrected_in_the_phone(suite: Suite, phone: Phone) -> None:
    open_station(phone, "mode=move&location_code=A-06&to_location_code=A-01")
    phone.page.locator("#lot_number").fill("WRONG")
    phone.scan(SOAP_GTIN)
    is_answered(phone, "refused")

    line = phone.page.locator("#queue-lines [data-state=refused]")
    line.get_by_role("button", name="Correct").click()
    phone.result.locator("input[name=lot_number]").fill("RIGHT")
    phone.result.get_by_role("button", name="Record", exact=True).click()

    is_answered(phone, "applied")
    assert standing(suite, "A-06") == {"RIGHT": 4}


def test_an_answer_that_comes_late_leaves_what_is_being_corrected(
    phone: Phone,
) -> None:
    open_station(phone, "mode=move&location_code=A-06&to_location_code=A-01")
    held: list[Route] = []
    phone.page.route(CARD, lambda route: held.append(route))  # noqa: PLW0108  playwright takes no method of a list
    phone.page.locator("#lot_number").fill("WRONG")
    phone.scan(SOAP_GTIN)
    line = phone.page.locator("#queue-lines [data-state=refused]")
    line.get_by_role("button", name="Correct").click()
    field = phone.result.locator("input[name=lot_number]")
    field.fill("HALF-TYPED")
    phone.page.locator("#code").focus()
    wait_until(lambda: is_asked(phone, held), what="the card is asked for")

    with phone.page.expect_response(CARD):
        held[0].continue_()
    phone.page.evaluate(NEXT_TASK)

    expect(field).to_have_value("HALF-TYPED")


def is_asked(phone: Phone, held: list[Route]) -> bool:
    phone.page.evaluate("0")  # lets the route be heard
    return bool(held)
