"""What looks wrong in a headcount, said to whoever counted."""

from services.distribution.domain.doubt import NAPPIES, Doubt
from services.distribution.entrypoints.words.terms import BAND_WORDS, word
from shared.web import formats
from shared.web.languages import current_language
from shared.web.words import _


def doubt_text(doubt: Doubt) -> str:
    """Say the number, and what makes it look wrong."""
    is_sum = doubt.bands == NAPPIES
    who = _("Wear nappies") if is_sum else word(BAND_WORDS, doubt.bands[0])
    if doubt.most is None:
        return _(
            "%(who)s: %(count)s. The last count said %(before)s.",
            who=who,
            count=_number(doubt.count),
            before=_number(doubt.before or 0),
        )
    return _(
        "%(who)s: %(count)s. Of the people here it can be %(most)s at most.",
        who=who,
        count=_number(doubt.count),
        most=_number(doubt.most),
    )


def _number(value: int) -> str:
    return formats.number(value, current_language())
