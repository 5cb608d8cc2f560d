"""What a decision does to a unit, as a sentence in the reader's language."""

from fractions import Fraction

from services.distribution.domain.comparison import Consequence
from shared.web import formats
from shared.web.languages import current_language
from shared.web.words import _


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
    shares = {"before": _share(before.share), "after": _share(after.share)}
    if after.quantity < before.quantity:
        return _("%(unit)s falls from %(before)s to %(after)s.", unit=unit, **shares)
    return _("%(unit)s rises from %(before)s to %(after)s.", unit=unit, **shares)


def _share(share: Fraction) -> str:
    return formats.per_cent(share, current_language(), places=0)
