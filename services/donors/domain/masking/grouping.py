"""Merge first: tell a month in the finest groups that endanger nobody.

A category is told by product and kind of place; where a cell rests on too few
people, by kind of place only; where that can be taken apart, without the place;
where even that rests on too few, together with the others like it; else it is
hidden. A product is merged in every kind of place at once, for its donor knows
its exact total and would subtract.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from services.donors.domain.masking.audit import Cell, is_safe
from services.donors.domain.masking.delivery import (
    PLACES_MIN,
    THRESHOLD,
    Delivery,
    People,
    people_of,
    quantity_of,
)
from services.donors.domain.masking.rounding import rounded


class Because(StrEnum):
    """Why a line tells less than it might."""

    FEW_PEOPLE = "few_people"
    CAN_BE_WORKED_OUT = "can_be_worked_out"
    FEW_PLACES = "few_places"
    SENSITIVE = "sensitive"
    FEW_GOODS = "few_goods"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True)
class Line:
    """One told line of a period; null is what stays untold, ``because`` says why.

    ``quantity`` is in tens, null where it is hidden or below ten; ``people`` are
    in tens, null where they are fewer than the threshold.
    """

    product_code: str | None
    category: str | None
    audience: str | None
    quantity: int | None
    people: int | None
    because: tuple[Because, ...] = ()

    @property
    def reasons_told(self) -> tuple[Because, ...]:
        """Give the reasons as a donor may read them.

        That something could have been worked out would itself be a hint at what;
        it is told as few people, which is why it matters.
        """
        open_reasons = (
            Because.FEW_PEOPLE if each is Because.CAN_BE_WORKED_OUT else each
            for each in self.because
        )
        return tuple(dict.fromkeys(open_reasons))

    @property
    def is_hidden(self) -> bool:
        """Say that the line admits only that there was something."""
        return Because.FEW_PEOPLE in self.because and self.quantity is None


@dataclass(frozen=True, slots=True)
class Policy:
    """What the masking of a programme rests on.

    ``places`` counts the facilities of each kind of place.
    """

    people: People
    places: Mapping[str, int]
    threshold: int = THRESHOLD

    def is_few(self, deliveries: Iterable[Delivery]) -> bool:
        """Say whether deliveries rest on fewer people than the threshold."""
        return people_of(deliveries, self.people) < self.threshold


@dataclass(frozen=True, slots=True)
class _Group:
    product_code: str | None
    category: str | None
    audience: str | None
    deliveries: tuple[Delivery, ...]
    because: tuple[Because, ...] = ()


def tell_month(deliveries: Collection[Delivery], policy: Policy) -> Sequence[Line]:
    """Tell one donor's frozen month; goods of sensitivity 2 are told by quarter.

    Every delivery lies behind exactly one line, so lines add up and none can be
    subtracted from another.
    """
    open_goods = [each for each in deliveries if each.sensitivity == 0]
    groups = [
        group
        for category in _by(open_goods, "category")
        for group in _groups_of(category, policy)
    ]
    groups += [
        _without_place(category, (Because.SENSITIVE,))
        for category in _by([d for d in deliveries if d.sensitivity == 1], "category")
    ]
    return [_line(group, policy) for group in _lifted(groups, policy)]


def tell_quarter(deliveries: Collection[Delivery], policy: Policy) -> Sequence[Line]:
    """Tell the goods of sensitivity 2 of a quarter: one total, no name, no place."""
    hushed = tuple(each for each in deliveries if each.sensitivity > 1)
    if not hushed:
        return []
    group = _Group(None, None, None, hushed, (Because.SENSITIVE,))
    return [_line(group, policy)]


def first_of_quarter(month: date) -> date:
    """Give the first day of the quarter a month lies in."""
    return month.replace(month=(month.month - 1) // 3 * 3 + 1)


def _groups_of(category: tuple[Delivery, ...], policy: Policy) -> list[_Group]:
    audiences = {each.audience for each in category}
    if any(policy.places.get(audience, 0) < PLACES_MIN for audience in audiences):
        return [_without_place(category, (Because.FEW_PLACES,))]
    cells = {
        (part[0].product_code, part[0].audience): part
        for part in _by(category, "product_code", "audience")
    }
    small = [cell for cell, part in cells.items() if policy.is_few(part)]
    if not small:
        return [
            _Group(product, part[0].category, audience, part)
            for (product, audience), part in cells.items()
        ]
    return _by_place(category, small, policy)


def _by_place(
    category: tuple[Delivery, ...], small: Sequence[Cell], policy: Policy
) -> list[_Group]:
    parts = list(_by(category, "audience"))
    if any(policy.is_few(part) for part in parts):
        return [_without_place(category, (Because.FEW_PEOPLE,))]
    told = {part[0].audience: rounded(quantity_of(part)) for part in parts}
    totals = {
        part[0].product_code: quantity_of(part)
        for part in _by(category, "product_code")
    }
    if not is_safe(totals, told, small, policy.threshold):
        return [_without_place(category, (Because.CAN_BE_WORKED_OUT,))]
    return [
        _Group(None, part[0].category, part[0].audience, part, (Because.FEW_PEOPLE,))
        for part in parts
    ]


def _without_place(
    category: tuple[Delivery, ...], because: tuple[Because, ...]
) -> _Group:
    return _Group(None, category[0].category, None, category, because)


def _lifted(groups: Sequence[_Group], policy: Policy) -> list[_Group]:
    """Join what still rests on few people to one group without a category."""
    few = [group for group in groups if policy.is_few(group.deliveries)]
    if not few:
        return list(groups)
    joined = tuple(each for group in few for each in group.deliveries)
    rest = [group for group in groups if group not in few]
    return [*rest, _Group(None, None, None, joined, (Because.FEW_PEOPLE,))]


def _line(group: _Group, policy: Policy) -> Line:
    people = people_of(group.deliveries, policy.people)
    is_few = people < policy.threshold
    told = None if is_few else rounded(quantity_of(group.deliveries))
    because = dict.fromkeys(group.because)
    if is_few:
        because[Because.FEW_PEOPLE] = None
    elif told is None:
        because[Because.FEW_GOODS] = None
    return Line(
        product_code=group.product_code,
        category=group.category,
        audience=group.audience,
        quantity=told,
        people=None if is_few else people,
        because=tuple(because),
    )


def _by(deliveries: Iterable[Delivery], *names: str) -> Iterable[tuple[Delivery, ...]]:
    def key(delivery: Delivery) -> tuple[str, ...]:
        return tuple(getattr(delivery, name) for name in names)

    for _, part in groupby(sorted(deliveries, key=key), key):
        yield tuple(part)
