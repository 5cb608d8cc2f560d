"""The border: who may call what, and what becomes of bad input."""

import pytest

from shared.contracts.distribution_v1 import NeedsPublished
from tests.integration.distribution.field import SOAP, TOWEL, a_product, named

RULE = {
    "rule_code": "Q02",
    "product_code": TOWEL,
    "bands": ["women_18_49"],
    "numerator": 1,
    "denominator": 10,
}


@pytest.fixture
def database_kind():
    """These rules do not depend on the database."""
    return "sqlite"


def a_requisition(**more):
    return {
        "requisition_id": named("r1"),
        "unit_code": "W-A",
        "needed_by": "2026-11-26",
        "lines": [{"product_code": SOAP, "quantity": 10}],
    } | more


WRITES = [
    ("POST", "/facilities", {"facility_code": "EX-X"}),
    ("POST", "/units", {"unit_code": "X", "facility_code": "EX-WF"}),
    ("PUT", "/quota-rules", {"command_id": named("x"), "rules": [RULE]}),
    ("POST", "/allocation-runs", {"run_id": named("x")}),
    (
        "POST",
        "/consignments",
        {
            "command_id": named("x"),
            "facility_code": "EX-WF",
            "planned_on": "2026-11-26",
        },
    ),
    (
        "POST",
        f"/requisitions/{named('r1')}/approve",
        {"command_id": named("x")},
    ),
]
READS = [
    "/facilities",
    "/units",
    "/units/W-A",
    "/units/W-A/headcounts",
    "/units/W-A/requisition-form",
    "/quota-rules",
    "/requisitions",
    f"/requisitions/{named('r1')}",
    "/allocation-runs",
    "/consignments",
    "/needs",
]


class TestPermissions:
    @pytest.mark.parametrize("role", ["volunteer", "reviewer", "donor", "admin"])
    def test_other_roles_have_no_business_here(self, caller, role):
        refused = {caller(role).fetch(path).status_code for path in READS}

        assert refused == {403}

    @pytest.mark.parametrize("role", ["outreach", "auditor"])
    def test_only_a_coordinator_decides(self, caller, role):
        deciding = caller(role)
        answers = {path: deciding._call(m, path, json=body) for m, path, body in WRITES}

        assert {each.status_code for each in answers.values()} == {403}

    def test_an_auditor_reads_everything_and_changes_nothing(self, field):
        field.unit("Z-9", heads=3)
        field.coordinator.send("/requisitions", **a_requisition(unit_code="Z-9"))

        reads = [path.replace("W-A", "Z-9") for path in READS]
        assert {field.auditor.fetch(path).status_code for path in reads} == {200}
        assert field.auditor.send("/requisitions", **a_requisition()).status_code == 403

    def test_another_teams_unit_is_as_if_it_were_not_there(self, field):
        field.unit("Z-9", heads=3)
        field.unit("W-A")
        theirs = a_requisition(unit_code="Z-9")
        field.coordinator.send("/requisitions", **theirs)
        put = field.outreach.put_json(
            "/units/Z-9/headcounts",
            command_id=named("x"),
            as_of="2026-11-02",
            bands={"women_18_49": 4},
        )
        paths = (
            "/units/Z-9",
            "/units/Z-9/headcounts",
            "/units/Z-9/requisition-form",
            f"/requisitions/{named('r1')}",
        )

        assert put.status_code == 404
        assert {field.outreach.fetch(path).status_code for path in paths} == {404}
        other = a_requisition(unit_code="Z-9", requisition_id=named("r9"))
        assert field.outreach.send("/requisitions", **other).status_code == 404
        assert field.outreach.fetch("/requisitions").json["items"] == []
        units = field.outreach.fetch("/units").json["items"]
        assert [unit["unit_code"] for unit in units] == ["W-A"]

    def test_a_facility_without_an_own_unit_is_not_listed(self, field):
        field.unit("W-A")
        field.coordinator.send("/facilities", facility_code="EX-SH")

        everything = field.coordinator.fetch("/facilities").json["items"]
        own = field.outreach.fetch("/facilities").json["items"]
        assert (len(everything), len(own)) == (2, 1)


