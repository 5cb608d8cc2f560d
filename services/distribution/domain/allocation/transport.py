"""Moving whole units from senders to receivers along allowed pairs.

A maximum flow on a two-sided network, kept as it grows: each ``push`` sends
more from one sender and reroutes earlier units where that makes room. Read one
way the senders are claims looking for stock, read the other way they are lots
looking for claims.
"""

from collections.abc import Sequence
from itertools import pairwise

from services.distribution.domain.allocation.network import bits


class Transport:
    """Units sent so far; ``room`` is what each receiver can still take.

    Every answer is exact: ``push`` sends as much as any routing could, and
    never takes back what an earlier push has sent. A sender in the mask
    ``blocked`` can send nothing more, now or later, and neither can any sender
    that could make room for it: all their receivers are full, of their units
    alone. That is the bottleneck Hall's theorem speaks of.
    """

    def __init__(self, reach: Sequence[int], room: Sequence[int]) -> None:
        self.flow: list[dict[int, int]] = [{} for _ in reach]
        self.blocked = 0
        self._reach = reach
        self._room = list(room)
        self._open = sum(1 << index for index, units in enumerate(room) if units)
        self._feeders = [0] * len(room)
        self._shut = 0

    def push(self, sender: int, units: int) -> int:
        """Send up to so many units more; answers how many found a way."""
        left = units
        while left and not self.blocked >> sender & 1:
            path = self._path_to_room(sender)
            if path:
                left -= self._send(path, left)
        return units - left

    def _path_to_room(self, sender: int) -> list[tuple[int, int]]:
        """Find the shortest chain of (sender, receiver) pairs that ends in room.

        Each sender in the chain but the first gives up a unit at the receiver
        before it and finds another place at its own. Where there is no chain,
        all that were asked are blocked.
        """
        came_from: dict[int, tuple[int, int]] = {}
        queue, seen, asked = [sender], 1 << sender, self._shut
        for current in queue:
            fresh = self._reach[current] & ~asked
            if fresh & self._open:
                end = (fresh & self._open & -(fresh & self._open)).bit_length() - 1
                return _chain(came_from, current, end)
            asked |= fresh
            for receiver in bits(fresh):
                for other in bits(self._feeders[receiver] & ~seen):
                    came_from[other] = (current, receiver)
                    queue.append(other)
                seen |= self._feeders[receiver]
        self.blocked |= seen
        self._shut |= asked
        return []

    def _send(self, path: list[tuple[int, int]], units: int) -> int:
        """Push along a chain what its narrowest link lets through."""
        end = path[-1][1]
        units = min(units, self._room[end])
        for (_, receiver), (giver, _) in pairwise(path):
            units = min(units, self.flow[giver][receiver])
        for (taker, receiver), (giver, _) in pairwise(path):
            self._change(taker, receiver, units)
            self._change(giver, receiver, -units)
        self._change(path[-1][0], end, units)
        self._room[end] -= units
        if not self._room[end]:
            self._open &= ~(1 << end)
        return units

    def _change(self, sender: int, receiver: int, units: int) -> None:
        total = self.flow[sender].get(receiver, 0) + units
        if total:
            self.flow[sender][receiver] = total
            self._feeders[receiver] |= 1 << sender
        else:
            del self.flow[sender][receiver]
            self._feeders[receiver] &= ~(1 << sender)


def _chain(
    came_from: dict[int, tuple[int, int]], sender: int, end: int
) -> list[tuple[int, int]]:
    """Read the way back from room to the sender that asked for it."""
    path = [(sender, end)]
    while sender in came_from:
        sender, receiver = came_from[sender]
        path.append((sender, receiver))
    return path[::-1]
