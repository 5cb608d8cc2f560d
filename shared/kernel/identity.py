"""Ids as an input: time-ordered UUIDs (version 7, RFC 9562), real or seeded.

Python's own ``uuid7`` arrives with 3.14; until then these few lines serve.
"""

import random
import secrets
from typing import Protocol
from uuid import UUID

from shared.kernel.clock import Clock


class IdSource(Protocol):
    """Makes ids that have never been seen before."""

    def new_id(self) -> UUID: ...


class UUIDv7Source:
    """Ids that sort by the millisecond they were made in."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def new_id(self) -> UUID:
        return _uuid7(self._milliseconds(), secrets.randbits(74))

    def _milliseconds(self) -> int:
        return int(self._clock.now().timestamp() * 1000)


class SeededIdSource:
    """The same ids again for the same seed and clock: demo data, simulation."""

    def __init__(self, clock: Clock, seed: int) -> None:
        self._clock = clock
        self._random = random.Random(seed)  # noqa: S311  repeatable is the point

    def new_id(self) -> UUID:
        milliseconds = int(self._clock.now().timestamp() * 1000)
        return _uuid7(milliseconds, self._random.getrandbits(74))


def _uuid7(milliseconds: int, noise: int) -> UUID:
    """Lay out 48 bits of time, the version, the variant and 74 bits of noise."""
    high, low = noise >> 62, noise & ((1 << 62) - 1)
    value = (milliseconds & ((1 << 48) - 1)) << 80
    value |= 0x7 << 76 | high << 64 | 0b10 << 62 | low
    return UUID(int=value)
