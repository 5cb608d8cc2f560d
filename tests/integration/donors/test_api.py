"""What programs may ask of donors, and what they are told (API.md, donors)."""

import pytest
from sqlalchemy import select

from services.donors.adapters.tables import MESSAGING
from shared.contracts.inventory_v1 import WalkInGiftOpened
from tests.integration.donors.programme import (
    FORMULA,
    NAPPIES,
    SOAP,
    a_lot,
    named,
)

EQUATION = ("in_stock", "in_transit", "accepted", "lost", "returned")


@pytest.fixture
def database_kind():
    """What is answered does not depend on the kind of database."""
    return "sqlite"


@pytest.fixture
def coordinator(programme, caller):
    programme.has_products()
    programme.registers("ORCHARD", "NORDIC")
    return caller("coordinator")


def a_gift(name="gift", **more):
    body = {
        "command_id": str(named(name)),
        "donor_code": "ORCHARD",
        "expected": [{"product_code": SOAP, "quantity": 500}],
    }
    return body | more


def said_by(donors):
    outbox = MESSAGING.outbox.c
    query = select(outbox.message_type).order_by(outbox.position)
    with donors.database.reading() as connection:
        return list(connection.scalars(query))


def test_an_announced_gift_gets_the_next_number_of_the_year(coordinator, donors):
    first = coordinator.send("/api/v1/gifts", **a_gift("one"))
    second = coordinator.send("/api/v1/gifts", **a_gift("two", earmark=["women"]))

    assert (first.status_code, first.json) == (201, {"gift_number": "G-2026-001"})
    assert second.json == {"gift_number": "G-2026-002"}
    assert said_by(donors) == ["donors.gift_announced.v1"] * 2


def test_the_same_command_again_gives_the_first_answer(coordinator, donors):
    answers = [coordinator.send("/api/v1/gifts", **a_gift()).json for _ in range(3)]

    assert answers == [{"gift_number": "G-2026-001"}] * 3
    assert said_by(donors) == ["donors.gift_announced.v1"]


def test_the_same_command_with_another_body_is_refused(coordinator):
    coordinator.send("/api/v1/gifts", **a_gift())
    again = coordinator.send("/api/v1/gifts", **a_gift(earmark=["women"]))

    assert (again.status_code, again.json["code"]) == (409, "command_id_reused")


@pytest.mark.parametrize(
    ("more", "status", "code"),
    [
        ({"donor_code": "NOBODY"}, 404, "unknown_donor"),
        ({"earmark": ["martians"]}, 409, "unknown_earmark_group"),
        ({"earmark": []}, 422, "malformed"),
        ({"expected": []}, 422, "malformed"),
        ({"expected": [{"product_code": "X", "quantity": 1}]}, 409, "unknown_product"),
        (
            {"expected": [{"product_code": FORMULA, "quantity": 1}]},
            409,
            "product_not_accepted",
        ),
        (
            {"expected": [{"product_code": SOAP, "quantity": 1}] * 2},
            422,
            "duplicate_line",
        ),
        ({"command_id": "soon"}, 422, "malformed"),
    ],
)
def test_a_gift_that_cannot_be_is_refused_with_its_reason(
    coordinator, donors, more, status, code
):
    answer = coordinator.send("/api/v1/gifts", **a_gift(**more))

    assert (answer.status_code, answer.json["code"]) == (status, code)
    assert answer.content_type == "application/problem+json"
    assert said_by(donors) == []


@pytest.mark.parametrize("quantity", [0, -1, 10**9, 2.5, "3", True, None])
def test_only_whole_quantities_from_one_to_a_million_are_taken(coordinator, quantity):
    line = {"product_code": SOAP, "quantity": quantity}
    answer = coordinator.send("/api/v1/gifts", **a_gift(expected=[line]))

    assert answer.status_code == 422


def test_a_pledge_is_kept_said_and_counted(coordinator, donors, registry):
    answer = coordinator.send(
        "/api/v1/pledges",
        command_id=str(named("pledge")),
        donor_code="NORDIC",
        due_on="2026-12-24",
        lines=[{"product_code": SOAP, "quantity": 40}],
    )

    assert (answer.status_code, answer.json) == (201, {"pledge_number": "P-2026-001"})
    (listed,) = coordinator.fetch("/api/v1/pledges").json["items"]
    assert listed["due_on"] == "2026-12-24"
    assert listed["lines"] == [{"product_code": SOAP, "quantity": 40}]
    assert said_by(donors) == ["donors.pledge_made.v1"]
    assert registry.get_sample_value("donors_pledges_total", {"kind": "in_kind"}) == 1


