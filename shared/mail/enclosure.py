"""A paper that travels with a letter."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A PDF and the name it is saved under, ``.pdf`` included."""

    name: str
    content: bytes
