"""What distribution takes as JSON (API.md, distribution)."""

from datetime import UTC, date, datetime
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate

from services.distribution.domain.consignment import ConsignmentState
from services.distribution.domain.requisition import (
    LINES_MAX,
    QUANTITY_MAX,
    RequisitionState,
)
from services.distribution.domain.run import OVERRIDE_REASON_CHARS_MAX, RunState
from shared.web.paging import PagingSchema

CODE = validate.Regexp(r"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}\Z")
GROUP = validate.Regexp(r"^[a-z][a-z0-9_-]{0,39}\Z")
NAME = validate.Length(min=1, max=200)
PRODUCT = validate.Length(min=1, max=60)
REASON = validate.Length(min=1, max=500)
AUDIENCE = validate.OneOf(["detention", "community"])
IN_THE_CENTURY = validate.Range(date(2000, 1, 1), date(2099, 12, 31))
"""Months of all these days exist, before and after."""

SINCE_2000 = validate.Range(
    datetime(2000, 1, 1, tzinfo=UTC), datetime(2099, 12, 31, tzinfo=UTC)
)
CODES_MAX = 500
RULES_MAX = 200
PERCENT_MAX = 100
DAYS_MAX = 3660


class Whole(fields.Integer):
    """A whole number and nothing that could be taken for one: not true, not 2.0."""

    def __init__(self, **options: Any) -> None:
        super().__init__(strict=True, **options)

    def _validated(self, value: Any) -> int:
        if type(value) is not int:
            raise ValidationError("Not a whole number.")
        return value


def _code(**options: Any) -> fields.String:
    return fields.String(validate=CODE, **options)


def _product(**options: Any) -> fields.String:
    return fields.String(validate=PRODUCT, **options)


def _quantity(**options: Any) -> Whole:
    return Whole(validate=validate.Range(min=0, max=QUANTITY_MAX), **options)


def _lines(schema: type[Schema], **options: Any) -> Any:
    return fields.List(
        fields.Nested(schema),
        validate=validate.Length(min=1, max=options.pop("most", LINES_MAX)),
        **options,
    )


class CommandSchema(Schema):
    """What every write carries: an id the client made."""

    command_id = fields.UUID(required=True)


class CancelSchema(CommandSchema):
    """The body of every cancel."""

    reason = fields.String(required=True, validate=REASON)


class FacilitySchema(Schema):
    """The whole present state of a facility; the same again is harmless.

    ``not_admitted`` names product codes and product flags.
    """

    class Meta:
        """What marshmallow wants to know."""

        unknown = EXCLUDE

    command_id = fields.UUID(load_default=None)
    facility_code = _code(required=True)
    name = fields.String(load_default=None, validate=NAME)
    region = fields.String(load_default="", validate=validate.Length(max=100))
    audience = fields.String(load_default="detention", validate=AUDIENCE)
    not_admitted = fields.List(
        _product(), load_default=list, validate=validate.Length(max=CODES_MAX)
    )


class UnitSchema(Schema):
    """The whole present state of a unit; without audience it is its facility's."""

    class Meta:
        """What marshmallow wants to know."""

        unknown = EXCLUDE

    command_id = fields.UUID(load_default=None)
    unit_code = _code(required=True)
    facility_code = _code(required=True)
    kind = fields.String(load_default="ward", validate=GROUP)
    audience = fields.String(load_default=None, validate=AUDIENCE)
    groups = fields.List(
        fields.String(validate=GROUP),
        load_default=list,
        validate=validate.Length(max=50),
    )
    is_closed = fields.Boolean(load_default=False)


class HeadcountSchema(CommandSchema):
    """Counts by band; the domain names the band that will not do."""

    as_of = fields.Date(required=True, validate=IN_THE_CENTURY)
    bands = fields.Dict(
        keys=fields.String(), values=fields.Raw(allow_none=True), required=True
    )


class SizeSchema(Schema):
    """One size of a product that comes in sizes."""

    stated_count = fields.String(required=True)
    product_code = _product(required=True)
    pieces_per_pack = Whole(required=True, validate=validate.Range(1, 10_000))


class RuleSchema(Schema):
    """One quota rule; what a read gives back may be sent again as it is."""

    class Meta:
        """What marshmallow wants to know."""

        unknown = EXCLUDE

    rule_code = fields.String(
        required=True, validate=validate.Regexp(r"^[A-Za-z0-9][A-Za-z0-9-]{0,19}\Z")
    )
    product_code = _product(required=True)
    bands = fields.List(
        fields.String(), required=True, validate=validate.Length(min=1, max=50)
    )
    numerator = _quantity(required=True)
    denominator = Whole(load_default=1, validate=validate.Range(1, QUANTITY_MAX))
    per_days = Whole(load_default=30, validate=validate.Range(1, DAYS_MAX))
    unit_kind = fields.String(load_default=None, allow_none=True, validate=GROUP)
    sizes = fields.List(
        fields.Nested(SizeSchema), load_default=list, validate=validate.Length(max=20)
    )
    is_once = fields.Boolean(load_default=False)
    state_supplied_percent = Whole(
        load_default=0, validate=validate.Range(0, PERCENT_MAX)
    )
    is_on = fields.Boolean(load_default=True)