def test_a_pledge_may_name_its_lines_as_a_gift_does(coordinator):
    lines = [{"product_code": NAPPIES, "quantity": 40}]

    answer = coordinator.send(
        "/api/v1/pledges",
        command_id=str(named("p")),
        donor_code="ORCHARD",
        expected=lines,
    )

    assert answer.status_code == 201
    assert coordinator.fetch("/api/v1/pledges").json["items"][0]["lines"] == lines


def test_a_code_and_a_name_are_enough_for_a_donor(coordinator):
    body = {"donor_code": "MINIMAL", "name": "A name"}

    answer = coordinator.send("/api/v1/donors", **body)

    assert (answer.status_code, answer.json) == (201, {"donor_code": "MINIMAL"})
    listed = coordinator.fetch("/api/v1/donors").json["items"]
    assert {d["donor_code"]: d["kind"] for d in listed}["MINIMAL"] == "organisation"


def test_a_refused_pledge_is_not_counted(coordinator, registry):
    coordinator.send(
        "/api/v1/pledges",
        command_id=str(named("pledge")),
        donor_code="NOBODY",
        lines=[{"product_code": SOAP, "quantity": 40}],
    )

    assert registry.get_sample_value("donors_pledges_total", {"kind": "in_kind"}) == 0


def test_a_contact_is_kept_only_with_consent(coordinator):
    donor = {"donor_code": "EX-D9", "name": "Nine (example)", "kind": "person"}
    contact = {"email": "nine@demo.example"}
    without = coordinator.send(
        "/api/v1/donors", command_id=str(named("a")), contact=contact, **donor
    )
    contact["consented_on"] = "2026-11-01"
    with_it = coordinator.send(
        "/api/v1/donors", command_id=str(named("a")), contact=contact, **donor
    )

    assert without.json["code"] == "contact_without_consent"
    assert (with_it.status_code, with_it.json) == (201, {"donor_code": "EX-D9"})
    listed = {
        d["donor_code"]: d for d in coordinator.fetch("/api/v1/donors").json["items"]
    }
    assert listed["EX-D9"]["contact_email"] == "nine@demo.example"


def test_a_taken_donor_code_is_refused(coordinator):
    answer = coordinator.send(
        "/api/v1/donors",
        command_id=str(named("again")),
        donor_code="ORCHARD",
        name="Another",
        kind="person",
    )

    assert (answer.status_code, answer.json["code"]) == (409, "donor_exists")


def test_an_earmark_can_change_and_says_its_version(coordinator, donors):
    coordinator.send("/api/v1/gifts", **a_gift())
    answer = coordinator.send(
        "/api/v1/gifts/G-2026-001/earmark",
        command_id=str(named("earmark")),
        earmark=["women", "children"],
    )

    assert answer.json == {
        "gift_number": "G-2026-001",
        "earmark": ["children", "women"],
    }
    assert said_by(donors)[-1] == "donors.earmark_set.v1"


def test_a_walk_in_gift_is_anonymous_until_a_coordinator_names_a_donor(
    coordinator, programme, caller
):
    number = "W-20261120-1"
    programme.hears(WalkInGiftOpened(number), a_lot("lot", 1, number))
    donor = {"command_id": str(named("name")), "donor_code": "ORCHARD"}

    before = coordinator.fetch(f"/api/v1/gifts/{number}").json
    named_now = coordinator.send(f"/api/v1/gifts/{number}/donor", **donor)
    other = donor | {"command_id": str(named("other")), "donor_code": "NORDIC"}
    taken = coordinator.send(f"/api/v1/gifts/{number}/donor", **other)

    assert (before["donor_code"], before["is_walk_in"]) == ("ANON", True)
    assert named_now.json == {"gift_number": number, "donor_code": "ORCHARD"}
    assert (taken.status_code, taken.json["code"]) == (409, "gift_already_named")
    (soap,) = caller("donor").fetch("/api/v1/me/summary").json["items"]
    assert (soap["announced"], soap["received"]) == (0, 100)


def test_a_donor_reads_every_number_of_the_gift(coordinator, programme, caller):
    coordinator.send("/api/v1/gifts", **a_gift())
    programme.refuses("box", "G-2026-001", 8)
    programme.hears(
        a_lot(
            "lot",
            4,
            "G-2026-001",
            received=400,
            in_transit=40,
            accepted=120,
            lost=6,
            returned=4,
            reserved=30,
        )
    )

    donor = caller("donor")
    summary = donor.fetch("/api/v1/me/summary").json
    one = donor.fetch("/api/v1/me/gifts/G-2026-001").json
    (soap,) = summary["items"]
    assert soap == {
        "product_code": SOAP,
        "name": f"{SOAP} in English",
        "unit_of_issue": "bar",
        "announced": 500,
        "received": 400,
        "refused": 8,
        "in_stock": 230,
        "reserved": 30,
        "in_transit": 40,
        "accepted": 120,
        "lost": 6,
        "returned": 4,
        "lost_by_reason": {"COUNT": 6},
    }
    assert soap["received"] == sum(soap[bucket] for bucket in EQUATION)
    assert one["items"] == [soap]
    assert {"kind": "refused", "quantity": 8} in [
        {"kind": each["kind"], "quantity": each["quantity"]} for each in one["story"]
    ]


