"""Incidents, write-offs and destruction records as JSON."""

from marshmallow import Schema, fields
from marshmallow.validate import Length, OneOf, Range

from services.inventory.domain.incident import (
    ACTIONS,
    CAUSES,
    CONFIRMING_ROLES,
    DISCOVERIES,
    FACTS,
    METHODS,
    VALUE_MAX,
)
from services.inventory.entrypoints.api.schemas import CODE
from shared.web.paging import PagingSchema


class IncidentFactsSchema(Schema):
    """What happened, in words of fixed lists: nothing about people is typed."""

    cause = fields.String(required=True, validate=OneOf(CAUSES))
    discovered = fields.String(required=True, validate=OneOf(DISCOVERIES))
    facts = fields.String(required=True, validate=OneOf(FACTS))
    action = fields.String(required=True, validate=OneOf(ACTIONS))
    happened_on = fields.Date(required=True)
    value_tenge = fields.Integer(
        strict=True, load_default=None, allow_none=True, validate=Range(0, VALUE_MAX)
    )


class OpenIncidentSchema(IncidentFactsSchema):
    """The wish for an incident number."""

    command_id = fields.UUID(required=True)


class IncidentNumberSchema(Schema):
    """The number of an incident."""

    incident_number = fields.String(required=True)


class LossLineSchema(Schema):
    """So many of a lot at a place."""

    product_code = fields.String()
    lot_id = fields.UUID()
    lot_number = fields.String()
    expires_on = fields.Date(allow_none=True)
    gift_number = fields.String()
    location_code = fields.String()
    quantity = fields.Integer()
    reason = fields.String()
    movement_id = fields.UUID(allow_none=True)


class IncidentSchema(Schema):
    """A loss report; its facts are null until somebody described it."""

    incident_number = fields.String(required=True)
    consignment_number = fields.String(allow_none=True)
    cause = fields.String(allow_none=True)
    discovered = fields.String(allow_none=True)
    facts = fields.String(allow_none=True)
    action = fields.String(allow_none=True)
    value_tenge = fields.Integer(allow_none=True)
    happened_on = fields.Date(allow_none=True)
    opened_at = fields.AwareDateTime(allow_none=True)
    described_at = fields.AwareDateTime(allow_none=True)
    approvers = fields.List(fields.String())
    lines = fields.List(fields.Nested(LossLineSchema))


class WriteOffQuerySchema(PagingSchema):
    """``?status=`` of the list of write-offs."""

    status = fields.String(
        load_default=None, validate=OneOf(("waiting", "approved", "rejected"))
    )


class RecordWriteOffSchema(Schema):
    """Goods that are gone; a loss without an incident number brings its facts."""

    command_id = fields.UUID(required=True)
    lot_id = fields.UUID(required=True)
    location_code = fields.String(required=True, validate=CODE)
    quantity = fields.Raw(required=True, metadata={"type": "integer", "minimum": 1})
    reason = fields.String(required=True, validate=Length(max=40))
    incident_number = fields.String(
        load_default=None, allow_none=True, validate=Length(1, 40)
    )
    incident = fields.Nested(IncidentFactsSchema, load_default=None, allow_none=True)


class WriteOffAnswerSchema(Schema):
    """What became of a write-off; only an approved one has a movement."""

    write_off_id = fields.UUID()
    status = fields.String(required=True)
    lot_id = fields.UUID()
    movement_id = fields.UUID()
    incident_number = fields.String()


class WriteOffSchema(Schema):
    """A write-off of the list."""

    write_off_id = fields.UUID(required=True)
    line = fields.Nested(LossLineSchema)
    incident_number = fields.String(allow_none=True)
    status = fields.String(required=True)
    recorded_by = fields.String()
    recorded_at = fields.AwareDateTime()
    decided_by = fields.String(allow_none=True)
    decided_at = fields.AwareDateTime(allow_none=True)


class CommandSchema(Schema):
    """A wish that is said by its address alone."""

    command_id = fields.UUID(required=True)


class DestructionQuerySchema(PagingSchema):
    """``?status=`` of the list of destruction records."""

    status = fields.String(
        load_default=None, validate=OneOf(("open", "destroyed", "cancelled"))
    )


class OpenDestructionSchema(Schema):
    """Start a record of all that must be destroyed, or of the lots named."""

    command_id = fields.UUID(required=True)
    method = fields.String(required=True, validate=OneOf(METHODS))
    lot_ids = fields.List(
        fields.UUID(), load_default=None, allow_none=True, validate=Length(max=500)
    )


class OpenedDestructionSchema(Schema):
    """The number of the new record, and how many lines it has."""

    destruction_number = fields.String(required=True)
    lines = fields.Integer()


class ConfirmDestructionSchema(Schema):
    """Confirm as one of the roles the account has."""

    command_id = fields.UUID(required=True)
    role = fields.String(
        load_default=None, allow_none=True, validate=OneOf(CONFIRMING_ROLES)
    )


class DestructionStatusSchema(Schema):
    """How far a record is: open, destroyed or cancelled."""

    destruction_number = fields.String(required=True)
    status = fields.String(required=True)


class DestructionSchema(Schema):
    """A destruction record with its two confirmations."""

    destruction_number = fields.String(required=True)
    method = fields.String(required=True)
    incident_number = fields.String(allow_none=True)
    status = fields.String(required=True)
    opened_by = fields.String()
    opened_at = fields.AwareDateTime()
    first_by = fields.String(allow_none=True)
    first_role = fields.String(allow_none=True)
    first_at = fields.AwareDateTime(allow_none=True)
    second_by = fields.String(allow_none=True)
    second_role = fields.String(allow_none=True)
    second_at = fields.AwareDateTime(allow_none=True)
    lines = fields.List(fields.Nested(LossLineSchema))


class DueLineSchema(LossLineSchema):
    """So many of a lot that has to be destroyed.

    ``quantity`` is null, and ``counted_on`` names the sheet, for who counts it.
    """

    quantity = fields.Integer(allow_none=True)
    counted_on = fields.String(allow_none=True)


class ToDestroySchema(Schema):
    """What is expired or recalled and waits for a record."""

    items = fields.List(fields.Nested(DueLineSchema), required=True)
