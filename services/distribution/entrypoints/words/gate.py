"""What the script at the gate says by itself, on a phone without a network.

The page carries all of it. A ``%(name)s`` is filled in by the script.
"""

from collections.abc import Mapping

from services.distribution.entrypoints.words.terms import KINDS, UNITS_OF_ISSUE
from shared.web.words import LazyText, _l

_OWN: Mapping[str, LazyText] = {
    "waiting": _l("In the phone, not sent yet"),
    "sending": _l("On its way to us"),
    "signed-out": _l("Waits until you sign in again"),
    "applied": _l("Recorded"),
    "duplicate": _l("Recorded already by another phone, with the same numbers"),
    "conflict": _l("Another phone recorded other numbers"),
    "refused": _l("Not recorded"),
    "recorded_at": _l("at the gate %(day)s, %(time)s"),
    "lines": _l("lines: %(count)s"),
    "hand_over": _l("Hand over"),
    "open": _l("Open the receipt"),
    "again": _l("Send again"),
    "remove": _l("Take it out of the phone"),
    "theirs": _l("Recorded: %(what)s"),
    "mine": _l("In this phone: %(what)s"),
    "keep_theirs": _l("Keep what was recorded"),
    "take_mine": _l("Correct it with mine"),
    "four": _l(
        "accepted %(accepted)s, not let through %(refused)s, damaged %(damaged)s, "
        "short %(short)s"
    ),
    "not_yet": _l("Some lines do not add up yet."),
    "no_reason": _l("Choose why it was not let through."),
    "no_receiver": _l(
        "Role and service number of the receiving officer are asked for."
    ),
    "photo": _l("Photograph the signed waybill"),
    "photo_kept": _l("The photograph is in the phone and is sent after the handover."),
    "none": _l("No delivery to hand over is in this phone."),
    "as_of": _l("The phone knows the deliveries as of %(day)s, %(time)s."),
    "others": _l(
        "Handovers of somebody else wait in this phone too: %(count)s. They are sent "
        "when that person signs in here."
    ),
}

WORDS: Mapping[str, LazyText] = {
    **_OWN,
    **{f"kind.{code}": text for code, text in KINDS.items()},
    **{f"unit.{code}": text for code, text in UNITS_OF_ISSUE.items()},
}
"""Every word of the script, by a name of its own."""


def gate_words() -> dict[str, str]:
    """Give the words in the reader's language."""
    return {name: str(text) for name, text in WORDS.items()}
