"""Ninety lines of six units: folded, searched and put right on a phone's screen."""

from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Playwright, expect

from deploy.demo.people import OWN_UNITS
from tests.support.journey import FACILITY, RUNS, Journey, new_id, now, today
from tests.support.phone import Phone, cellar, send_to
from tests.support.suite import Suite
from tests.support.waiting import wait_until

PRODUCTS = [f"HYG-{place:02d}" for place in range(1, 16)]
UNITS = OWN_UNITS[:6]
EACH = 4
SHELF = 100
CREATED = HTTPStatus.CREATED


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Suite]:
    with cellar(tmp_path_factory.mktemp("long")) as suite:
        yield suite


@pytest.fixture(scope="module")
def number(suite: Suite) -> str:
    """A delivery of every product to every unit that has left for the gate."""
    send = send_to(suite)
    journey = Journey(send)
    furnish(send)
    receive(journey)
    for unit_code in UNITS:
        ask(suite, unit_code)
    allocate(send)
    number = journey.plan()
    pick_list = journey.pick_list_of(number)
    journey.pick(pick_list)
    journey.dispatch(pick_list)
    path = f"/distribution/api/v1/consignments/{number}"
    wait_until(
        lambda: send("GET", path, role="outreach")["status"] == "in_transit",
        what="it left",
    )
    return number


def furnish(send: Any) -> None:
    for code in PRODUCTS:
        product = {
            "command_id": new_id(),
            "product_code": code,
            "category": "hygiene",
            "names": {"en": f"Thing {code}", "ru": f"Вещь {code}", "kk": f"Зат {code}"},
            "unit_of_issue": "piece",
            "packs": [],
            "min_days_at_receipt": 0,
            "min_days_at_dispatch": 0,
            "sensitivity": 0,
            "flags": [],
        }
        send("POST", "/inventory/api/v1/products", product, role="coordinator")
    for unit_code in UNITS:
        unit = {
            "command_id": new_id(),
            "unit_code": unit_code,
            "facility_code": FACILITY,
            "kind": "ward",
            "audience": "detention",
            "groups": ["women"],
        }
        send("POST", "/distribution/api/v1/units", unit, role="coordinator")


def receive(journey: Journey) -> None:
    gift = journey.announce(1)
    for code in PRODUCTS:
        scan = {
            "scan_id": new_id(),
            "action": "receive",
            "product_code": code,
            "quantity": SHELF,
            "location_code": "A-01",
            "occurred_at": now(),
            "gift_number": gift,
        }
        assert journey.scan(scan)["status"] == "applied"


def ask(suite: Suite, unit_code: str) -> None:
    """Ask for every product; distribution may hear of the last only in a moment."""
    requisition_id = new_id()
    wish = {
        "requisition_id": requisition_id,
        "unit_code": unit_code,
        "needed_by": today(7),
        "lines": [{"product_code": code, "quantity": EACH} for code in PRODUCTS],
    }
    path = "/distribution/api/v1/requisitions"
    wait_until(
        lambda: suite.request("POST", path, wish, role="outreach").status == CREATED,
        what="distribution knows the products",
    )
    approve = f"{path}/{requisition_id}/approve"
    send_to(suite)("POST", approve, {"command_id": new_id()}, role="coordinator")


def allocate(send: Any) -> None:
    """Share everything out and wait until the warehouse holds it."""
    proposed: list[str] = []

    def gives_all() -> bool:
        proposed.append(new_id())
        run = {
            "run_id": proposed[-1],
            "handover_on": today(),
            "product_codes": PRODUCTS,
        }
        lines = send("POST", RUNS, run, role="coordinator")["lines"]
        given = [line for line in lines if line["quantity"]]
        return len(given) == len(PRODUCTS) * len(UNITS)

    wait_until(gives_all, what="a run that gives everybody everything")
    run_path = f"{RUNS}/{proposed[-1]}"
    send("POST", f"{run_path}/approve", {"command_id": new_id()}, role="coordinator")
    wait_until(
        lambda: send("GET", run_path, role="coordinator")["state"] == "reserved",
        what="it is held",
    )


