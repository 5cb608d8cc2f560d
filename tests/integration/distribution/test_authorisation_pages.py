"""What was bought for an authorisation is noted on its page, and corrected there."""

import pytest

from tests.integration.distribution.field import FORMULA, named
from tests.integration.distribution.test_pages import app, reader

__all__ = ["app", "reader"]

HERE = "/authorisations/"
BUY = f"{HERE}{named('a1')}/purchase"


@pytest.fixture
def database_kind():
    return "sqlite"


@pytest.fixture
def buyer(field, caller, reader):
    field.unit("W-MCU", kind="mother_child")
    caller("reviewer").send(
        "/authorisations",
        authorisation_id=named("a1"),
        unit_code="W-MCU",
        product_code=FORMULA,
        infants=2,
        weeks=4,
    )
    return reader("coordinator")


def bought(field):
    (found,) = field.coordinator.fetch("/authorisations").json["items"]
    return found["bought"], [each["bought"] for each in found["purchases"]]


def note(person, number):
    return person.press(BUY, **person.form_of(HERE) | {"bought": number})


def test_a_mistyped_number_is_corrected_where_it_was_noted(field, buyer):
    note(buyer, "61")
    assert buyer.form_of(HERE)["bought"] == "61"

    assert note(buyer, "16").status_code == 303

    assert bought(field) == (16, [16, 61])
    assert "Noted before: 61" in buyer.look(HERE).text


def test_a_number_that_somebody_changed_meanwhile_is_not_overwritten(field, buyer):
    note(buyer, "61")
    old = buyer.form_of(HERE)
    note(buyer, "16")

    refused = buyer.press(BUY, **old | {"bought": "20", "command_id": named("late")})

    assert refused.status_code == 409
    assert 'value="20"' in refused.text
    assert bought(field) == (16, [16, 61])


def test_nothing_bought_after_all_can_be_bought_again(field, buyer):
    note(buyer, "61")
    note(buyer, "0")
    assert "To be bought" in buyer.look(HERE).text

    note(buyer, "12")

    assert bought(field) == (12, [12, 0, 61])


@pytest.mark.parametrize("role", ["auditor", "reviewer", "outreach"])
def test_nobody_but_a_coordinator_corrects_it(field, buyer, reader, role):
    note(buyer, "61")
    person = reader(role)

    assert "Correct the number" not in person.look(HERE).text
    refused = person.press(BUY, command_id=named("x"), bought="1", corrects="61")
    assert refused.status_code == 403
    assert bought(field) == (61, [61])