class TestHeadcounts:
    def test_an_unknown_band_is_named(self, field):
        field.unit(heads=0)

        refused = field.count("W-A", women=4)

        assert (refused.status_code, refused.json["code"]) == (422, "unknown_band")
        assert refused.json["band"] == "women"

    @pytest.mark.parametrize("count", [-1, 100_001, 2.5, "3", True, None, [1]])
    def test_a_count_is_a_whole_number_a_place_can_hold(self, field, count):
        field.unit(heads=0)

        refused = field.count("W-A", women_18_49=count)

        assert (refused.status_code, refused.json["code"]) == (
            422,
            "count_out_of_range",
        )

    def test_the_count_of_a_day_serves_from_that_day_on(self, field):
        field.unit(heads=0)
        field.count("W-A", as_of="2026-10-01", women_18_49=10)
        field.count("W-A", as_of="2026-11-10", women_18_49=20)
        field.count("W-A", as_of="2026-12-01", women_18_49=30)

        def due(day):
            form = field.outreach.fetch("/units/W-A/requisition-form", needed_by=day)
            lines = {x["product_code"]: x for x in form.json["lines"]}
            return lines[SOAP]["entitlement"]

        days = ("2026-09-01", "2026-11-09", "2026-11-10", "2027-01-01")
        assert [due(day) for day in days] == [25, 25, 50, 75]

    def test_history_keeps_what_was_corrected(self, field):
        field.unit(heads=0)
        field.count("W-A", women_18_49=10)
        field.count("W-A", women_18_49=12)

        items = field.outreach.fetch("/units/W-A/headcounts").json["items"]

        assert [each["bands"]["women_18_49"] for each in items] == [12, 10]


