"""Claims and lots that no rule can tell apart, drawn together into groups.

Whether a lot suits a claim depends on the earmark, the claim's groups, the days
left and the days needed; nothing else. So a thousand claims on two hundred lots
shrink to some dozens of groups, and every question about who can be served from
what is asked of the groups. Sets of groups are bit masks: one bit a group.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from services.distribution.domain.allocation.problem import Claim, Lot, Problem

_Earmark: TypeAlias = frozenset[str] | None
_LotKind: TypeAlias = tuple[_Earmark, int]
_ClaimKind: TypeAlias = tuple[frozenset[str], int]


@dataclass(frozen=True, slots=True)
class Network:
    """Who can be served from what, group by group.

    ``sources`` tells per claim group the lot groups that suit it, ``users`` the
    same read from the lots. Claims that can get nothing (cap 0, or no lot
    suits) and lots that nobody can use are left out. Members are in canonical
    order (claims by id, lots by ``Lot.order``), and so are the groups, least
    flexible first: the order of the input leaves no trace.
    """

    claim_groups: tuple[tuple[Claim, ...], ...]
    lot_groups: tuple[tuple[Lot, ...], ...]
    sources: tuple[int, ...]
    users: tuple[int, ...]

    @property
    def supply(self) -> list[int]:
        """Free units per lot group."""
        return [sum(lot.quantity for lot in group) for group in self.lot_groups]


def bits(mask: int) -> Iterator[int]:
    """Yield the indices in a mask, lowest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def group_indices(groups: Sequence[Sequence[Claim | Lot]]) -> dict[str, int]:
    """Map each id to the index of its group; what the network left out is missing."""
    return {member.id: index for index, group in enumerate(groups) for member in group}


def build_network(problem: Problem) -> Network:
    """Group the claims and lots of a problem; exact, nothing is approximated."""
    claims = _claims_by_kind(problem)
    lots = _lots_by_kind(problem, sorted({days for _, days in claims}))
    claim_groups = _claim_groups(claims, lots)
    lot_groups = _lot_groups(claim_groups, lots)
    users = tuple(users for users, _ in lot_groups)
    return Network(
        claim_groups=tuple(members for _, members in claim_groups),
        lot_groups=tuple(members for _, members in lot_groups),
        sources=tuple(
            _mask(index for index, mask in enumerate(users) if mask >> group & 1)
            for group in range(len(claim_groups))
        ),
        users=users,
    )


def _claims_by_kind(problem: Problem) -> dict[_ClaimKind, list[Claim]]:
    kinds: dict[_ClaimKind, list[Claim]] = defaultdict(list)
    for claim in problem.claims:
        if claim.cap:
            kinds[claim.groups, claim.min_days].append(claim)
    return kinds


def _lots_by_kind(
    problem: Problem, needed_days: Sequence[int]
) -> dict[_LotKind, list[Lot]]:
    """Lots by earmark and by how many of the needed spans of days they last."""
    kinds: dict[_LotKind, list[Lot]] = defaultdict(list)
    for lot in sorted(problem.lots, key=lambda lot: lot.order):
        days = lot.days_left(problem.handover_on)
        met = len(needed_days) if days is None else bisect_right(needed_days, days)
        if met and lot.quantity:
            kinds[lot.earmark, needed_days[met - 1]].append(lot)
    return kinds


def _claim_groups(
    claims: dict[_ClaimKind, list[Claim]], lots: Collection[_LotKind]
) -> list[tuple[int, tuple[Claim, ...]]]:
    """Claims that the same kinds of lots suit, with those kinds as a mask."""
    groups: dict[int, list[Claim]] = defaultdict(list)
    for (names, needed), members in claims.items():
        suits = _mask(
            index
            for index, (earmark, days) in enumerate(lots)
            if days >= needed
            and not (earmark is not None and earmark.isdisjoint(names))
        )
        groups[suits] += members
    groups.pop(0, None)
    ordered = [
        (suits, tuple(sorted(members, key=lambda claim: claim.id)))
        for suits, members in groups.items()
    ]
    return sorted(ordered, key=lambda group: (group[0].bit_count(), group[1][0].id))


def _lot_groups(
    claim_groups: Sequence[tuple[int, tuple[Claim, ...]]],
    lots: dict[_LotKind, list[Lot]],
) -> list[tuple[int, tuple[Lot, ...]]]:
    """Lots that suit the same claim groups, with those groups as a mask."""
    groups: dict[int, list[Lot]] = defaultdict(list)
    for index, members in enumerate(lots.values()):
        users = _mask(
            group for group, (suits, _) in enumerate(claim_groups) if suits >> index & 1
        )
        groups[users] += members
    groups.pop(0, None)
    ordered = [
        (users, tuple(sorted(members, key=lambda lot: lot.order)))
        for users, members in groups.items()
    ]
    return sorted(ordered, key=lambda group: (group[0].bit_count(), group[1][0].order))


def _mask(indices: Iterator[int]) -> int:
    mask = 0
    for index in indices:
        mask |= 1 << index
    return mask
