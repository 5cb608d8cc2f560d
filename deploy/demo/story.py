"""Ninety days of an invented programme, chapter by chapter (DOMAIN.md 7.4)."""

from collections.abc import Callable, Sequence

from deploy.demo import weeks_1_to_4, weeks_5_to_9, weeks_10_to_13
from deploy.demo.days import moment
from deploy.demo.stage import Stage

BEGINS_AT = moment(1, "Mon", "09:00")

CHAPTERS: Sequence[Callable[[Stage], None]] = (
    *weeks_1_to_4.CHAPTERS,
    *weeks_5_to_9.CHAPTERS,
    *weeks_10_to_13.CHAPTERS,
)
"""Each takes the stage from where the one before left it."""
