"""A donor's own system that was broken is told again, by the donor, from the page."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from http import HTTPStatus
from itertools import repeat

import pytest
from playwright.sync_api import Locator, expect

from services.donors.domain.webhook import TRIES_MAX
from tests.support.accounts import add_accounts_in
from tests.support.journey import Journey
from tests.support.phone import send_to
from tests.support.receiver import Receiver, receiving
from tests.support.suite import PASSWORD, Suite
from tests.support.waiting import wait_until
from tests.support.windows import Person, Windows

TELLING_MILLISECONDS = 20_000
ONE_TRY_LEFT = """
UPDATE webhook_deliveries SET tries = ?, next_try_at = created_at
WHERE state = 'waiting'
"""


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Suite]:
    """A suite whose donors may be told on this very computer."""
    folder = tmp_path_factory.mktemp("webhooks")
    add_accounts_in(folder / "data", PASSWORD)
    suite = Suite(folder, settings={"KOMEK_WEBHOOKS_MAY_BE_PRIVATE": "true"})
    suite.start()
    yield suite
    assert suite.terminate() == 0


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


def begin(donor: Person, receiver: Receiver) -> None:
    """Give the address and keep the secret, which is shown once."""
    donor.open("/donors/")
    donor.follow("Tell my own system (webhooks)")
    donor.fill("url", receiver.url)
    donor.press("Begin to tell this address")
    receiver.secret = donor.main.locator("pre").inner_text().strip()
    donor.follow("I have copied it")


def shown_as(donor: Person, state: str) -> Locator:
    """Give the line of the one delivery as soon as the page shows this state."""
    line = donor.main.locator("tbody tr").filter(has_text=state)

    def is_shown() -> bool:
        donor.page.reload()
        return line.is_visible()

    wait_until(is_shown, what=f"a delivery that is {state}")
    return line


def let_hours_pass(suite: Suite) -> None:
    """Bring the last try forward: a test does not wait hours for the tenth one."""
    books = suite.folder / "data" / "donors.sqlite3"
    with closing(sqlite3.connect(books, timeout=30)) as line, line:
        line.execute(ONE_TRY_LEFT, [TRIES_MAX - 1])


def test_what_a_broken_system_missed_is_sent_again_from_the_page(
    suite: Suite, people: Windows, receiver: Receiver
) -> None:
    journey = Journey(send_to(suite))
    journey.furnish()
    gift = journey.announce(100)
    donor = people.at_desk("donor")
    begin(donor, receiver)
    receiver.answers = repeat(HTTPStatus.INTERNAL_SERVER_ERROR)
    journey.receive(gift, 40)

    line = shown_as(donor, "waiting")
    expect(line).to_contain_text(gift)
    shown_as(donor, "500")
    let_hours_pass(suite)
    line = shown_as(donor, "given up")
    expect(line).to_contain_text(str(TRIES_MAX))
    expect(line).to_contain_text("500")

    receiver.answers = iter(())
    donor.press(f"Send again: {gift}")
    shown_as(donor, "delivered")
    first, last = receiver.heard[0], receiver.heard[-1]
    assert last.status == HTTPStatus.NO_CONTENT
    assert (last.delivery_id, last.body) == (first.delivery_id, first.body)
    assert json.loads(last.body)["gift"]["items"][0]["received"] == 40
