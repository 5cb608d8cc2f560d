"""What could still be moved: the residual of an allocation, group by group.

A claim could take a unit from another if lots can be rerouted so that all
others keep their totals. Both the certificate and the LAST_UNIT reason ask it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from services.distribution.domain.allocation.award import Award
from services.distribution.domain.allocation.ladder import Ladder, build_ladders
from services.distribution.domain.allocation.network import (
    Network,
    bits,
    group_indices,
)


class Exchange:
    """Who could take from whom, given awards with their lots.

    Claims without an award among those given count as holding nothing, so the
    awards of one class and those before it describe that class alone.
    """

    def __init__(self, network: Network, awards: Iterable[Award]) -> None:
        self._sources = network.sources
        self._spare = network.supply
        self._users = [0] * len(network.lot_groups)
        claims = group_indices(network.claim_groups)
        lots = group_indices(network.lot_groups)
        for award in awards:
            for share in award.lots:
                self._spare[lots[share.lot]] -= share.quantity
                self._users[lots[share.lot]] |= 1 << claims[award.claim]

    def givers(self, group: int) -> int:
        """List the groups that could lose a unit for this one to gain it.

        The group itself is among them: its claims are served alike.
        """
        return self._reached(group)[0]

    def could_gain(self, group: int) -> bool:
        """Whether a unit nobody uses could reach this group, by any rerouting."""
        return any(self._spare[lot] for lot in bits(self._reached(group)[1]))

    def _reached(self, group: int) -> tuple[int, int]:
        """Follow every chain of exchanges to claim groups and lot groups."""
        claims, lots, fresh = 1 << group, 0, 1 << group
        while fresh:
            ask = 0
            for giver in bits(fresh):
                ask |= self._sources[giver]
            fresh = 0
            for lot in bits(ask & ~lots):
                fresh |= self._users[lot]
            lots |= ask
            fresh &= ~claims
            claims |= fresh
        return claims, lots


@dataclass(frozen=True, slots=True)
class ClassView:
    """One class as it stands: its claims' ladders per group, all totals so far."""

    exchange: Exchange
    wanting: Sequence[Sequence[Ladder]]
    totals: Mapping[str, int]

    def units(self, ladder: Ladder) -> int:
        """Tell what the claim was given."""
        return self.totals.get(ladder.claim.id, 0)


def view_by_class(network: Network, awards: Iterable[Award]) -> Iterator[ClassView]:
    """Each class with what it and the classes before it were given."""
    members = [claim for group in network.claim_groups for claim in group]
    ladders = build_ladders(members)
    priority = {claim.id: claim.priority_class for claim in members}
    given = [award for award in awards if award.quantity]
    for rank in sorted(set(priority.values())):
        counted = [award for award in given if priority[award.claim] <= rank]
        yield ClassView(
            exchange=Exchange(network, counted),
            wanting=[
                [ladders[claim.id] for claim in group if claim.priority_class == rank]
                for group in network.claim_groups
            ],
            totals={award.claim: award.quantity for award in counted},
        )
