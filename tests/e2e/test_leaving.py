"""Whoever signs out on a shared phone has left it, whatever the network does."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import APIResponse, Route, expect, sync_playwright

from tests.support.asking import open_form, sent
from tests.support.phone import Phone, cellar
from tests.support.suite import Suite
from tests.support.waiting import wait_until

PROFILE = "/account/profile"
SIGN_OUT = "**/account/sign-out"
WAY_OUT = 'main form[action="/account/sign-out"] button'
GATE = "**/distribution/api/v1/gate"
KNOWN = """async () => {
  const asked = indexedDB.open("komek");
  await new Promise((done) => { asked.onsuccess = done; });
  const all = asked.result.transaction(["settings", "deliveries"]);
  const person = all.objectStore("settings").get("person");
  const deliveries = all.objectStore("deliveries").getAllKeys();
  await new Promise((done) => { all.oncomplete = done; });
  asked.result.close();
  return [person.result?.display_name ?? null, deliveries.result.length];
}"""
NOBODY: list[Any] = [None, 0]


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Suite]:
    with cellar(tmp_path_factory.mktemp("leaving")) as suite:
        yield suite


@pytest.fixture
def phone(suite: Suite, tmp_path: Path) -> Iterator[Phone]:
    with sync_playwright() as playwright, Phone(playwright, tmp_path, suite) as phone:
        phone.sign_in("outreach")
        phone.page.goto(phone.address("/distribution/"))
        phone.page.wait_for_selector("html[data-kept=yes]")
        yield phone
        assert phone.failures == []


def known(phone: Phone) -> list[Any]:
    """Give whose the phone is, and of how many accounts it knows the deliveries."""
    found: list[Any] = phone.page.evaluate(KNOWN)
    return found


class Unreachable:
    """The way out that no request gets through, counted."""

    def __init__(self, phone: Phone) -> None:
        self.tries = 0
        phone.context.route(SIGN_OUT, self._refuse)
        self._phone = phone

    def _refuse(self, route: Route) -> None:
        self.tries += 1
        route.abort()

    def wait_for_another(self) -> None:
        before = self.tries
        wait_until(lambda: self._tried() > before, what="it is tried again")

    def end(self) -> None:
        self._phone.context.unroute(SIGN_OUT)

    def _tried(self) -> int:
        self._phone.page.evaluate("0")  # lets the route be heard
        return self.tries


def leave_in_vain(phone: Phone) -> Unreachable:
    """Sign out on the profile page; the session lives on."""
    unreachable = Unreachable(phone)
    phone.page.goto(phone.address(PROFILE))
    phone.page.locator(WAY_OUT).click()
    expect(phone.page.locator("main")).to_be_hidden()
    return unreachable


def test_no_page_gives_the_phone_back_to_who_left(phone: Phone) -> None:
    unreachable = leave_in_vain(phone)
    unreachable.wait_for_another()
    assert known(phone) == NOBODY
    page = phone.page
    page.goto(phone.address("/distribution/"))
    expect(page.locator("main")).to_be_hidden()
    unreachable.wait_for_another()
    assert known(phone) == NOBODY

    unreachable.end()
    expect(page.locator("input[name=password]")).to_be_visible()
    assert known(phone) == NOBODY

    phone.fill_sign_in("outreach")
    wait_until(lambda: known(phone)[1] == 1, what="the phone knows them again")


def test_a_phone_switched_off_while_it_signs_out_is_left(phone: Phone) -> None:
    phone.context.route(SIGN_OUT, lambda _route: None)  # no answer ever comes
    phone.page.goto(phone.address(PROFILE))
    with phone.page.expect_request(SIGN_OUT):
        phone.page.locator(WAY_OUT).click()
    phone.close()
    phone.open()

    phone.page.goto(phone.address(PROFILE))

    expect(phone.page.locator("input[name=password]")).to_be_visible()
    assert known(phone) == NOBODY


def test_who_signs_in_anew_is_not_taken_for_the_session_they_left(
    phone: Phone,
) -> None:
    """As after half an idle hour on a shared phone."""
    unreachable = leave_in_vain(phone)
    phone.page.goto("about:blank")
    phone.context.clear_cookies()
    unreachable.end()

    phone.sign_in("outreach")
    wait_until(lambda: known(phone)[1] == 1, what="it is their phone")
    phone.page.goto(phone.address(PROFILE))

    expect(phone.page.locator(WAY_OUT)).to_be_visible()


def test_what_waits_is_not_sent_before_who_left_signs_in_again(
    suite: Suite, phone: Phone
) -> None:
    before = sent(suite)
    page = phone.page
    open_form(phone)
    page.locator("#ask input[type=number]").first.fill("4")
    suite.kill()  # a worker that wakes to send heeds no airplane mode of ours
    page.get_by_role("button", name="Send").click()
    expect(page.locator("[data-state=waiting]")).to_be_visible()
    page.goto(phone.address("/distribution/"))
    page.get_by_role("button", name="Sign out on this phone").click()
    page.locator("#unsent-dialog").get_by_role("button", name="Sign out").click()
    expect(page.locator("[data-why=nobody]")).to_be_visible()

    suite.start()
    wait_until(lambda: is_signed_out(phone), what="the session has ended")
    assert sent(suite) == before

    phone.sign_in("outreach")
    page.goto(phone.address("/distribution/"))
    wait_until(lambda: sent(suite) == before + 1, what="it is sent")


def test_what_comes_after_somebody_left_is_not_kept(phone: Phone) -> None:
    """Another page asked for it while they were still there."""
    held: list[tuple[Route, APIResponse]] = []
    phone.context.route(GATE, lambda route: held.append((route, route.fetch())))
    phone.page.goto(phone.address("/distribution/"))
    other = phone.context.new_page()
    other.goto(phone.address(PROFILE))
    wait_until(lambda: are_held(phone, held), what="it is asked for")
    other.locator(WAY_OUT).click()
    expect(other.locator("input[name=password]")).to_be_visible()

    for route, answer in held:
        route.fulfill(response=answer)

    phone.page.wait_for_selector("html[data-kept=yes]")
    assert known(phone) == NOBODY


def are_held(phone: Phone, held: list[tuple[Route, APIResponse]]) -> bool:
    phone.page.evaluate("0")  # lets the route be heard
    return bool(held)


def is_signed_out(phone: Phone) -> bool:
    """Tell whether the phone's cookie opens nothing any more."""
    answer = phone.context.request.get(phone.address(PROFILE), max_redirects=0)
    return not answer.ok