class TestRequisitions:
    def test_the_same_id_again_gives_the_first_answer(self, field):
        field.unit()
        first = field.outreach.send("/requisitions", **a_requisition())
        field.coordinator.send(
            f"/requisitions/{named('r1')}/approve", command_id=named("a")
        )

        again = field.outreach.send("/requisitions", **a_requisition())

        assert (again.status_code, again.json) == (first.status_code, first.json)

    def test_the_same_id_with_other_lines_is_refused(self, field):
        field.unit()
        field.outreach.send("/requisitions", **a_requisition())

        other = a_requisition(lines=[{"product_code": SOAP, "quantity": 11}])
        refused = field.outreach.send("/requisitions", **other)

        assert (refused.status_code, refused.json["code"]) == (
            409,
            "command_id_reused",
        )

    def test_a_refused_requisition_may_succeed_later(self, field):
        assert (
            field.coordinator.send("/requisitions", **a_requisition()).status_code
            == 404
        )
        field.unit()

        assert (
            field.coordinator.send("/requisitions", **a_requisition()).status_code
            == 201
        )

    def test_a_draft_is_kept_as_often_as_wished_and_submitted_once(self, field):
        field.unit()
        more = [{"product_code": SOAP, "quantity": 11}]
        field.outreach.send("/requisitions", **a_requisition(draft=True))
        kept = field.outreach.send(
            "/requisitions", **a_requisition(draft=True, lines=more)
        )
        assert (kept.json["state"], kept.json["lines"][0]["requested"]) == ("draft", 11)

        sent = field.outreach.send("/requisitions", **a_requisition(lines=more))
        assert sent.json["state"] == "submitted"

        late = field.outreach.send("/requisitions", **a_requisition(draft=True))
        assert field.requisition("r1")["state"] == "submitted"
        assert late.status_code in {201, 409}

    def test_a_draft_cannot_be_approved(self, field):
        field.unit()
        field.outreach.send("/requisitions", **a_requisition(draft=True))

        refused = field.coordinator.send(
            f"/requisitions/{named('r1')}/approve", command_id=named("a")
        )

        assert refused.json["code"] == "requisition_state"

    def test_a_coordinator_may_approve_less_or_strike_a_line(self, field):
        field.unit()
        field.asks("r1", SOAP=10, TOWEL=4)

        approved = field.coordinator.send(
            f"/requisitions/{named('r1')}/approve",
            command_id=named("a"),
            lines=[{"product_code": SOAP, "approved": 7}],
        ).json

        found = {x["product_code"]: x["approved"] for x in approved["lines"]}
        assert found == {SOAP: 7, TOWEL: 4}

    def test_approving_nothing_is_not_approving(self, field):
        field.unit()
        field.asks("r1", SOAP=10)

        refused = field.coordinator.send(
            f"/requisitions/{named('r1')}/approve",
            command_id=named("a"),
            lines=[{"product_code": SOAP, "approved": 0}],
        )

        assert refused.json["code"] == "nothing_approved"

    @pytest.mark.parametrize(
        ("line", "status", "code"),
        [
            ({"product_code": SOAP, "quantity": 0}, 422, "quantity_out_of_range"),
            ({"product_code": SOAP, "quantity": -1}, 422, "quantity_out_of_range"),
            ({"product_code": SOAP, "quantity": 10**9}, 422, "quantity_out_of_range"),
            ({"product_code": SOAP, "quantity": 2.5}, 422, "malformed"),
            ({"product_code": SOAP, "quantity": "3"}, 422, "malformed"),
            ({"product_code": SOAP, "quantity": True}, 422, "malformed"),
            ({"product_code": "NOPE", "quantity": 1}, 404, "unknown_product"),
            ({"product_code": "<script>", "quantity": 1}, 404, "unknown_product"),
            ({"product_code": "a\0b", "quantity": 1}, 404, "unknown_product"),
            ({"product_code": "X" * 600, "quantity": 1}, 422, "malformed"),
            ({"quantity": 1}, 422, "malformed"),
            ("soap", 422, "malformed"),
        ],
    )
    def test_a_bad_line_is_refused_and_nothing_is_kept(self, field, line, status, code):
        field.unit()
        lines = [{"product_code": TOWEL, "quantity": 1}, line]

        refused = field.outreach.send("/requisitions", **a_requisition(lines=lines))

        assert (refused.status_code, refused.json["code"]) == (status, code)
        assert refused.content_type == "application/problem+json"
        assert field.outreach.fetch("/requisitions").json["items"] == []

    @pytest.mark.parametrize(
        "body",
        [
            {"needed_by": "9999-12-31"},
            {"needed_by": "26.11.2026"},
            {"requisition_id": "7"},
            {"lines": []},
            {"lines": {}},
            {"unit_code": ""},
            {"unit_code": "W A"},
        ],
        ids=str,
    )
    def test_a_malformed_requisition_is_refused(self, field, body):
        field.unit()

        refused = field.outreach.send("/requisitions", **a_requisition(**body))

        assert refused.status_code == 422

    def test_one_product_on_two_lines_is_refused(self, field):
        field.unit()
        line = {"product_code": SOAP, "quantity": 1}

        refused = field.outreach.send(
            "/requisitions", **a_requisition(lines=[line, line])
        )

        assert refused.json["code"] == "duplicate_line"

    def test_a_closed_unit_asks_for_nothing(self, field):
        field.unit(is_closed=True)

        assert field.asks("r1", SOAP=1).json["code"] == "unit_closed"

    def test_goods_on_their_way_keep_a_requisition_from_being_cancelled(self, field):
        field.unit()
        field.put("L1", 50)
        field.approved("r1", SOAP=10)
        field.reserved()

        refused = field.outreach.send(
            f"/requisitions/{named('r1')}/cancel", command_id=named("c"), reason="moved"
        )

        assert refused.json["code"] == "requisition_in_use"


class TestForm:
    def test_it_suggests_what_is_due_less_what_came_and_what_is_asked(self, field):
        field.unit(heads=40)
        field.put("L1", 50)
        field.approved("r1", SOAP=30)
        field.on_the_way()
        field.hands_over()
        field.approved("r2", SOAP=20)

        form = field.outreach.fetch("/units/W-A/requisition-form").json

        line = next(x for x in form["lines"] if x["product_code"] == SOAP)
        assert (line["entitlement"], line["received"], line["open"]) == (100, 30, 20)
        assert line["suggested"] == 50
        assert line["last_served_on"] == "2026-11-20"
        assert line["basis"]["rule_codes"] == ["Q01"]
        assert [x["product_code"] for x in form["others"]] == [TOWEL]

    def test_what_the_gate_does_not_admit_is_shown_and_not_suggested(self, field):
        field.place(not_admitted=["HYG-RAZOR"])
        field.unit(heads=40)

        form = field.outreach.fetch("/units/W-A/requisition-form").json

        line = next(x for x in form["lines"] if x["product_code"] == "HYG-RAZOR")
        assert (line["entitlement"], line["suggested"]) == (80, 0)
        assert line["is_admitted"] is False


