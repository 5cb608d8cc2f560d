"""A requisition written at a gate without a network is kept, and sent once."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.support.phone import Phone, cellar, send_to
from tests.support.suite import Suite
from tests.support.waiting import wait_until

FORM = "/distribution/units/W-A/requisition/"


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Suite]:
    with cellar(tmp_path_factory.mktemp("requisition")) as suite:
        yield suite


@pytest.fixture
def phone(suite: Suite, tmp_path: object) -> Iterator[Phone]:
    with sync_playwright() as playwright, Phone(playwright, tmp_path, suite) as phone:  # type: ignore[arg-type] # pytest gives a Path
        phone.sign_in("outreach")
        yield phone
        assert phone.failures == []


def sent(suite: Suite) -> int:
    path = "/distribution/api/v1/requisitions?unit_code=W-A"
    return len(send_to(suite)("GET", path, role="coordinator")["items"])


def open_form(phone: Phone) -> Page:
    phone.page.goto(phone.address(FORM))
    expect(phone.page.locator("#ask input[type=number]").first).to_be_visible()
    return phone.page


def test_what_is_sent_without_a_network_waits_and_is_sent_once(
    suite: Suite, phone: Phone
) -> None:
    before = sent(suite)
    page = open_form(phone)
    page.locator("#ask input[type=number]").first.fill("7")

    phone.context.set_offline(True)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Kept in this phone, not sent")).to_be_visible()
    page.get_by_role("button", name="Send").click()
    assert sent(suite) == before

    phone.context.set_offline(False)
    page.wait_for_url("**/distribution/requisitions/*")
    wait_until(lambda: sent(suite) == before + 1, what="the requisition is sent")
    open_form(phone)
    expect(page.locator("#found")).to_be_hidden()


def test_what_was_typed_survives_a_switched_off_phone(
    suite: Suite, phone: Phone
) -> None:
    page = open_form(phone)
    page.locator("#ask input[type=number]").first.fill("5")
    phone.context.set_offline(True)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Kept in this phone, not sent")).to_be_visible()

    before = sent(suite)
    phone.close()
    phone.open()
    page = open_form(phone)
    expect(page.locator("#found")).to_be_visible()
    page.locator("[data-take]").click()

    page.wait_for_url("**/distribution/requisitions/*")
    assert sent(suite) == before + 1


def test_another_person_on_the_phone_finds_nothing_of_it(phone: Phone) -> None:
    page = open_form(phone)
    page.locator("#ask input[type=number]").first.fill("3")
    kept = "Object.keys(localStorage).filter(k => k.startsWith('komek-req')).length"
    assert page.evaluate(kept) == 1
    phone.context.clear_cookies()
    phone.sign_in("coordinator")

    page = open_form(phone)

    expect(page.locator("#found")).to_be_hidden()
    assert page.evaluate(kept) == 0