@pytest.fixture
def phone(
    suite: Suite, playwright: Playwright, tmp_path: Path, number: str
) -> Iterator[Phone]:
    """A phone of the team on the form of the handover, in parts."""
    with Phone(playwright, tmp_path / "phone", suite) as phone:
        phone.sign_in("outreach")
        phone.page.goto(phone.address(f"/distribution/consignments/{number}/handover/"))
        phone.page.wait_for_selector("html[data-gate=open]")
        phone.page.get_by_text("Record in parts").click()
        yield phone
        assert phone.failures == []


def shown(page: Page) -> Locator:
    return page.locator("[data-line]:visible")


def find(page: Page, words: str) -> None:
    page.get_by_label("Find a line").fill(words)


def is_folded(page: Page) -> None:
    expect(page.locator("[data-group]")).to_have_count(len(UNITS))
    expect(page.locator("[data-group][open]")).to_have_count(0)


def test_a_line_is_found_by_its_words_among_units_that_are_folded(
    phone: Phone,
) -> None:
    page = phone.page
    is_folded(page)

    find(page, f"{UNITS[1]} HYG-07")
    expect(shown(page)).to_have_count(1)
    expect(page.locator("[data-found]")).to_have_text("lines: 1")

    page.get_by_label("Find a line").press("Enter")
    expect(page.locator("#gate")).to_be_visible()
    find(page, "hyg-07")
    expect(shown(page)).to_have_count(len(UNITS))
    find(page, "")
    is_folded(page)


def test_the_phone_does_the_same_out_of_its_memory(phone: Phone, number: str) -> None:
    page = phone.page
    page.goto(phone.address("/distribution/"))
    page.wait_for_selector("html[data-kept=yes]")
    page.wait_for_function("() => navigator.serviceWorker.controller")
    phone.context.set_offline(True)
    page.goto(phone.address(f"/distribution/consignments/{number}/handover/"))
    page.wait_for_selector("html[data-gate=open]")

    page.get_by_text("Record in parts").click()
    is_folded(page)
    expect(page.locator("[data-group] summary").first).to_contain_text("lines: 15")
    find(page, "hyg-07")
    expect(shown(page)).to_have_count(len(UNITS))


@pytest.mark.parametrize("query", ["", "?parts=1"])
def test_a_unit_unfolds_by_a_press(phone: Phone, number: str, query: str) -> None:
    page = phone.page
    here = f"/distribution/consignments/{number}/handover/{query}"
    page.goto(phone.address(here))
    page.wait_for_selector("html[data-gate=open]")
    if not query:
        page.get_by_text("Record in parts").click()
    is_folded(page)

    page.locator("[data-group] summary").nth(1).click()

    expect(shown(page)).to_have_count(len(PRODUCTS))


def test_a_button_leads_to_the_next_line_that_does_not_add_up(phone: Phone) -> None:
    page = phone.page
    following = page.locator("[data-next]")
    expect(following).to_be_hidden()
    find(page, f"{UNITS[1]} hyg-07")
    shown(page).locator("input[name^=short-]").fill("1")
    find(page, "hyg-01")

    expect(following).to_contain_text("1")
    following.click()
    line = page.locator(f"[data-unit={UNITS[1]}][data-product=HYG-07]")
    expect(line.locator("input[name^=accepted-]")).to_be_focused()
    expect(line).to_be_in_viewport()
    find(page, "")
    page.get_by_role("button", name="Finish").click()
    expect(page.locator("[data-refused]")).to_contain_text("do not add up")
    expect(line).to_be_in_viewport()
    line.locator("input[name^=accepted-]").fill(str(EACH - 1))
    expect(following).to_be_hidden()
    page.get_by_role("button", name="Finish").click()

    page.wait_for_url("**/handover/receipt")
    page.wait_for_selector("html[data-gate=open]")
    expect(page.locator("[data-group][open]")).to_contain_text("Thing HYG-07")
    find(page, "hyg-08")
    expect(shown(page)).to_have_count(len(UNITS))
