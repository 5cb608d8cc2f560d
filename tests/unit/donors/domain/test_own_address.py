"""How often whoever reads an address may be asked whether it is right."""

from datetime import UTC, datetime, timedelta

import pytest

from services.donors.domain.giving_errors import AskedTooOftenError
from services.donors.domain.own_address import LETTERS_MAX, PAUSE, asked_for

NOON = datetime(2026, 11, 20, 7, tzinfo=UTC)
HERE, THERE = "aida@orchard.example", "aida@orhcard.example"
DAY = timedelta(days=1)


def asked(*wishes):
    """Ask for one letter after the other, each an address and a time since noon."""
    last = None
    for email, after in wishes:
        last = asked_for(last, email, NOON + after)
    return last


def test_the_same_address_is_asked_again_after_a_pause():
    with pytest.raises(AskedTooOftenError) as refused:
        asked((HERE, PAUSE * 0), (HERE, PAUSE * 0.5))

    assert refused.value.facts == {"minutes": 1}
    assert asked((HERE, PAUSE * 0), (HERE, PAUSE)).letters == 2


def test_a_slip_of_the_pen_is_mended_at_once():
    assert asked((THERE, PAUSE * 0), (HERE, PAUSE * 0)).email == HERE


def test_a_day_has_few_letters_whatever_the_addresses():
    wishes = [(f"{number}@a.example", PAUSE * number) for number in range(LETTERS_MAX)]

    with pytest.raises(AskedTooOftenError) as refused:
        asked(*wishes, (HERE, DAY - timedelta(minutes=90)))

    assert refused.value.facts == {"minutes": 90}
    assert asked(*wishes, (HERE, DAY)).letters == 1


def test_a_link_works_for_three_days():
    address = asked((HERE, PAUSE * 0))

    assert address.is_awaited(NOON + 3 * DAY - timedelta(seconds=1))
    assert not address.is_awaited(NOON + 3 * DAY)
