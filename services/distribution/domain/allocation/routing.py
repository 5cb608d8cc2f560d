"""Which lots serve the totals: first expiry first, as far as any routing can."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from services.distribution.domain.allocation.award import LotShare
from services.distribution.domain.allocation.network import Network, group_indices
from services.distribution.domain.allocation.transport import Transport


def assign_lots(
    network: Network, totals: Mapping[str, int]
) -> dict[str, list[LotShare]]:
    """Lots per claim id that carry exactly these totals.

    As much as possible of the first lot (``Lot.order``) is used, then of the
    next, and so on; the totals must be such that some routing carries them.
    Taking lots in order is enough: what a set of lots can carry grows by the
    same rule as in ``fair_totals``, so no early lot has to give way later.
    """
    room = [
        sum(totals.get(claim.id, 0) for claim in group)
        for group in network.claim_groups
    ]
    transport = Transport(network.users, room)
    index = group_indices(network.lot_groups)
    used: list[list[tuple[str, int]]] = [[] for _ in network.lot_groups]
    lots = [lot for group in network.lot_groups for lot in group]
    lots.sort(key=lambda lot: lot.order)
    place = {lot.id: number for number, lot in enumerate(lots)}
    for lot in lots:
        units = transport.push(index[lot.id], lot.quantity)
        if units:
            used[index[lot.id]].append((lot.id, units))
    served = _handed_out(network, totals, transport.flow, used)
    return {
        claim: sorted(shares, key=lambda share: place[share.lot])
        for claim, shares in served.items()
    }


def _handed_out(
    network: Network,
    totals: Mapping[str, int],
    flow: Sequence[Mapping[int, int]],
    used: Sequence[Sequence[tuple[str, int]]],
) -> dict[str, list[LotShare]]:
    """Single lots to single claims: both in order, each to its last unit."""
    queues = [
        _Queue([(claim.id, totals.get(claim.id, 0)) for claim in group])
        for group in network.claim_groups
    ]
    served: dict[str, list[LotShare]] = defaultdict(list)
    for lots, claims in zip(used, flow, strict=True):
        stock = _Queue(lots)
        for group, units in sorted(claims.items()):
            for lot, amount in stock.take(units):
                for claim, part in queues[group].take(amount):
                    served[claim].append(LotShare(lot, part))
    return served


class _Queue:
    """Named amounts, used up from the front."""

    def __init__(self, amounts: Sequence[tuple[str, int]]) -> None:
        self._left = list(reversed(amounts))

    def take(self, units: int) -> Iterator[tuple[str, int]]:
        """So many units, each with the name it came from; never runs dry."""
        while units:
            name, there = self._left.pop()
            part = min(units, there)
            if part < there:
                self._left.append((name, there - part))
            if part:
                yield name, part
            units -= part
