"""What the example story leaves behind, read through the public interface."""

import json
from collections import Counter
from pathlib import Path

import pytest

import deploy.demo
from deploy.agreement import agreement
from deploy.demo.catalogue import rows as catalogue_rows
from deploy.demo.gifts import UNREADABLE
from deploy.demo.places import UNITS
from deploy.demo.story import CHAPTERS
from deploy.demo.warehouse import every

CAME_BACK = {"GATE_REFUSAL", "RETURN_FROM_FACILITY"}
CAME_IN = {"RECEIPT", "COUNT_PLUS", "KIT_BUILT"}
LEFT = {"DISPATCH", "KIT_USED"}
LOST_HERE = {"COLD_CHAIN", "EXPIRED", "STOLEN", "RECALLED_DESTROYED", "COUNT_MINUS"}
LOST_AT_A_GATE = {"DAMAGED", "LOST"}
DONORS = ("donor", "pharmacy", "mothers")
FORBIDDEN = ("zhaugashty", "155/4", "zheti", "seven trees", "sana sezim", "almaty reg")


@pytest.fixture(scope="module")
def coordinator(story):
    return story.person("coordinator")


@pytest.fixture(scope="module")
def stock(story):
    return list(every(story.person("volunteer"), "inventory", "/stock"))


@pytest.fixture(scope="module")
def kits(story):
    return list(every(story.person("volunteer"), "inventory", "/kits"))


@pytest.fixture(scope="module")
def cards(story):
    volunteer = story.person("volunteer")
    return {
        code: list(every(volunteer, "inventory", f"/stock-cards/{code}"))
        for code in catalogue_rows()
    }


@pytest.fixture(scope="module")
def consignments(coordinator):
    return list(every(coordinator, "distribution", "/consignments"))


@pytest.fixture(scope="module")
def runs(coordinator):
    heads = every(coordinator, "distribution", "/allocation-runs")
    paths = [f"/allocation-runs/{head['run_id']}" for head in heads]
    return [coordinator.get("distribution", path) for path in reversed(paths)]


@pytest.fixture(scope="module")
def requisitions(coordinator):
    return list(every(coordinator, "distribution", "/requisitions"))


@pytest.fixture(scope="module")
def gifts(coordinator):
    return list(every(coordinator, "donors", "/gifts"))


def test_received_and_found_less_dispatched_and_lost_is_on_hand(stock, cards):
    on_hand = Counter()
    for row in stock:
        on_hand[row["lot_id"]] += row["on_hand"]
    booked = Counter()
    for line in (line for card in cards.values() for line in card):
        reason, quantity = line["reason"], line["quantity"]
        if reason in {*CAME_IN, *CAME_BACK}:
            booked[line["lot_id"]] += quantity
        elif reason in {*LEFT, *LOST_HERE}:
            booked[line["lot_id"]] -= quantity
        else:
            assert line["change"] == 0, f"{reason} changes what is on hand"
    assert {lot: left for lot, left in booked.items() if left} == on_hand


def test_every_gift_is_somewhere_to_the_unit(gifts):
    items = [item for gift in gifts for item in gift["items"]]
    assert sum(item["received"] for item in items) > 20_000
    for item in items:
        parts = ("in_stock", "in_transit", "accepted", "lost", "returned")
        assert item["received"] == sum(item[part] for part in parts), item


def test_donors_count_what_the_warehouse_counts(stock, kits, gifts):
    counted = Counter()
    for gift in gifts:
        for item in gift["items"]:
            counted[item["product_code"], gift["gift_number"]] += item["in_stock"]
    standing = Counter()
    kit_lots = {kit["lot_id"] for kit in kits}
    for row in (row for row in stock if row["lot_id"] not in kit_lots):
        standing[row["product_code"], row["gift_number"]] += row["on_hand"]
    # what is in a kit counts for its own donor, where the kit is
    for kit in kits:
        for part in kit["contents"]:
            units = part["quantity"] * kit["in_stock"]
            standing[part["product_code"], part["gift_number"]] += units
    assert sum(kit["in_stock"] for kit in kits) > 0
    assert +counted == +standing


@pytest.mark.parametrize("donor", DONORS)
def test_a_donors_own_numbers_add_up(story, donor):
    for item in story.person(donor).get("donors", "/me/summary")["items"]:
        parts = ("in_stock", "in_transit", "accepted", "lost", "returned")
        assert item["received"] == sum(item[part] for part in parts), item


