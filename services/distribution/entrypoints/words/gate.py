"""What the scripts at the gate say by themselves, on a phone without a network.

A ``%(name)s`` is filled in by the script.
"""

from collections.abc import Mapping

from services.distribution.entrypoints.words.terms import (
    CATEGORIES,
    KINDS,
    UNITS_OF_ISSUE,
)
from shared.web.words import LazyText, _l

_QUEUE: Mapping[str, LazyText] = {
    "draft": _l("Draft"),
    "waiting": _l("In the phone, not sent yet"),
    "sending": _l("On its way to us"),
    "signed-out": _l("Waits until you sign in again"),
    "again": _l("Send again"),
    "remove": _l("Take it out of the phone"),
    "as_of": _l("As of %(day)s, %(time)s."),
    "others": _l(
        "Somebody else’s work waits in this phone too: %(count)s. It is sent when that "
        "person signs in here."
    ),
}

_HANDOVER: Mapping[str, LazyText] = {
    "applied": _l("Recorded"),
    "duplicate": _l("Recorded already by another phone, with the same numbers"),
    "conflict": _l("Another phone recorded other numbers"),
    "refused": _l("Not recorded"),
    "recorded_at": _l("at the gate %(day)s, %(time)s"),
    "corrected_at": _l("correction of %(day)s, %(time)s"),
    "lines": _l("lines: %(count)s"),
    "handover": _l("Handover at the gate"),
    "correct_handover": _l("Correct the handover"),
    "hand_over": _l("Hand over"),
    "correct": _l("Correct it"),
    "open": _l("Open the receipt"),
    "theirs": _l("Recorded: %(what)s"),
    "mine": _l("In this phone: %(what)s"),
    "keep_theirs": _l("Keep what was recorded"),
    "take_mine": _l("Correct it with mine"),
    "four": _l(
        "accepted %(accepted)s, not let through %(refused)s, damaged %(damaged)s, "
        "short %(short)s"
    ),
    "closed_taken": _l(
        "Closed meanwhile: %(units)s. It is recorded that the goods were taken there. "
        "If they came back with you, correct it: not let through, the unit is closed."
    ),
    "not_yet": _l("Some lines do not add up yet."),
    "no_reason": _l("Choose why it was not let through."),
    "no_receiver": _l(
        "Role and service number of the receiving officer are asked for."
    ),
    "photo": _l("Photograph the signed waybill"),
    "photo_kept": _l("The photograph is in the phone and is sent after the handover."),
    "photo_refused": _l(
        "The photograph was not taken in. %(why)s Take another one, or give the paper "
        "to the coordinator."
    ),
    "photo_drop": _l("Take this photograph out of the phone"),
    "none": _l("No delivery to hand over is in this phone."),
}

_REQUISITION: Mapping[str, LazyText] = {
    "ask": _l("Ask for goods"),
    "requisition_of": _l("Requisition %(unit)s, needed by %(day)s"),
    "products": _l("products: %(count)s"),
    "writing": _l("Still being written"),
    "asked": _l("Sent. The coordinator sees it now."),
    "draft_kept": _l("Draft kept. Nobody has been asked yet."),
    "not_asked": _l("Not sent"),
    "moved_on": _l("Somebody else went on with it"),
    "asked_conflict": _l(
        "It was sent, decided or cancelled meanwhile. What was sent stands; yours is "
        "kept here until you decide."
    ),
    "asked_twice": _l("there %(theirs)s, in this phone %(mine)s"),
    "leave_theirs": _l("Leave it as it is"),
    "ask_anew": _l("Ask for mine as well"),
    "open_asked": _l("Open the requisition"),
    "go_on": _l("Go on writing"),
    "change": _l("Change"),
    "check_rows": _l("Check the marked rows. What you entered is kept."),
    "nothing_asked": _l("Nothing is asked for. Enter at least one number."),
    "bad_number": _l("Enter a whole number from %(low)s to %(high)s."),
    "reason_needed": _l("More than is due. Choose the reason."),
    "worked_out": _l("What is due is that of %(month)s."),
    "other_month": _l("What is due in %(month)s is not in this phone"),
    "known_month": _l(
        "It knows %(month)s alone, so nothing is filled in beforehand. Enter what is "
        "needed; what is due is worked out when it is sent."
    ),
    "barred": _l("Cannot be asked for here"),
    "other_products": _l("Other products"),
    "due_products": _l("Due in %(month)s, products: %(count)s"),
    "due_of": _l("due %(due)s · got %(received)s · still open %(waiting)s"),
}

WORDS: Mapping[str, LazyText] = {
    **_QUEUE,
    **_HANDOVER,
    **_REQUISITION,
    **{f"kind.{code}": text for code, text in KINDS.items()},
    **{f"unit.{code}": text for code, text in UNITS_OF_ISSUE.items()},
    **{f"category.{code}": text for code, text in CATEGORIES.items()},
}
"""Every word of the scripts, by a name of its own."""
