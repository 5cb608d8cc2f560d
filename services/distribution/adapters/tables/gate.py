"""The tables of the gate: what each lets be kept, and photographs of waybills."""

from sqlalchemy import Column, ForeignKey, Index, LargeBinary, String, Table, Uuid

from services.distribution.adapters.tables.metadata import METADATA
from shared.database.installation import key_table
from shared.database.types import Instant

GATES = Table(
    "gates",
    METADATA,
    Column("facility_code", ForeignKey("facilities.facility_code"), primary_key=True),
    Column("receiver_policy", String(20), nullable=False),
    Column("recorded_by", String(100), nullable=False),
    Column("recorded_at", Instant, nullable=False),
)
"""Only facilities that somebody set differ from ``optional``."""

WAYBILL_PHOTOS = Table(
    "waybill_photos",
    METADATA,
    Column("photo_id", Uuid, primary_key=True),
    Column(
        "consignment_number",
        ForeignKey("consignments.consignment_number"),
        nullable=False,
        index=True,
    ),
    Column("sealed", LargeBinary, nullable=False),
    Column("recorded_by", String(100), nullable=False),
    Column("recorded_at", Instant, nullable=False),
)
"""``sealed`` is the encrypted picture: nobody reads it in a copy of the database."""

PHOTO_READS = Table(
    "photo_reads",
    METADATA,
    Column("read_id", Uuid, primary_key=True),
    Column("photo_id", ForeignKey("waybill_photos.photo_id"), nullable=False),
    Column("account", String(100), nullable=False),
    Column("read_at", Instant, nullable=False),
    Index("ix_photo_reads_photo", "photo_id", "read_at"),
)

SECRETS = key_table(METADATA)
