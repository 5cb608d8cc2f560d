"""The envelope every message travels in."""

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
