"""What is written on a waybill, what is ticked off, and who received."""

import pytest

from tests.integration.distribution.field import named

HERE = "/consignments/C-2026-0001"


@pytest.fixture
def database_kind():
    return "sqlite"


@pytest.fixture
def planned(field):
    field.unit(heads=40)
    field.put("L1", 500)
    field.approved("r1", SOAP=50)
    field.reserved()
    field.consignment()
    return field


@pytest.fixture
def travelling(planned):
    planned.leaves()
    return planned


def line_of(field):
    return field.coordinator.fetch(HERE).json["lines"][0]


def describes(field, name="way", *, bag_ids=None, **more):
    line = line_of(field)
    key = {one: line[one] for one in ("unit_code", "product_code", "lot_id")}
    bags = [{**key, "bag_ids": bag_ids}] if bag_ids else []
    return field.coordinator.put_json(
        f"{HERE}/transport", command_id=named(name), bags=bags, **more
    )


def scans(field, raw, name=None, **more):
    return field.outreach.send(
        f"{HERE}/packing-scans", command_id=named(name or raw), raw=raw, **more
    )


class TestTransport:
    def test_vehicle_driver_role_packages_weight_and_seals_are_kept(self, planned):
        answer = describes(
            planned,
            vehicle="123 abc 02",
            driver_role="volunteer",
            packages=6,
            gross_weight_grams=48_500,
            bag_ids=[" 0417", "0418", "0417"],
        )

        assert answer.status_code == 200
        kept = {one: answer.json[one] for one in ("vehicle", "driver_role", "packages")}
        assert kept == {
            "vehicle": "123 ABC 02",
            "driver_role": "volunteer",
            "packages": 6,
        }
        assert line_of(planned)["bag_ids"] == ["0417", "0418"]

    @pytest.mark.parametrize("vehicle", ["Aibek Nurlanov", "Айбек", "<b>1</b>"])
    def test_a_name_is_no_vehicle_and_is_not_repeated(self, planned, vehicle):
        refused = describes(planned, vehicle=vehicle)

        assert (refused.status_code, refused.json["code"]) == (422, "malformed_vehicle")
        assert vehicle not in refused.text

    def test_a_driver_is_a_role_of_the_list(self, planned):
        assert describes(planned, driver_role="Aibek").status_code == 422

    def test_only_a_coordinator_writes_the_waybill(self, planned):
        answer = planned.outreach.put_json(
            f"{HERE}/transport", command_id=named("x"), packages=1
        )

        assert answer.status_code == 403


class TestPacking:
    def test_a_seal_ticks_off_its_line_once(self, planned):
        describes(planned, bag_ids=["0417"])

        assert scans(planned, "0417").status_code == 200
        again = scans(planned, "0417", name="again")

        assert line_of(planned)["packed"] == 50
        assert (again.status_code, again.json["code"]) == (409, "packed_before")

    def test_the_label_of_a_lot_ticks_off_what_is_said(self, planned):
        scans(planned, "]d20104600000000004" + "10L1", quantity=20)

        assert line_of(planned)["packed"] == 20

    def test_a_bag_of_another_delivery_is_noticed(self, planned):
        refused = scans(planned, "9999")

        assert (refused.status_code, refused.json["code"]) == (
            409,
            "not_on_consignment",
        )


class TestReceiver:
    def test_role_and_service_number_are_kept_where_they_may_be(self, travelling):
        answer = travelling.hands_over(receiver_role="duty", receiver_number="a-117")

        (handover,) = answer.json["handovers"]
        assert handover["receiver_role"] == "duty"
        assert handover["receiver_number"] == "A-117"

    def test_a_name_is_no_service_number(self, travelling):
        refused = travelling.hands_over(receiver_number="Sergeant Ivanov")

        assert refused.status_code == 422
        assert "Ivanov" not in refused.text

    @pytest.mark.parametrize(
        ("policy", "code"),
        [("not_kept", "receiver_not_kept"), ("required", "receiver_missing")],
    )
    def test_the_facility_decides_what_is_kept(self, travelling, policy, code):
        set_to = travelling.coordinator.put_json(
            "/facilities/EX-WF/gate", command_id=named("p"), receiver_policy=policy
        )
        assert set_to.status_code == 200

        refused = travelling.hands_over(receiver_role="duty")

        assert (refused.status_code, refused.json["code"]) == (409, code)

    def test_a_late_paper_keeps_its_own_date_and_says_so(self, travelling):
        answer = travelling.hands_over(
            occurred_at="2026-11-18T10:00:00+05:00", is_from_paper=True
        )

        (handover,) = answer.json["handovers"]
        assert handover["occurred_at"].startswith("2026-11-18")
        assert handover["is_from_paper"] is True


class TestTwoPhones:
    @pytest.mark.parametrize(("ends", "is_same"), [({}, True), ({"short": 1}, False)])
    def test_the_second_learns_whether_it_saw_the_same(self, travelling, ends, is_same):
        travelling.hands_over()

        refused = travelling.hands_over(name="other phone", ends=ends)

        assert refused.json["code"] == "already_handed_over"
        assert refused.json["has_same_numbers"] is is_same
