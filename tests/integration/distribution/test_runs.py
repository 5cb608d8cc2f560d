"""Runs under pressure: overrides, refusals, and two who want the same lots."""

import pytest

from shared.contracts.distribution_v1 import AllocationApproved, AllocationCancelled
from tests.integration.distribution.field import SOAP, TOWEL, named
from tests.integration.distribution.moment import at_once


@pytest.fixture
def scarce(field):
    """Two units that are due 100 each and share 80."""
    field.unit("W-A", heads=40)
    field.unit("W-B", heads=40)
    field.put("L1", 50)
    field.put("L2", 30)
    field.approved("r1", "W-A", SOAP=100)
    field.approved("r2", "W-B", SOAP=100)
    assert field.propose().status_code == 201
    return field


def lots_used(run):
    used = {}
    for line in run["lines"]:
        assert sum(lot["quantity"] for lot in line["lots"]) == line["quantity"]
        for lot in line["lots"]:
            used[lot["lot_id"]] = used.get(lot["lot_id"], 0) + lot["quantity"]
    return used


class TestOverride:
    @pytest.fixture
    def database_kind(self):
        """The rule is the domain's; the database only keeps what it says."""
        return "sqlite"

    def test_it_keeps_what_the_rule_had_proposed_and_why_it_was_changed(self, scarce):
        run = scarce.override(quantity=60).json

        line = next(each for each in run["lines"] if each["unit_code"] == "W-A")
        assert (line["proposed"], line["quantity"]) == (40, 60)
        assert line["override_reason"] == "other"
        assert line["override_note"] == "no other source this month"
        assert line["reasons"] == [
            {"code": "OVERRIDE", "proposed": 40, "reason": "other"}
        ]

    def test_a_reason_of_the_list_is_kept_as_its_code_and_a_note_beside_it(
        self, scarce
    ):
        scarce.override(quantity=60, reason="urgent_health", note="see letter 14")

        line = scarce.run()["lines"][0]
        assert (line["override_reason"], line["override_note"]) == (
            "urgent_health",
            "see letter 14",
        )
        assert "letter" not in str(line["reasons"])

    @pytest.mark.parametrize("words", ["IIN 900101300123", "call +7 701 123 45 67"])
    @pytest.mark.parametrize("where", ["reason", "note"])
    def test_words_that_may_name_a_person_are_refused(self, scarce, where, words):
        refused = scarce.override(quantity=60, **{where: words})

        assert (refused.status_code, refused.json["code"]) == (422, "personal_data")
        assert words not in refused.text

    def test_others_get_less_where_the_goods_do_not_suffice(self, scarce):
        scarce.override(quantity=60)

        run = scarce.run()
        assert scarce.given() == {("W-A", SOAP): 60, ("W-B", SOAP): 20}
        assert sum(lots_used(run).values()) == 80

    def test_nobody_gets_more_because_somebody_gets_less(self, scarce):
        scarce.override(quantity=0)

        assert scarce.given() == {("W-A", SOAP): 0, ("W-B", SOAP): 40}

    def test_a_second_override_of_another_line_keeps_the_first(self, scarce):
        scarce.override(quantity=60)
        scarce.override(unit_code="W-B", quantity=15)

        assert scarce.given() == {("W-A", SOAP): 60, ("W-B", SOAP): 15}

    def test_more_than_all_suitable_lots_hold_is_refused_with_what_is_free(
        self, scarce
    ):
        refused = scarce.override(quantity=90)

        assert (refused.status_code, refused.json["code"]) == (409, "not_enough_free")
        assert (refused.json["asked"], refused.json["free"]) == (90, 80)
        assert scarce.given() == {("W-A", SOAP): 40, ("W-B", SOAP): 40}

    def test_more_than_is_approved_is_refused(self, scarce):
        refused = scarce.override(quantity=101)

        assert (refused.status_code, refused.json["code"]) == (409, "more_than_open")

    def test_more_than_is_due_is_a_decision_a_person_may_take(self, field):
        field.unit(heads=4)
        field.put("L1", 50)
        field.approved("r1", SOAP=30)
        field.propose()
        assert field.given() == {("W-A", SOAP): 10}

        assert field.override(quantity=30).status_code == 200
        assert field.approve().status_code == 200

    def test_a_line_nobody_waits_for_any_more_can_be_set_to_nothing(self, scarce):
        scarce.outreach.send(
            f"/requisitions/{named('r2')}/cancel", command_id=named("c"), reason="moved"
        )
        assert scarce.approve().json["code"] == "more_than_open"

        assert scarce.override(unit_code="W-B", quantity=0).status_code == 200

        assert scarce.given() == {("W-A", SOAP): 40, ("W-B", SOAP): 0}
        approved = scarce.coordinator.send(
            f"/allocation-runs/{named('run')}/approve", command_id=named("now")
        )
        assert approved.status_code == 200

    def test_a_line_that_is_not_proposed_cannot_be_overridden(self, scarce):
        refused = scarce.override(product_code=TOWEL, quantity=1)

        assert (refused.status_code, refused.json["code"]) == (404, "not_on_run")

    @pytest.mark.parametrize("quantity", [-1, 2.5, "3", True, 10**9, None])
    def test_what_is_no_quantity_is_malformed(self, scarce, quantity):
        assert scarce.override(quantity=quantity).status_code == 422

    def test_an_override_needs_a_reason(self, scarce):
        assert scarce.override(quantity=1, reason="").status_code == 422


