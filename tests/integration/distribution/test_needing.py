"""Calendars, what lapses, substitutes, authorisations, and who competes."""

from datetime import UTC, datetime
from uuid import UUID

from tests.integration.distribution.field import (
    FORMULA,
    RAZOR,
    SOAP,
    TOWEL,
    a_product,
    named,
)

NEXT_MONTH = datetime(2026, 12, 3, 7, tzinfo=UTC)


def calendar(field, *, add=(), remove=(), name="calendar"):
    return field.coordinator.put_json(
        "/facilities/EX-WF/calendar",
        command_id=named(name),
        add=list(add),
        remove=list(remove),
    )


def lapse_after(field, days):
    return field.coordinator.put_json(
        "/carry-rules", command_id=named(f"lapse {days}"), lapses_after_days=days
    )


def substitute(field, name="r1", quantity=30, **more):
    body = {
        "command_id": named(f"substitute {name}{quantity}{more}"),
        "product_code": SOAP,
        "substitute_code": TOWEL,
        "quantity": quantity,
        "reason": "out_of_stock",
    }
    return field.coordinator.send(
        f"/requisitions/{named(name)}/substitute", **body | more
    )


class TestCalendars:
    def test_days_are_put_on_and_taken_off_and_others_stay(self, field):
        calendar(field, add=["2026-11-26", "2026-12-10"])
        answer = calendar(field, remove=["2026-11-26"], name="off")

        assert answer.json["days"] == ["2026-12-10"]
        assert field.auditor.fetch("/facilities/EX-WF/calendar").json["days"] == [
            "2026-12-10"
        ]

    def test_a_day_that_is_over_cannot_be_changed(self, field):
        refused = calendar(field, add=["2026-11-19"])

        assert (refused.status_code, refused.json["code"]) == (409, "past_delivery_day")

    def test_a_requisition_for_a_day_of_the_calendar_is_attached_to_it(self, field):
        field.unit()
        calendar(field, add=["2026-11-26"])

        assert field.asks("r1", SOAP=1).json["delivery_on"] == "2026-11-26"

    def test_a_requisition_for_another_day_stands_alone(self, field):
        field.unit()
        calendar(field, add=["2026-11-26"])

        assert field.asks("r1", by="2026-11-27", SOAP=1).json["delivery_on"] is None

    def test_a_delivery_that_does_not_take_place_is_refused_by_name(self, field):
        field.unit()
        refused = field.outreach.send(
            "/requisitions",
            requisition_id=named("r1"),
            unit_code="W-A",
            needed_by="2026-11-26",
            delivery_on="2026-11-25",
            lines=[{"product_code": SOAP, "quantity": 1}],
        )

        assert (refused.status_code, refused.json["code"]) == (
            409,
            "not_a_delivery_day",
        )

    def test_the_form_offers_the_days_of_the_units_facility(self, field):
        field.unit()
        calendar(field, add=["2026-11-26"])

        form = field.outreach.fetch("/units/W-A/requisition-form").json
        assert form["delivery_days"] == ["2026-11-26"]


class TestWhatStaysOpen:
    def test_nothing_lapses_until_a_coordinator_says_so(self, field, clock):
        field.unit()
        field.approved("r1", SOAP=40)
        clock.set(NEXT_MONTH)

        assert field.app.lapse_open() == 0
        assert field.line("r1")["open"] == 40

    def test_what_never_came_lapses_and_its_requisition_is_cancelled(
        self, field, clock
    ):
        field.unit()
        field.approved("r1", SOAP=40)
        assert lapse_after(field, 0).status_code == 200
        clock.set(NEXT_MONTH)

        assert field.app.lapse_open() == 1
        assert field.app.lapse_open() == 0
        seen = field.requisition("r1")
        assert (seen["state"], seen["cancel_reason"]) == ("cancelled", "lapsed")
        assert (seen["lines"][0]["lapsed"], seen["lines"][0]["open"]) == (40, 0)

    def test_it_is_waited_for_as_many_days_as_the_rule_says(self, field, clock):
        field.unit()
        field.approved("r1", SOAP=40)
        lapse_after(field, 5)
        clock.set(NEXT_MONTH)

        assert field.app.lapse_open() == 0
        clock.advance(days=3)
        assert field.app.lapse_open() == 1

    def test_what_is_promised_is_waited_for_and_only_the_rest_lapses(
        self, field, clock
    ):
        field.unit()
        field.put("L1", 30)
        field.approved("r1", SOAP=40)
        field.reserved()
        lapse_after(field, 0)
        clock.set(NEXT_MONTH)

        assert field.app.lapse_open() == 1
        line = field.line("r1")
        assert (line["reserved"], line["lapsed"], line["open"]) == (30, 10, 0)
        assert field.requisition("r1")["state"] == "approved"
        assert all(not check["violations"] for check in field.app.verify())

    def test_what_lapsed_is_shared_out_no_more(self, field, clock):
        field.unit()
        field.approved("r1", SOAP=40)
        lapse_after(field, 0)
        clock.set(NEXT_MONTH)
        field.app.lapse_open()
        field.put("L1", 100)

        assert field.propose(handover_on="2026-12-04").json["lines"] == []

    def test_the_rules_are_kept_with_their_history(self, field):
        lapse_after(field, 10)
        lapse_after(field, None)

        items = field.auditor.fetch("/carry-rules").json["items"]
        assert [each["lapses_after_days"] for each in items] == [None, 10]