@pytest.mark.usefixtures("coordinator")
def test_stock_levels_are_bands_without_amounts(programme, caller):
    programme.needs(HYG_SOAP_B=300, INF_NAP_3=30)
    number = programme.gift_of("ORCHARD")
    programme.hears(a_lot("lot", 1, number, received=150))

    levels = caller("donor").fetch("/api/v1/stock-levels").json["items"]

    assert {level["product_code"]: level["band"] for level in levels} == {
        SOAP: "2_to_4_weeks",
        NAPPIES: "out",
    }
    assert all(
        set(level) == {"product_code", "name", "category", "band"} for level in levels
    )


@pytest.mark.usefixtures("coordinator")
def test_expired_or_held_stock_is_no_cover(programme, caller):
    programme.needs(HYG_SOAP_B=300)
    number = programme.gift_of("ORCHARD")
    past = programme.clock.now().date().replace(year=2025)
    programme.hears(
        a_lot("old", 1, number, expires_on=past),
        a_lot("held", 1, number, lot_status="quarantined", available=100),
    )

    levels = caller("donor").fetch("/api/v1/stock-levels").json["items"]

    assert {each["product_code"]: each["band"] for each in levels}[SOAP] == "out"


@pytest.mark.parametrize("path", ["/api/v1/stock-levels", "/api/v1/needs"])
@pytest.mark.parametrize("limit", [0, 501])
def test_levels_and_needs_are_paged_as_every_list_is(coordinator, path, limit):
    refused = coordinator.fetch(f"{path}?limit={limit}")

    assert (refused.status_code, refused.json["code"]) == (422, "malformed")


def test_needs_are_public_and_tell_nothing_small(coordinator, programme, wsgi):
    programme.needs(HYG_SOAP_B=300, INF_NAP_3=30, INF_FORM=4)
    number = programme.gift_of("ORCHARD")
    programme.hears(a_lot("lot", 1, number, received=123))

    anybody = coordinator.__class__(wsgi)
    answer = anybody.get("/donors/api/v1/needs", headers={"Accept-Language": "en"})

    assert answer.status_code == 200
    soap, infants = answer.json["items"]
    assert (soap["product_code"], soap["about"], soap["days_of_cover"]) == (
        SOAP,
        180,
        12,
    )
    assert (infants["product_code"], infants["category"]) == (None, "infant")
    assert (infants["about"], infants["days_of_cover"]) == (None, None)
    assert FORMULA not in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("gifts/G-2026-999/earmark", {"earmark": None}, 404, "unknown_gift"),
        ("gifts/G-2026-999/donor", {"donor_code": "NORDIC"}, 404, "unknown_gift"),
        ("gifts/G-2026-001/donor", {"donor_code": "NOBODY"}, 404, "unknown_donor"),
        ("gifts/G-2026-001/donor", {"donor_code": "NORDIC"}, 409, "gift_already_named"),
        ("gifts/G-2026-001/earmark", {}, 422, "malformed"),
    ],
)
def test_a_correction_that_cannot_be_is_refused(coordinator, path, body, status, code):
    coordinator.send("/api/v1/gifts", **a_gift())
    answer = coordinator.send(
        f"/api/v1/{path}", command_id=str(named("correction")), **body
    )

    assert (answer.status_code, answer.json["code"]) == (status, code)


def test_lifting_an_earmark_says_that_the_goods_are_free(coordinator):
    coordinator.send("/api/v1/gifts", **a_gift(earmark=["women"]))
    answer = coordinator.send(
        "/api/v1/gifts/G-2026-001/earmark",
        command_id=str(named("free")),
        earmark=None,
    )

    assert answer.json == {"gift_number": "G-2026-001", "earmark": None}


@pytest.mark.parametrize("path", ["summary", "gifts", "gifts/G-2026-001", "stream"])
@pytest.mark.usefixtures("coordinator")
def test_an_auditor_may_ask_but_has_no_gifts_of_its_own(caller, path):
    answer = caller("auditor").fetch(f"/api/v1/me/{path}")

    assert (answer.status_code, answer.json["code"]) == (404, "no_donor_account")


def test_an_account_of_no_known_donor_is_told_so(programme, caller):
    programme.registers("NORDIC")
    answer = caller("donor").fetch("/api/v1/me/summary")

    assert (answer.status_code, answer.json["code"]) == (404, "unknown_donor")
