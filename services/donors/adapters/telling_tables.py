"""Tables of letters: who is written to where and how often, what waits, and keys."""

from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table

from services.donors.adapters.tables import METADATA
from shared.database.installation import key_table
from shared.database.types import Instant
from shared.mail.queue import mail_table

MAIL = mail_table(METADATA, can_be_left=True, can_enclose=True)
LETTERS = uuid5(NAMESPACE_URL, "urn:komek:donors:letters")

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

own_addresses = Table(
    "own_addresses",
    METADATA,
    Column("donor_code", ForeignKey("donors.donor_code"), primary_key=True),
    Column("email", String(254)),
    Column("asked_at", Instant, nullable=False),
    Column("counted_since", Instant, nullable=False),
    Column("letters", Integer, nullable=False),
    Column("token_hash", String(64)),
    comment="Entered by a donor; without an email it counts, and knows a used link",
)

secrets = key_table(METADATA)


def letter_id(name: str) -> UUID:
    """Make the id of a letter out of its name: the same wish is the same letter."""
    return uuid5(LETTERS, name)
