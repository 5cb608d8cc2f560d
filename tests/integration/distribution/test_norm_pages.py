"""Norms on their pages: what holds today, what comes later, and changing either."""

import re

import pytest

from tests.integration.distribution.field import SOAP
from tests.integration.distribution.test_pages import app, reader

__all__ = ["app", "reader"]

LIST, NORM, NEW = "/quota-rules/", "/quota-rules/Q01", "/quota-rules/new/"
TODAY, TOMORROW, DECEMBER = "2026-11-20", "2026-11-21", "2026-12-01"


@pytest.fixture
def database_kind():
    return "sqlite"


@pytest.fixture
def coordinator(field, reader):
    """Sits down when the goods are known already."""
    assert field
    return reader("coordinator")


def page_of(coordinator, path):
    return coordinator.look(path).text.replace("\xa0", " ")


def enter(coordinator, **changed):
    """Change what the form is filled with, and send it as a browser would."""
    fields = coordinator.form_of(NORM) | {"is_on": "1", "bands": "women_18_49"}
    answer = coordinator.press(NORM, **fields | changed)
    assert answer.status_code == 303, answer.text


def row_of(coordinator, code="Q01"):
    rows = re.findall(r"<tr>.*?</tr>", page_of(coordinator, LIST), re.DOTALL)
    return next(row for row in rows if f'<span class="code">{code}</span>' in row)


def told(field, on):
    items = field.coordinator.fetch("/quota-rules", on=on, limit=100).json["items"]
    return next(each for each in items if each["rule_code"] == "Q01")


def per_head(field, on):
    rule = told(field, on)
    return rule["numerator"], rule["denominator"]


def test_the_list_tells_what_holds_today_and_what_is_entered_for_later(coordinator):
    enter(coordinator, quantity="3", since=DECEMBER)

    row = row_of(coordinator)

    assert ">2.5</td>" in row
    assert "from 1 Dec 2026: 3 in 30 days" in row


def test_a_later_entry_for_today_hides_nothing_that_is_to_come(field, coordinator):
    enter(coordinator, quantity="3", since=DECEMBER)
    enter(coordinator, quantity="2", since=TODAY)

    row = row_of(coordinator)

    assert ">2</td>" in row
    assert "from 1 Dec 2026: 3 in 30 days" in row
    assert (per_head(field, TODAY), per_head(field, DECEMBER)) == ((2, 1), (3, 1))


def test_a_small_correction_brings_nothing_forward(field, coordinator):
    enter(coordinator, quantity="3", since=DECEMBER)
    filled = coordinator.form_of(NORM)
    assert (filled["quantity"], filled["since"]) == ("5/2", TODAY)
    assert "from 1 Dec 2026" in page_of(coordinator, NORM)

    enter(coordinator, state_share="10")

    assert per_head(field, TODAY) == (5, 2)
    assert told(field, TODAY)["state_supplied_percent"] == 10
    assert per_head(field, DECEMBER) == (3, 1)


def test_a_norm_that_does_not_hold_yet_keeps_its_first_day(coordinator):
    wish = coordinator.form_of(NEW) | {"rule_code": "Q99", "product_code": SOAP}
    wish |= {"bands": "women_18_49", "quantity": "1", "since": DECEMBER}
    assert coordinator.press(NEW, **wish).status_code == 303

    assert "Does not hold yet" in row_of(coordinator, "Q99")
    assert coordinator.form_of("/quota-rules/Q99")["since"] == DECEMBER
    assert "Does not hold yet" not in row_of(coordinator)


def test_whom_it_is_for_and_how_often_can_be_changed(field, coordinator):
    enter(
        coordinator,
        bands=["women_18_49", "pregnant"],
        unit_kind="medical",
        is_once="1",
        since=TOMORROW,
    )

    kept = told(field, TOMORROW)
    assert set(kept["bands"]) == {"women_18_49", "pregnant"}
    assert (kept["unit_kind"], kept["is_once"]) == ("medical", True)
    assert "pregnant" not in told(field, TODAY)["bands"]
    assert "from 21 Nov 2026: 2.5 once" in row_of(coordinator)


def test_a_norm_for_nobody_is_refused_and_keeps_what_was_typed(coordinator):
    fields = coordinator.form_of(NORM) | {"quantity": "7", "is_on": "1"}

    refused = coordinator.press(NORM, **fields)

    assert refused.status_code == 422
    assert "Choose at least one." in refused.text
    assert 'value="7"' in refused.text


def test_a_norm_in_sizes_goes_by_children_only(coordinator):
    page = page_of(coordinator, "/quota-rules/Q20")

    assert 'value="children_0_2m"' in page
    assert 'value="women_18_49"' not in page
