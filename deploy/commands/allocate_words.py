"""The reasons of an award in plain English, from their facts alone."""

from collections.abc import Mapping
from typing import Final

from services.distribution.domain.allocation import Reason, ReasonCode

_SENTENCES: Final[Mapping[ReasonCode, str]] = {
    ReasonCode.FULL: (
        "Asked {requested}, due {entitlement} this month, already received "
        "{received}: {quantity} sent, all that was open."
    ),
    ReasonCode.SCARCE: (
        "Due {entitlement}, already received {received}, {quantity} sent: a share "
        "of {share_percent} %. There is enough for {covered_percent} % of what is "
        "due to all {units} units together."
    ),
    ReasonCode.LAST_UNIT: (
        "A remaining unit of stock went to another place with the same share (rule "
        "{rule})."
    ),
    ReasonCode.CAP: (
        "Asked {requested}; {entitlement} is due this month, {received} came "
        "already, so {due} at most."
    ),
    ReasonCode.SHELF_LIFE: (
        "Some stock lasts {days_left} days at most and {days_needed} are needed "
        "here; {unused} of it stays unused."
    ),
    ReasonCode.EARMARK: "{quantity} in stock are tied by donors to other groups.",
    ReasonCode.NO_ENTITLEMENT: "Asked {requested}; nothing of this is due here.",
}


def sentence(reason: Reason) -> str:
    """Say one reason; names no other unit and no other unit's quantity."""
    return _SENTENCES[reason.code].format_map(reason.facts)
