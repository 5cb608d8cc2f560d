"""Photographs of signed waybills, locked before they are stored."""

import secrets
from hashlib import sha256
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from services.distribution.adapters.tables.gate import SECRETS
from shared.database.database import Database
from shared.database.installation import installation_key

_KEY_NAME = "photo_key"
_NONCE_BYTES = 12


class PhotoBox:
    """Locks pictures with AES-256-GCM; each is bound to its id and consignment."""

    def __init__(self, secret: str) -> None:
        self._cipher = AESGCM(
            sha256(b"komek waybill photo\0" + secret.encode()).digest()
        )

    def seal(self, photo_id: UUID, consignment_number: str, jpeg: bytes) -> bytes:
        """Give the locked picture, a nonce of its own in front."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        bound = _bound(photo_id, consignment_number)
        return nonce + self._cipher.encrypt(nonce, jpeg, bound)

    def open(self, photo_id: UUID, consignment_number: str, sealed: bytes) -> bytes:
        """Give the picture; InvalidTag when key, picture or its place changed."""
        nonce, locked = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
        return self._cipher.decrypt(nonce, locked, _bound(photo_id, consignment_number))


def _bound(photo_id: UUID, consignment_number: str) -> bytes:
    return f"{photo_id} {consignment_number}".encode()


def photo_box(database: Database, given: str | None) -> PhotoBox:
    """Make the box of this installation: with the key as set, else one kept here."""
    return PhotoBox(installation_key(database, SECRETS, _KEY_NAME, given))
