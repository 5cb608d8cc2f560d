"""What an earmark may cause is said before it is set."""

from datetime import date

import pytest

from services.donors.domain.earmark import EarmarkRisk, Outlook, Standing, Warned

TODAY = date(2026, 11, 20)
SOAP = "HYG-SOAP-B"
UNITS = {
    "P-1": [frozenset({"women"}), frozenset({"women", "children"})],
    "P-2": [frozenset({"women"})],
    "P-3": [frozenset({"women"})],
}


def warnings(earmark, *goods, need=30):
    return Outlook(UNITS, {SOAP: need}, TODAY).warnings(earmark, goods)


def test_free_goods_are_never_warned_of():
    assert warnings(None, Standing(SOAP, 10**6, TODAY)) == []


def test_an_earmark_nobody_has_helps_nobody():
    assert warnings(("boys",)) == [Warned(EarmarkRisk.NOBODY, 0)]


def test_an_earmark_of_few_places_is_told():
    assert warnings(("children",)) == [Warned(EarmarkRisk.FEW_PLACES, 1)]
    assert warnings(("women",)) == []


def test_goods_expire_unused_when_the_groups_need_too_little():
    """A quarter of the units may have them: 30 a month becomes 7 in 30 days."""
    [few, unused] = warnings(("children",), Standing(SOAP, 10, date(2026, 12, 20)))

    assert few.risk is EarmarkRisk.FEW_PLACES
    assert unused == Warned(
        EarmarkRisk.EXPIRES_UNUSED, 1, SOAP, 3, expires_on=date(2026, 12, 20)
    )


def test_a_later_lot_has_only_the_days_the_earlier_ones_leave():
    lots = Standing(SOAP, 30, date(2026, 12, 20)), Standing(SOAP, 31, date(2027, 1, 19))

    [unused] = warnings(("women",), *lots)

    assert (unused.quantity, unused.expires_on) == (1, date(2027, 1, 19))


def test_goods_past_their_day_are_unused_whole():
    [unused] = warnings(("women",), Standing(SOAP, 4, date(2026, 11, 1)))

    assert unused.quantity == 4


def test_goods_for_more_than_a_year_are_told_even_without_a_date():
    [long] = warnings(("women",), Standing(SOAP, 1000))

    assert (long.risk, long.days) == (EarmarkRisk.LASTS_LONG, 1000)


@pytest.mark.parametrize("need", [0, -0])
def test_without_a_known_need_nothing_is_guessed(need):
    assert warnings(("women",), Standing(SOAP, 9, TODAY), need=need) == []
