"""What is scanned before the phone has caught up: nothing is lost, nothing is mixed up.

The phone's memory and its words answer when the test says so, so nothing here
depends on how fast a machine is.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Playwright, expect

from tests.support.journey import SOAP_GTIN, new_id
from tests.support.phone import Phone, cellar, send_to
from tests.support.suite import Suite
from tests.support.waiting import wait_until

DATED = f"]d2010{SOAP_GTIN}1729123110L1"
HOLD = """(names) => {
  window.heldBack = [];
  const hold = (tell) => (heldBack === null ? tell() : heldBack.push(tell));
  const isNamed = (...said) => said.some((one) => names.includes(one));
  for (const name of ["get", "add"]) {
    const ask = IDBObjectStore.prototype[name];
    IDBObjectStore.prototype[name] = function (...given) {
      const asked = ask.apply(this, given);
      const whole = `${name} ${this.name}`;
      if (!isNamed(whole, `${whole} ${given[0]}`)) return asked;
      const listen = asked.addEventListener.bind(asked);
      asked.addEventListener = (kind, told) =>
        listen(kind, (event) => hold(() => told(event)));
      return asked;
    };
  }
  const { fetch } = window;
  window.fetch = async (address, ...how) => {
    const isHeld = isNamed("words") && String(address).includes("/words/");
    if (isHeld) await new Promise(hold);
    return fetch(address, ...how);
  };
}"""
LET_GO = """() => {
  const told = window.heldBack;
  window.heldBack = null;
  told.forEach((tell) => tell());
}"""
KEEPS_NOTHING = "Object.defineProperty(window, 'indexedDB', { value: undefined })"


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Suite]:
    with cellar(tmp_path_factory.mktemp("early")) as suite:
        yield suite


@pytest.fixture
def phone(suite: Suite, playwright: Playwright, tmp_path: Path) -> Iterator[Phone]:
    with Phone(playwright, tmp_path / "phone", suite) as phone:
        phone.sign_in()
        phone.station()
        phone.is_kept()
        phone.knows_the_catalogue()
        yield phone
        assert phone.failures == []


def open_held(phone: Phone, query: str, *names: str) -> None:
    """Load the station; what is named does not answer it until the test lets go."""
    phone.page.add_init_script(f"({HOLD})({list(names)})")
    phone.page.goto(phone.address(f"/inventory/scan?{query}"))
    phone.page.locator("#camera-open").wait_for()  # shown by the script as it starts
    assert phone.page.locator("html[data-station=open]").count() == 0


def let_go(phone: Phone) -> None:
    phone.page.evaluate(LET_GO)


def lines(phone: Phone, count: int) -> list[dict[str, Any]]:
    """Give so many scans as they will be sent, once the phone has them."""
    wait_until(
        lambda: len(phone.scans()) == count, what=lambda: f"{phone.scans()} in it"
    )
    return [entry["line"] for entry in phone.scans()]


def test_a_scan_while_the_page_still_opens_knows_its_product(phone: Phone) -> None:
    open_held(phone, "mode=receive", "get station", "get remembered")

    phone.page.keyboard.type(f"{SOAP_GTIN}\n")
    let_go(phone)

    expect(phone.result).to_contain_text("does not say the expiry date")
    expect(phone.result.locator("input[name=expires_on]")).to_be_visible()


def test_a_scan_while_a_page_from_memory_opens_belongs_to_its_place(
    phone: Phone,
) -> None:
    phone.context.set_offline(True)
    query = "mode=receive&location_code=A-03&gift_number=G-2026-001"
    open_held(phone, query, "get settings place")

    phone.scan(DATED)
    let_go(phone)

    [line] = lines(phone, 1)
    assert (line["location_code"], line["gift_number"]) == ("A-03", "G-2026-001")


def test_enter_before_the_page_is_open_loses_no_scan(phone: Phone) -> None:
    """Offline no page could take what a form without script would send."""
    phone.context.set_offline(True)
    open_held(phone, "mode=receive&location_code=A-02", "words")

    phone.scan(DATED)
    let_go(phone)

    expect(phone.result).to_contain_text("In the phone")
    assert len(lines(phone, 1)) == 1


def test_a_browser_that_keeps_nothing_records_by_the_form(
    suite: Suite, playwright: Playwright, tmp_path: Path
) -> None:
    with Phone(playwright, tmp_path / "private", suite) as phone:
        phone.sign_in()
        phone.page.add_init_script(KEEPS_NOTHING)
        address = "/inventory/scan?mode=receive&location_code=A-02"
        phone.page.goto(phone.address(address))

        phone.scan(DATED)

        expect(phone.result).to_contain_text("Bathing soap")


def test_a_label_and_goods_while_a_page_from_memory_opens_keep_their_order(
    phone: Phone,
) -> None:
    phone.context.set_offline(True)
    open_held(phone, "mode=receive&location_code=A-02", "get settings place")

    for raw in (DATED, "98A-03", DATED):
        phone.scan(raw)
    let_go(phone)

    places = [line["location_code"] for line in lines(phone, 2)]
    assert places == ["A-02", "A-03"]


def hold(phone: Phone, *names: str) -> None:
    """From now on what is named does not answer the open station."""
    phone.page.evaluate(HOLD, list(names))


def test_two_counts_at_once_keep_their_numbers(phone: Phone) -> None:
    phone.station("mode=count&location_code=A-02")
    hold(phone, "add scans")

    for quantity in ("5", "7", "9"):
        phone.page.locator("#quantity").fill(quantity)
        phone.scan(DATED)
    let_go(phone)

    assert [line["quantity"] for line in lines(phone, 3)] == [5, 7, 9]


def test_a_pack_scanned_at_once_after_a_count_is_asked_how_many(phone: Phone) -> None:
    phone.station("mode=count&location_code=A-02")
    hold(phone, "add scans")
    quantity = phone.page.locator("#quantity")
    quantity.fill("5")

    phone.scan(DATED)
    phone.scan(DATED)

    expect(quantity).to_be_focused()
    expect(phone.page.locator("#code")).to_have_value(DATED)
    let_go(phone)
    assert [line["quantity"] for line in lines(phone, 1)] == [5]


def test_goods_before_a_label_belong_to_the_shelf_before(phone: Phone) -> None:
    phone.station("mode=receive&location_code=A-02")
    hold(phone, "add scans")

    for raw in (DATED, DATED, "98A-03", DATED):
        phone.scan(raw)
    let_go(phone)

    places = [line["location_code"] for line in lines(phone, 3)]
    assert places == ["A-02", "A-02", "A-03"]


def test_a_code_nobody_can_read_leaves_what_was_typed(phone: Phone) -> None:
    phone.station("mode=count&location_code=A-02")
    phone.page.locator("#quantity").fill("5")

    phone.scan("2000100010007")

    expect(phone.result).to_contain_text("The last digit does not fit the others")
    expect(phone.page.locator("#quantity")).to_have_value("5")


def test_a_place_chosen_by_its_label_stays_when_the_catalogue_comes(
    suite: Suite, phone: Phone
) -> None:
    phone.context.set_offline(True)
    phone.station("mode=receive&location_code=A-02")
    phone.scan("98A-03")
    add_place(suite, "N-01")

    phone.context.set_offline(False)

    places = phone.page.locator("#location_code")
    expect(places.locator("option[value='N-01']")).to_have_count(1)
    expect(places).to_have_value("A-03")
    phone.scan(DATED)
    [line] = lines(phone, 1)
    assert line["location_code"] == "A-03"


@pytest.mark.parametrize("is_offline", [False, True])
def test_a_sheet_that_is_chosen_and_not_used_yet_stays_when_the_catalogue_comes(
    suite: Suite, phone: Phone, *, is_offline: bool
) -> None:
    suffix = "M" if is_offline else "S"
    first = open_sheet(suite, f"{suffix}-01")
    phone.station("mode=count&location_code=A-02")
    sheets = phone.page.locator("#count_sheet_number")
    expect(sheets.locator(f"option[value={first}]")).to_have_count(1)
    phone.context.set_offline(is_offline)
    phone.station("mode=count&location_code=A-02")
    phone.page.locator(".ctx-more summary").click()
    sheets.select_option(first)
    second = open_sheet(suite, f"{suffix}-02")

    phone.context.set_offline(False)
    phone.page.evaluate("dispatchEvent(new Event('online'))")

    expect(sheets.locator(f"option[value={second}]")).to_have_count(1)
    expect(sheets).to_have_value(first)


def add_place(suite: Suite, location_code: str) -> None:
    place = {
        "command_id": new_id(),
        "location_code": location_code,
        "name": f"Shelf {location_code}",
        "kind": "storage",
    }
    send_to(suite)("POST", "/inventory/api/v1/locations", place, role="coordinator")


def open_sheet(suite: Suite, location_code: str) -> str:
    """Open a count sheet for a new, empty place; give its number."""
    add_place(suite, location_code)
    wish = {"command_id": new_id(), "location_code": location_code}
    made = send_to(suite)("POST", "/inventory/api/v1/counts", wish, role="coordinator")
    return str(made["count_sheet_number"])
