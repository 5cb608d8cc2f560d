"""Every table of distribution in one place, for migrations and tests."""

from services.distribution.adapters.tables import (
    asking,
    gate,
    giving,
    needing,
    reserves,
)
from services.distribution.adapters.tables.metadata import COMMANDS, MESSAGING, METADATA

__all__ = [
    "COMMANDS",
    "MESSAGING",
    "METADATA",
    "asking",
    "gate",
    "giving",
    "needing",
    "reserves",
]
