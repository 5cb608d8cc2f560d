"""Messages for tests, built from what matters in them."""

from datetime import UTC, datetime
from uuid import UUID, uuid5

from shared.contracts.donors_v1 import GiftAnnounced
from shared.contracts.envelope import Envelope
from shared.contracts.registry import body_of, type_of

NAMESPACE = UUID("0198f000-0000-7000-8000-000000000000")
NOON = datetime(2026, 11, 22, 7, tzinfo=UTC)


def a_gift(number: str) -> GiftAnnounced:
    """A gift of nobody in particular, free to use."""
    return GiftAnnounced(number, "EX-D1", None, ())


def in_envelope(fact: object, *, at: datetime = NOON, name: str = "") -> Envelope:
    """Wrap a fact; the same name gives the same message id."""
    message_type = type_of(fact)
    message_id = uuid5(NAMESPACE, name or repr(fact))
    return Envelope(
        message_id=message_id,
        source=message_type.split(".")[0],
        message_type=message_type,
        occurred_at=at,
        recorded_at=at,
        correlation_id=str(message_id),
        causation_id=None,
        body=body_of(fact),
    )
