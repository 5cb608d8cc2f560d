"""What runs, consignments and handovers take as JSON (API.md, distribution)."""

from marshmallow import Schema, fields, validate

from services.distribution.domain.conditions import WEIGHT_TEXT_MAX
from services.distribution.domain.consignment import (
    BAGS_MAX,
    GRAMS_MAX,
    ConsignmentState,
    DriverRole,
)
from services.distribution.domain.handover import ReceiverPolicy, ReceiverRole
from services.distribution.domain.reserve import ReserveReason
from services.distribution.domain.run import OVERRIDE_REASON_CHARS_MAX, RunState
from services.distribution.entrypoints.api.schema_parts import (
    CODES_MAX,
    IN_THE_CENTURY,
    SINCE_2000,
    CommandSchema,
    code_field,
    lines_field,
    product_field,
    quantity_field,
)
from shared.web.paging import PagingSchema


class ConditionsSchema(Schema):
    """Reserve, weights and caps of one product; weights are fractions in text."""

    reserve = quantity_field(load_default=0)
    weights = fields.Dict(
        keys=code_field(),
        values=fields.String(validate=validate.Length(max=WEIGHT_TEXT_MAX)),
        load_default=dict,
    )
    caps = fields.Dict(keys=code_field(), values=quantity_field(), load_default=dict)


class TakeSchema(CommandSchema):
    """Share a product of a proposal out again, under these conditions."""

    conditions = fields.Nested(ConditionsSchema, required=True)


class WhatIfSchema(Schema):
    """Conditions to try; nothing is kept."""

    conditions = fields.Nested(ConditionsSchema, required=True)


class ReserveSchema(CommandSchema):
    """Keep so much of a product back from a day on; 0 ends it."""

    product_code = product_field(required=True)
    quantity = quantity_field(required=True)
    effective_from = fields.Date(
        load_default=None, allow_none=True, validate=IN_THE_CENTURY
    )
    reason = fields.String(
        required=True, validate=validate.OneOf([each.value for each in ReserveReason])
    )


class RunSchema(Schema):
    """Which products to share for which day; without a day, for today."""

    run_id = fields.UUID(required=True)
    handover_on = fields.Date(
        load_default=None, allow_none=True, validate=IN_THE_CENTURY
    )
    product_codes = fields.List(
        product_field(),
        load_default=None,
        allow_none=True,
        validate=validate.Length(min=1, max=CODES_MAX),
    )
    conditions = fields.Dict(
        keys=product_field(), values=fields.Nested(ConditionsSchema), load_default=dict
    )


class OverriddenLineSchema(Schema):
    """A coordinator's number in place of the rule's.

    ``reason`` is a code (docs/fairness.md); in other words it is kept as the note of
    the code ``other``, which no unit reads.
    """

    unit_code = code_field(required=True)
    product_code = product_field(required=True)
    quantity = quantity_field(required=True)
    reason = fields.String(
        required=True,
        validate=validate.Length(min=1, max=OVERRIDE_REASON_CHARS_MAX),
    )
    note = fields.String(
        load_default="", validate=validate.Length(max=OVERRIDE_REASON_CHARS_MAX)
    )


class OverrideSchema(CommandSchema):
    """The lines to override."""

    lines = lines_field(OverriddenLineSchema, required=True, most=CODES_MAX)


class PreviewedLineSchema(OverriddenLineSchema):
    """A coordinator's number that is only looked at; it needs no reason yet."""

    reason = fields.String(
        load_default="", validate=validate.Length(max=OVERRIDE_REASON_CHARS_MAX)
    )


class PreviewSchema(Schema):
    """The lines somebody thinks of overriding."""

    lines = lines_field(PreviewedLineSchema, required=True, most=CODES_MAX)


class WaySchema(CommandSchema):
    """A vehicle, or ``own_car``, and who drives, as a role."""

    vehicle = fields.String(
        load_default=None, allow_none=True, validate=validate.Length(max=40)
    )
    driver_role = fields.String(
        load_default=None, allow_none=True, validate=validate.OneOf(list(DriverRole))
    )


class ConsignmentSchema(WaySchema):
    """Take what is reserved for a facility, or for some of its units."""

    facility_code = code_field(required=True)
    planned_on = fields.Date(required=True, validate=IN_THE_CENTURY)
    unit_codes = fields.List(
        code_field(),
        load_default=None,
        allow_none=True,
        validate=validate.Length(min=1, max=CODES_MAX),
    )


class GoesOnSchema(CommandSchema):
    """The day on which a consignment goes now."""

    planned_on = fields.Date(required=True, validate=IN_THE_CENTURY)


class BagsSchema(Schema):
    """The seals on the bags of one line, in place of those said before."""

    unit_code = code_field(required=True)
    product_code = product_field(required=True)
    lot_id = fields.UUID(required=True)
    bag_ids = fields.List(
        fields.String(validate=validate.Length(max=40)),
        required=True,
        validate=validate.Length(max=BAGS_MAX),
    )


class TransportSchema(WaySchema):
    """What a waybill says of the way; what is left out is unknown."""

    packages = quantity_field(load_default=None, allow_none=True)
    gross_weight_grams = fields.Integer(
        strict=True,
        load_default=None,
        allow_none=True,
        validate=validate.Range(min=1, max=GRAMS_MAX),
    )
    bags = fields.List(
        fields.Nested(BagsSchema),
        load_default=list,
        validate=validate.Length(max=CODES_MAX),
    )


class PackingScanSchema(CommandSchema):
    """A label that was scanned while loading; without a quantity, all it stands for."""

    raw = fields.String(required=True, validate=validate.Length(min=1, max=200))
    quantity = quantity_field(load_default=None, allow_none=True)


class GatePolicySchema(CommandSchema):
    """What a facility lets be written down of its receiving officer."""

    receiver_policy = fields.String(
        required=True, validate=validate.OneOf(list(ReceiverPolicy))
    )


class GateLineSchema(Schema):
    """How one dispatched line ended; the four add up to what was dispatched."""

    unit_code = code_field(required=True)
    product_code = product_field(required=True)
    lot_id = fields.UUID(required=True)
    accepted = quantity_field(load_default=0)
    refused = quantity_field(load_default=0)
    refusal_reason = fields.String(
        load_default=None, allow_none=True, validate=validate.Length(max=100)
    )
    damaged = quantity_field(load_default=0)
    short = quantity_field(load_default=0)


class HandoverSchema(CommandSchema):
    """What was seen at the gate, and when."""

    occurred_at = fields.AwareDateTime(required=True, validate=SINCE_2000)
    lines = fields.List(
        fields.Nested(GateLineSchema),
        required=True,
        validate=validate.Length(max=5_000),
    )
    corrects = fields.UUID(load_default=None, allow_none=True)
    receiver_role = fields.String(
        load_default=None, allow_none=True, validate=validate.OneOf(list(ReceiverRole))
    )
    receiver_number = fields.String(
        load_default=None, allow_none=True, validate=validate.Length(max=40)
    )
    is_from_paper = fields.Boolean(load_default=False)


class RunsQuery(PagingSchema):
    """Filters of ``GET /allocation-runs``."""

    state = fields.String(load_default=None, validate=validate.OneOf(list(RunState)))


class ConsignmentsQuery(PagingSchema):
    """Filters of ``GET /consignments``."""

    facility_code = code_field(load_default=None)
    status = fields.String(
        load_default=None,
        attribute="state",
        validate=validate.OneOf(list(ConsignmentState)),
    )