class QuotaRulesSchema(CommandSchema):
    """Rules to add or replace from a day on; without one, from today."""

    effective_from = fields.Date(
        load_default=None, allow_none=True, validate=IN_THE_CENTURY
    )
    rules = _lines(RuleSchema, required=True, most=RULES_MAX)


class RulesQuery(Schema):
    """Rules as they stand on a day, or all their versions."""

    on = fields.Date(load_default=None, validate=IN_THE_CENTURY)
    history = fields.Boolean(load_default=False)


class WishedLineSchema(Schema):
    """One product asked for; the range is the domain's to refuse."""

    product_code = _product(required=True)
    quantity = Whole(required=True)


class RequisitionSchema(Schema):
    """What a unit asks for; ``requisition_id`` is made by the client."""

    requisition_id = fields.UUID(required=True)
    command_id = fields.UUID(load_default=None)
    unit_code = _code(required=True)
    needed_by = fields.Date(required=True, validate=IN_THE_CENTURY)
    draft = fields.Boolean(load_default=False)
    lines = _lines(WishedLineSchema, required=True)


class ApprovedLineSchema(Schema):
    """How much of a line is approved; 0 strikes it."""

    product_code = _product(required=True)
    approved = Whole(required=True)


class ApproveRequisitionSchema(CommandSchema):
    """Lines that are not named are approved as requested."""

    lines = fields.List(
        fields.Nested(ApprovedLineSchema),
        load_default=list,
        validate=validate.Length(max=LINES_MAX),
    )


class RunSchema(Schema):
    """Which products to share for which day; without a day, for today."""

    run_id = fields.UUID(required=True)
    handover_on = fields.Date(
        load_default=None, allow_none=True, validate=IN_THE_CENTURY
    )
    product_codes = fields.List(
        _product(),
        load_default=None,
        allow_none=True,
        validate=validate.Length(min=1, max=CODES_MAX),
    )


class OverriddenLineSchema(Schema):
    """A coordinator's number in place of the rule's."""

    unit_code = _code(required=True)
    product_code = _product(required=True)
    quantity = _quantity(required=True)
    reason = fields.String(
        required=True,
        validate=validate.Length(min=1, max=OVERRIDE_REASON_CHARS_MAX),
    )


class OverrideSchema(CommandSchema):
    """The lines to override."""

    lines = _lines(OverriddenLineSchema, required=True, most=CODES_MAX)


class ConsignmentSchema(CommandSchema):
    """Take what is reserved for a facility, or for some of its units."""

    facility_code = _code(required=True)
    planned_on = fields.Date(required=True, validate=IN_THE_CENTURY)
    unit_codes = fields.List(
        _code(),
        load_default=None,
        allow_none=True,
        validate=validate.Length(min=1, max=CODES_MAX),
    )


class GateLineSchema(Schema):
    """How one dispatched line ended; the four add up to what was dispatched."""

    unit_code = _code(required=True)
    product_code = _product(required=True)
    lot_id = fields.UUID(required=True)
    accepted = _quantity(load_default=0)
    refused = _quantity(load_default=0)
    refusal_reason = fields.String(
        load_default=None, allow_none=True, validate=validate.Length(max=100)
    )
    damaged = _quantity(load_default=0)
    short = _quantity(load_default=0)


class HandoverSchema(CommandSchema):
    """What was seen at the gate, and when."""

    occurred_at = fields.AwareDateTime(required=True, validate=SINCE_2000)
    lines = fields.List(
        fields.Nested(GateLineSchema),
        required=True,
        validate=validate.Length(max=5_000),
    )
    corrects = fields.UUID(load_default=None, allow_none=True)


class UnitsQuery(PagingSchema):
    """Filters of ``GET /units``."""

    facility_code = _code(load_default=None)


class RequisitionsQuery(PagingSchema):
    """Filters of ``GET /requisitions``."""

    unit_code = _code(load_default=None)
    facility_code = _code(load_default=None)
    state = fields.String(
        load_default=None, validate=validate.OneOf(list(RequisitionState))
    )


class RunsQuery(PagingSchema):
    """Filters of ``GET /allocation-runs``."""

    state = fields.String(load_default=None, validate=validate.OneOf(list(RunState)))


class ConsignmentsQuery(PagingSchema):
    """Filters of ``GET /consignments``."""

    facility_code = _code(load_default=None)
    status = fields.String(
        load_default=None,
        attribute="state",
        validate=validate.OneOf(list(ConsignmentState)),
    )


class FormQuery(Schema):
    """For which day a requisition is prefilled; today unless said."""

    needed_by = fields.Date(load_default=None, validate=IN_THE_CENTURY)
