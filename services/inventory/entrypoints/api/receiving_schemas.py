"""Goods received notes and places as JSON."""

from marshmallow import Schema, fields
from marshmallow.validate import Length, OneOf, Range

from services.inventory.entrypoints.api.schemas import CODE, TEXT

STEP = Range(0, 100_000)


class ExpectedSchema(Schema):
    """A product of a gift: announced against counted and refused."""

    product_code = fields.String(required=True)
    expected = fields.Integer(required=True)
    counted = fields.Integer(required=True)
    refused = fields.Integer(required=True)
    difference = fields.Integer(required=True)


class NoteHeadSchema(Schema):
    """How far a goods received note got."""

    grn_number = fields.String(required=True)
    gift_number = fields.String(required=True)
    received_on = fields.Date(required=True)
    state = fields.String(required=True)
    donor_document = fields.String(allow_none=True)
    condition = fields.String(allow_none=True)
    finished_at = fields.AwareDateTime(allow_none=True)
    counted_by = fields.String(allow_none=True)
    checked_at = fields.AwareDateTime(allow_none=True)
    checked_by = fields.String(allow_none=True)


class NoteRowSchema(Schema):
    """A note in the list."""

    note = fields.Nested(NoteHeadSchema, required=True)
    donor_code = fields.String(allow_none=True)
    lots = fields.Integer(required=True)
    units = fields.Integer(required=True)


class NoteLineSchema(Schema):
    """What was counted of a lot."""

    product_code = fields.String(required=True)
    lot_id = fields.UUID(required=True)
    lot_number = fields.String(required=True)
    expires_on = fields.Date(allow_none=True)
    earmark = fields.List(fields.String(), allow_none=True)
    quantity = fields.Integer(required=True)
    held = fields.Integer(required=True)
    given_back = fields.Integer(required=True)
    celsius = fields.Float(allow_none=True, data_key="temperature_celsius")
    conditions = fields.List(fields.String())
    places = fields.List(fields.String())


class RefusedSchema(Schema):
    """What was not taken in, and why."""

    product_code = fields.String(required=True)
    quantity = fields.Integer(required=True)
    reason = fields.String(required=True)


class NoteSchema(Schema):
    """A whole note."""

    note = fields.Nested(NoteHeadSchema, required=True)
    donor_code = fields.String(allow_none=True)
    lines = fields.List(fields.Nested(NoteLineSchema))
    refused = fields.List(fields.Nested(RefusedSchema))
    expected = fields.List(fields.Nested(ExpectedSchema))


class FinishSchema(Schema):
    """What the donor's paper and the boxes looked like."""

    command_id = fields.UUID(required=True)
    donor_document = fields.String(load_default=None, validate=Length(1, 80))
    condition = fields.String(load_default=None, validate=TEXT)


class CheckSchema(Schema):
    """A second person agrees."""

    command_id = fields.UUID(required=True)


class NoteStateSchema(Schema):
    """How far the note is now."""

    grn_number = fields.String(required=True)
    state = fields.String(required=True)


class DamagedSchema(Schema):
    """Units that arrived damaged; without a hold place the donor takes them back."""

    command_id = fields.UUID(required=True)
    lot_id = fields.UUID(required=True)
    location_code = fields.String(required=True, validate=CODE)
    quantity = fields.Integer(required=True, strict=True, validate=Range(1, 1_000_000))
    condition = fields.String(required=True, validate=TEXT)
    to_location_code = fields.String(load_default=None, validate=CODE)


class PlaceSchema(Schema):
    """A location as it is to be."""

    command_id = fields.UUID(required=True)
    location_code = fields.String(required=True, validate=CODE)
    name = fields.String(required=True, validate=Length(1, 100))
    kind = fields.String(
        load_default="storage", validate=OneOf(("storage", "hold", "dispatch"))
    )
    sequence = fields.Integer(load_default=0, strict=True, validate=STEP)
