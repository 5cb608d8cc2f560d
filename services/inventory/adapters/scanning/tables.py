"""The tables behind scanning: serials seen, photographs, one secret."""

from sqlalchemy import Column, ForeignKey, LargeBinary, String, Table, Uuid

from services.inventory.adapters.tables import METADATA
from shared.database.installation import key_table
from shared.database.types import Instant

SECRETS = key_table(METADATA)

RECEIVED_SERIALS = Table(
    "received_serials",
    METADATA,
    Column("digest", String(64), primary_key=True),
    Column("scan_id", Uuid, nullable=False),
    Column(
        "movement_id",
        ForeignKey("movements.movement_id"),
        nullable=False,
        unique=True,
    ),
)
"""INV-16: one received pack, one row; a receipt that is taken back frees its pack."""

ATTENTION_PHOTOS = Table(
    "attention_photos",
    METADATA,
    Column("scan_id", ForeignKey("attention.scan_id"), primary_key=True),
    Column("jpeg", LargeBinary, nullable=False),
    Column("taken_by", String(64), nullable=False),
    Column("taken_at", Instant, nullable=False),
)