def test_every_service_proves_its_numbers(story):
    checks = [
        check for service in story.services.values() for check in service.verify()
    ]
    checks += agreement(story.services, story.clock.now())
    assert {check["name"]: list(check["violations"]) for check in checks} == {
        check["name"]: [] for check in checks
    }


def test_nothing_that_was_said_waits_unheard(story):
    for service in story.services.values():
        with service.database.reading() as connection:
            assert service.station.journal.unpublished(connection)[0] == 0
            waiting = service.station.tables.waiting
            assert connection.execute(waiting.select()).all() == []


def test_every_institution_is_marked_as_an_example(coordinator):
    facilities = list(every(coordinator, "distribution", "/facilities"))
    donors = [
        donor
        for donor in every(coordinator, "donors", "/donors")
        if donor["donor_code"] != "ANON"
    ]
    assert len(facilities) == 6
    assert len(donors) == 8
    for body in facilities + donors:
        code = body.get("facility_code") or body["donor_code"]
        assert body["name"].endswith("(example)")
        assert code.startswith("EX-")


def test_no_real_place_or_body_is_named_in_the_files_of_the_story():
    for path in Path(deploy.demo.__file__).parent.glob("*.*"):
        text = path.read_text("utf-8").casefold()
        assert not [name for name in FORBIDDEN if name in text], path.name


def test_the_volumes_are_those_of_ninety_days(cards, consignments, runs, requisitions):
    lines = [line for card in cards.values() for line in card]
    receipts = [line for line in lines if line["reason"] == "RECEIPT"]
    losses = LOST_HERE | LOST_AT_A_GATE
    sent = [each for each in consignments if each["status"] != "picking"]
    asked = [each for each in requisitions if each["state"] != "submitted"]
    incidents = {
        line["document"] for line in lines if line["reason"] in losses - {"COUNT_MINUS"}
    } - {None}
    assert 33 <= len({line["document"] for line in receipts}) <= 36
    assert 200 <= len({line["lot_id"] for line in receipts}) <= 245
    assert len(sent) == 26
    assert len(runs) == 3 + 4
    assert len(asked) == 3 * len(UNITS) + 1
    assert 540 <= sum(len(each["lines"]) for each in asked) <= 600
    assert len(incidents) == 6


def test_pads_of_september_reach_everybody_at_sixty_one_percent(runs):
    lines = [
        line
        for line in runs[0]["lines"]
        if line["product_code"] == "MEN-PAD" and line["entitlement"]
    ]
    given = sum(line["quantity"] for line in lines)
    assert round(100 * given / sum(line["entitlement"] for line in lines)) == 61
    assert all(
        abs(line["quantity"] / line["entitlement"] - 0.61) < 0.05 for line in lines
    )
    assert "SCARCE" in {reason["code"] for line in lines for reason in line["reasons"]}


def test_nappies_tied_to_children_reach_only_their_units(stock, gifts, consignments):
    tied = {gift["gift_number"] for gift in gifts if gift["earmark"] == ["children"]}
    of_children = {unit.unit_code for unit in UNITS if "children" in unit.groups}
    accepted = [
        line
        for each in consignments
        for line in each["lines"]
        if (line["lot_number"] or "").startswith("M1020") and line["accepted"]
    ]
    assert tied
    assert {line["unit_code"] for line in accepted} == of_children
    assert all(
        row["earmark"] == ["children"] for row in stock if row["gift_number"] in tied
    )


def test_medicine_waits_for_its_reviewer(stock):
    held = [row for row in stock if row["lot_status"] == "quarantined"]
    assert UNREADABLE in {row["lot_number"] for row in held}
    assert all(row["product_code"].startswith("MED-") for row in held)
    assert not any(row["available"] for row in held)


def test_a_lot_that_was_called_back_is_gone(stock, consignments):
    assert not [row for row in stock if row["lot_status"] == "recalled"]
    recalled = [
        line for each in consignments for line in each["lines"] if line["is_recalled"]
    ]
    assert {line["unit_code"] for line in recalled} == {"W-MED", "B-MED", "H-1"}