class TestQuotaRules:
    def put(self, field, name="put", **more):
        body = {"command_id": named(name), "rules": [RULE], **more}
        return field.coordinator.put_json("/quota-rules", **body)

    def rule(self, field, code="Q02", **query):
        items = field.coordinator.fetch("/quota-rules", **query).json["items"]
        return next(each for each in items if each["rule_code"] == code)

    def test_a_new_installation_has_the_default_rules(self, field):
        items = field.coordinator.fetch("/quota-rules").json["items"]

        codes = [each["rule_code"] for each in items]
        assert (codes[0], codes[-1], len(codes)) == ("Q01", "Q60", 32)
        assert self.rule(field, "Q03")["is_on"] is False

    def test_what_was_read_can_be_sent_back_as_it_is(self, field):
        items = field.coordinator.fetch("/quota-rules").json["items"]

        assert self.put(field, rules=items).status_code == 200

    def test_a_whole_list_can_be_sent_back_as_it_was_read(self, field):
        read = field.coordinator.fetch("/quota-rules").json
        body = {"command_id": named("put"), **read}

        answer = field.coordinator.put_json("/quota-rules", **body)

        assert len(answer.json["rule_codes"]) == len(read["items"])

    @pytest.mark.parametrize("limit", [0, 501])
    def test_it_is_paged_as_every_list_is(self, field, limit):
        first = field.coordinator.fetch("/quota-rules", limit=31).json
        rest = field.coordinator.fetch("/quota-rules", cursor=first["next"]).json

        assert (len(first["items"]), len(rest["items"]), rest["next"]) == (31, 1, None)
        refused = field.coordinator.fetch("/quota-rules", limit=limit)
        assert refused.status_code == 422

    def test_a_rule_changes_from_its_day_on_and_the_old_one_is_kept(self, field):
        self.put(field, effective_from="2026-12-01")

        assert self.rule(field)["product_code"] == "HYG-SOAP-L"
        assert self.rule(field, on="2026-12-01")["product_code"] == TOWEL
        history = field.coordinator.fetch("/quota-rules", history=True).json["items"]
        assert [x["version"] for x in history if x["rule_code"] == "Q02"] == [1, 2]

    def test_a_rule_cannot_change_what_is_over(self, field):
        refused = self.put(field, effective_from="2026-11-19")

        assert refused.json["code"] == "effective_too_early"

    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ({"bands": ["everybody"]}, "unknown_band"),
            ({"numerator": -1}, "malformed"),
            ({"denominator": 0}, "malformed"),
            ({"state_supplied_percent": 101}, "malformed"),
            (
                {
                    "sizes": [
                        {
                            "stated_count": "nappies_1",
                            "product_code": "X",
                            "pieces_per_pack": 20,
                        }
                    ]
                },
                "malformed_rule",
            ),
        ],
    )
    def test_a_rule_that_cannot_be_is_refused(self, field, change, code):
        refused = self.put(field, rules=[RULE | change])

        assert (refused.status_code, refused.json["code"]) == (422, code)

    def test_an_absurd_rule_overflows_nothing(self, field):
        self.put(field, rules=[RULE | {"numerator": 1_000_000, "denominator": 1}])
        field.unit(heads=100_000)
        field.put("T1", 10, product_code=TOWEL)
        field.approved("r1", TOWEL=5)

        assert field.propose().json["lines"][0]["quantity"] == 5

    def test_what_is_due_once_is_not_due_again_next_month(self, field):
        once = RULE | {"bands": ["leaving"], "denominator": 1, "is_once": True}
        self.put(field, rules=[once])
        field.unit(heads=0)
        field.count("W-A", leaving=6)
        field.put("T1", 100, product_code=TOWEL)
        field.approved("r1", TOWEL=4)
        field.on_the_way()
        field.hands_over()
        field.approved("r2", TOWEL=6)

        (line,) = field.propose("next", handover_on="2026-12-03").json["lines"]

        assert (line["already_received"], line["entitlement"]) == (0, 2)
        assert line["quantity"] == 2


