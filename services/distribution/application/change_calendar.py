"""A coordinator says on which days a facility takes deliveries."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from services.distribution.application.ports import DistributionWork
from services.distribution.domain.errors import PastDeliveryDayError


def change_calendar(
    facility_code: str,
    days: Mapping[date, bool],
    work: DistributionWork,
    *,
    account: str,
) -> dict[str, Any]:
    """Put days on the calendar (true) or take them off; others stay as they are.

    A requisition for a day that is taken off keeps it, and says so, until it is
    moved (``move_delivery``). Raises UnknownFacilityError or PastDeliveryDayError.
    """
    work.places.facility(facility_code)
    today = work.today()
    for day in days:
        if day < today:
            raise PastDeliveryDayError(day)
    work.calendars.change(facility_code, days, account)
    return {
        "facility_code": facility_code,
        "days": [day.isoformat() for day in work.calendars.days(facility_code, today)],
    }
