"""A unit closes while a phone has no network: what was made there is told, not lost."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Playwright, expect

from tests.support.asking import FORM, open_form, sent, states
from tests.support.gate import (
    SENT,
    Gate,
    consignment,
    delivery_on_its_way,
    set_closed,
)
from tests.support.journey import UNIT
from tests.support.phone import Phone, cellar, send_to
from tests.support.suite import Suite
from tests.support.waiting import wait_until


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Suite]:
    with cellar(tmp_path_factory.mktemp("closed")) as suite:
        yield suite


@pytest.fixture
def number(suite: Suite) -> str:
    return delivery_on_its_way(suite)


@pytest.fixture(autouse=True)
def _open_again(suite: Suite) -> Iterator[None]:
    yield
    set_closed(suite, is_closed=False)


def last_requisition(suite: Suite) -> Any:
    """Give the requisition of the unit that was made last."""
    path = f"/distribution/api/v1/requisitions?unit_code={UNIT}"
    return send_to(suite)("GET", path, role="coordinator")["items"][0]


def test_goods_recorded_as_taken_are_told_with_the_remedy_and_put_right(
    suite: Suite, playwright: Playwright, tmp_path: Path, number: str
) -> None:
    with Phone(playwright, tmp_path / "phone", suite) as phone:
        gate = Gate(phone, number)
        gate.arrive()
        gate.accept_all()
        gate.page.goto(phone.address("/distribution/"))
        set_closed(suite, is_closed=True)

        phone.context.set_offline(False)
        wait_until(lambda: gate.states() == ["applied"], what="it is recorded")

        line = gate.page.locator(f"#queue [data-number={number}]")
        expect(line).to_contain_text(f"Closed meanwhile: {UNIT}")
        expect(line).to_contain_text("correct it: not let through")
        assert last_requisition(suite)["state"] == "fulfilled"

        line.get_by_role("link", name="Correct it").click()
        gate.page.locator("input[name=accepted-0]").fill("0")
        gate.page.locator("input[name=refused-0]").fill(str(SENT))
        gate.page.locator("select[name=reason-0]").select_option("unit_closed")
        gate.page.get_by_role("button", name="Finish").click()

        wait_until(
            lambda: consignment(suite, number)["lines"][0]["refused"] == SENT,
            what="it came back",
        )
        assert phone.failures == []

    ended = last_requisition(suite)
    assert (ended["state"], ended["cancel_reason"]) == ("cancelled", "unit_closed")


def test_the_receipt_that_opens_when_it_is_recorded_says_the_same(
    suite: Suite, playwright: Playwright, tmp_path: Path, number: str
) -> None:
    """The page on which it was recorded is still open when the network comes."""
    with Phone(playwright, tmp_path / "phone", suite) as phone:
        gate = Gate(phone, number)
        gate.arrive()
        gate.accept_all()
        set_closed(suite, is_closed=True)

        phone.context.set_offline(False)
        gate.page.wait_for_url("**/handover/receipt")

        main = gate.page.locator("main")
        expect(main).to_contain_text(f"Closed meanwhile: {UNIT}")
        expect(main).to_contain_text("correct it: not let through")
        assert phone.failures == []


def test_what_was_asked_for_is_refused_by_name_and_kept_until_it_opens_again(
    suite: Suite, playwright: Playwright, tmp_path: Path
) -> None:
    with Phone(playwright, tmp_path / "phone", suite) as phone:
        phone.sign_in("outreach")
        before = sent(suite)
        page = open_form(phone)
        page.locator("#ask input[type=number]").first.fill("7")
        phone.context.set_offline(True)
        page.get_by_role("button", name="Send").click()
        expect(page.locator("[data-state=waiting]")).to_contain_text(UNIT)
        set_closed(suite, is_closed=True)

        phone.context.set_offline(False)

        line = page.locator("#queue [data-state=refused]")
        expect(line).to_contain_text(f"Unit {UNIT} is closed.")
        expect(line).to_contain_text("let a coordinator open it again")
        assert sent(suite) == before

        line.get_by_role("link", name="Change").click()
        expect(page.locator("main")).to_contain_text("This unit is closed")
        expect(page.locator("#ask input[type=number]").first).to_have_value("7")
        assert states(phone) == ["refused"]

        set_closed(suite, is_closed=False)
        page.goto(phone.address(f"{FORM}?take=1"))
        page.wait_for_selector("html[data-ask=open]")
        page.get_by_role("button", name="Send").click()
        wait_until(lambda: sent(suite) == before + 1, what="it is asked for once")
        assert phone.failures == []