class TestNeeds:
    def test_they_are_published_when_they_change_and_only_then(self, field):
        field.unit(heads=40)
        field.app.publish_needs()
        first = field.said(NeedsPublished)[-1]
        needs = {item.product_code: item.need_per_30_days for item in first.items}
        assert needs == {SOAP: 100, "HYG-RAZOR": 80}

        field.asks("r1", TOWEL=7)
        field.app.publish_needs()
        assert field.said(NeedsPublished)[-1] == first

        field.approved("r1", TOWEL=7)
        field.app.publish_needs()
        second = field.said(NeedsPublished)[-1]
        waiting = {item.product_code: item.open_quantity for item in second.items}
        assert second.version == first.version + 1
        assert waiting[TOWEL] == 7
        assert field.coordinator.fetch("/needs").json["version"] == second.version

    def test_formula_is_never_on_the_list(self, field):
        field.unit("W-MCU", heads=0)
        field.count("W-MCU", children_0_2m=3)
        field.approved("r1", "W-MCU", FORMULA=7)
        field.app.publish_needs()

        items = field.coordinator.fetch("/needs").json["items"]
        assert [item["product_code"] for item in items] == []


class TestLists:
    def test_every_row_is_given_once_whatever_the_page(self, field, clock):
        field.unit()
        for number in range(5):
            clock.advance(seconds=number % 2)
            field.asks(f"r{number}", SOAP=1)
        seen, cursor = [], None
        while True:
            query = {"limit": 2} | ({"cursor": cursor} if cursor else {})
            page = field.outreach.fetch("/requisitions", **query).json
            seen += [each["requisition_id"] for each in page["items"]]
            cursor = page["next"]
            if cursor is None:
                break

        assert len(seen) == len(set(seen)) == 5

    def test_filters_narrow_the_list(self, field):
        field.unit("W-A")
        field.unit("W-B")
        field.asks("r1", "W-A", SOAP=1)
        field.approved("r2", "W-B", SOAP=1)

        def found(**query):
            items = field.coordinator.fetch("/requisitions", **query).json["items"]
            return [each["unit_code"] for each in items]

        assert found(unit_code="W-A") == ["W-A"]
        assert found(state="approved") == ["W-B"]
        assert found(facility_code="EX-NO") == []

    @pytest.mark.parametrize("path", ["/requisitions", "/units", "/consignments"])
    def test_a_cursor_of_somebody_else_is_malformed(self, field, path):
        assert field.coordinator.fetch(path, cursor="zzz").status_code == 422

    def test_consignments_and_runs_are_listed(self, field):
        field.unit()
        field.put("L1", 50)
        field.approved("r1", SOAP=10)
        field.reserved()
        field.consignment()

        runs = field.coordinator.fetch("/allocation-runs", state="reserved").json
        sent = field.outreach.fetch("/consignments", status="planned").json

        assert [each["run_id"] for each in runs["items"]] == [named("run")]
        assert sent["items"][0]["lines"][0]["quantity"] == 10


def test_a_product_keeps_its_newest_names(field):
    newer = a_product(SOAP, version=3)
    field.hear(newer, a_product(SOAP, version=2, flags=["old"]))
    field.unit()

    form = field.outreach.fetch("/units/W-A/requisition-form").json

    assert next(x for x in form["lines"] if x["product_code"] == SOAP)["flags"] == []


def test_requisitions_are_counted_by_the_state_they_reach(field, registry):
    field.unit()
    field.approved("r1", SOAP=10)

    def counted(outcome):
        metric = "distribution_requisitions_total"
        return registry.get_sample_value(metric, {"outcome": outcome})

    assert (counted("submitted"), counted("approved")) == (1, 1)