class TestApprove:
    def test_it_names_exactly_the_lots_of_the_lines(self, scarce):
        used = lots_used(scarce.run())
        scarce.approve()

        (fact,) = scarce.said(AllocationApproved)
        told = {}
        for line in fact.lines:
            told[str(line.lot_id)] = told.get(str(line.lot_id), 0) + line.quantity
        assert told == used

    def test_it_tells_what_is_free_and_was_not_given(self, field):
        field.unit("W-A", heads=40)
        field.put("L1", 150)
        field.put("L2", 30, lot_status="quarantined")
        field.approved("r1", "W-A", SOAP=100)
        field.propose()
        field.approve()

        (fact,) = field.said(AllocationApproved)
        assert [(each.quantity, each.reason) for each in fact.left] == [
            (50, "not_needed")
        ]

    def test_the_same_approval_again_gives_the_same_answer(self, scarce):
        first = scarce.approve()

        assert scarce.approve().json == first.json
        assert len(scarce.said(AllocationApproved)) == 1

    def test_another_approval_of_the_same_run_is_refused(self, scarce):
        scarce.approve()

        refused = scarce.coordinator.send(
            f"/allocation-runs/{named('run')}/approve", command_id=named("again")
        )

        assert (refused.status_code, refused.json["code"]) == (409, "run_not_open")

    def test_a_second_run_over_the_same_lots_is_refused(self, scarce):
        scarce.propose("second")
        scarce.approve()

        refused = scarce.approve("second")

        assert refused.status_code == 409
        assert refused.json["code"] == "lots_already_promised"

    def test_a_second_run_never_takes_a_unit_past_what_is_due(self, scarce):
        scarce.put("L3", 80)
        scarce.approved("r3", "W-A", SOAP=100)
        scarce.propose("first")
        scarce.propose("second")
        scarce.approve("first")
        scarce.answer()
        scarce.put("L1", 500, version=9)
        scarce.put("L2", 500, version=9)
        scarce.put("L3", 500, version=9)

        refused = scarce.approve("second")

        assert refused.json["code"] == "more_than_due"
        assert (refused.json["asked"], refused.json["due"]) == (80, 20)

    @pytest.mark.parametrize(
        "change", [{"available": 10, "in_stock": 10}, {"lot_status": "recalled"}]
    )
    def test_stock_that_went_meanwhile_is_not_promised(self, scarce, change):
        scarce.put("L1", **{"version": 7, **change})

        assert scarce.approve().json["code"] == "lots_withdrawn"

    def test_a_unit_that_closed_meanwhile_gets_nothing(self, scarce):
        scarce.unit("W-B", heads=0, is_closed=True)

        refused = scarce.approve()

        assert (refused.status_code, refused.json["code"]) == (409, "unit_closed")

    def test_a_requisition_that_was_taken_back_meanwhile_is_not_served(self, scarce):
        scarce.outreach.send(
            f"/requisitions/{named('r2')}/cancel", command_id=named("c"), reason="moved"
        )

        assert scarce.approve().json["code"] == "more_than_open"

    def test_a_headcount_corrected_afterwards_does_not_change_the_run(self, scarce):
        scarce.count("W-A", as_of="2026-11-02", women_18_49=1)

        assert scarce.approve().status_code == 200

    def test_a_run_that_gives_nobody_anything_cannot_be_approved(self, field):
        field.unit()
        field.approved("r1", SOAP=10)
        field.propose()

        assert field.approve().json["code"] == "nothing_to_approve"

    def test_a_run_id_is_never_used_for_another_wish(self, scarce):
        refused = scarce.propose(product_codes=[SOAP])

        assert refused.json["code"] == "command_id_reused"


