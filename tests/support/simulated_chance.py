"""Chance as an input: the same seed makes the same choices, in the same order."""

from collections.abc import Mapping, Sequence
from random import Random  # noqa: TID251  this is where the seed goes in
from typing import Any, TypeVar

Choice = TypeVar("Choice")


class Chance:
    """A seeded source of choices for simulated brokers and people."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)  # noqa: S311  repeatable is the point

    def happens(self, probability: float) -> bool:
        """Say yes in so many cases of one."""
        return self._random.random() < probability

    def one_of(self, choices: Sequence[Choice]) -> Choice:
        """Choose any; the order of the choices has to be the same every time."""
        return choices[self._random.randrange(len(choices))]

    def between(self, lowest: int, highest: int) -> int:
        """Give a whole number; both ends may come."""
        return self._random.randint(lowest, highest)

    def weighted(self, weights: Mapping[Choice, int]) -> Choice:
        """Choose by weight."""
        return self._random.choices([*weights], [*weights.values()])[0]

    def shuffle(self, things: list[Any]) -> None:
        """Put things into any order, in place."""
        self._random.shuffle(things)