def test_every_page_has_something_to_show(story, coordinator, consignments, runs):
    volunteer = story.person("volunteer")
    waiting = Counter(
        each["code"] for each in every(volunteer, "inventory", "/attention")
    )
    (open_list,) = every(volunteer, "inventory", "/pick-lists", status="open")
    picked = [line["picked"] == line["quantity"] for line in open_list["lines"]]
    submitted = every(coordinator, "distribution", "/requisitions", state="submitted")
    at_a_gate = every(
        story.person("outreach"), "distribution", "/consignments", status="in_transit"
    )
    assert waiting == {
        "unknown_product": 2,
        "separator_doubtful": 1,
        "lot_missing": 1,
        "expiry_missing": 1,
    }
    assert any(picked)
    assert not all(picked)
    assert Counter(each["status"] for each in consignments) == {
        "handed_over": 25,
        "in_transit": 1,
        "picking": 1,
    }
    assert [run["state"] for run in runs].count("proposed") == 1
    assert len(list(submitted)) == 4
    assert len(list(at_a_gate)) == 1


def test_the_three_donors_who_sign_in_see_gifts_that_came_in_part(story):
    for donor in DONORS:
        summary = story.person(donor).get("donors", "/me/summary")
        came = [item for item in summary["items"] if item["received"]]
        missing = [
            item for item in summary["items"] if item["announced"] > item["received"]
        ]
        assert came
        assert missing


def test_pledges_were_kept_came_late_are_late_and_were_withdrawn(coordinator):
    pledges = every(coordinator, "donors", "/pledges")
    assert Counter(each["state"] for each in pledges) == {
        "came": 2,
        "overdue": 1,
        "withdrawn": 1,
        "open": 1,
    }


def test_a_state_contract_leaves_a_gap_and_a_grant_is_used(coordinator):
    found = coordinator.get("donors", "/contracts")
    sources = {
        each["source"]: each["gifts"]
        for each in coordinator.get("donors", "/fulfilment")["items"]
    }
    closed = [gap for gap in found["gaps"] if gap["until"]]
    assert [(gap["source"], gap["since"], gap["until"]) for gap in closed] == [
        ("state", "2026-10-01", "2027-01-14")
    ]
    assert sources["state"] >= 1
    assert sources["grant"] >= 4


def test_gifts_of_the_last_days_wait_for_thanks(coordinator):
    waiting = coordinator.get("donors", "/thanks/waiting")["items"]
    named = [each for each in waiting if each["donor_code"] != "ANON"]
    assert {each["donor_code"] for each in named} == {"EX-D6"}
    assert all(each["may_be_mailed"] for each in named)


@pytest.mark.parametrize("donor", DONORS)
def test_a_donor_agreed_to_letters_and_has_receipts(story, donor):
    person = story.person(donor)
    assert person.get("donors", "/me/receipts")["items"]
    letters = person.get("donors", "/me/letters")
    assert letters["email"].endswith(".example")
    assert letters["cadence"] in {"weekly", "monthly"}


def test_every_value_in_another_currency_keeps_its_rate(story):
    lines = [
        line
        for receipt in story.services["donors"].papers.receipts(500, None).rows
        for line in receipt.lines
    ]
    assert {line.value.currency for line in lines} == {"KZT", "USD", "EUR"}
    assert all(
        (line.value.rate is None) == (line.value.currency == "KZT") for line in lines
    )


@pytest.mark.parametrize("donor", DONORS)
def test_september_is_told_and_says_what_it_leaves_out(story, donor):
    (month,) = story.person(donor).get("donors", "/me/destinations")["months"]

    assert month["month"] == "2026-09"
    # the nappies of the mothers came in October
    assert bool(month["lines"]) == (donor != "mothers")
    for line in month["lines"]:
        untold = None in (line["product_code"], line["audience"], line["quantity"])
        assert line["kind"] == "own" or untold == bool(line["suppressed"])


@pytest.mark.parametrize("donor", DONORS)
def test_no_donor_is_told_of_a_place(story, donor):
    person = story.person(donor)
    told = [person.get("donors", "/me/summary")]
    told += [
        person.get("donors", f"/me/gifts/{gift['gift_number']}")
        for gift in every(person, "donors", "/me/gifts")
    ]
    told += [
        person.get("donors", path)
        for path in ("/stock-levels", "/needs", "/me/destinations")
    ]
    words = set(json.dumps(told).replace('"', " ").replace(",", " ").split())
    places = {unit.unit_code for unit in UNITS} | {u.facility_code for u in UNITS}
    assert not words & places


def test_the_same_seed_tells_the_same_story(open_stage):
    def told():
        stage = open_stage()
        for chapter in CHAPTERS[:3]:
            chapter(stage)
        volunteer = stage.person("volunteer")
        return list(every(volunteer, "inventory", "/stock"))

    first = told()
    assert first
    assert first == told()
