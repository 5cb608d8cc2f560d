"""What a list is narrowed to is one line on a phone and a whole form at a desk."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.support.journey import Journey
from tests.support.phone import cellar, send_to
from tests.support.suite import Suite
from tests.support.windows import Windows

FIRST_SCREEN = 740


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Suite]:
    with cellar(tmp_path_factory.mktemp("lists")) as suite:
        Journey(send_to(suite)).announce(100)
        yield suite


def test_a_phone_shows_the_first_gift_at_once_and_says_what_is_shown(
    people: Windows,
) -> None:
    phone = people.on_phone("coordinator")
    phone.open("/donors/gifts")
    first = phone.main.locator(".lines > li").first.bounding_box()
    assert first is not None
    assert first["y"] + first["height"] < FIRST_SCREEN
    phone.main.get_by_text("Shown: everything").click()
    phone.choose("stage", "expected")
    phone.press("Show")

    expect(phone.main.get_by_text("Shown: nothing has come yet")).to_be_visible()
    expect(phone.main.locator("[name=stage]")).to_be_hidden()


def test_a_desk_needs_no_press_to_narrow_a_list(people: Windows) -> None:
    desk = people.at_desk("coordinator")
    desk.open("/donors/gifts")

    expect(desk.main.locator("[name=stage]")).to_be_visible()
    expect(desk.main.get_by_text("Shown: everything")).to_be_hidden()


def test_the_strip_of_pages_begins_where_one_stands(people: Windows) -> None:
    phone = people.on_phone("coordinator")
    phone.open("/donors/months")

    expect(phone.main.locator(".tabs [aria-current]")).to_be_in_viewport(ratio=1)
