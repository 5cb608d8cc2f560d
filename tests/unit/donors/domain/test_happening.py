"""What happened is told without a place, a delivery or an hour."""

from datetime import date

import pytest

from services.donors.domain.happening import Happening, HappeningKind, told

TODAY, FROZEN = date(2026, 11, 30), date(2026, 10, 31)


def happened(kind, on, quantity=5, *, must_wait=False, recorded_on=None):
    return Happening(
        happened_on=on,
        recorded_on=recorded_on or on,
        gift_number="G-2026-001",
        product_code="SOAP",
        kind=kind,
        quantity=quantity,
        reason=None,
        must_wait=must_wait,
    )


def test_one_day_is_one_sum_and_the_newest_stands_first():
    accepted, sent = HappeningKind.ACCEPTED, HappeningKind.DISPATCHED
    days = date(2026, 11, 12), date(2026, 11, 9)
    lines = told(
        [
            happened(accepted, days[0]),
            happened(sent, days[1]),
            happened(accepted, days[0]),
        ],
        TODAY,
        FROZEN,
    )

    assert [(each.when, each.kind, each.quantity) for each in lines] == [
        ("2026-11-12", accepted, 10),
        ("2026-11-09", sent, 5),
    ]


def test_revealing_goods_are_told_the_day_after():
    received = happened(HappeningKind.RECEIVED, TODAY, must_wait=True)

    assert told([received], TODAY, FROZEN) == []
    assert len(told([received], date(2026, 12, 1), FROZEN)) == 1


@pytest.mark.parametrize(
    "kind",
    [
        HappeningKind.RESERVED,
        HappeningKind.DISPATCHED,
        HappeningKind.ACCEPTED,
        HappeningKind.REFUSED_AT_GATE,
    ],
)
def test_a_revealing_delivery_is_told_by_month_when_the_month_is_frozen(kind):
    october = happened(kind, date(2026, 10, 14), must_wait=True)
    november = happened(kind, date(2026, 11, 2), must_wait=True)

    (line,) = told([october, november], TODAY, FROZEN)
    assert (line.when, line.quantity) == ("2026-10", 5)


def test_a_late_entry_does_not_show_at_the_moment_it_is_made():
    """A back-dated line of revealing goods counts from when it was written."""
    line = happened(
        HappeningKind.RECEIVED, date(2026, 9, 1), must_wait=True, recorded_on=TODAY
    )

    assert told([line], TODAY, FROZEN) == []
