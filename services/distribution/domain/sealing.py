"""Seals are put on the bags of a delivery, many at once or one after another."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from services.distribution.domain.consignment import bag_ids
from services.distribution.domain.errors import (
    SealsElsewhereError,
    SealsTwiceError,
    UnknownSealError,
)
from services.distribution.domain.handover import Key
from services.distribution.domain.packing import PackLine, plain_code

Seals = tuple[str, ...]


def sealed(
    lines: Iterable[PackLine],
    chosen: AbstractSet[Key],
    given: Sequence[str],
    *,
    may_be_shared: bool = False,
) -> Mapping[Key, Seals]:
    """Give the seals of the chosen lines with those given behind them, all or none.

    One bag may hold several lines of a unit; goods of several units it holds only
    where somebody says so. Raises BagNumberError, SealsTwiceError for numbers given
    twice or on every chosen line already, SealsElsewhereError.
    """
    known = list(lines)
    mine = [line for line in known if line.key in chosen]
    numbers = [plain_code(each).upper() for each in given]
    wanted = bag_ids(tuple(numbers))
    twice = {each for each in wanted if numbers.count(each) > 1}
    there = {each for each in wanted if all(each in line.bag_ids for line in mine)}
    if twice | there:
        raise SealsTwiceError(sorted(twice | there))
    if not may_be_shared:
        _refuse_elsewhere(known, mine, wanted)
    return {line.key: bag_ids((*line.bag_ids, *wanted)) for line in mine}


def _refuse_elsewhere(
    known: Iterable[PackLine], mine: Iterable[PackLine], wanted: Seals
) -> None:
    units = {_unit_of(line) for line in mine}
    others = [
        (each, _unit_of(line))
        for line in known
        for each in line.bag_ids
        if each in wanted and _unit_of(line) not in units
    ]
    if others:
        seals, unit_codes = zip(*others, strict=True)
        raise SealsElsewhereError(sorted(set(seals)), sorted(set(unit_codes)))


def unsealed(
    lines: Iterable[PackLine], unit_code: str, seal: str
) -> Mapping[Key, Seals]:
    """Give the seals of a unit's lines without one; raises UnknownSealError."""
    found = {
        line.key: tuple(each for each in line.bag_ids if each != seal)
        for line in lines
        if _unit_of(line) == unit_code and seal in line.bag_ids
    }
    if not found:
        raise UnknownSealError(seal, unit_code)
    return found


def _unit_of(line: PackLine) -> str:
    return line.key[0]
