"""The envelope every message travels in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from marshmallow import Schema, fields, post_load


@dataclass(frozen=True, slots=True)
class Envelope:
    """One fact on its way: who said it, what, when, and because of what.

    ``occurred_at`` is when it happened in the field, ``recorded_at`` when the
    sender wrote it down. ``correlation_id`` stays the same from a scan to the
    dashboard it changes; ``causation_id`` is the message or command just before.
    """

    message_id: UUID
    source: str
    message_type: str
    occurred_at: datetime
    recorded_at: datetime
    correlation_id: str
    causation_id: str | None
    body: dict[str, Any]


class EnvelopeSchema(Schema):
    """The JSON form of an envelope; the body stays as its own schema wrote it."""

    message_id = fields.UUID(required=True)
    source = fields.String(required=True)
    message_type = fields.String(required=True)
    occurred_at = fields.AwareDateTime(required=True)
    recorded_at = fields.AwareDateTime(required=True)
    correlation_id = fields.String(required=True)
    causation_id = fields.String(load_default=None, allow_none=True)
    body = fields.Dict(keys=fields.String(), required=True)

    @post_load
    def _build(self, values: dict[str, Any], **_: object) -> Envelope:
        return Envelope(**values)


_SCHEMA = EnvelopeSchema()
_MEMBERS = len(_SCHEMA.fields)
_TEXTS = ("source", "message_type", "correlation_id")


def written(envelope: Envelope) -> dict[str, Any]:
    """Write an envelope as JSON knows it; the schema would write the same."""
    return {
        "message_id": str(envelope.message_id),
        "source": envelope.source,
        "message_type": envelope.message_type,
        "occurred_at": envelope.occurred_at.isoformat(),
        "recorded_at": envelope.recorded_at.isoformat(),
        "correlation_id": envelope.correlation_id,
        "causation_id": envelope.causation_id,
        "body": envelope.body,
    }


def read(told: Any) -> Envelope:
    """Read an envelope; ValidationError names what does not fit.

    One that is as we write it is read at a tenth of the schema's price; whatever
    looks odd is left to the schema to judge.
    """
    return _in_our_hand(told) or _judged(told)


def _judged(told: Any) -> Envelope:
    envelope: Envelope = _SCHEMA.load(told)
    return envelope


def _in_our_hand(told: Any) -> Envelope | None:
    try:
        envelope = Envelope(
            message_id=UUID(told["message_id"]),
            source=told["source"],
            message_type=told["message_type"],
            occurred_at=datetime.fromisoformat(told["occurred_at"]),
            recorded_at=datetime.fromisoformat(told["recorded_at"]),
            correlation_id=told["correlation_id"],
            causation_id=told["causation_id"],
            body=told["body"],
        )
    except (AttributeError, KeyError, TypeError, ValueError):
        return None
    return envelope if len(told) == _MEMBERS and _is_sound(told, envelope) else None


def _is_sound(told: Mapping[str, Any], envelope: Envelope) -> bool:
    """Check what building the envelope did not."""
    return (
        all(isinstance(told[name], str) for name in _TEXTS)
        and isinstance(told["causation_id"], str | None)
        and isinstance(told["body"], dict)
        and envelope.occurred_at.tzinfo is not None
        and envelope.recorded_at.tzinfo is not None
    )