class TestSubstitutes:
    def test_the_substitute_takes_the_place_of_what_is_open(self, field):
        field.unit()
        field.approved("r1", SOAP=40)

        answer = substitute(field).json
        soap, towel = answer["lines"]
        assert (soap["approved"], soap["open"]) == (0, 0)
        assert (towel["product_code"], towel["open"]) == (TOWEL, 30)
        assert towel["substitute_for"] == SOAP
        assert towel["basis"]["substituted_because"] == "out_of_stock"

    def test_it_is_shared_out_like_anything_approved(self, field):
        field.unit()
        field.put("T1", 100, product_code=TOWEL)
        field.approved("r1", SOAP=40)
        substitute(field)
        field.propose()

        assert field.given()[("W-A", TOWEL)] == 30

    def test_what_was_promised_of_the_first_stays(self, field):
        field.unit()
        field.put("L1", 15)
        field.approved("r1", SOAP=40)
        field.reserved()

        soap = substitute(field).json["lines"][0]
        assert (soap["approved"], soap["reserved"], soap["open"]) == (15, 15, 0)

    def test_the_same_offer_again_changes_nothing(self, field):
        field.unit()
        field.approved("r1", SOAP=40)

        assert substitute(field).json == substitute(field).json

    def test_what_cannot_take_its_place_is_refused_with_the_reason(self, field):
        field.place(not_admitted=["prison-restricted"])
        field.unit()
        field.approved("r1", SOAP=40)

        def code(**more):
            return substitute(field, **more).json["code"]

        assert code(substitute_code=FORMULA) == "not_substitutable"
        assert code(substitute_code=SOAP) == "not_substitutable"
        assert code(substitute_code=RAZOR) == "not_admitted"
        assert code(product_code=TOWEL) == "not_on_requisition"
        assert code(quantity=0) == "quantity_out_of_range"

    def test_an_outreach_team_offers_nothing_to_itself(self, field):
        field.unit()
        field.approved("r1", SOAP=40)
        answer = field.outreach.send(
            f"/requisitions/{named('r1')}/substitute",
            command_id=named("own"),
            product_code=SOAP,
            substitute_code=TOWEL,
            quantity=1,
            reason="out_of_stock",
        )
        assert answer.status_code == 403


class TestApproving:
    def test_another_number_is_kept_with_its_reason(self, field):
        field.unit()
        field.asks("r1", SOAP=40)
        line = {"product_code": SOAP, "approved": 25, "reason": "stock_low"}
        answer = field.coordinator.send(
            f"/requisitions/{named('r1')}/approve",
            command_id=named("approve"),
            lines=[line],
        )

        seen = answer.json["lines"][0]
        assert (seen["approved"], seen["approved_because"]) == (25, "stock_low")

    def test_the_approver_sees_stock_every_rival_and_how_long_each_lasts(self, field):
        for code in ("W-A", "W-B"):
            field.unit(code, heads=40)
        field.put("L1", 500)
        field.approved("r0", "W-B", SOAP=100)
        field.reserved()
        field.consignment()
        field.leaves()
        field.hands_over()
        field.approved("r2", "W-B", by="2026-12-10", SOAP=60)
        field.asks("r1", SOAP=40)

        facts = field.app.page_reads.rivals(UUID(named("r1")))[SOAP]
        own, other = facts["asks"]
        assert facts["free"] == 400
        assert (own["unit_code"], own["asked"], own["cover"]) == ("W-A", 40, 0)
        assert (other["unit_code"], other["asked"], other["cover"]) == ("W-B", 60, 30)


class TestWhatIsLeftOfEarlierDeliveries:
    def test_last_months_delivery_lowers_what_the_form_suggests(self, field):
        """100 bars for 30 days came on 20 November: 30 days later none is left."""
        field.unit(heads=40)
        field.put("L1", 500)
        field.approved("r0", SOAP=100)
        field.reserved()
        field.consignment()
        field.leaves()
        field.hands_over()

        def suggested(day):
            form = field.outreach.fetch(
                "/units/W-A/requisition-form", needed_by=day
            ).json
            return next(x for x in form["lines"] if x["product_code"] == SOAP)

        assert suggested("2026-12-05")["left_over"] == 50
        assert suggested("2026-12-05")["suggested"] == 50
        assert suggested("2026-12-20")["suggested"] == 100
        assert suggested("2026-11-28")["suggested"] == 0


