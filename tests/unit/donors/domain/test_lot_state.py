"""What holds a lot on a day, expiry included."""

from datetime import date

import pytest

from services.donors.domain.lot_state import LotStatus
from tests.unit.donors.builders import a_lot

TODAY = date(2026, 11, 20)
YESTERDAY = date(2026, 11, 19)


@pytest.mark.parametrize(
    ("status", "expires_on", "shown"),
    [
        (LotStatus.RELEASED, TODAY, LotStatus.RELEASED),
        (LotStatus.RELEASED, None, LotStatus.RELEASED),
        (LotStatus.RELEASED, YESTERDAY, LotStatus.EXPIRED),
        (LotStatus.AWAITING_GIFT, YESTERDAY, LotStatus.EXPIRED),
        (LotStatus.QUARANTINED, YESTERDAY, LotStatus.QUARANTINED),
        (LotStatus.RECALLED, YESTERDAY, LotStatus.RECALLED),
    ],
)
def test_the_gravest_reason_is_told(status, expires_on, shown):
    lot = a_lot(status=status, expires_on=expires_on)

    assert lot.status_on(TODAY) is shown


def test_only_released_goods_are_available():
    assert a_lot(received=5, available=5).available_on(TODAY) == 5
    assert a_lot(received=5, available=5, expires_on=YESTERDAY).available_on(TODAY) == 0
