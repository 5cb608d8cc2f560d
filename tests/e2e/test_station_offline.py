"""A day in a cellar: 200 scans without a network, the phone switched off, the server
killed; then every scan is in the books once, in order, with the time it was made.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Playwright, Request, Route, expect

from tests.support.journey import SOAP
from tests.support.phone import Phone, cellar
from tests.support.suite import Suite
from tests.support.waiting import wait_until

SCANS = 200
EXPIRY = "17291231"
SOAP_DATED = f"]d20102000100010006{EXPIRY}10L1"
LOSE_A_PART = """async () => {
  const [name] = await caches.keys();
  const cache = await caches.open(name);
  const parts = await cache.keys();
  const { url } = parts.find((part) => part.url.endsWith(".svg"));
  await cache.delete(url);
  return url;
}"""
WHOSE_AT_FIRST = "window.wasOwned = Boolean(navigator.serviceWorker.controller)"
NO_WORKER_YET = """
const workers = navigator.serviceWorker;
const register = workers.register.bind(workers);
window.refused = 0;
workers.register = async (...how) => {
  if (window.refused === 2) return register(...how);
  window.refused += 1;
  if (window.refused === 1) throw new TypeError("Failed to fetch");
  const installing = Object.assign(new EventTarget(), { state: "installing" });
  setTimeout(() => {
    installing.state = "redundant";
    installing.dispatchEvent(new Event("statechange"));
  });
  return { active: null, waiting: null, installing };
};
"""


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Suite]:
    with cellar(tmp_path_factory.mktemp("offline")) as suite:
        yield suite


def movements(suite: Suite) -> list[dict[str, Any]]:
    """Give the receipts of soap, the oldest first."""
    path = f"/inventory/api/v1/stock-cards/{SOAP}?limit=500"
    lines = suite.request("GET", path, role="volunteer").json()["items"]
    return list(reversed(lines))


def test_two_hundred_scans_survive_everything(
    suite: Suite, playwright: Playwright, tmp_path: Path
) -> None:
    phone = Phone(playwright, tmp_path / "phone", suite)
    with phone:
        phone.sign_in()
        phone.station()
        phone.is_kept()
        phone.context.set_offline(True)
        for _ in range(SCANS // 2):
            phone.scan(SOAP_DATED)
        expect(phone.page.locator("[data-queued]")).to_have_text(str(SCANS // 2))
        suite.kill()
        phone.context.set_offline(False)
        for _ in range(SCANS // 2):
            phone.scan(SOAP_DATED)
        expect(phone.page.locator("[data-queued]")).to_have_text(str(SCANS))

    with phone:
        sent: list[str] = []
        phone.page.on("request", lambda request: sent.extend(scan_ids(request)))
        phone.station()
        expect(phone.page.locator("[data-queued]")).to_have_text(str(SCANS))
        kept = phone.scans()
        suite.start()
        wait_until(
            lambda: phone.are_recorded(SCANS),
            what=lambda: f"all applied, now {set(phone.states())}",
        )
        answered = phone.scans()

    recorded = movements(suite)
    assert [line["quantity"] for line in recorded] == [1] * SCANS
    made_at = [instant(entry["line"]["occurred_at"]) for entry in kept]
    assert [instant(line["occurred_at"]) for line in recorded] == made_at
    assert made_at == sorted(made_at)
    ids = [entry["line"]["scan_id"] for entry in kept]
    assert [entry["line"]["scan_id"] for entry in answered] == ids
    assert sent[-SCANS:] == ids
    assert phone.failures == []


def test_what_a_bad_network_lost_is_kept_as_soon_as_it_comes(
    suite: Suite, playwright: Playwright, tmp_path: Path
) -> None:
    """The worker asks again by itself; nobody has to open the page once more."""
    with Phone(playwright, tmp_path / "phone", suite) as phone:
        phone.sign_in()
        phone.station()
        phone.is_kept()
        lost = phone.page.evaluate(LOSE_A_PART)
        suite.kill()
        phone.station()
        suite.start()

        phone.page.wait_for_selector("html[data-kept=yes]")

        assert phone.page.evaluate("(part) => caches.match(part).then(Boolean)", lost)


def test_a_worker_that_cannot_be_had_is_asked_for_again(
    suite: Suite, playwright: Playwright, tmp_path: Path
) -> None:
    with Phone(playwright, tmp_path / "phone", suite) as phone:
        phone.context.add_init_script(NO_WORKER_YET)
        phone.sign_in()
        phone.station()
        phone.page.wait_for_function("() => window.refused === 2")

        phone.is_kept()

        assert phone.failures == []


def test_what_is_just_tried_is_taken_back_when_the_try_fails(
    suite: Suite, playwright: Playwright, tmp_path: Path
) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    with Phone(playwright, tmp_path / "phone", suite) as phone:
        phone.sign_in()
        phone.station()
        phone.is_kept()
        phone.knows_the_catalogue()
        phone.context.route("**/api/v1/scans", hold)
        phone.scan(SOAP_DATED)
        expect(phone.page.locator("#result")).to_contain_text("In the phone")
        wait_until(lambda: is_held(phone, held), what="it is on its way")
        assert phone.states() == ["sending"]

        phone.page.get_by_role("button", name="Undo this scan").click()
        held[0].abort()

        expect(phone.page.locator("#result")).to_contain_text("Taken back")
        assert phone.states() == ["undone"]
        assert phone.failures == []


def is_held(phone: Phone, held: list[Route]) -> bool:
    """Tell whether a request waits for its answer."""
    phone.page.evaluate("0")  # lets the route be heard
    return bool(held)


def test_a_page_its_worker_did_not_open_is_its_own_when_it_is_ready(
    suite: Suite, playwright: Playwright, tmp_path: Path
) -> None:
    """As one that was on its way while the worker started."""
    with Phone(playwright, tmp_path / "phone", suite) as phone:
        phone.sign_in()
        phone.station()
        phone.is_kept()
        past_the_worker = phone.context.new_cdp_session(phone.page)

        phone.context.add_init_script(WHOSE_AT_FIRST)

        past_the_worker.send("Page.reload", {"ignoreCache": True})

        phone.page.wait_for_function("() => window.wasOwned === false")
        phone.is_kept()
        assert phone.failures == []


def scan_ids(request: Request) -> list[str]:
    """Give the ids of the scans a request carries, in its order."""
    if request.method != "POST" or not request.url.endswith("/api/v1/scans"):
        return []
    body: Any = request.post_data_json
    return [line["scan_id"] for line in body["scans"]]


def instant(written: str) -> datetime:
    """Read an instant as either side writes it."""
    return datetime.fromisoformat(written)


def test_a_page_without_a_network_says_what_still_works(
    suite: Suite, playwright: Playwright, tmp_path: Path
) -> None:
    with Phone(playwright, tmp_path / "phone", suite) as phone:
        phone.sign_in()
        phone.station()
        phone.is_kept()
        phone.context.set_offline(True)

        phone.page.goto(f"{suite.url}/inventory/stock")

        expect(phone.page.locator("main")).to_contain_text("Scanning goes on without")
        phone.page.get_by_role("link", name="To the scan station").click()
        phone.is_open()
        phone.scan(SOAP_DATED)
        wait_until(lambda: phone.states() == ["waiting"], what="the scan is kept")
        phone.context.set_offline(False)
        wait_until(lambda: phone.are_recorded(1), what="it is sent by itself")