class TestAnswers:
    def test_a_refused_product_is_open_again_and_the_others_stand(self, scarce):
        scarce.put("T1", 100, product_code=TOWEL)
        scarce.approved("r3", "W-A", TOWEL=5)
        scarce.propose("both")
        scarce.approve("both")

        scarce.answer(refuse=[SOAP])

        run = scarce.run("both")
        states = {each["product_code"]: each["state"] for each in run["products"]}
        assert run["state"] == "partly_refused"
        assert states == {SOAP: "partly_refused", TOWEL: "reserved"}
        soap = next(each for each in run["products"] if each["product_code"] == SOAP)
        assert soap["refusal_reason"] == "stock moved"
        assert soap["shortages"][0]["free"] == 0
        assert scarce.line("r1")["open"] == 100
        assert scarce.line("r3", TOWEL)["reserved"] == 5

    def test_until_the_warehouse_answers_the_lots_count_as_taken(self, scarce):
        scarce.approve()
        scarce.unit("W-C", heads=40)
        scarce.approved("r3", "W-C", SOAP=100)

        scarce.propose("second")

        assert sum(scarce.given("second").values()) == 0

    def test_after_the_answer_they_are_taken_once_and_not_twice(self, scarce):
        scarce.put("L3", 100)
        scarce.approve()
        scarce.answer()
        scarce.unit("W-C", heads=40)
        scarce.approved("r3", "W-C", SOAP=100)

        scarce.propose("second")

        assert sum(scarce.given("second").values()) == 100

    def test_an_old_state_of_a_lot_after_a_newer_changes_nothing(self, scarce):
        scarce.put("L1", 20, version=5)
        scarce.put("L1", 50, version=4)

        scarce.propose("second")

        assert sum(scarce.given("second").values()) == 50


class TestCancel:
    @pytest.fixture
    def database_kind(self):
        """The rule is the domain's; the database only keeps what it says."""
        return "sqlite"

    def cancel(self, field, name="run"):
        return field.coordinator.send(
            f"/allocation-runs/{named(name)}/cancel",
            command_id=named(f"cancel {name}"),
            reason="a better one follows",
        )

    def test_a_proposal_is_given_up_without_a_word_to_others(self, scarce):
        assert self.cancel(scarce).json["state"] == "cancelled"
        assert scarce.said(AllocationCancelled) == []
        assert scarce.approve().json["code"] == "run_not_open"

    def test_what_was_promised_is_open_again(self, scarce):
        scarce.approve()

        self.cancel(scarce)

        (fact,) = scarce.said(AllocationCancelled)
        assert fact.product_codes is None
        assert scarce.line("r1")["open"] == 100

    def test_an_answer_that_comes_too_late_is_passed_over(self, scarce):
        scarce.approve()
        self.cancel(scarce)

        scarce.answer()

        assert scarce.run()["state"] == "cancelled"
        assert scarce.line("r1")["reserved"] == 0

    def test_a_run_on_a_consignment_is_not_cancelled_under_it(self, scarce):
        scarce.approve()
        scarce.answer()
        scarce.consignment()

        refused = self.cancel(scarce)

        assert refused.json["code"] == "run_on_consignment"
        assert refused.json["consignment_number"] == "C-2026-0001"


def approved_at_once(field, caller, names):
    """Approve runs by as many coordinators at once; give the answers' codes."""

    def approval(name):
        path, person = f"/allocation-runs/{named(name)}/approve", caller("coordinator")
        return lambda: person.send(path, command_id=named(name + "!"))

    answers = [each.status_code for each in at_once(*map(approval, names))]
    promised = [x.quantity for f in field.said(AllocationApproved) for x in f.lines]
    return sorted(answers), sum(promised)


def test_of_many_approvals_at_once_no_piece_is_promised_twice(field, caller):
    """Eight runs over one lot of 100: each alone would take all of it."""
    field.unit("W-A", heads=400)
    field.put("L1", 100)
    field.approved("r1", SOAP=1000)
    names = [f"run {number}" for number in range(8)]
    for name in names:
        field.propose(name)

    answers, promised = approved_at_once(field, caller, names)

    assert answers == [200] + [409] * 7
    assert promised == 100


def test_runs_for_different_units_meet_at_the_lot(field, caller):
    """No two of them share a requisition, so only the lot stands between them."""
    names = ["W-A", "W-B", "W-C"]
    field.put("L1", 100)
    for name in names:
        field.unit(name, heads=40)
        field.approved(f"asks {name}", name, SOAP=100)
    for name in names:
        field.propose(name)
        assert field.override(name, unit_code=name, quantity=100).status_code == 200

    answers, promised = approved_at_once(field, caller, names)

    assert answers == [200, 409, 409]
    assert promised == 100
