"""What a phone makes of its handovers: what counts, and what a correction replaces."""

import pytest

REFUSED = False
SENT = {"consignment_number": "C-1", "lines": [{"quantity": 40}]}
HANDED_OVER = {**SENT, "handover_id": "theirs", "lines": [{"accepted": 40}]}
NOTHING = {"deliveries": [], "handed_over": [], "fetched_at": "2026-11-20T08:00"}
ON_THE_WAY = {**NOTHING, "deliveries": [SENT]}
KNOWN_AS_OVER = {**NOTHING, "handed_over": [HANDED_OVER]}


def recorded(state, **more):
    body = {"command_id": "mine", "lines": [{"accepted": 38}], **more.pop("body", {})}
    return {"number": "C-1", "state": state, "body": body, "answer": None, **more}


@pytest.fixture
def standing(ask):
    return lambda known, *entries: ask("standing", "standing", known, entries, "C-1")


def test_what_nobody_recorded_is_to_be_handed_over(standing):
    assert standing(ON_THE_WAY) == {
        "delivery": SENT,
        "open": None,
        "corrects": None,
        "lines": None,
    }


def test_what_waits_in_the_phone_can_still_be_changed(standing):
    waiting = recorded("waiting")

    found = standing(ON_THE_WAY, waiting)

    assert (found["open"], found["corrects"]) == (waiting, None)


def test_what_waits_never_takes_the_place_of_a_record_nobody_saw(standing):
    """Another phone was quicker; whoever stands at the gate does not know yet."""
    assert standing(KNOWN_AS_OVER, recorded("waiting"))["corrects"] is None


@pytest.mark.parametrize(
    ("entry", "corrects"),
    [
        (recorded("applied", answered_at="2026-11-20T09:00"), "mine"),
        (
            recorded(
                "duplicate",
                answered_at="2026-11-20T09:00",
                answer={"handover_id": "first"},
            ),
            "first",
        ),
        (recorded("conflict", answer={"handover_id": "first"}), "first"),
        (recorded("waiting", body={"corrects": "first"}), "first"),
    ],
)
def test_a_correction_names_the_record_that_counts(standing, entry, corrects):
    assert standing(ON_THE_WAY, entry)["corrects"] == corrects


@pytest.mark.parametrize(
    ("answered_at", "corrects"),
    [("2026-11-20T07:00", "theirs"), ("2026-11-20T09:00", "mine")],
)
def test_what_is_known_later_counts(standing, answered_at, corrects):
    ours = recorded("applied", answered_at=answered_at)

    assert standing(KNOWN_AS_OVER, ours)["corrects"] == corrects


def test_what_is_changed_before_it_is_sent_gets_an_id_of_its_own(ask):
    changed = ask("standing", "rewritten", recorded("waiting"), {"lines": []})

    assert changed["earlier"] == ["mine"]
    assert changed["body"]["command_id"] != "mine"


def answer_to(ask, entry, **body):
    return ask("standing", "changeBy", entry, REFUSED, body)


def test_what_arrived_before_it_was_changed_is_corrected_by_the_change(ask):
    entry = recorded("waiting", earlier=["lost answer"])

    change = answer_to(
        ask,
        entry,
        code="already_handed_over",
        handover_id="lost answer",
        has_same_numbers=False,
    )

    assert change["state"] == "waiting"
    assert change["body"]["corrects"] == "lost answer"
    assert change["body"]["command_id"] != "mine"


@pytest.mark.parametrize(
    ("body", "state"),
    [
        ({"code": "already_handed_over", "has_same_numbers": True}, "duplicate"),
        ({"code": "already_handed_over", "has_same_numbers": False}, "conflict"),
        ({"code": "not_the_last_handover"}, "conflict"),
        ({"code": "handover_lines"}, "refused"),
        ({"code": "consignment_state", "state": "cancelled"}, "refused"),
    ],
)
def test_a_refusal_is_told_for_what_it_is(ask, body, state):
    assert answer_to(ask, recorded("sending"), **body)["state"] == state


@pytest.mark.parametrize("state", ["planned", "picking"])
def test_what_is_not_known_to_have_left_is_sent_again(ask, state):
    entry = recorded("sending")

    assert answer_to(ask, entry, code="consignment_state", state=state) is None


@pytest.mark.parametrize(
    ("entry", "units"),
    [
        (recorded("applied"), ["W-A"]),
        (recorded("duplicate", answer={"handover_id": "mine"}), ["W-A"]),
        (recorded("duplicate", answer={"handover_id": "theirs"}), []),
        (recorded("applied", body={"command_id": "earlier"}), []),
        (recorded("waiting"), []),
        (recorded("refused", answer={"detail": "no"}), []),
    ],
    ids=["counts", "counts by another", "not ours", "corrected", "waits", "refused"],
)
def test_what_a_closed_unit_took_is_told_of_the_record_that_counts(ask, entry, units):
    told = {**HANDED_OVER, "handover_id": "mine", "closed_takers": ["W-A"]}

    found = ask("standing", "closedTakers", {**NOTHING, "handed_over": [told]}, entry)

    assert found == units


def test_of_a_delivery_the_phone_knows_no_more_nothing_is_said(ask):
    assert ask("standing", "closedTakers", NOTHING, recorded("applied")) == []
