"""A label of ours on a shelf says where: the scan after it is written there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect

from tests.support.phone import Phone, cellar
from tests.support.suite import Suite


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Suite]:
    with cellar(tmp_path_factory.mktemp("labels")) as suite:
        yield suite


@pytest.fixture
def phone(suite: Suite, playwright: Playwright, tmp_path: Path) -> Iterator[Phone]:
    with Phone(playwright, tmp_path / "phone", suite) as phone:
        phone.sign_in()
        yield phone
        assert phone.failures == []


def places(phone: Phone) -> list[str]:
    return phone.page.locator("[data-shows*=location_code]").all_inner_texts()


@pytest.mark.browser
def test_receiving_goes_on_where_the_label_says(phone: Phone):
    phone.station("mode=receive&location_code=A-02")

    phone.scan("]d298A-03")

    expect(phone.page.locator("[data-shows=location_code]")).to_have_text("A-03")


@pytest.mark.browser
def test_moving_takes_two_labels_from_and_to(phone: Phone):
    phone.station("mode=move&location_code=A-02")

    for raw in ("98A-03", "(98)A-04"):
        phone.scan(raw)
    expect(phone.page.locator("[data-shows=to_location_code]")).to_have_text("A-04")
    assert places(phone) == ["A-03", "A-04"]


@pytest.mark.browser
def test_a_place_nobody_has_is_no_place(phone: Phone):
    phone.station("mode=receive&location_code=A-02")

    phone.scan("98Z-99")

    expect(phone.page.locator("#result .result")).to_be_visible()
    assert places(phone) == ["A-02"]
