"""Two phones without a network on one pick list: every line once, or a conflict."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Playwright, expect

from tests.support.journey import SOAP_GTIN, Journey
from tests.support.phone import Phone, cellar, send_to
from tests.support.suite import Suite
from tests.support.waiting import wait_until


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Suite]:
    with cellar(tmp_path_factory.mktemp("picking")) as suite:
        yield suite


def is_answered(phone: Phone) -> bool:
    """Tell whether the warehouse has judged the phone's one scan."""
    return phone.states()[0] in ("applied", "refused")


@pytest.fixture
def pick_list(suite: Suite) -> dict[str, Any]:
    """Five bars of soap to pick."""
    journey = Journey(send_to(suite))
    gift = journey.announce(60)
    assert journey.receive(gift, 5)["status"] == "applied"
    journey.request(5)
    journey.allocate()
    return journey.pick_list_of(journey.plan())


def test_two_phones_offline_on_one_list_leave_a_conflict_to_solve(
    suite: Suite, playwright: Playwright, tmp_path: Path, pick_list: dict[str, Any]
) -> None:
    number = pick_list["pick_list_number"]
    phones = [Phone(playwright, tmp_path / name, suite) for name in ("one", "two")]
    with phones[0], phones[1]:
        for phone in phones:
            phone.sign_in()
            phone.station()
            phone.is_kept()
            phone.knows_the_catalogue()
            phone.context.set_offline(True)
            phone.page.goto(phone.address(f"/inventory/pick-lists/{number}"))
            phone.is_open()
            expect(phone.page.locator("#pick-view")).to_contain_text("Picked: 0 / 5")
            phone.page.locator("#quantity").fill("5")
            phone.scan(SOAP_GTIN)
            expect(phone.page.locator("#pick-view")).to_contain_text("Picked: 5 / 5")
        for phone in phones:
            phone.context.set_offline(False)
            wait_until(partial(is_answered, phone), what="the pick is answered")

        assert [phone.states() for phone in phones] == [["applied"], ["refused"]]
        line = phones[1].page.locator("#queue-lines [data-state=refused]")
        expect(line).to_contain_text("Bathing soap")
        expect(line.get_by_role("button", name="Send again")).to_be_visible()
        expect(line.get_by_role("button", name="Correct")).to_be_visible()
        line.get_by_role("button", name="Discard").click()
        dialog = phones[1].page.locator("#discard-dialog")
        dialog.get_by_role("button", name="Discard").click()
        wait_until(lambda: phones[1].states() == [], what="it is discarded")
