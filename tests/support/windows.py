"""People at their browsers: each signed in once, in English."""

import re
from typing import Any

from playwright.sync_api import Browser, Locator, Page, ViewportSize

from tests.support.suite import PASSWORD, Suite
from tests.support.waiting import PATIENCE_SECONDS

PHONE: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1280, "height": 900}
PATIENCE_MILLISECONDS = 1000 * PATIENCE_SECONDS


class Windows:
    """One browser window for each person and size, opened when first asked for."""

    def __init__(self, browser: Browser, suite: Suite) -> None:
        self._browser, self._suite = browser, suite
        self._people: dict[tuple[str, bool], Person] = {}
        self.failures: list[str] = []

    def at_desk(self, name: str) -> "Person":
        """Give the window of somebody who sits at a large screen."""
        return self._person(name, is_phone=False)

    def on_phone(self, name: str) -> "Person":
        """Give the window of somebody who stands with a phone."""
        return self._person(name, is_phone=True)

    def _person(self, name: str, *, is_phone: bool) -> "Person":
        key = name, is_phone
        if key not in self._people:
            page = self._sign_in(name, PHONE if is_phone else DESK)
            self._people[key] = Person(page, self._suite)
        return self._people[key]

    def _sign_in(self, name: str, size: ViewportSize) -> Page:
        window = self._browser.new_context(viewport=size, locale="en-GB")
        window.set_default_timeout(PATIENCE_MILLISECONDS)
        window.on("weberror", lambda error: self.failures.append(str(error.error)))
        page = window.new_page()
        page.goto(f"{self._suite.url}/account/sign-in?lang=en")
        page.locator("input[name=email]").fill(f"{name}@demo.example")
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("form button.main").click()
        page.wait_for_url(re.compile(r"/(inventory|distribution|donors|account/pro)"))
        return page


class Person:
    """Somebody who reads pages and presses what stands on them."""

    def __init__(self, page: Page, suite: Suite) -> None:
        self.page, self._suite = page, suite

    def go_on_in_another_tab(self) -> Page:
        """Leave the page that is open to itself; give it, to be closed in the end."""
        left, self.page = self.page, self.page.context.new_page()
        return left

    def open(self, path: str) -> None:
        """Go to a page by its address."""
        self.page.goto(f"{self._suite.url}{path}")

    def press(self, name: str, *, within: Locator | None = None) -> None:
        """Press a button that leads to another page, and wait for that page."""
        scope: Any = within or self.page
        self.enter(scope.get_by_role("button", name=name, exact=True).first)

    def fill(self, name: str, value: object) -> None:
        """Write into the field of this name."""
        self.page.locator(f"[name='{name}']").first.fill(str(value))

    def choose(self, name: str, value: str) -> None:
        """Choose from the list of this name, by the value that is sent."""
        self.page.locator(f"[name='{name}']").first.select_option(value)

    @property
    def address(self) -> str:
        """Give the path of the page that is open."""
        return self.page.url.removeprefix(self._suite.url)

    @property
    def main(self) -> Locator:
        """The page's own content, without the frame around it."""
        return self.page.locator("main")

    def follow(self, name: str) -> None:
        """Follow a link that leads to another page."""
        self.enter(self.page.get_by_role("link", name=name).first)

    def enter(self, way: Locator) -> None:
        """Press what leads to another page; return when that page is whole."""
        with self.page.expect_navigation():
            way.click()
