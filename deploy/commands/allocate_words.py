"""The reasons of an award in plain words, from their facts alone."""

from collections.abc import Callable, Mapping
from typing import Final

from services.distribution.domain.allocation import Reason, ReasonCode
from shared.web import catalogues
from shared.web.words import LazyText, _l

LANGUAGES: Final = ("en", *catalogues.TRANSLATED)

_SENTENCES: Final[Mapping[ReasonCode, LazyText]] = {
    ReasonCode.FULL: _l(
        "Asked %(requested)s, due %(entitlement)s this month, already received "
        "%(received)s: %(quantity)s sent, all that was open."
    ),
    ReasonCode.SCARCE: _l(
        "Due %(entitlement)s, already received %(received)s, %(quantity)s sent: a "
        "share of %(share_percent)s %%. There is enough for %(covered_percent)s %% of "
        "what is due to all %(units)s units together."
    ),
    ReasonCode.LAST_UNIT: _l(
        "A remaining unit of stock went to another place with the same share (rule "
        "%(rule)s)."
    ),
    ReasonCode.CAP: _l(
        "Asked %(requested)s; %(entitlement)s is due this month, %(received)s came "
        "already, so %(due)s at most."
    ),
    ReasonCode.SHELF_LIFE: _l(
        "Some stock lasts %(days_left)s days at most and %(days_needed)s are needed "
        "here; %(unused)s of it stays unused."
    ),
    ReasonCode.EARMARK: _l("%(quantity)s in stock are tied by donors to other groups."),
    ReasonCode.NO_ENTITLEMENT: _l("Asked %(requested)s; nothing of this is due here."),
}


def speaker(language: str) -> Callable[[Reason], str]:
    """Give what says a reason in a language; ``ru`` steps in where ``kk`` lacks it.

    No sentence names another unit or what another unit gets.
    """
    translate = (
        catalogues.load(language).gettext if language in catalogues.TRANSLATED else str
    )
    return lambda reason: translate(_SENTENCES[reason.code].msgid) % reason.facts
