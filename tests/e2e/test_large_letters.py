"""With letters twice as large no page of a phone scrolls sideways.

One page of each address is looked at in Kazakh, whose words are the longest, by
following the links from where a coordinator begins.
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.support.journey import Journey, new_id
from tests.support.phone import SCREEN, cellar, send_to
from tests.support.suite import PASSWORD, Suite

TWICE = "--blink-settings=defaultFontSize=32"
PAGES_MIN = 75
FILLED_IN = (
    "/inventory/labels?kind=places&code=A-01&code=A-02",
    "/inventory/losses/new?reason=LOST&product_code=HYG-SOAP-B",
    "/inventory/scan?mode=look&raw=2000100010006",
)
"""Pages of which the links show only the empty half."""
BEGINNINGS = (
    *FILLED_IN,
    *("/distribution/", "/inventory/work", "/inventory/scan", "/donors/"),
)
SERVICES = ("distribution", "donors", "inventory")
OURS = re.compile(rf"/(?:{'|'.join(SERVICES)})/(?!api/)[^.]*")
NAMED = re.compile(r"[^/]*(?:\d|[A-Z]{2})[^/]*")
"""A part of a path that names one of many."""
CHOOSING = {"kind", "mode", "reason"}
"""What an address may choose between pages that look different."""
LOOK = """() => ({
  excess: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  links: [...document.querySelectorAll("a[href]:not([download])")].map((a) => a.href),
})"""


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Suite]:
    """A warehouse with soap on its way to a unit, and a count that was planned."""
    with cellar(tmp_path_factory.mktemp("letters")) as suite:
        send = send_to(suite)
        journey = Journey(send)
        journey.receive(journey.announce(500), 400)
        journey.request(100)
        journey.allocate()
        journey.pick_list_of(journey.plan())
        wish = {"command_id": new_id(), "location_code": "A-02"}
        send("POST", "/inventory/api/v1/counts", wish, role="coordinator")
        yield suite


@pytest.fixture
def page(suite: Suite, chromium_options: dict[str, Any]) -> Iterator[Page]:
    options = chromium_options | {"args": [*chromium_options["args"], TWICE]}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**options)
        context = browser.new_context(viewport=SCREEN, service_workers="block")
        page = context.new_page()
        page.goto(f"{suite.url}/account/sign-in?lang=kk")
        page.locator("input[name=email]").fill("coordinator@demo.example")
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("form button.main").click()
        page.wait_for_url("**/distribution/**")
        yield page
        browser.close()


def kind_of(address: str) -> str | None:
    """Give what an address shows without saying of what; None for no page of ours."""
    asked = urlsplit(address)
    if not OURS.fullmatch(asked.path):
        return None
    chosen = [pair for pair in parse_qsl(asked.query) if pair[0] in CHOOSING]
    return NAMED.sub("*", asked.path) + "".join(f" {value}" for _, value in chosen)


def test_no_page_grows_wider_than_the_phone(suite: Suite, page: Page):
    too_wide, seen = {}, set()
    waiting = [f"{suite.url}{path}" for path in BEGINNINGS]
    while waiting:
        address = waiting.pop(0)
        kind = kind_of(address)
        if kind is None or kind in seen:
            continue
        seen.add(kind)
        page.goto(address)
        found = page.evaluate(LOOK)
        waiting += found["links"]
        if found["excess"]:
            too_wide[kind] = found["excess"]

    assert len(seen) >= PAGES_MIN
    assert {kind_of(f"{suite.url}{path}") for path in FILLED_IN} <= seen
    assert too_wide == {}
