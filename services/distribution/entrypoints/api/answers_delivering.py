"""What distribution gives of deliveries as JSON; instants are ISO 8601 texts."""

from marshmallow import Schema, fields


class ConsignmentLineAnswer(Schema):
    """One line; ``quantity`` is what left, before dispatch what is planned."""

    unit_code = fields.String()
    product_code = fields.String()
    names = fields.Dict()
    unit_of_issue = fields.String()
    lot_id = fields.String()
    lot_number = fields.String(allow_none=True)
    expires_on = fields.String(allow_none=True)
    quantity = fields.Integer()
    planned = fields.Integer()
    dispatched = fields.Integer(allow_none=True)
    accepted = fields.Integer()
    refused = fields.Integer()
    refusal_reason = fields.String(allow_none=True)
    damaged = fields.Integer()
    short = fields.Integer()
    is_recalled = fields.Boolean()
    recall_reason = fields.String(allow_none=True)
    bag_ids = fields.List(fields.String())
    packed = fields.Integer()


class ConsignmentAnswer(Schema):
    """A consignment with its lines and every handover recorded for it."""

    handover_id = fields.String()
    consignment_number = fields.String()
    facility_code = fields.String()
    planned_on = fields.String()
    status = fields.String()
    waybill_number = fields.String(allow_none=True)
    short_reason = fields.String(allow_none=True)
    cancel_reason = fields.String(allow_none=True)
    recorded_at = fields.String()
    dispatched_at = fields.String(allow_none=True)
    handed_over_at = fields.String(allow_none=True)
    picking_started_at = fields.String(allow_none=True)
    vehicle = fields.String(allow_none=True)
    driver_role = fields.String(allow_none=True)
    packages = fields.Integer(allow_none=True)
    gross_weight_grams = fields.Integer(allow_none=True)
    lines = fields.List(fields.Nested(ConsignmentLineAnswer))
    handovers = fields.List(fields.Dict())


class GateAnswer(Schema):
    """What a facility lets be written down of its receiving officer."""

    facility_code = fields.String()
    receiver_policy = fields.String()
