"""A frozen month: what every donor is told of it, once and for good.

What changes afterwards, such as a paper waybill that turns up late or a corrected
handover, is told in the next month to be frozen as a row of its own. Such a row
names no place and no product: a donor knows how the own exact totals moved, so it
tells nothing new, and no difference of two months tells a place.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar

from services.donors.domain.masking.delivery import Delivery
from services.donors.domain.masking.grouping import (
    Because,
    Line,
    Policy,
    first_of_quarter,
    tell_month,
    tell_quarter,
)
from services.donors.domain.masking.rounding import rounded

SENSITIVITY_BY_QUARTER = 2

Item = TypeVar("Item")
Key = TypeVar("Key")


class LineKind(StrEnum):
    """What a told line is about."""

    DELIVERED = "delivered"
    QUARTER = "quarter"
    CORRECTION = "correction"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class ToldLine:
    """A line of a snapshot with its period, both days included.

    ``received`` and ``lost`` are set in lines about own goods only, in tens, null
    below ten. The quantity of a correction may be below zero.
    """

    kind: LineKind
    first: date
    last: date
    line: Line
    received: int | None = None
    lost: int | None = None


@dataclass(frozen=True, slots=True)
class OwnMove:
    """How what was received and lost of a donor's product grew in a period."""

    product_code: str
    category: str
    sensitivity: int
    received: int
    lost: int


@dataclass(frozen=True, slots=True)
class Accounted:
    """What was taken into account when a month was frozen; it may be below zero."""

    frozen_in: date
    delivery: Delivery