class TestAuthorisations:
    def authorise(self, reviewer, name="a1", **more):
        body = {
            "authorisation_id": named(name),
            "unit_code": "W-MCU",
            "product_code": FORMULA,
            "infants": 2,
            "weeks": 4,
        }
        return reviewer.send("/authorisations", **body | more)

    def test_a_reviewer_authorises_and_a_coordinator_buys_once(self, field, caller):
        field.unit("W-MCU", kind="mother_child")
        opened = self.authorise(caller("reviewer"))
        assert (opened.status_code, opened.json["last_day"]) == (201, "2026-12-17")

        path = f"/authorisations/{named('a1')}/purchase"
        bought = field.coordinator.send(path, command_id=named("buy"), bought=12)
        again = field.coordinator.send(path, command_id=named("more"), bought=12)

        assert bought.json["bought"] == 12
        assert again.json["code"] == "authorisation_over"

    def test_a_mistyped_purchase_is_corrected_and_both_numbers_stay(
        self, field, caller, clock
    ):
        field.unit("W-MCU", kind="mother_child")
        self.authorise(caller("reviewer"))
        path = f"/authorisations/{named('a1')}/purchase"

        def note(name, **body):
            return field.coordinator.send(path, command_id=named(name), **body)

        note("buy", bought=61)
        unseen = note("unseen", bought=16, corrects=60)
        right = note("right", bought=16, corrects=61)
        back = note("back", bought=0, corrects=16)
        again = note("again", bought=12)
        clock.advance(days=40)
        late = note("late", bought=13, corrects=12)

        assert unseen.json["code"] == late.json["code"] == "authorisation_over"
        assert right.json["bought"] == 16
        assert [each["bought"] for each in right.json["purchases"]] == [16, 61]
        assert back.json["bought"] is None
        assert again.json["bought"] == 12
        assert note("none", bought=0).json["code"] == "authorisation_range"

    def test_only_a_reviewer_opens_one(self, field):
        field.unit("W-MCU")
        for role in (field.coordinator, field.outreach, field.auditor):
            assert self.authorise(role).status_code == 403

    def test_it_is_for_substitutes_alone_and_for_a_short_time(self, field, caller):
        field.unit("W-MCU")
        reviewer = caller("reviewer")

        def code(**more):
            return self.authorise(reviewer, name=str(more), **more).json["code"]

        assert code(product_code=SOAP) == "not_by_authorisation"
        assert code(weeks=27) == "authorisation_range"
        assert code(infants=0) == "authorisation_range"
        assert code(unit_code="W-NOT") == "unknown_unit"

    def test_what_is_authorised_is_in_no_need_and_no_run(self, field, caller):
        field.unit("W-MCU", heads=0)
        field.count("W-MCU", children_0_2m=12)
        self.authorise(caller("reviewer"))
        field.app.publish_needs()

        needs = field.coordinator.fetch("/needs").json["items"]
        assert FORMULA not in {item["product_code"] for item in needs}
        assert field.propose().json["lines"] == []

    def test_an_outreach_team_sees_those_of_its_own_units(self, field, caller):
        field.unit("W-MCU")
        field.unit("X-1")
        reviewer = caller("reviewer")
        self.authorise(reviewer)
        self.authorise(reviewer, name="a2", unit_code="X-1")

        own = field.outreach.fetch("/authorisations").json["items"]
        assert [each["unit_code"] for each in own] == ["W-MCU"]
        assert len(reviewer.fetch("/authorisations").json["items"]) == 2


class TestNappiesAhead:
    def test_the_coming_weeks_are_told_for_an_own_unit(self, field):
        field.hear(*(a_product(f"INF-NAP-{size}") for size in range(1, 6)))
        field.unit("W-MCU", kind="mother_child", heads=0)
        field.count("W-MCU", as_of="2026-11-20", children_3_5m=12)

        ahead = field.outreach.fetch("/units/W-MCU/nappies-ahead").json
        assert (len(ahead["weeks"]), ahead["weeks"][0]) == (8, "2026-11-20")
        three, four = ahead["sizes"]
        assert three["children"][0] == 12
        assert three["children"][7] + four["children"][7] == 12
        assert four["children"][7] == 6

    def test_of_another_unit_nothing_is_told(self, field):
        field.unit("X-1", heads=0)

        answer = field.outreach.fetch("/units/X-1/nappies-ahead")
        assert answer.json["code"] == "unknown_unit"


def test_a_program_says_why_it_asks_for_more_than_is_due(field):
    field.unit()
    body = {
        "requisition_id": named("more"),
        "unit_code": "W-A",
        "needed_by": "2026-11-26",
    }
    line = {"product_code": SOAP, "quantity": 500}

    told = field.outreach.send(
        "/requisitions", **body, lines=[{**line, "reason": "new_people"}]
    )
    unknown = field.outreach.send(
        "/requisitions",
        **{**body, "requisition_id": named("other")},
        lines=[{**line, "reason": "just because"}],
    )

    assert told.json["lines"][0]["basis"]["asked_because"] == "new_people"
    assert unknown.status_code == 422
