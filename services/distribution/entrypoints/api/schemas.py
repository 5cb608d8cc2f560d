"""What distribution takes as JSON (API.md, distribution)."""

from typing import Any

from marshmallow import EXCLUDE, Schema, fields, pre_load, validate

from services.distribution.domain.requisition import (
    LINES_MAX,
    QUANTITY_MAX,
    RequisitionState,
)
from services.distribution.entrypoints.api.schema_parts import (
    AUDIENCE,
    CODES_MAX,
    DAYS_MAX,
    GROUP,
    IN_THE_CENTURY,
    NAME,
    PERCENT_MAX,
    RULES_MAX,
    CommandSchema,
    Whole,
    code_field,
    lines_field,
    product_field,
    quantity_field,
)
from services.distribution.entrypoints.api.schemas_needing import APPROVE_REASONS
from services.distribution.entrypoints.words.terms import OVER_REASONS
from shared.web.paging import PagingSchema


class FacilitySchema(Schema):
    """The whole present state of a facility; the same again is harmless.

    ``not_admitted`` names product codes and product flags.
    """

    class Meta:
        """What marshmallow wants to know."""

        unknown = EXCLUDE

    command_id = fields.UUID(load_default=None)
    facility_code = code_field(required=True)
    name = fields.String(load_default=None, validate=NAME)
    region = fields.String(load_default="", validate=validate.Length(max=100))
    audience = fields.String(load_default="detention", validate=AUDIENCE)
    not_admitted = fields.List(
        product_field(), load_default=list, validate=validate.Length(max=CODES_MAX)
    )


class UnitSchema(Schema):
    """The whole present state of a unit; without audience it is its facility's."""

    class Meta:
        """What marshmallow wants to know."""

        unknown = EXCLUDE

    command_id = fields.UUID(load_default=None)
    unit_code = code_field(required=True)
    facility_code = code_field(required=True)
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
    product_code = product_field(required=True)
    pieces_per_pack = Whole(required=True, validate=validate.Range(1, 10_000))


class RuleSchema(Schema):
    """One quota rule; what a read gives back may be sent again as it is."""

    class Meta:
        """What marshmallow wants to know."""

        unknown = EXCLUDE

    rule_code = fields.String(
        required=True, validate=validate.Regexp(r"^[A-Za-z0-9][A-Za-z0-9-]{0,19}\Z")
    )
    product_code = product_field(required=True)
    bands = fields.List(
        fields.String(), required=True, validate=validate.Length(min=1, max=50)
    )
    numerator = quantity_field(required=True)
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
    """Rules to add or replace from a day on; without one, from today.

    A whole list as it was read is taken too: its ``items`` are the rules.
    """

    class Meta:
        """What marshmallow wants to know."""

        unknown = EXCLUDE

    effective_from = fields.Date(
        load_default=None, allow_none=True, validate=IN_THE_CENTURY
    )
    rules = lines_field(RuleSchema, required=True, most=RULES_MAX)

    @pre_load
    def name_the_rules(self, body: Any, **_options: Any) -> Any:
        """Read ``items`` as ``rules`` when only that is there."""
        if not isinstance(body, dict) or "rules" in body or "items" not in body:
            return body
        return {**body, "rules": body["items"]}


class RulesQuery(PagingSchema):
    """Rules as they stand on a day, or all their versions."""

    on = fields.Date(load_default=None, validate=IN_THE_CENTURY)
    history = fields.Boolean(load_default=False)


class WishedLineSchema(Schema):
    """One product asked for; the range is the domain's to refuse.

    ``reason``: why more than is due.
    """

    product_code = product_field(required=True)
    quantity = Whole(required=True)
    reason = fields.String(load_default=None, validate=validate.OneOf(OVER_REASONS))


class RequisitionSchema(Schema):
    """What a unit asks for; ``requisition_id`` is made by the client."""

    requisition_id = fields.UUID(required=True)
    command_id = fields.UUID(load_default=None)
    unit_code = code_field(required=True)
    needed_by = fields.Date(required=True, validate=IN_THE_CENTURY)
    delivery_on = fields.Date(
        load_default=None, allow_none=True, validate=IN_THE_CENTURY
    )
    draft = fields.Boolean(load_default=False)
    lines = lines_field(WishedLineSchema, required=True)


class ApprovedLineSchema(Schema):
    """How much of a line is approved, and why another number; 0 strikes it."""

    product_code = product_field(required=True)
    approved = Whole(required=True)
    reason = fields.String(load_default=None, validate=validate.OneOf(APPROVE_REASONS))


class ApproveRequisitionSchema(CommandSchema):
    """Lines that are not named are approved as requested."""

    lines = fields.List(
        fields.Nested(ApprovedLineSchema),
        load_default=list,
        validate=validate.Length(max=LINES_MAX),
    )


class UnitsQuery(PagingSchema):
    """Filters of ``GET /units``."""

    facility_code = code_field(load_default=None)


class RequisitionsQuery(PagingSchema):
    """Filters of ``GET /requisitions``."""

    unit_code = code_field(load_default=None)
    facility_code = code_field(load_default=None)
    state = fields.String(
        load_default=None, validate=validate.OneOf(list(RequisitionState))
    )


class FormQuery(Schema):
    """For which day a requisition is prefilled; today unless said."""

    needed_by = fields.Date(load_default=None, validate=IN_THE_CENTURY)