@dataclass(frozen=True, slots=True)
class Known:
    """All there is to know of one donor when a month is frozen.

    ``deliveries`` are as they stand now, ``accounted`` is what earlier snapshots
    rest on. ``quarter_moves`` are those of the quarter that ends with the month.
    """

    deliveries: Collection[Delivery] = ()
    accounted: Collection[Accounted] = ()
    month_moves: Collection[OwnMove] = ()
    quarter_moves: Collection[OwnMove] = ()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What one donor is told, and what it rests on."""

    lines: Sequence[ToldLine]
    accounted: Sequence[Accounted]


def freeze(month: date, known: Known, policy: Policy) -> Snapshot:
    """Work out what one donor is told when a month is frozen; changes nothing."""
    of_month = [each for each in known.deliveries if each.month == month]
    changes = _changes(month, known)
    lines = [
        _told(LineKind.DELIVERED, month, line) for line in tell_month(of_month, policy)
    ]
    lines += _corrections(
        each for each in changes if each.sensitivity < SENSITIVITY_BY_QUARTER
    )
    lines += _own(month, month, known.month_moves, is_hushed=False)
    if _ends_quarter(month):
        lines += _quarter(month, [*of_month, *changes], known, policy)
    new = [Accounted(month, each) for each in [*of_month, *changes]]
    return Snapshot(sorted(lines, key=_place), new)


def last_of(month: date) -> date:
    """Give the last day of a month."""
    return next_month(month) - timedelta(days=1)


def next_month(month: date) -> date:
    """Give the first day of the month that follows."""
    return (month.replace(day=1) + timedelta(days=31)).replace(day=1)


def _ends_quarter(month: date) -> bool:
    return first_of_quarter(next_month(month)) != first_of_quarter(month)


def _changes(month: date, known: Known) -> list[Delivery]:
    """Give what became of earlier months since they were frozen, as differences."""
    now = [each for each in known.deliveries if each.month < month]
    before = [
        _reversed(each.delivery)
        for each in known.accounted
        if each.delivery.month < month
    ]
    return _netted([*now, *before])


def _reversed(delivery: Delivery) -> Delivery:
    return replace(delivery, quantity=-delivery.quantity)


def _netted(deliveries: Iterable[Delivery]) -> list[Delivery]:
    """Add up by month, product, unit; the most sensitive view of goods counts."""
    found: dict[tuple[date, str, str], Delivery] = {}
    for each in deliveries:
        key = each.month, each.product_code, each.unit_code
        known = found.get(key)
        found[key] = (
            each
            if known is None
            else replace(
                known,
                quantity=known.quantity + each.quantity,
                sensitivity=max(known.sensitivity, each.sensitivity),
            )
        )
    return [each for _, each in sorted(found.items()) if each.quantity]


def _corrections(changes: Iterable[Delivery]) -> list[ToldLine]:
    by_category = _grouped(changes, lambda each: (each.month, each.category))
    return [
        _correction(month, month, category, part)
        for (month, category), part in by_category.items()
    ]


def _correction(
    first: date, month: date, category: str | None, part: Sequence[Delivery]
) -> ToldLine:
    total = sum(each.quantity for each in part)
    line = Line(None, category, None, _tens(total), None, (Because.CORRECTED,))
    return ToldLine(LineKind.CORRECTION, first, last_of(month), line)


def _quarter(
    month: date, fresh: Sequence[Delivery], known: Known, policy: Policy
) -> list[ToldLine]:
    """Tell the most sensitive goods of the quarter that ends, and what changed.

    What was told by month before its product became so sensitive is not told
    again.
    """
    start = first_of_quarter(month)
    earlier = [
        each.delivery
        for each in known.accounted
        if start <= each.frozen_in < month and _is_hushed(each.delivery)
    ]
    hushed = _netted([*earlier, *filter(_is_hushed, fresh)])
    told = [each for each in hushed if each.month >= start and each.quantity > 0]
    rest = [each for each in hushed if each not in told]
    lines = [
        ToldLine(LineKind.QUARTER, start, last_of(month), line)
        for line in tell_quarter(told, policy)
    ]
    if rest:
        oldest = min(each.month for each in rest)
        newest = max(each.month for each in rest)
        lines.append(_correction(oldest, newest, None, rest))
    return lines + _own(start, month, known.quarter_moves, is_hushed=True)


def _is_hushed(delivery: Delivery) -> bool:
    return delivery.sensitivity >= SENSITIVITY_BY_QUARTER


def _own(
    first: date, month: date, moves: Iterable[OwnMove], *, is_hushed: bool
) -> list[ToldLine]:
    """Tell what came in and was lost: by category, or of hushed goods in one sum."""
    chosen = [
        each
        for each in moves
        if (each.sensitivity >= SENSITIVITY_BY_QUARTER) == is_hushed
        and (each.received or each.lost)
    ]
    by_category = _grouped(chosen, lambda each: None if is_hushed else each.category)
    because = (Because.SENSITIVE,) if is_hushed else ()
    return [
        ToldLine(
            kind=LineKind.OWN,
            first=first,
            last=last_of(month),
            line=Line(None, category, None, None, None, because),
            received=_tens(sum(each.received for each in part)),
            lost=_tens(sum(each.lost for each in part)),
        )
        for category, part in by_category.items()
    ]


def _tens(quantity: int) -> int | None:
    """Round to tens, keeping the sign; null below ten either way."""
    told = rounded(abs(quantity))
    return told if told is None or quantity > 0 else -told


def _told(kind: LineKind, month: date, line: Line) -> ToldLine:
    return ToldLine(kind, month, last_of(month), line)


def _grouped(
    items: Iterable[Item], key: Callable[[Item], Key]
) -> Mapping[Key, list[Item]]:
    found: dict[Key, list[Item]] = defaultdict(list)
    for each in items:
        found[key(each)].append(each)
    return found


_KINDS = tuple(LineKind)


def _place(told: ToldLine) -> tuple[int, date, str, str, str]:
    line = told.line
    texts = (line.category, line.product_code, line.audience)
    category, product, audience = (each or "\uffff" for each in texts)
    return _KINDS.index(told.kind), told.first, category, product, audience
