"""How much each claim gets: leximin over what the lots can carry.

The plain rule hands out single units in the order of ``ladder`` and passes over
what no routing can carry. The totals it may reach form an integral polymatroid,
so the same answer comes by halving the problem instead of counting units
(Groenevelt's decomposition): give the first T units in order, T being all that
can be carried; where a bottleneck cannot carry its part, the claims behind it
share exactly what it holds, and the others share the rest. docs/fairness.md
has the proof idea.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from services.distribution.domain.allocation.ladder import (
    Ladder,
    build_ladders,
    first_units,
)
from services.distribution.domain.allocation.network import Network, bits
from services.distribution.domain.allocation.transport import Transport

_Shares: TypeAlias = dict[int, dict[str, int]]


@dataclass(frozen=True, slots=True)
class _Part:
    """Claim groups that have ``units`` to share, from certain lot groups."""

    claims: int
    lots: int
    units: int


def fair_totals(network: Network) -> dict[str, int]:
    """Units per claim id: class by class, the fairest the lots can carry.

    Later classes never lower the totals of earlier ones, but may reroute them.
    Claims outside the network are missing: they get nothing.
    """
    members = [claim for group in network.claim_groups for claim in group]
    ladders = build_ladders(members)
    totals: dict[str, int] = {}
    fixed = [0] * len(network.claim_groups)
    for priority in sorted({claim.priority_class for claim in members}):
        wanting = [
            [ladders[claim.id] for claim in group if claim.priority_class == priority]
            for group in network.claim_groups
        ]
        for group, shares in _ClassShares(network, wanting, fixed).shares().items():
            fixed[group] += sum(shares.values())
            totals.update(shares)
    return totals


class _ClassShares:
    """The totals of one class, those of the classes before it being fixed."""

    def __init__(
        self,
        network: Network,
        wanting: Sequence[Sequence[Ladder]],
        fixed: Sequence[int],
    ) -> None:
        self._sources = network.sources
        self._supply = network.supply
        self._wanting = wanting
        self._fixed = tuple(fixed)

    def shares(self) -> _Shares:
        """Per claim group, the units of each of its claims of this class."""
        everybody = (1 << len(self._wanting)) - 1
        all_lots = (1 << len(self._supply)) - 1
        full = {
            group: {ladder.claim.id: ladder.cap for ladder in ladders}
            for group, ladders in enumerate(self._wanting)
        }
        scarce = self._bottleneck(all_lots, full)
        return self._satisfied(full, everybody & ~scarce) | self._shared(scarce)

    @staticmethod
    def _satisfied(full: _Shares, groups: int) -> _Shares:
        """Outside every bottleneck all get as much as they may."""
        return {group: full[group] for group in bits(groups)}

    def _shared(self, scarce: int) -> _Shares:
        """Split what is scarce until each part can be handed out in order."""
        done: _Shares = {}
        parts = [self._part(scarce, (1 << len(self._supply)) - 1)] if scarce else []
        while parts:
            part = parts.pop()
            shares = self._in_order(part)
            blocked = self._bottleneck(part.lots, shares)
            if blocked:
                inner = self._part(blocked, part.lots)
                parts.append(inner)
                parts.append(
                    _Part(
                        part.claims & ~blocked,
                        part.lots & ~inner.lots,
                        part.units - inner.units,
                    )
                )
            else:
                done |= shares
        return done

    def _part(self, claims: int, lots: int) -> _Part:
        """Give a bottleneck all that its lots hold, less what is fixed."""
        suits = 0
        for group in bits(claims):
            suits |= self._sources[group]
        suits &= lots
        held = sum(self._supply[lot] for lot in bits(suits))
        return _Part(claims, suits, held - sum(self._fixed[g] for g in bits(claims)))

    def _in_order(self, part: _Part) -> _Shares:
        """Give out the part's units in order, as if every lot suited all."""
        ladders = [
            (group, ladder)
            for group in bits(part.claims)
            for ladder in self._wanting[group]
        ]
        counts = first_units([ladder for _, ladder in ladders], part.units)
        shares: _Shares = {group: {} for group in bits(part.claims)}
        for (group, ladder), units in zip(ladders, counts, strict=True):
            shares[group][ladder.claim.id] = units
        return shares

    def _bottleneck(self, lots: int, shares: _Shares) -> int:
        """Find the groups whose lots cannot carry these shares; 0 if there are none."""
        room = [
            units if lots >> lot & 1 else 0 for lot, units in enumerate(self._supply)
        ]
        transport = Transport([mask & lots for mask in self._sources], room)
        for group, units in shares.items():
            transport.push(group, self._fixed[group] + sum(units.values()))
        return transport.blocked
