"""A pack's way, walked in a real browser: scanned in, asked for, shared, handed over.

Five people have five browsers open. The donor's page stays open all the time and is
never loaded again; every step of the others must show there by itself.
"""

import re
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright
from prometheus_client.parser import text_string_to_metric_families

from tests.support.accounts import add_accounts_in
from tests.support.journey import DONOR, FACILITY, SOAP, Journey, new_id, now, today
from tests.support.suite import PASSWORD, Suite
from tests.support.waiting import wait_until

PADS, NAPPIES, MEDICINE = "MEN-PAD", "INF-NAP-4", "MED-PARA"
PADS_GTIN, NAPPIES_GTIN = "09520000000011", "02000300040001"
MEDICINE_GTIN = "02000400010003"
GS = "\x1d"
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
LIVE_MILLISECONDS = 15_000


def datamatrix(gtin: str, lot: str) -> str:
    """What a scanner reads off a pack that carries lot and expiry."""
    return f"]d201{gtin}10{lot}{GS}17291231"


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Suite]:
    folder = tmp_path_factory.mktemp("journey")
    add_accounts_in(folder / "data", PASSWORD)
    suite = Suite(folder)
    suite.start()
    yield suite
    assert suite.terminate() == 0


@pytest.fixture(scope="module")
def browser(chromium_options: dict[str, Any]) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium_options)
        yield browser
        browser.close()


def send_to(suite: Suite) -> Any:
    def send(method: str, path: str, body: Any = None, *, role: str) -> Any:
        answer = suite.request(method, path, body, role=role)
        assert answer.status < HTTPStatus.BAD_REQUEST, (path, answer.body)
        return answer.json()

    return send


def sign_in(browser: Browser, suite: Suite, name: str, size: dict[str, int]) -> Page:
    """Open a browser of one's own and sign in, in English."""
    page = browser.new_context(viewport=size, locale="en-GB").new_page()
    page.set_default_timeout(20_000)
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.goto(f"{suite.url}/account/sign-in?lang=en")
    page.locator("input[name=email]").fill(f"{name}@demo.example")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form button.main").click()
    page.wait_for_url(re.compile(r"/(inventory|distribution|donors|account/profile)"))
    assert failures == []
    return page


def product(code: str, category: str, gtin: str, **facts: Any) -> dict[str, Any]:
    return {
        "command_id": new_id(),
        "product_code": code,
        "category": category,
        "names": {"en": code.title(), "ru": code.title(), "kk": code.title()},
        "unit_of_issue": "pack",
        "packs": [{"gtin": gtin, "quantity": 1}],
        "min_days_at_receipt": 180,
        "min_days_at_dispatch": 60,
        "sensitivity": 0,
        "flags": [],
        **facts,
    }


@pytest.fixture(scope="module")
def furnished(suite: Suite) -> Any:
    """Soap free, nappies tied to children, a medicine, three units."""
    send = send_to(suite)
    journey = Journey(send)
    journey.furnish()
    for each in (
        product(PADS, "menstrual", PADS_GTIN),
        product(NAPPIES, "infant", NAPPIES_GTIN, sensitivity=1),
        product(MEDICINE, "medicine", MEDICINE_GTIN, flags=["medicine"]),
    ):
        send("POST", "/inventory/api/v1/products", each, role="coordinator")
    for code, kind, groups, bands in (
        ("W-MCU", "mother_child", ["women", "children"], {"children_12_23m": 11}),
        ("W-B", "ward", ["women"], {"women_18_49": 104, "children_12_23m": 11}),
    ):
        unit = {
            "command_id": new_id(),
            "unit_code": code,
            "facility_code": FACILITY,
            "kind": kind,
            "audience": "detention",
            "groups": groups,
            "name": code,
        }
        send("POST", "/distribution/api/v1/units", unit, role="coordinator")
        headcount = {"command_id": new_id(), "as_of": today(), "bands": bands}
        path = f"/distribution/api/v1/units/{code}/headcounts"
        send("PUT", path, headcount, role="outreach")
    return send


def announce(send: Any, code: str, quantity: int, earmark: list[str] | None) -> str:
    gift = {
        "command_id": new_id(),
        "donor_code": DONOR,
        "expected": [{"product_code": code, "quantity": quantity}],
        "earmark": earmark,
    }
    answer = send("POST", "/donors/api/v1/gifts", gift, role="coordinator")
    return str(answer["gift_number"])


