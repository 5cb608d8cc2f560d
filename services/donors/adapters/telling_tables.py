"""Tables of letters: who is written to how often, what waits, and the link's key."""

from sqlalchemy import Column, Date, ForeignKey, Index, String, Table

from services.donors.adapters.tables import METADATA
from shared.database.installation import key_table
from shared.database.types import Instant
from shared.mail.queue import mail_table

MAIL = mail_table(METADATA, can_be_left=True, can_enclose=True)

subscriptions = Table(
    "subscriptions",
    METADATA,
    Column("donor_code", ForeignKey("donors.donor_code"), primary_key=True),
    Column("cadence", String(10), nullable=False),
    Column("told_until", Date, nullable=False),
    Column("next_on", Date),
    Column("since", Instant, nullable=False),
    comment="One row for each donor with a contact; ``never`` has no next letter",
)
Index("ix_subscriptions_next_on", subscriptions.c.next_on)

secrets = key_table(METADATA)
