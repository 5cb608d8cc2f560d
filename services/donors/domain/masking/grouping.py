"""Merge first: tell a month in the finest groups that endanger nobody.

A category is told by product and kind of place; where a cell rests on too few
people, by kind of place only; where that can be taken apart, without the place;
where even that rests on too few, together with the others like it; else it is
hidden. A product is merged in every kind of place at once, for its donor knows
its exact total and would subtract. What one category tells of a handover's place
tells the place of everything else in it, so the audit looks at a month as a whole.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from services.donors.domain.masking.audit import Handover, ToldShare, known_too_well
from services.donors.domain.masking.delivery import (
    PLACES_MIN,
    THRESHOLD,
    Delivery,
    People,
    people_of,
    quantity_of,
)
from services.donors.domain.masking.rounding import Interval, behind, rounded

INSIDE = "detention"
"""One of the two kinds of place; what did not go inside went into the community."""


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
    groups = _told_with_places(open_goods, policy)
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


def _told_with_places(open_goods: Sequence[Delivery], policy: Policy) -> list[_Group]:
    """Tell each category as finely as it may be, giving no small place away."""
    categories = {part[0].category: part for part in _by(open_goods, "category")}
    groups = {name: _groups_of(part, policy) for name, part in categories.items()}
    hidden = {name for part in groups.values() for name in _hidden(part, policy)}
    handovers = _handovers(open_goods)
    while True:
        told = _told_shares(groups.values())
        known = known_too_well(handovers, told, hidden, policy.threshold)
        closer = _to_close(groups, known, handovers)
        if not closer:
            return [group for part in groups.values() for group in part]
        for name in closer:
            because = (Because.CAN_BE_WORKED_OUT,)
            groups[name] = [_without_place(categories[name], because)]


def _groups_of(category: tuple[Delivery, ...], policy: Policy) -> list[_Group]:
    parts = list(_by(category, "audience"))
    if any(policy.places.get(part[0].audience, 0) < PLACES_MIN for part in parts):
        return [_without_place(category, (Because.FEW_PLACES,))]
    cells = list(_by(category, "product_code", "audience"))
    if not any(policy.is_few(cell) for cell in cells):
        return [
            _Group(cell[0].product_code, cell[0].category, cell[0].audience, cell)
            for cell in cells
        ]
    if any(policy.is_few(part) for part in parts):
        return [_without_place(category, (Because.FEW_PEOPLE,))]
    return [
        _Group(None, part[0].category, part[0].audience, part, (Because.FEW_PEOPLE,))
        for part in parts
    ]


def _hidden(groups: Sequence[_Group], policy: Policy) -> Iterable[str]:
    """Name the products of a category whose share inside must stay open."""
    for group in groups:
        for cell in _by(group.deliveries, "product_code", "audience"):
            if Because.FEW_PLACES in group.because or policy.is_few(cell):
                yield cell[0].product_code


def _handovers(deliveries: Iterable[Delivery]) -> Sequence[Handover]:
    """Give what a donor saw accepted at one moment."""
    return [
        Handover(_quantities(part), part[0].audience == INSIDE)
        for part in _by(deliveries, "handover", "audience")
    ]


def _told_shares(categories: Iterable[Sequence[_Group]]) -> Sequence[ToldShare]:
    """Say what the lines with a place tell of what went inside."""
    scopes: dict[frozenset[str], dict[str, tuple[Delivery, ...]]] = defaultdict(dict)
    for groups in categories:
        of_category = {
            each.product_code for group in groups for each in group.deliveries
        }
        for group in groups:
            if group.audience is not None:
                scope = {group.product_code} if group.product_code else of_category
                scopes[frozenset(scope)][group.audience] = group.deliveries
    return [ToldShare(scope, _inside(parts)) for scope, parts in scopes.items()]


def _inside(parts: Mapping[str, Sequence[Delivery]]) -> Interval:
    """Bound what went inside by both numbers: what is not told is none."""
    told = {
        audience: behind(rounded(quantity_of(part))) for audience, part in parts.items()
    }
    total = sum(quantity_of(part) for part in parts.values())
    none = Interval(0, 0)
    inside = told.pop(INSIDE, none)
    outside = next(iter(told.values()), none)
    return Interval(
        max(inside.lowest, total - outside.highest),
        min(inside.highest, total - outside.lowest),
    )


def _to_close(
    groups: Mapping[str, Sequence[_Group]],
    known: Collection[str],
    handovers: Sequence[Handover],
) -> Sequence[str]:
    """Choose who loses the place: the own categories, else those that came along."""
    placed = {
        name: {each.product_code for group in part for each in group.deliveries}
        for name, part in groups.items()
        if part[0].audience is not None
    }
    own = [name for name, products in placed.items() if not products.isdisjoint(known)]
    if own or not known:
        return own
    along = {
        product for each in handovers if each.of(known) for product in each.quantities
    }
    return [name for name, products in placed.items() if not products.isdisjoint(along)]


def _quantities(deliveries: Iterable[Delivery]) -> Mapping[str, int]:
    sums: Counter[str] = Counter()
    for each in deliveries:
        sums[each.product_code] += each.quantity
    return sums


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
