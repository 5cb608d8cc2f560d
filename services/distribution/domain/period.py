"""The period shares are counted in: the calendar month of the hand-over day."""

from datetime import date, timedelta


def first_of_month(day: date) -> date:
    """Give the first day of a day's month."""
    return day.replace(day=1)


def first_of_next_month(day: date) -> date:
    """Give the day after the last of a day's month."""
    return first_of_month(first_of_month(day) + timedelta(days=31))
