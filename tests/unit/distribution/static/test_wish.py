"""What a phone makes of a requisition: what is asked for, and what is wrong with it."""

import pytest

REFUSED = False
SOAP, TOWEL = "HYG-SOAP-B", "HYG-TOWEL"
DUE = {SOAP: 40}


def typed(reasons=None, **quantities):
    codes = {"soap": SOAP, "towel": TOWEL}
    return {
        "needed_by": "2026-11-26",
        "delivery_on": "",
        "quantities": {codes[name]: text for name, text in quantities.items()},
        "reasons": reasons or {},
    }


@pytest.fixture
def faults(ask):
    return lambda wish, is_draft=False: ask("wish", "faultsOf", wish, DUE, is_draft)


def test_only_what_is_above_nothing_is_asked_for(ask):
    lines = ask("wish", "linesOf", typed(soap="1 200", towel="0"))

    assert lines == [{"product_code": SOAP, "quantity": 1200}]


def test_a_reason_travels_with_its_line(ask):
    wish = typed(soap="50", reasons={SOAP: "new_people"})

    assert ask("wish", "linesOf", wish)[0]["reason"] == "new_people"


def test_a_requisition_without_a_delivery_day_names_none(ask):
    entry = {"requisition_id": "r", "unit_code": "W-A", "is_draft": False}

    body = ask("wish", "bodyOf", {**entry, "typed": typed(soap="1")})

    assert body["delivery_on"] is None


def test_more_than_is_due_needs_a_reason_but_not_in_a_draft(faults):
    more = typed(soap="41")

    assert faults(more) == {SOAP: "reason_needed"}
    assert faults(typed(soap="40")) == {}
    assert faults(more, is_draft=True) == {}
    assert faults(typed(soap="41", reasons={SOAP: "new_people"})) == {}


def test_what_no_norm_speaks_of_needs_no_reason(faults):
    assert faults(typed(towel="5000")) == {}


@pytest.mark.parametrize("text", ["-1", "1.5", "many", "1000001"])
def test_what_is_no_whole_number_in_range_is_marked(faults, text):
    assert faults(typed(soap=text)) == {SOAP: "bad_number"}


@pytest.mark.parametrize("text", ["", " ", "0"])
def test_nothing_typed_is_nothing_asked(faults, ask, text):
    assert faults(typed(soap=text)) == {}
    assert ask("wish", "linesOf", typed(soap=text)) == []


@pytest.mark.parametrize("code", ["requisition_state", "command_id_reused"])
def test_what_somebody_else_went_on_with_is_a_conflict(ask, code):
    assert ask("wish", "changeBy", REFUSED, {"code": code})["state"] == "conflict"
    assert (
        ask("wish", "changeBy", REFUSED, {"code": "unit_closed"})["state"] == "refused"
    )