def test_a_pack_reaches_its_donors_page(
    suite: Suite, browser: Browser, furnished: Any
) -> None:
    soap_gift = announce(furnished, SOAP, 60, None)
    donor = sign_in(browser, suite, "donor", DESK)
    volunteer = sign_in(browser, suite, "volunteer", PHONE)
    outreach = sign_in(browser, suite, "outreach", PHONE)
    coordinator = sign_in(browser, suite, "coordinator", DESK)
    donor.goto(f"{suite.url}/donors/")
    donor.evaluate("window.neverLoadedAgain = true")

    pads_gift = announce(furnished, PADS, 5, None)
    scan_pads_in(volunteer, suite, pads_gift)
    sees(donor, "of 1 item")
    scan_soap_in(volunteer, suite, soap_gift)
    sees(donor, "of 21 items", "In stock now 21")

    ask_for_soap(outreach, suite)
    share_it_out(coordinator, suite)
    sees(donor, "reserved: 12")

    plan_a_delivery(coordinator, suite)
    pick_and_dispatch(volunteer, suite)
    sees(donor, "On the way 12", "In stock now 9")

    hand_over_with_one_refused(outreach, suite)
    sees(donor, "Accepted: 11 of 21 items", "On the way 0", "In stock now 10")
    assert donor.evaluate("window.neverLoadedAgain") is True


def scan_pads_in(page: Page, suite: Suite, gift: str) -> None:
    """Scan a GS1 DataMatrix: product, lot and last day of use in one go."""
    page.goto(f"{suite.url}/inventory/scan?mode=receive&gift_number={gift}")
    page.locator("#code").fill(datamatrix(PADS_GTIN, "P26-0417"))
    page.locator("#code").press("Enter")
    expect(page.locator("#result .result.good")).to_contain_text("P26-0417")


def scan_soap_in(page: Page, suite: Suite, gift: str) -> None:
    """Scan a plain EAN-13 by the keys of a wedge, and say what it cannot know."""
    page.goto(f"{suite.url}/inventory/scan?mode=receive&gift_number={gift}")
    expect(page.locator("#code")).to_be_focused()
    page.keyboard.type("2000100010006\n")
    expect(page.locator("#result")).to_contain_text("does not say the expiry date")
    page.locator("#result input[name=expires_on]").fill("03.2029")
    page.locator("#result input[name=quantity]").fill("20")
    page.locator("#result button.main").click()
    expect(page.locator("#result .result.good")).to_be_visible()


def ask_for_soap(page: Page, suite: Suite) -> None:
    """Send the requisition of a ward; what is due is filled in already."""
    page.goto(f"{suite.url}/distribution/units/W-A/requisition/?lang=en")
    amount = page.locator(f"#ask input[name=q-{SOAP}]")
    expect(amount).to_have_value("10000")
    amount.fill("12")
    press(page, page.get_by_role("button", name="Send"))
    expect(page.locator("main")).to_contain_text("12")


def share_it_out(page: Page, suite: Suite) -> None:
    """Approve what was asked, work out a proposal, read its reason, approve it."""
    page.goto(f"{suite.url}/distribution/requisitions/?state=submitted")
    press(page, page.locator("main a[href*='/requisitions/0']").first)
    press(page, page.locator("button[form=decide]"))
    page.goto(f"{suite.url}/distribution/runs/new")
    press(page, page.get_by_role("button", name="Work out a proposal"))
    expect(page.locator("main")).to_contain_text(re.compile("[Aa]sked"))
    page.get_by_role("link", name="Approve and reserve").click()
    dialog = page.locator("dialog[open]")
    press(page, dialog.get_by_role("button", name="Approve and reserve"))


def press(page: Page, button: Locator) -> None:
    """Press a button that loads another page, and wait for that page."""
    with page.expect_navigation():
        button.click()


def plan_a_delivery(page: Page, suite: Suite) -> None:
    """Put what is reserved on a delivery, as soon as the warehouse confirmed it."""

    def is_reserved() -> bool:
        page.goto(f"{suite.url}/distribution/consignments/new")
        return page.get_by_role("button", name="Plan it").count() > 0

    wait_until(is_reserved, what="the warehouse holds the goods")
    press(page, page.get_by_role("button", name="Plan it"))


def pick_and_dispatch(page: Page, suite: Suite) -> None:
    """Pick by scanning until the list is full, then let it go."""

    def is_there() -> bool:
        page.goto(f"{suite.url}/inventory/pick-lists")
        return page.locator("main a[href*='/pick-lists/PL-']").count() > 0

    wait_until(is_there, what="the pick list is made")
    press(page, page.locator("main a[href*='/pick-lists/PL-']").first)
    page.locator("#quantity").fill("12")
    page.locator("#code").fill("2000100010006")
    page.locator("#code").press("Enter")
    expect(page.locator("#pick-lines")).to_contain_text("12 / 12")
    press(page, page.get_by_role("button", name="Dispatch"))
    expect(page.locator("main")).to_contain_text("WB-")


