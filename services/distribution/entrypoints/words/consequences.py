"""What a decision does to a unit, as a sentence in the reader's language."""

from collections.abc import Iterable
from fractions import Fraction

from services.distribution.domain.comparison import Consequence
from shared.web import formats
from shared.web.languages import current_language
from shared.web.words import _

_PLACES_MAX = 3


def weightiest_first(found: Iterable[Consequence]) -> list[Consequence]:
    """Sort by how far a share moves: whoever wins or loses most is named first."""
    return sorted(found, key=lambda each: -abs(each.after.share - each.before.share))


def sentence(found: Consequence) -> str:
    """Say from which share to which; from which number, where nothing is due."""
    before, after, unit = found.before, found.after, found.after.unit_code
    if not after.entitlement:
        return _(
            "%(unit)s gets %(after)s in place of %(before)s.",
            unit=unit,
            after=after.quantity,
            before=before.quantity,
        )
    shares = _apart(before.share, after.share)
    if after.quantity < before.quantity:
        return _("%(unit)s falls from %(before)s to %(after)s.", unit=unit, **shares)
    return _("%(unit)s rises from %(before)s to %(after)s.", unit=unit, **shares)


def _apart(before: Fraction, after: Fraction) -> dict[str, str]:
    """Write both shares with as few decimals as tell them apart."""
    language = current_language()
    for places in range(_PLACES_MAX + 1):
        shown = {
            "before": formats.per_cent(before, language, places=places),
            "after": formats.per_cent(after, language, places=places),
        }
        if shown["before"] != shown["after"]:
            break
    return shown
