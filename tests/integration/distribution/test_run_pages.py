"""A proposal when the world has moved on: one product again, all else as decided."""

import re
from datetime import date

import pytest

from tests.integration.distribution.field import SOAP, TOWEL, named
from tests.integration.distribution.test_pages import Fields, app, reader

__all__ = ["app", "reader"]

RUN = f"/runs/{named('run')}"


@pytest.fixture
def database_kind():
    return "sqlite"


@pytest.fixture
def proposed(field):
    """Soap from two lots and towels for one ward; a number decided by hand."""
    field.put("soap", 20)
    field.put("more soap", 20)
    field.put("towels", 5, product_code=TOWEL)
    field.unit(heads=40)
    field.approved("one", SOAP=30, TOWEL=3)
    field.propose()
    field.override(product_code=TOWEL, quantity=2)
    return field


def test_one_product_is_shared_out_again_and_the_rest_stays(proposed, reader):
    proposed.put("soap", 0, version=2, lot_status="quarantined")
    coordinator = reader("coordinator")

    refused = coordinator.press(f"{RUN}/approve", command_id=named("yes"))

    assert refused.status_code == 409
    assert "Everything else of the run stays" in refused.text
    form = refused.text[refused.text.index(f"{RUN}/products/{SOAP}/what-if") :]
    again = Fields(form[: form.index("</form>")]).values
    there = f"{RUN}/products/{SOAP}/what-if"
    assert coordinator.press(there, **again).status_code == 303
    assert (
        coordinator.press(f"{RUN}/approve", command_id=named("yes")).status_code == 303
    )
    assert proposed.given() == {("W-A", SOAP): 20, ("W-A", TOWEL): 2}


def test_from_one_product_of_a_run_the_others_are_one_press_away(proposed, reader):
    del proposed
    coordinator = reader("coordinator")

    soap = coordinator.look(f"{RUN}/products/{SOAP}").text
    towel = coordinator.look(f"{RUN}/products/{TOWEL}").text

    assert re.search(f'href="[^"]*/products/{TOWEL}">Next: {TOWEL} in English', soap)
    assert re.search(rf"/products/{SOAP}\">.*Before: {SOAP} in English", towel)


def test_a_delivery_that_is_late_already_is_planned_for_today(proposed, reader, clock):
    proposed.approve()
    proposed.answer()
    clock.advance(days=20)

    page = reader("coordinator").look("/consignments/new").text

    assert f'name="planned_on" type="date" value="{date(2026, 12, 10)}"' in page
