"""A medical reviewer authorises, a coordinator buys, and the authorisation ends."""

from typing import Any
from uuid import UUID

from services.distribution.application.own_units import open_unit
from services.distribution.application.ports import DistributionWork
from services.distribution.domain.authorisation import (
    BOUGHT_MAX,
    Authorisation,
    check,
)
from services.distribution.domain.errors import (
    AuthorisationOverError,
    AuthorisationRangeError,
    EffectiveTooEarlyError,
)
from services.distribution.domain.places import EVERY_UNIT


def authorise(
    wish: Authorisation, work: DistributionWork, *, account: str
) -> dict[str, Any]:
    """Open an authorisation for infants of a unit; nobody is named.

    Raises UnknownUnitError, UnitClosedError, UnknownProductError,
    NotByAuthorisationError, AuthorisationRangeError, or EffectiveTooEarlyError
    for a day that is over.
    """
    open_unit(wish.unit_code, EVERY_UNIT, work)
    check(wish, work.stock.product(wish.product_code))
    if wish.starts_on < work.today():
        raise EffectiveTooEarlyError(wish.starts_on, work.today())
    work.authorisations.add(wish, account)
    return dict(work.authorisations.shown(wish.authorisation_id))


def note_purchase(
    authorisation_id: UUID,
    bought: int,
    work: DistributionWork,
    *,
    account: str,
    corrects: int = 0,
) -> dict[str, Any]:
    """Note what was bought for it; such goods never pass through the stock.

    ``corrects`` is the number that this one takes the place of, as the caller saw
    it: nobody notes a second purchase unseen. 0 takes it back. All of them stay.
    Raises UnknownAuthorisationError, AuthorisationRangeError, or
    AuthorisationOverError when it ended or another number is noted.
    """
    if not (0 if corrects else 1) <= bought <= BOUGHT_MAX:
        raise AuthorisationRangeError("bought", BOUGHT_MAX)
    _running(authorisation_id, work)
    if work.authorisations.bought(authorisation_id) != corrects:
        raise AuthorisationOverError(authorisation_id)
    on = work.today()
    work.authorisations.note_purchase(authorisation_id, bought, on, account)
    return dict(work.authorisations.shown(authorisation_id))


def end_authorisation(authorisation_id: UUID, work: DistributionWork) -> dict[str, Any]:
    """End one before its weeks are over.

    Raises UnknownAuthorisationError, or AuthorisationOverError when it has ended.
    """
    _running(authorisation_id, work)
    work.authorisations.end(authorisation_id, work.today())
    return dict(work.authorisations.shown(authorisation_id))


def _running(authorisation_id: UUID, work: DistributionWork) -> None:
    known = work.authorisations.locked(authorisation_id)
    is_ended = work.authorisations.is_ended(authorisation_id)
    if is_ended or known.last_day < work.today():
        raise AuthorisationOverError(authorisation_id)
