"""A run says what the world did since, and changes nothing of itself."""

import pytest

from tests.integration.distribution.field import SOAP, TOWEL, named
from tests.integration.distribution.test_pages import app, reader

__all__ = ["app", "reader"]

RUN = f"/runs/{named('run')}"


@pytest.fixture
def database_kind():
    return "sqlite"


@pytest.fixture
def proposed(field):
    """Two units that are due 100 each and share 80; a towel has no norm."""
    field.unit("W-A", heads=40)
    field.unit("W-B", heads=40)
    field.put("L1", 80)
    field.put("T1", 50, product_code=TOWEL)
    field.approved("r1", "W-A", SOAP=100, TOWEL=5)
    field.approved("r2", "W-B", SOAP=100)
    field.propose()
    return field


def changes(field, name="run"):
    return field.coordinator.fetch(f"/allocation-runs/{named(name)}/changes").json


def halve(field, unit_code="W-B"):
    field.count(unit_code, as_of="2026-11-19", women_18_49=20)


def set_norm(field, numerator):
    rule = field.coordinator.fetch("/quota-rules").json["items"]
    (soap,) = [x for x in rule if x["product_code"] == SOAP and x["is_on"]]
    kept = {**soap, "numerator": numerator, "denominator": 2}
    body = {"command_id": named(f"norm {numerator}"), "rules": [kept]}
    answer = field.coordinator.put_json("/quota-rules", **body)
    assert answer.status_code == 200, answer.json


def propose_again(person, here=RUN):
    form = person.form_of(here)
    sent = {"command_id": form["command_id"], "product_codes": [SOAP]}
    return person.press(f"{RUN}/again", **sent)


def test_nothing_moved_is_nothing_told(proposed, reader):
    assert changes(proposed) == {"closed": [], "moved": []}
    assert "Changed since" not in reader("coordinator").look(RUN).text


def test_a_corrected_headcount_is_told_with_what_it_moves(proposed):
    halve(proposed)

    assert changes(proposed)["moved"] == [
        {
            "unit_code": "W-B",
            "product_code": SOAP,
            "was": 100,
            "now": 50,
            "difference": -50,
            "cause": "headcount",
        }
    ]
    assert proposed.given()["W-B", SOAP] == 40


def test_a_changed_norm_is_told_apart_from_a_headcount(proposed):
    set_norm(proposed, 6)

    found = {x["unit_code"]: (x["now"], x["cause"]) for x in changes(proposed)["moved"]}

    assert found == {"W-A": (120, "norm"), "W-B": (120, "norm")}


def test_a_headcount_that_moves_no_amount_is_not_told(proposed):
    proposed.count("W-B", as_of="2026-11-19", women_18_49=40)

    assert changes(proposed)["moved"] == []


def test_what_the_run_itself_gave_moves_nothing(proposed):
    proposed.approve()
    proposed.answer()
    proposed.consignment()
    proposed.leaves()
    proposed.hands_over()

    assert changes(proposed) == {"closed": [], "moved": []}


def test_a_run_that_is_not_there_has_no_changes(field):
    answer = field.coordinator.fetch(f"/allocation-runs/{named('no')}/changes")
    assert (answer.status_code, answer.json["code"]) == (404, "unknown_run")


class TestPage:
    def test_a_proposal_is_worked_out_again_in_one_press(self, proposed, reader):
        coordinator = reader("coordinator")
        halve(proposed)
        page = coordinator.look(RUN).text
        assert "Changed since the proposal" in page
        assert "(−50)" in page

        assert propose_again(coordinator).status_code == 303

        lines = {x["unit_code"]: x for x in proposed.run()["lines"] if x["lots"]}
        assert lines["W-B"]["entitlement"] == 50
        assert "Changed since" not in coordinator.look(RUN).text

    def test_other_goods_of_the_run_stay_as_they_were_decided(self, proposed, reader):
        proposed.override(product_code=TOWEL, quantity=2)
        halve(proposed)

        propose_again(reader("coordinator"))

        assert proposed.given()["W-A", TOWEL] == 2

    def test_the_conditions_that_were_set_still_hold(self, proposed, reader):
        proposed.coordinator.put_json(
            f"/allocation-runs/{named('run')}/products/{SOAP}/conditions",
            command_id=named("caps"),
            conditions={"caps": {"W-A": 7}},
        )
        halve(proposed)

        propose_again(reader("coordinator"))

        assert proposed.given()["W-A", SOAP] == 7

    def test_a_closed_unit_is_left_out_by_the_same_press(self, proposed, reader):
        proposed.unit("W-B", heads=0, is_closed=True)
        coordinator = reader("coordinator")
        assert "Closed: W-B." in coordinator.look(RUN).text

        propose_again(coordinator)

        assert proposed.given() == {("W-A", SOAP): 80, ("W-A", TOWEL): 5}
        assert proposed.approve().status_code == 200

    def test_goods_a_closed_unit_had_no_part_in_are_left_in_peace(
        self, proposed, reader
    ):
        proposed.unit("W-B", heads=0, is_closed=True)
        coordinator = reader("coordinator")

        assert "Closed: W-B." in coordinator.look(f"{RUN}/products/{SOAP}").text
        assert "Closed: W-B." not in coordinator.look(f"{RUN}/products/{TOWEL}").text

    def test_after_the_approval_a_new_run_is_offered_for_more(self, proposed, reader):
        proposed.approve()
        proposed.count("W-B", as_of="2026-11-19", women_18_49=60)

        page = reader("coordinator").look(RUN).text

        assert "Changed since the approval" in page
        assert "Share these out again" in page
        assert "Propose again" not in page

    def test_after_the_approval_nothing_is_taken_back(self, proposed, reader):
        proposed.approve()
        halve(proposed)

        page = reader("coordinator").look(RUN).text

        assert "nothing is taken back" in page
        assert "Share these out again" not in page

    def test_an_approved_run_is_not_proposed_again(self, proposed, reader):
        halve(proposed)
        coordinator = reader("coordinator")
        form = coordinator.form_of(RUN)
        proposed.approve()

        sent = {"command_id": form["command_id"], "product_codes": [SOAP]}
        coordinator.press(f"{RUN}/again", **sent)

        assert proposed.run()["state"] == "approved"
        assert proposed.given()["W-B", SOAP] == 40

    @pytest.mark.parametrize("role", ["outreach", "auditor"])
    def test_only_a_coordinator_proposes_again(self, proposed, reader, role):
        halve(proposed)
        sent = {"command_id": named("x"), "product_codes": [SOAP]}
        assert reader(role).press(f"{RUN}/again", **sent).status_code == 403
