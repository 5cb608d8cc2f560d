"""Values of all donors, added up for a state body."""

from datetime import date
from decimal import Decimal

from services.donors.domain.masking.freezing import LineKind, ToldLine
from services.donors.domain.masking.grouping import Because, Line
from services.donors.domain.worth import Worth
from services.donors.entrypoints.papers.distribution import added_up

FIRST, LAST = date(2026, 9, 1), date(2026, 9, 30)


def told(quantity, because=()):
    line = Line("SOAP", "hygiene", "detention", quantity, 50, because)
    return ToldLine(LineKind.DELIVERED, FIRST, LAST, line)


def worth(amount, currency="KZT", tenge=None):
    return Worth(Decimal(amount), currency, Decimal(tenge or amount))


def test_a_line_whose_number_is_hidden_adds_no_value_and_hides_none():
    hidden = told(None, (Because.FEW_PEOPLE,)), None

    [(line, summed)] = added_up([(told(60), worth(600)), hidden])

    assert line.line.quantity == 60
    assert summed == worth(600)


def test_a_told_line_without_a_value_leaves_the_sum_without_one():
    [(line, summed)] = added_up([(told(60), worth(600)), (told(40), None)])

    assert line.line.quantity == 100
    assert summed is None


def test_two_currencies_are_counted_in_tenge():
    [(_line, summed)] = added_up(
        [(told(60), worth(600)), (told(40), worth(8, "EUR", 4000))]
    )

    assert summed == worth(4600)