def hand_over_with_one_refused(page: Page, suite: Suite) -> None:
    """Hand over at the gate: eleven accepted, one not let through."""
    consignments = f"{suite.url}/distribution/consignments"

    def is_on_its_way() -> bool:
        page.goto(f"{consignments}/C-{today()[:4]}-0001/handover/?parts=1")
        return page.locator("#gate input[name=accepted-0]").count() > 0

    wait_until(is_on_its_way, what="the delivery can be handed over")
    page.locator("input[name=accepted-0]").fill("11")
    page.locator("input[name=refused-0]").fill("1")
    page.locator("select[name=reason-0]").select_option(index=1)
    press(page, page.get_by_role("button", name="Finish"))
    expect(page).to_have_url(re.compile("/receipt"))


def sees(donor: Page, *words: str) -> None:
    """Wait until the open page says so, without having been loaded again."""
    hello = donor.locator("[data-live-part=hello]")
    for word in words:
        pattern = re.compile(r"\s*".join(map(re.escape, word.split(" "))))
        expect(hello).to_contain_text(pattern, timeout=LIVE_MILLISECONDS)


def test_earmark_quarantine_levels_and_metrics_hold(
    suite: Suite, furnished: Any
) -> None:
    """What the browser does not show at a glance, asked of the same suite."""
    journey = Journey(furnished)
    nappies = announce(furnished, NAPPIES, 30, ["children"])
    medicine = announce(furnished, MEDICINE, 10, None)
    take_in(journey, nappies, datamatrix(NAPPIES_GTIN, "N1"), 30)
    take_in(journey, medicine, datamatrix(MEDICINE_GTIN, "M1"), 10)

    run = share_nappies(furnished)

    given = {line["unit_code"]: line["quantity"] for line in run["lines"]}
    assert given["W-MCU"] > 0
    assert given["W-B"] == 0
    (waiting,) = stock_of(furnished, MEDICINE)
    assert (waiting["lot_status"], waiting["available"]) == ("quarantined", 0)
    assert_levels_are_told(furnished)
    assert_metrics_hold(suite)


def take_in(journey: Journey, gift: str, raw: str, quantity: int) -> None:
    scan = {
        "scan_id": new_id(),
        "action": "receive",
        "raw": raw,
        "quantity": quantity,
        "location_code": "A-02",
        "occurred_at": now(),
        "gift_number": gift,
    }
    assert journey.scan(scan)["status"] == "applied"


def share_nappies(send: Any) -> dict[str, Any]:
    """Let a unit of the earmarked group and another ask for the same nappies."""
    for unit in ("W-MCU", "W-B"):
        requisition_id = new_id()
        wish = {
            "requisition_id": requisition_id,
            "unit_code": unit,
            "needed_by": today(7),
            "lines": [{"product_code": NAPPIES, "quantity": 5}],
        }
        send("POST", "/distribution/api/v1/requisitions", wish, role="outreach")
        path = f"/distribution/api/v1/requisitions/{requisition_id}/approve"
        send("POST", path, {"command_id": new_id()}, role="coordinator")
    wait_until(
        lambda: stock_of(send, NAPPIES)[0]["lot_status"] == "released",
        what="the gift and its earmark are known",
    )
    found: dict[str, Any] = {}

    def is_seen() -> bool:
        body = {"run_id": new_id(), "product_codes": [NAPPIES]}
        path = "/distribution/api/v1/allocation-runs"
        found.update(send("POST", path, body, role="coordinator"))
        return any(line["quantity"] for line in found["lines"])

    wait_until(is_seen, what="distribution knows the nappies")
    return found


def stock_of(send: Any, code: str) -> list[dict[str, Any]]:
    path = f"/inventory/api/v1/stock?product_code={code}"
    items: list[dict[str, Any]] = send("GET", path, role="volunteer")["items"]
    return items


def assert_levels_are_told(send: Any) -> None:
    def level() -> dict[str, Any]:
        items = send("GET", "/donors/api/v1/stock-levels", role="donor")["items"]
        found = [item for item in items if item["product_code"] == SOAP]
        return found[0] if found else {}

    wait_until(lambda: bool(level().get("band")), what="the donor sees a band")
    assert "location" not in str(level())


def assert_metrics_hold(suite: Suite) -> None:
    for service in ("inventory", "distribution", "donors"):
        answer = suite.request("GET", f"/{service}/metrics")
        families = text_string_to_metric_families(answer.body.decode())
        samples = [sample for family in families for sample in family.samples]
        values = {(s.name, *sorted(s.labels.items())): s.value for s in samples}
        assert values[("inventory_ledger_imbalance",)] == 0
        received = ("inventory_goods_receipts_total", ("outcome", "complete"))
        assert values[received] >= 2
