"""Keep something of a product back from every run, from a day on."""

from services.distribution.application.ports import DistributionWork
from services.distribution.domain.conditions import Conditions
from services.distribution.domain.errors import EffectiveTooEarlyError
from services.distribution.domain.reserve import Reserve


def keep_reserve(
    reserve: Reserve, work: DistributionWork, *, account: str
) -> dict[str, object]:
    """Set what is kept back; a proposal that stands already does not change.

    Raises UnknownProductError, EffectiveTooEarlyError for a day that is over, or
    MalformedConditionError.
    """
    Conditions(reserve=reserve.quantity)
    work.stock.product(reserve.product_code)
    today = work.today()
    if reserve.effective_from < today:
        raise EffectiveTooEarlyError(reserve.effective_from, today)
    work.reserves.add(reserve, account)
    return {
        "product_code": reserve.product_code,
        "quantity": reserve.quantity,
        "effective_from": reserve.effective_from.isoformat(),
    }
