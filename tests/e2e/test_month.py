"""A month of the demo story, walked by hand until three books agree to the unit.

Ninety days are loaded. Then the people of the programme do the month that follows at
their browsers: each page on the way is used as it is meant to be
(tests/support/month_*.py), and what is the same again for the other units a program
repeats (tests/support/month.py).
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from deploy.demo.places import RELEASE, WOMEN
from tests.support import month_asking, month_delivering, month_sharing
from tests.support.month import PADS, SOAP, Month
from tests.support.suite import Suite
from tests.support.three_books import (
    Ledger,
    recorded_at_the_gates,
    told_to_donors,
)
from tests.support.waiting import wait_until
from tests.support.windows import Windows


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Suite]:
    suite = Suite(tmp_path_factory.mktemp("month"))
    suite.start("--demo")
    yield suite
    assert suite.terminate() == 0


@pytest.fixture(scope="module")
def browser(chromium_options: dict[str, Any]) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium_options)
        yield browser
        browser.close()


def test_a_month_is_walked_and_three_books_agree(
    suite: Suite, browser: Browser
) -> None:
    people, month = Windows(browser, suite), Month(suite)

    month_asking.plan_the_day(people, month)
    month_asking.count_heads(people, month)
    month_asking.ask_for_the_month(people, month)
    month_asking.approve_what_was_asked(people)
    gift, lots = month_asking.take_the_grant_in(people, month)

    run = month_sharing.propose(people, month)
    month_sharing.compare_two_proposals(people, run)
    month_sharing.decide_two_lines_by_hand(people, run)
    month_sharing.hold_a_lot_back(people, month, run, lots[PADS])
    month_sharing.approve_after_a_refusal(people, run)
    month_sharing.share_the_released_lot(people, month, lots[PADS])

    numbers = month_delivering.plan_the_deliveries(people, month)
    month_delivering.describe_and_check(people, numbers[WOMEN])
    month_delivering.load_and_dispatch(people, month, numbers)
    month_delivering.hand_over_with_differences(people, month, numbers[WOMEN])
    month_delivering.correct_the_handover(people, numbers[WOMEN])
    month_delivering.enter_a_late_paper(people, month, numbers[RELEASE])
    month.finish_what_is_under_way()
    month.take_back(numbers[WOMEN], "W-B", SOAP, 3)
    month_delivering.offer_something_else(people, month)
    month_delivering.authorise_and_buy(people)

    three_books_agree(suite)
    the_donor_reads_the_same(people, suite, gift)
    assert people.failures == []


def three_books_agree(suite: Suite) -> None:
    """Gift by gift and lot by lot, as soon as the last message has arrived."""

    def is_quiet() -> bool:
        ledger = Ledger(suite)
        return ledger.by_gift() == told_to_donors(
            suite
        ) and ledger.at_the_gates() == recorded_at_the_gates(suite)

    wait_until(is_quiet, what="everybody has heard the last movement")
    proven = suite.komek("verify", "--data", str(suite.folder / "data"))
    assert json.loads(proven.stdout)["well"], proven.stdout


def the_donor_reads_the_same(people: Windows, suite: Suite, gift: str) -> None:
    """The grant's own page tells how much the ledger holds as delivered."""
    accepted = sum(
        quantity
        for place, quantity in Ledger(suite).by_gift().items()
        if (place.gift_number, place.bucket) == (gift, "accepted")
    )
    donor = people.at_desk("donor")
    donor.open(f"/donors/my/{gift}")
    expect(donor.main).to_contain_text(f"accepted: {accepted:,}, on the way: 0")
