"""What a number decided by hand does to others, and how that is said."""

from typing import ClassVar

import pytest

from tests.integration.distribution.field import SOAP, a_product, named


@pytest.fixture
def database_kind():
    """The rule is the domain's; the database only keeps what it says."""
    return "sqlite"


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


def line_of(run, unit_code):
    return next(each for each in run["lines"] if each["unit_code"] == unit_code)


def codes(line):
    return [reason["code"] for reason in line["reasons"]]


def test_who_gets_less_for_it_is_told_so_and_not_that_goods_are_scarce(scarce):
    run = scarce.override(quantity=60).json

    (reason,) = line_of(run, "W-B")["reasons"]
    assert reason == {"code": "DISPLACED", "proposed": 40, "quantity": 20}


def test_back_at_the_rule_s_number_the_rule_s_reasons_count_again(scarce):
    before = line_of(scarce.run(), "W-B")["reasons"]
    scarce.override(quantity=60)

    run = scarce.override(quantity=30).json

    assert line_of(run, "W-B")["quantity"] == 40
    assert line_of(run, "W-B")["reasons"] == before


def test_a_clinical_need_gives_way_to_a_decision_last(field):
    field.hear(a_product(SOAP, version=2, flags=["clinical"]))
    for unit_code, groups in (("W-A", ["women"]), ("W-B", ["women"])):
        field.unit(unit_code, heads=20, groups=groups)
    field.unit("W-MCU", heads=20, groups=["medical"])
    field.put("L1", 120)
    for name, unit_code in (("r1", "W-A"), ("r2", "W-B"), ("r3", "W-MCU")):
        field.approved(name, unit_code, SOAP=50)
    field.propose()
    assert field.given() == {("W-A", SOAP): 35, ("W-B", SOAP): 35, ("W-MCU", SOAP): 50}

    run = field.override(quantity=50).json

    assert {line["unit_code"]: line["quantity"] for line in run["lines"]} == {
        "W-A": 50,
        "W-B": 20,
        "W-MCU": 50,
    }


def test_what_policy_keeps_and_what_waits_for_release_is_said_to_who_is_short(field):
    field.hear(a_product(SOAP, version=2, flags=["medicine"]))
    field.unit(heads=40)
    field.put("L1", 50)
    field.put("L2", 0, lot_status="quarantined", in_stock=30)
    field.approved("r1", SOAP=100)

    field.propose(conditions={SOAP: {"reserve": 10}})

    *by_rule, reserve, review = field.run()["lines"][0]["reasons"]
    assert [reason["code"] for reason in by_rule] == ["SCARCE"]
    assert reserve == {"code": "RESERVE", "quantity": 10}
    assert review == {"code": "IN_REVIEW", "quantity": 30, "ask": "medical_reviewer"}


def test_who_gets_everything_hears_nothing_of_what_is_held(field):
    field.unit(heads=4)
    field.put("L1", 50)
    field.put("L2", 0, lot_status="quarantined", in_stock=30)
    field.approved("r1", SOAP=10)

    field.propose(conditions={SOAP: {"reserve": 10}})

    assert codes(field.run()["lines"][0]) == ["FULL"]


def test_a_house_that_cannot_keep_things_cold_gets_nothing_that_must_be(field):
    field.hear(a_product(SOAP, version=2, flags=["cold-15C"]))
    field.place("EX-WARM", not_admitted=["cold-15C"])
    field.unit("W-A", heads=40)
    field.unit("W-B", heads=40, facility_code="EX-WARM")
    field.put("L1", 50)
    field.approved("r1", "W-A", SOAP=100)
    field.approved("r2", "W-B", SOAP=100)

    field.propose()

    run = field.run()
    assert field.given() == {("W-A", SOAP): 50, ("W-B", SOAP): 0}
    assert line_of(run, "W-B")["reasons"] == [
        {"code": "NOT_ADMITTED", "facility_code": "EX-WARM", "rule": "cold-15C"}
    ]
    assert run["products"][0]["figures"]["lowest_percent"] == 50


class TestConsequences:
    """Said before a number is kept, and again when it is."""

    FALLS: ClassVar = {
        "unit_code": "W-B",
        "product_code": SOAP,
        "quantity_before": 40,
        "quantity_after": 20,
        "share_percent_before": 40,
        "share_percent_after": 20,
    }

    def preview(self, field, quantity, unit_code="W-A"):
        line = {"unit_code": unit_code, "product_code": SOAP, "quantity": quantity}
        return field.coordinator.send(
            f"/allocation-runs/{named('run')}/lines/preview", lines=[line]
        )

    def test_a_look_says_who_falls_and_keeps_nothing(self, scarce):
        before = scarce.run()

        seen = self.preview(scarce, 60).json

        assert seen["consequences"][1] == self.FALLS
        assert [each["quantity"] for each in seen["lines"]] == [60, 20]
        figures = seen["figures"][0]
        assert figures["before"]["lowest_percent"] == 40
        assert figures["after"]["lowest_percent"] == 20
        assert scarce.run() == before

    def test_the_answer_of_the_override_says_the_same(self, scarce):
        seen = self.preview(scarce, 60).json

        kept = scarce.override(quantity=60).json

        assert kept["consequences"] == seen["consequences"]

    def test_a_look_refuses_what_keeping_would_refuse(self, scarce):
        assert self.preview(scarce, 90).json["code"] == "not_enough_free"
        assert self.preview(scarce, 1, "W-X").json["code"] == "not_on_run"

    def test_a_look_at_other_conditions_says_it_too(self, scarce):
        answer = scarce.coordinator.send(
            f"/allocation-runs/{named('run')}/products/{SOAP}/what-if",
            conditions={"caps": {"W-B": 20}},
        )

        assert answer.json["consequences"][1] == self.FALLS
