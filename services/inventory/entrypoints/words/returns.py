"""Goods that come back in words: how they look, what becomes of them."""

from collections.abc import Mapping

from services.inventory.domain.giving_back import Condition, NextStep
from shared.web.words import LazyText, _l

CONDITIONS: Mapping[Condition, tuple[LazyText, LazyText]] = {
    Condition.WHOLE: (
        _l("Whole, closed and clean"),
        _l("Goes back to a shelf. Medicine waits for a decision."),
    ),
    Condition.OPENED: (
        _l("Opened, or parts are missing"),
        _l("Stays in quarantine on the returns table until a coordinator decides."),
    ),
    Condition.KEPT_WRONG: (
        _l("Nobody knows how it was kept"),
        _l("Too warm, too cold or damp perhaps: stays in quarantine, as above."),
    ),
    Condition.DAMAGED: (
        _l("Broken, wet or dirty"),
        _l("Stays on the returns table until it is written off."),
    ),
}
"""How goods look, and what becomes of them then."""

NEXT_STEPS: Mapping[NextStep, LazyText] = {
    NextStep.PUT_AWAY: _l("Next: put it on a shelf."),
    NextStep.JUDGE: _l(
        "Next: it stays in quarantine here until a coordinator decides."
    ),
    NextStep.REVIEW: _l("Next: it stays in quarantine. The reviewer decides first."),
    NextStep.WRITE_OFF: _l("Next: write off what is damaged."),
    NextStep.DESTROY: _l("Next: it is destroyed, with a record that two people sign."),
}

RETURN_TEXTS: Mapping[str, LazyText] = {
    "return_not_judged": _l(
        "Lot %(lot_number)s came back and cannot simply be put away. Leave it on the "
        "returns table until a coordinator agrees that it goes to %(location_code)s."
    ),
    "more_than_unit_has": _l(
        "%(unit_code)s has %(available)s of lot %(lot_number)s that did not come back "
        "yet, you entered %(requested)s. Count again, or choose the unit they come "
        "from."
    ),
}
