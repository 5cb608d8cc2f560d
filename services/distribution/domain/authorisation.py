"""The one way to breast-milk substitutes: a reviewer's word for so many infants.

Nobody is named and no diagnosis is kept (DOMAIN 3): a unit, a number of infants,
a number of weeks. What is authorised is bought for them; it is never in a quota,
a published need, a run or a comparison of units.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from services.distribution.domain.errors import (
    AuthorisationRangeError,
    NotByAuthorisationError,
)
from services.distribution.domain.product import Product

INFANTS_MAX = 200
WEEKS_MAX = 26
"""Half a year: then the infants are looked at again."""

BOUGHT_MAX = 100_000


@dataclass(frozen=True, slots=True)
class Authorisation:
    """So many infants of a unit may have a product for so many weeks."""

    authorisation_id: UUID
    unit_code: str
    product_code: str
    infants: int
    weeks: int
    starts_on: date

    @property
    def last_day(self) -> date:
        return self.starts_on + timedelta(weeks=self.weeks, days=-1)


def check(authorisation: Authorisation, product: Product) -> None:
    """Refuse what is given by the norms anyway, and numbers out of range.

    Raises NotByAuthorisationError or AuthorisationRangeError.
    """
    if not product.is_never_given:
        raise NotByAuthorisationError(product.product_code)
    if not 1 <= authorisation.infants <= INFANTS_MAX:
        raise AuthorisationRangeError("infants", INFANTS_MAX)
    if not 1 <= authorisation.weeks <= WEEKS_MAX:
        raise AuthorisationRangeError("weeks", WEEKS_MAX)
