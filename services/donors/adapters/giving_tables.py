"""Tables of values, receipts, thanks, ended pledges and contracts: all entered."""

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    String,
    Table,
)

from services.donors.adapters.tables import METADATA
from shared.database.types import Instant

gift_values = Table(
    "gift_values",
    METADATA,
    Column("gift_number", ForeignKey("gifts.gift_number"), primary_key=True),
    Column("product_code", String, primary_key=True),
    Column("amount", String(20), nullable=False),
    Column("currency", String(3), nullable=False),
    Column("basis", String(30), nullable=False),
    Column("rate", String(30)),
    Column("rate_source", String(120)),
    Column("rate_on", Date),
    Column("recorded_at", Instant, nullable=False),
    CheckConstraint(
        "(currency = 'KZT') = (rate IS NULL)", name="keep_a_rate_unless_tenge"
    ),
    comment="Estimated value of one unit; decimals as text, so nothing is rounded",
)

receipts = Table(
    "receipts",
    METADATA,
    Column("receipt_number", String(20), primary_key=True),
    Column("gift_number", ForeignKey("gifts.gift_number"), nullable=False, index=True),
    Column("donor_code", ForeignKey("donors.donor_code"), nullable=False),
    Column("donor_name", String, nullable=False),
    Column("issued_at", Instant, nullable=False),
    Column("replaces", String(20)),
    Column("lines", JSON, nullable=False),
    Column("refused", JSON, nullable=False),
    comment="What a receipt said when it was issued; a change makes a new one",
)
Index("ix_receipts_donor_code", receipts.c.donor_code, receipts.c.issued_at)

thanks = Table(
    "thanks",
    METADATA,
    Column("gift_number", ForeignKey("gifts.gift_number"), primary_key=True),
    Column("way", String(10), nullable=False),
    Column("account", String, nullable=False),
    Column("thanked_at", Instant, nullable=False),
)

pledge_ends = Table(
    "pledge_ends",
    METADATA,
    Column("pledge_number", ForeignKey("pledges.pledge_number"), primary_key=True),
    Column("outcome", String(10), nullable=False),
    Column("gift_number", ForeignKey("gifts.gift_number")),
    Column("ended_at", Instant, nullable=False),
    CheckConstraint(
        "(outcome = 'came') = (gift_number IS NOT NULL)", name="what_came_is_a_gift"
    ),
)

contracts = Table(
    "contracts",
    METADATA,
    Column("contract_number", String(20), primary_key=True),
    Column("donor_code", ForeignKey("donors.donor_code"), nullable=False),
    Column("source", String(10), nullable=False),
    Column("title", String(120), nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("amount", String(20)),
    Column("currency", String(3)),
    Column("recorded_at", Instant, nullable=False),
    CheckConstraint("ends_on >= starts_on", name="starts_before_it_ends"),
)

gift_funding = Table(
    "gift_funding",
    METADATA,
    Column("gift_number", ForeignKey("gifts.gift_number"), primary_key=True),
    Column(
        "contract_number",
        ForeignKey("contracts.contract_number"),
        nullable=False,
        index=True,
    ),
)
