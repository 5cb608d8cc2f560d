"""Serials of packs, kept only as what nobody can turn back into a serial.

A serial ties a donated pack to the till it was sold at (DOMAIN.md 1.3). Of a
medicine its keyed hash is kept, so that the same pack is not received twice.
"""

import hashlib
import hmac
from dataclasses import dataclass, field

from shared.kernel.errors import DomainError


@dataclass(frozen=True, slots=True)
class SerialKey:
    """The secret of one installation; without it no serial can be guessed back."""

    secret: bytes = field(repr=False)

    def digest(self, gtin: str, serial: str) -> str:
        """Give HMAC-SHA256 over trade item number and serial, in 64 hex digits."""
        message = f"{gtin}{serial}".encode()
        return hmac.new(self.secret, message, hashlib.sha256).hexdigest()


class PackScannedBeforeError(DomainError):
    """The same pack of a medicine was received before, by another scan."""

    code = "pack_scanned_before"

    def __init__(self, product_code: str) -> None:
        super().__init__(
            f"This very pack of {product_code} was received before. Put it with the "
            "others; take the earlier receipt back if that one was wrong.",
            product_code=product_code,
        )
