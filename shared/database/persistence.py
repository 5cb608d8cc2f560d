"""Doing a step again when another transaction won a race against it."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import IntegrityError, OperationalError

TRIES_MAX = 5
LOST_RACES = frozenset({"40001", "40P01"})
"""PostgreSQL's codes for a serialization failure and a deadlock."""

Result = TypeVar("Result")


def persistently(step: Callable[[], Result]) -> Result:
    """Do a step that is one whole transaction, again if it lost a race.

    Two that open the same lot, note or gift at the same moment meet at a unique
    key; the second time the loser finds what is there. What is no race raises at
    once, a rule that is broken every time after the last try.
    """
    for _ in range(TRIES_MAX - 1):
        try:
            return step()
        except IntegrityError:
            continue
        except OperationalError as problem:
            if getattr(problem.orig, "sqlstate", None) not in LOST_RACES:
                raise
    return step()
