"""The scanner test under a scanner's keys, on three keyboards."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from services.inventory.entrypoints.pages.scanner_sheet import CODES
from tests.support.accounts import add_accounts_in
from tests.support.suite import PASSWORD, Suite
from tests.support.wedge import LAYOUTS, Wedge

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)
QUIET_MILLISECONDS = 400
PHONE = {"width": 360, "height": 740}
TEXT = {code.name: code.text for code in CODES}
HARMLESS = "This device types in another language."


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Suite]:
    folder = tmp_path_factory.mktemp("scanner")
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


@pytest.fixture(scope="module")
def signed_in(browser: Browser, suite: Suite) -> Any:
    """The cookies of a volunteer."""
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    page.goto(f"{suite.url}/account/sign-in?lang=en")
    page.locator("input[name=email]").fill("volunteer@demo.example")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form button.main").click()
    page.wait_for_url("**/inventory/**")
    cookies = context.storage_state()
    context.close()
    return cookies


@pytest.fixture
def page(browser: Browser, suite: Suite, signed_in: Any) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE, storage_state=signed_in)
    page = context.new_page()
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.clock.install(time=NOW)  # else a busy machine's pause would end a scan
    page.goto(f"{suite.url}/inventory/scanner-test")
    expect(page.locator("#desk")).to_be_visible()
    page.clock.pause_at(NOW + timedelta(hours=1))
    yield page
    context.close()
    assert failures == []


def findings(page: Page) -> str:
    return page.locator("#result").inner_text()


@pytest.mark.parametrize("name", TEXT)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_well_set_scanner_is_well_on_every_keyboard(
    page: Page, layout: str, name: str
) -> None:
    Wedge(page, LAYOUTS[layout]).scan("]d2" + TEXT[name])

    expect(page.get_by_text("Well set for this code")).to_be_visible()
    assert (HARMLESS in findings(page)) == (layout != "american")
    expect(page.locator(f"[data-probe={name}][data-done]")).to_be_visible()


@pytest.mark.parametrize(
    ("separator", "said"),
    [
        ("control", "It comes as Ctrl and a key."),
        ("alt", "It comes as Alt and 029."),
        ("", "It gets lost, so lot and date run into each other."),
    ],
)
def test_it_says_how_the_separator_comes(page: Page, separator: str, said: str) -> None:
    Wedge(page).scan(TEXT["datamatrix"], separator=separator)

    expect(page.locator("#result")).to_contain_text(said)


def test_a_scan_without_an_end_is_noticed(page: Page) -> None:
    Wedge(page).scan(TEXT["ean"], end="")
    expect(page.locator("#result")).not_to_contain_text("somebody to press Enter")
    page.clock.run_for(QUIET_MILLISECONDS)

    expect(page.locator("#result")).to_contain_text("somebody to press Enter")
    expect(page.locator("#code")).to_have_value("")


def test_the_findings_can_be_passed_on_as_text(page: Page) -> None:
    wedge = Wedge(page)
    wedge.scan(TEXT["ean"])
    expect(page.get_by_text("Well set for this code")).to_be_visible()
    wedge.scan(TEXT["datamatrix"], separator="", end="Tab")
    expect(page.get_by_text("Something is to be set right")).to_be_visible()

    text = page.locator("#report").input_value()

    assert "On every pack: EAN-13" in text
    assert "! Separator: It gets lost" in text
    assert "· End of a scan: Tab" in text
    assert TEXT["ean"] not in text


def test_nothing_is_wider_than_the_smallest_phone(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})

    assert page.evaluate("document.documentElement.scrollWidth") == 320
