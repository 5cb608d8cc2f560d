"""What a pick list asks for, and which of its lines a scanned pick answers.

A line holds its goods itself: ``quantity - picked`` of its lot and place stay
reserved while the list is open, whatever happens to line or lot.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from services.inventory.domain.outbound_errors import (
    HoldsMissingError,
    MoreThanAskedError,
)
from services.inventory.domain.reservation import AskedLine


class PickListStatus(StrEnum):
    """How far a pick list got; only an open one is picked for."""

    OPEN = "open"
    DISPATCHED = "dispatched"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class HeldGoods:
    """What a run holds of a lot in a place and no pick list asks for yet.

    ``withdrawn`` was held once and lost when its lot was held back: a line for
    it is planned all the same, and shows as not leaving.
    """

    run_id: UUID
    unit_code: str
    product_code: str
    lot_id: UUID
    location_code: str
    quantity: int
    withdrawn: int


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """A line to be: *planned* was promised to the unit, *quantity* can be picked."""

    run_id: UUID
    unit_code: str
    product_code: str
    lot_id: UUID
    location_code: str
    planned: int
    quantity: int


@dataclass(frozen=True, slots=True)
class PickLine:
    """A line of a pick list: planned ≥ quantity (still wanted) ≥ picked."""

    line_id: UUID
    run_id: UUID
    unit_code: str
    product_code: str
    lot_id: UUID
    location_code: str
    planned: int
    quantity: int
    picked: int

    @property
    def open(self) -> int:
        """What is still to be picked, and so still held."""
        return self.quantity - self.picked


def goods_of(line: PickLine, *, quantity: int = 0, withdrawn: int = 0) -> HeldGoods:
    """Give what a run holds again, or has lost, of what a line asked for."""
    return HeldGoods(
        run_id=line.run_id,
        unit_code=line.unit_code,
        product_code=line.product_code,
        lot_id=line.lot_id,
        location_code=line.location_code,
        quantity=quantity,
        withdrawn=withdrawn,
    )


@dataclass(frozen=True, slots=True)
class Source:
    """A lot in a place: what a hand takes from a shelf."""

    lot_id: UUID
    location_code: str


@dataclass(frozen=True, slots=True)
class Take:
    """So many of a line are answered by a pick."""

    line: PickLine
    quantity: int


@dataclass(frozen=True, slots=True)
class TakePlan:
    """What one pick from one source answers.

    ``asked`` are lines that name the source. ``shifted`` are lines that name the
    same lot in another place, ``replaced`` lines that name another lot of the
    product: their holds move to the source before it is taken.
    """

    asked: tuple[Take, ...]
    shifted: tuple[Take, ...]
    replaced: tuple[Take, ...]

    @property
    def moved(self) -> tuple[Take, ...]:
        """Every take whose hold has to move to the source."""
        return self.shifted + self.replaced


def plan_pick_lines(
    consignment_number: str, asked: Sequence[AskedLine], held: Sequence[HeldGoods]
) -> tuple[PlannedLine, ...]:
    """Turn the goods held for a consignment into lines in walking order.

    A hold that a pick for a cancelled list moved to another lot of the product
    serves the line that named the first lot. Raises HoldsMissingError while fewer
    are held (or were, before their lot was withdrawn) than a line asks for.
    """
    left = {goods: [goods.quantity, goods.withdrawn] for goods in _oldest_first(held)}
    planned: list[PlannedLine] = []
    covered = [0] * len(asked)
    for of_any_lot in (False, True):
        for place, line in enumerate(asked):
            rest = replace(line, quantity=line.quantity - covered[place])
            found = list(_lines_for(rest, left, of_any_lot=of_any_lot))
            planned.extend(found)
            covered[place] += sum(each.planned for each in found)
    for line, held_for_it in zip(asked, covered, strict=True):
        if held_for_it < line.quantity:
            raise HoldsMissingError(
                consignment_number,
                lot_id=line.lot_id,
                asked=line.quantity,
                held=held_for_it,
            )
    return tuple(sorted(_merged(planned), key=_walking_order))


def choose_source(
    lines: Sequence[PickLine], sources: Sequence[Source], quantity: int
) -> Source:
    """Tell which of the possible sources was taken from: the one most asked for.

    The same printed lot number may stand for lots of several gifts, which nobody
    can tell apart on a shelf. *sources* come in walking order, at least one.
    """
    return max(
        sources,
        key=lambda source: min(quantity, _open_at(lines, source)),
    )


def plan_take(lines: Sequence[PickLine], source: Source, quantity: int) -> TakePlan:
    """Choose the lines of one product that a pick from *source* answers.

    Lines that name the source come first, then the same lot elsewhere, then
    other lots. Raises MoreThanAskedError when all lines of the product together
    ask for less; nothing is ever picked that no line asks for.
    """
    still_asked = sum(line.open for line in lines)
    if quantity > still_asked:
        raise MoreThanAskedError(
            lines[0].product_code, scanned=quantity, still_asked=still_asked
        )
    same_lot = [line for line in lines if line.lot_id == source.lot_id]
    here = [line for line in same_lot if line.location_code == source.location_code]
    elsewhere = [line for line in same_lot if line not in here]
    others = [line for line in lines if line.lot_id != source.lot_id]
    asked, rest = _fill(here, quantity)
    shifted, rest = _fill(elsewhere, rest)
    replaced, rest = _fill(others, rest)
    assert rest == 0, "the lines of the product ask for enough"
    return TakePlan(asked, shifted, replaced)


def _oldest_first(held: Sequence[HeldGoods]) -> list[HeldGoods]:
    """Sort by run: what was promised first is what a consignment takes first."""
    return sorted(held, key=lambda goods: (goods.run_id, goods.location_code))


def _merged(planned: Sequence[PlannedLine]) -> Iterator[PlannedLine]:
    """Make one line of what is for the same unit, from the same run and place."""
    sums: dict[PlannedLine, tuple[int, int]] = {}
    for line in planned:
        key = replace(line, planned=0, quantity=0)
        promised, wanted = sums.get(key, (0, 0))
        sums[key] = (promised + line.planned, wanted + line.quantity)
    for key, (promised, wanted) in sums.items():
        yield replace(key, planned=promised, quantity=wanted)


def _walking_order(line: PlannedLine) -> tuple[str, str, UUID, str]:
    return line.location_code, line.product_code, line.lot_id, line.unit_code


def _lines_for(
    asked: AskedLine, left: dict[HeldGoods, list[int]], *, of_any_lot: bool
) -> Iterator[PlannedLine]:
    """Use up what is held for a line; what was withdrawn comes last."""
    outstanding = asked.quantity
    fitting = [
        goods
        for goods in left
        if _is_for(goods, asked) and (of_any_lot or goods.lot_id == asked.lot_id)
    ]
    for kind in (_HELD,) if of_any_lot else (_HELD, _WITHDRAWN):
        for goods in fitting:
            quantity = min(outstanding, left[goods][kind])
            if quantity > 0:
                left[goods][kind] -= quantity
                outstanding -= quantity
                yield _line_of(goods, quantity, is_held=kind == _HELD)


_HELD, _WITHDRAWN = 0, 1


def _is_for(goods: HeldGoods, line: AskedLine) -> bool:
    is_of_run = line.run_id in {None, goods.run_id}
    mine = (line.unit_code, line.product_code)
    return is_of_run and (goods.unit_code, goods.product_code) == mine


def _line_of(goods: HeldGoods, quantity: int, *, is_held: bool) -> PlannedLine:
    return PlannedLine(
        run_id=goods.run_id,
        unit_code=goods.unit_code,
        product_code=goods.product_code,
        lot_id=goods.lot_id,
        location_code=goods.location_code,
        planned=quantity,
        quantity=quantity if is_held else 0,
    )


def _open_at(lines: Iterable[PickLine], source: Source) -> int:
    return sum(
        line.open
        for line in lines
        if (line.lot_id, line.location_code) == (source.lot_id, source.location_code)
    )


def _fill(lines: Iterable[PickLine], quantity: int) -> tuple[tuple[Take, ...], int]:
    """Take up to *quantity* from the lines in order; give what is left over."""
    takes: list[Take] = []
    for line in lines:
        share = min(line.open, quantity)
        if share > 0:
            takes.append(Take(line, share))
            quantity -= share
    return tuple(takes), quantity


def merged_takes(takes: Sequence[Take]) -> list[Take]:
    """Add up takes of one line; the last reading of the line counts."""
    lines = {take.line.line_id: take.line for take in takes}
    return [
        Take(
            line,
            sum(take.quantity for take in takes if take.line.line_id == line_id),
        )
        for line_id, line in lines.items()
    ]
