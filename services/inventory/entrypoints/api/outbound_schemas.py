"""Pick lists and dispatch as JSON."""

from marshmallow import Schema, fields, validate

from services.inventory.domain.picking import PickListStatus
from shared.web.paging import PagingSchema

_REASON_CHARS_MAX = 500


class PickListQuerySchema(PagingSchema):
    """``?status=`` of the list of pick lists."""

    status = fields.String(
        load_default=None,
        validate=validate.OneOf([status.value for status in PickListStatus]),
    )


class PickListLineSchema(Schema):
    """What to take of a lot from a place, whichever units it is for."""

    product_code = fields.String(required=True)
    lot_id = fields.UUID(required=True)
    lot_number = fields.String(required=True)
    expires_on = fields.Date(required=True, allow_none=True)
    location_code = fields.String(required=True)
    quantity = fields.Integer(required=True)
    picked = fields.Integer(required=True)
    fefo_rank = fields.Integer(required=True)


class PickListSchema(Schema):
    """A pick list with its lines in walking order."""

    pick_list_number = fields.String(required=True)
    consignment_number = fields.String(required=True)
    facility_code = fields.String(required=True)
    planned_on = fields.Date(required=True)
    status = fields.String(required=True)
    waybill_number = fields.String(required=True, allow_none=True)
    short_reason = fields.String(required=True, allow_none=True)
    lines = fields.List(fields.Nested(PickListLineSchema), required=True)


class DispatchSchema(Schema):
    """The wish to send a consignment off; open lines need a reason."""

    command_id = fields.UUID(required=True)
    short_reason = fields.String(
        load_default=None,
        allow_none=True,
        validate=[
            validate.Length(max=_REASON_CHARS_MAX),
            validate.Regexp(r"\s*\S", error="Give a reason, or leave it out."),
        ],
    )


class DispatchedSchema(Schema):
    """What left under which waybill."""

    consignment_number = fields.String(required=True)
    waybill_number = fields.String(required=True)
