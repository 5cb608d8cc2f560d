"""Whose scans they are: sessions that end, phones that several people share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect

from tests.support.journey import SOAP, SOAP_GTIN
from tests.support.phone import Phone, cellar
from tests.support.suite import Suite
from tests.support.waiting import wait_until

FORGET_PERSON = """async () => {
  const asked = indexedDB.open("komek");
  await new Promise((done) => { asked.onsuccess = done; });
  const change = asked.result.transaction("settings", "readwrite");
  change.objectStore("settings").delete("person");
  await new Promise((done) => { change.oncomplete = done; });
  asked.result.close();
}"""
DATED = f"]d2010{SOAP_GTIN}1729123110L1"


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Suite]:
    with cellar(tmp_path_factory.mktemp("people")) as suite:
        yield suite


def recorders(suite: Suite, since: int) -> list[str]:
    """Give who recorded each receipt of soap after the first ``since``."""
    path = f"/inventory/api/v1/stock-cards/{SOAP}?limit=500"
    lines = suite.request("GET", path, role="volunteer").json()["items"]
    return [line["recorded_by"] for line in reversed(lines)][since:]


def test_an_ended_session_asks_to_sign_in_again_and_loses_nothing(
    suite: Suite, playwright: Playwright, tmp_path: Path
) -> None:
    with Phone(playwright, tmp_path / "phone", suite) as phone:
        phone.sign_in()
        phone.station("mode=receive&location_code=A-03")
        phone.is_kept()
        phone.knows_the_catalogue()
        phone.page.wait_for_load_state("networkidle")
        phone.context.clear_cookies()

        phone.scan(DATED)
        phone.scan(DATED)
        link = phone.page.locator("#offbar [data-why=signed-out] a")
        expect(link).to_be_visible()
        assert "applied" not in phone.states()
        link.click()
        phone.fill_sign_in()

        phone.page.wait_for_url("**/inventory/scan?mode=receive&location_code=A-03")
        wait_until(lambda: phone.are_recorded(2), what="both are applied")


def test_signing_out_with_unsent_scans_names_their_number(
    suite: Suite, playwright: Playwright, tmp_path: Path
) -> None:
    with Phone(playwright, tmp_path / "phone", suite) as phone:
        phone.sign_in()
        phone.station()
        switch_offline(phone)
        for _ in range(3):
            phone.scan(DATED)
        expect(phone.page.locator("[data-queued]")).to_have_text("3")

        phone.page.goto(f"{suite.url}/account/profile")
        sign_out = 'main form[action="/account/sign-out"] button'
        phone.page.locator(sign_out).click()
        dialog = phone.page.locator("#unsent-dialog")
        expect(dialog).to_contain_text("not sent yet: 3")
        dialog.get_by_role("button", name="Stay signed in").click()
        expect(dialog).to_be_hidden()
        assert phone.page.url.endswith("/account/profile")


def switch_offline(phone: Phone) -> None:
    """Press "Work offline" as a finger does."""
    phone.page.locator("label:has(#work-offline)").click()


def test_a_shared_phone_sends_nothing_under_the_wrong_account(
    suite: Suite, playwright: Playwright, tmp_path: Path
) -> None:
    before = len(recorders(suite, 0))
    with Phone(playwright, tmp_path / "phone", suite) as phone:
        phone.sign_in("volunteer")
        phone.station()
        switch_offline(phone)
        said = phone.page.locator("#work-offline-said")
        expect(said).to_contain_text("switched on by Aizhan, volunteer at")
        for _ in range(2):
            phone.scan(DATED)
        expect(phone.page.locator("[data-queued]")).to_have_text("2")
        sign_out(phone)

        phone.sign_in("coordinator")
        phone.station()
        expect(phone.page.locator("[data-others]")).to_contain_text("too: 2")
        phone.scan(DATED)
        wait_until(
            lambda: phone.states() == ["waiting", "waiting", "applied"],
            what=lambda: f"only the coordinator's scan is sent, {phone.states()}",
        )
        sign_out(phone)

        phone.sign_in("volunteer")
        phone.station()
        wait_until(
            lambda: phone.are_recorded(2),
            what=lambda: f"the volunteer's scans are sent, {phone.scans()}",
        )
    who = recorders(suite, before)
    assert len(who) == 3
    assert who[0] == who[1] != who[2]


def test_a_page_from_memory_finds_out_who_signed_in(
    suite: Suite, playwright: Playwright, tmp_path: Path
) -> None:
    """As after a sign-in whose page came too slowly, so that the kept one opened."""
    with Phone(playwright, tmp_path / "phone", suite) as phone:
        phone.sign_in()
        phone.station()
        phone.is_kept()
        phone.page.evaluate(FORGET_PERSON)
        phone.context.set_offline(True)
        phone.station()
        expect(phone.page.locator("#offbar [data-why=nobody]")).to_be_visible()

        phone.context.set_offline(False)

        expect(phone.page.locator("#offbar [data-why=nobody]")).to_be_hidden()
        phone.is_open()
        phone.scan(DATED)
        wait_until(lambda: phone.are_recorded(1), what="it is sent as theirs")


def sign_out(phone: Phone) -> None:
    """Leave by the profile page, whatever waits."""
    phone.page.goto(phone.address("/account/profile"))
    phone.page.locator('main form[action="/account/sign-out"] button').click()
    leave = phone.page.locator("#unsent-dialog").get_by_role("button", name="Sign out")
    sign_in = phone.page.locator("input[name=password]")
    expect(leave.or_(sign_in).first).to_be_visible()
    if leave.is_visible():
        leave.click()
    expect(sign_in).to_be_visible()
