"""A volunteer's phone: Chromium with a profile of its own that survives a restart."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any, Self

from playwright.sync_api import (
    BrowserContext,
    Locator,
    Page,
    Playwright,
    ViewportSize,
    expect,
)

from tests.support.accounts import add_accounts_in
from tests.support.chromium import launch_options
from tests.support.journey import Journey
from tests.support.suite import PASSWORD, Suite
from tests.support.waiting import PATIENCE_SECONDS, wait_until

SCREEN: ViewportSize = {"width": 360, "height": 740}
PATIENCE_MILLISECONDS = 1000 * PATIENCE_SECONDS
KEPT = """async (store) => {
  const asked = indexedDB.open("komek");
  await new Promise((done) => { asked.onsuccess = done; });
  const read = asked.result.transaction(store).objectStore(store).getAll();
  await new Promise((done) => { read.onsuccess = done; });
  asked.result.close();
  return read.result;
}"""
WORKER_STATE = """async () => {
  const known = await navigator.serviceWorker.getRegistration();
  const { controller } = navigator.serviceWorker;
  const states = ["installing", "waiting", "active"].map((one) => known?.[one]?.state);
  const names = await caches.keys();
  return JSON.stringify({ states, controller: controller?.state, names });
}"""
WORKER_READY = """async () => {
  const ready = await navigator.serviceWorker.getRegistration();
  if (!ready?.active) return false;
  const names = await caches.keys();
  for (const name of names) {
    const kept = await (await caches.open(name)).keys();
    if (kept.some((request) => request.url.endsWith("/away"))) {
      return Boolean(navigator.serviceWorker.controller);
    }
  }
  return false;
}"""


@contextmanager
def cellar(folder: Path) -> Iterator[Suite]:
    """Start a warehouse with soap, and end it; its server may be killed meanwhile."""
    add_accounts_in(folder / "data", PASSWORD)
    suite = Suite(folder)
    suite.start()
    Journey(send_to(suite)).furnish()
    yield suite
    assert suite.terminate() == 0


def send_to(suite: Suite) -> Any:
    """Make a sender that refuses to go on after a refusal."""

    def send(method: str, path: str, body: Any = None, *, role: str) -> Any:
        answer = suite.request(method, path, body, role=role)
        assert answer.status < HTTPStatus.BAD_REQUEST, (path, answer.body)
        return answer.json()

    return send


class Phone:
    """One browser; ``close`` and ``open`` are what switching it off and on does."""

    def __init__(self, playwright: Playwright, folder: Path, suite: Suite) -> None:
        self._playwright = playwright
        self._folder = folder
        self._suite = suite
        self.context: BrowserContext
        self.page: Page
        self.failures: list[str] = []

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def open(self) -> None:
        """Start the browser on its profile."""
        options: dict[str, Any] = launch_options()
        self.context = self._playwright.chromium.launch_persistent_context(
            str(self._folder), viewport=SCREEN, locale="en-GB", **options
        )
        self.page = self.context.pages[0]
        self.page.set_default_timeout(PATIENCE_MILLISECONDS)
        self.page.on("pageerror", lambda error: self.failures.append(str(error)))

    def close(self) -> None:
        """End the browser, as a phone that is switched off."""
        self.context.close()

    def sign_in(self, name: str = "volunteer", language: str = "en") -> None:
        """Sign in by the form, wherever it leads."""
        self.page.goto(f"{self._suite.url}/account/sign-in?lang={language}")
        self.fill_sign_in(name)

    def fill_sign_in(self, name: str = "volunteer") -> None:
        """Fill in the sign-in form that is shown."""
        self.page.locator("input[name=email]").fill(f"{name}@demo.example")
        self.page.locator("input[name=password]").fill(PASSWORD)
        self.page.locator("form button.main").click()
        self.page.wait_for_url(re.compile(r"/(inventory|distribution|account/pro)"))

    def lose_session(self) -> None:
        """Let the browser lose its session; return at the form to sign in.

        An answer that was on its way may bring the cookie back: it is lost again then.
        """
        self.page.goto("about:blank")
        wait_until(self._is_lost, what="the session is lost")

    def _is_lost(self) -> bool:
        self.context.clear_cookies()
        self.page.goto(f"{self._suite.url}/account/sign-in?lang=en")
        return self.page.locator("input[name=email]").count() > 0

    def address(self, path: str) -> str:
        """Give the whole address of a page of the suite."""
        return f"{self._suite.url}{path}"

    def station(self, query: str = "mode=receive") -> None:
        """Open the scan station; return when its script is ready."""
        self.page.goto(f"{self._suite.url}/inventory/scan?{query}")
        self.is_open()

    def is_open(self) -> None:
        """Wait for the station's script."""
        self.page.wait_for_selector("html[data-station=open]")

    def is_kept(self) -> None:
        """Wait until the page would open without a network."""
        wait_until(
            lambda: bool(self.page.evaluate(WORKER_READY)),
            what=lambda: f"kept in the phone, {self.page.evaluate(WORKER_STATE)}",
        )

    def knows_the_catalogue(self) -> None:
        """Wait until the phone has its copy of what the warehouse has."""
        expect(self.page.locator("#as-of")).to_contain_text(":")

    def scan(self, raw: str) -> None:
        """Scan as a fast wedge does: the whole text at once, then Enter."""
        code = self.page.locator("#code")
        code.fill(raw)
        code.press("Enter")

    def kept(self, store: str) -> list[Any]:
        """Read what the phone keeps in one of its stores, oldest first."""
        kept: list[Any] = self.page.evaluate(KEPT, store)
        return kept

    def scans(self) -> list[dict[str, Any]]:
        """Read what the phone keeps of its scans."""
        return self.kept("scans")

    def states(self) -> list[str]:
        """Give the state of every scan the phone keeps, oldest first."""
        return [entry["state"] for entry in self.scans()]

    def are_recorded(self, count: int) -> bool:
        """Tell whether the warehouse has all of so many scans.

        A scan whose first answer was lost on the way, with the page that was
        closed, is told as a duplicate: it is in the books as well.
        """
        states = self.states()
        return len(states) == count and set(states) <= {"applied", "duplicate"}

    @property
    def result(self) -> Locator:
        """The answer to the last scan."""
        return self.page.locator("#result")
