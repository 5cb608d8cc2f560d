"""A donor without a pointer reads everything, and is not thrown back by what is new."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.support.journey import Journey
from tests.support.keyboard import Keyboard
from tests.support.phone import SCREEN, cellar, send_to
from tests.support.suite import PASSWORD, Suite

LIVE_MILLISECONDS = 15_000


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Suite]:
    with cellar(tmp_path_factory.mktemp("keyboard")) as suite:
        yield suite


@pytest.fixture(scope="module")
def gift(suite: Suite) -> str:
    """A gift of soap, of which a part has come."""
    journey = Journey(send_to(suite))
    number = journey.announce(100)
    journey.receive(number, 40)
    return number


@pytest.fixture
def page(suite: Suite, chromium_options: dict[str, Any]) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium_options)
        context = browser.new_context(viewport=SCREEN, locale="en-GB")
        page = context.new_page()
        page.goto(f"{suite.url}/account/sign-in?lang=en")
        yield page
        browser.close()


@pytest.fixture
def keyboard(page: Page) -> Keyboard:
    """The keys of a donor who has just signed in with them."""
    keys = Keyboard(page)
    keys.tab_to(page.locator("[name=email]"))
    keys.write("donor@demo.example")
    keys.tab_to(page.locator("[name=password]"))
    keys.write(PASSWORD)
    keys.enter()
    page.wait_for_url("**/donors/")
    return keys


@pytest.mark.usefixtures("gift")
def test_a_donor_needs_no_pointer(suite: Suite, page: Page, keyboard: Keyboard) -> None:
    skip_the_menu(page, keyboard)
    open_the_table(page, keyboard)
    go_by_the_menu(page, keyboard)
    speak_kazakh(page, keyboard)
    sign_out(page, keyboard)

    page.goto(f"{suite.url}/donors/")
    expect(page.locator("[name=password]")).to_be_visible()


def skip_the_menu(page: Page, keyboard: Keyboard) -> None:
    keyboard.tab()
    assert keyboard.stands_on(page.get_by_role("link", name="Skip to the main part"))
    keyboard.press("Enter")
    # the browser leaves the link when it draws next; keys pressed faster would be lost
    page.wait_for_function("() => !document.activeElement.matches('.skip')")
    keyboard.tab()
    assert page.evaluate("document.activeElement.closest('main') !== null")


def open_the_table(page: Page, keyboard: Keyboard) -> None:
    way = page.get_by_label("The way of a gift")
    keyboard.tab_to(way.locator("summary"))
    keyboard.press("Enter")
    numbers = way.get_by_role("region", name="The gift in numbers")
    keyboard.tab_to(numbers)
    expect(numbers.get_by_role("row", name="Received 40")).to_be_visible()


def go_by_the_menu(page: Page, keyboard: Keyboard) -> None:
    page.goto(page.url.partition("#")[0])
    menu = page.locator("summary[aria-label=Menu]")
    keyboard.tab_to(menu)
    keyboard.press("Enter")
    keyboard.tab()
    keyboard.press("Escape")
    assert keyboard.stands_on(menu)
    keyboard.press("Enter")
    keyboard.tab_to(page.locator(".sheet").get_by_role("link", name="Papers"))
    keyboard.enter()
    expect(page.get_by_role("heading", level=1)).to_have_text("Papers and letters")


def speak_kazakh(page: Page, keyboard: Keyboard) -> None:
    keyboard.tab_to(page.locator("details.menu summary"))
    keyboard.press("Enter")
    keyboard.tab_to(page.locator(".sheet [hreflang=kk]"))
    keyboard.enter()
    expect(page.locator("html")).to_have_attribute("lang", "kk")
    expect(page.get_by_role("heading", level=1)).to_have_text("Құжаттар мен хаттар")


def sign_out(page: Page, keyboard: Keyboard) -> None:
    keyboard.tab_to(page.locator("details.menu summary"))
    keyboard.press("Enter")
    keyboard.tab_to(page.locator(".sheet form[action$=sign-out] button"))
    keyboard.enter()


def test_what_was_opened_stays_open_while_numbers_change(
    suite: Suite, page: Page, keyboard: Keyboard, gift: str
) -> None:
    asked = page.locator("[data-live-part=questions] details").last
    expect(page.locator("[data-link-state=open]")).to_be_visible()
    keyboard.tab_to(asked.locator("summary"))
    keyboard.press("Enter")
    expect(asked).to_have_attribute("open", "")

    Journey(send_to(suite)).receive(gift, 20)

    expect(page.locator("[data-live-part=questions]")).to_contain_text(
        "In stock: 60", timeout=LIVE_MILLISECONDS
    )
    assert keyboard.stands_on(asked.locator("summary"))
    expect(asked).to_have_attribute("open", "")
