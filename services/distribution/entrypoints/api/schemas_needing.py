"""What calendars, lapsing, substitutes and authorisations take and give as JSON."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from services.distribution.domain.carrying import LAPSE_DAYS_MAX
from services.distribution.domain.requisition import LINES_MAX
from services.distribution.entrypoints.api.answers import HeadcountAnswer
from services.distribution.entrypoints.api.schema_parts import (
    IN_THE_CENTURY,
    CommandSchema,
    Whole,
    code_field,
    product_field,
)

DAYS_AT_ONCE_MAX = 400
SUBSTITUTE_REASONS = ("out_of_stock", "gate_refuses", "fits_better", "expires_sooner")
"""Why something else is offered; published, never renamed."""

APPROVE_REASONS = (
    "stock_low",
    "has_enough",
    "count_wrong",
    "above_norm",
    "more_needed",
)
"""Why another number is approved than was asked for; published, never renamed."""


def days_field() -> Any:
    """Take days of a calendar."""
    return fields.List(
        fields.Date(validate=IN_THE_CENTURY),
        load_default=list,
        validate=validate.Length(max=DAYS_AT_ONCE_MAX),
    )


class CalendarSchema(CommandSchema):
    """Days to put on a calendar and days to take off it."""

    add = days_field()
    remove = days_field()


class OffAnswer(Schema):
    """A requisition for a day that is not on the calendar (any more)."""

    requisition_id = fields.String()
    unit_code = fields.String()
    needed_by = fields.Date()
    delivery_on = fields.Date()
    state = fields.String()


class ConsignmentOffAnswer(Schema):
    """A consignment that has not left, planned for a day that was taken off."""

    consignment_number = fields.String()
    planned_on = fields.Date()
    status = fields.String(attribute="state")


class CalendarAnswer(Schema):
    """The days from today on, and what hangs on days that are off."""

    facility_code = fields.String()
    days = fields.List(fields.String())
    off = fields.List(fields.Nested(OffAnswer))
    consignments_off = fields.List(fields.Nested(ConsignmentOffAnswer))


class MoveSchema(CommandSchema):
    """Requisitions and consignments that go with another delivery day."""

    to_day = fields.Date(required=True, validate=IN_THE_CENTURY)
    requisition_ids = fields.List(
        fields.UUID(), load_default=list, validate=validate.Length(1, LINES_MAX)
    )
    consignment_numbers = fields.List(
        code_field(), load_default=list, validate=validate.Length(1, LINES_MAX)
    )

    @validates_schema
    def _names_something(self, body: Mapping[str, Any], **_: Any) -> None:
        if not (body["requisition_ids"] or body["consignment_numbers"]):
            raise ValidationError(
                "Name requisitions or consignments to move.", "requisition_ids"
            )


class DeliveryMovedAnswer(Schema):
    """The day they go with now, and which of them went with another before.

    ``moved`` counts the requisitions.
    """

    facility_code = fields.String()
    day = fields.String()
    moved = Whole()
    requisition_ids = fields.List(fields.String())
    consignment_numbers = fields.List(fields.String())


class CarryRuleSchema(CommandSchema):
    """Days after the month until open goods lapse; null carries them over."""

    lapses_after_days = Whole(
        required=True, allow_none=True, validate=validate.Range(0, LAPSE_DAYS_MAX)
    )
    effective_from = fields.Date(
        load_default=None, allow_none=True, validate=IN_THE_CENTURY
    )


class CarryRuleAnswer(Schema):
    """One rule about open goods."""

    effective_from = fields.String()
    lapses_after_days = fields.Integer(allow_none=True)


class CarryRulesAnswer(Schema):
    """Every such rule, the newest first; before the first, goods carry over."""

    items = fields.List(fields.Nested(CarryRuleAnswer))


class SubstituteSchema(CommandSchema):
    """Another product for all that is open of a line."""

    product_code = product_field(required=True)
    substitute_code = product_field(required=True)
    quantity = Whole(required=True)
    reason = fields.String(required=True, validate=validate.OneOf(SUBSTITUTE_REASONS))


class OfferSchema(SubstituteSchema):
    """Another product for what a proposal leaves open for one unit."""

    unit_code = code_field(required=True)


class AuthorisationSchema(Schema):
    """So many infants of a unit for so many weeks; nobody is named."""

    authorisation_id = fields.UUID(required=True)
    unit_code = code_field(required=True)
    product_code = product_field(required=True)
    infants = Whole(required=True)
    weeks = Whole(required=True)
    starts_on = fields.Date(load_default=None, allow_none=True, validate=IN_THE_CENTURY)


class PurchaseSchema(CommandSchema):
    """What was bought, in units of issue.

    ``corrects`` is the number that this one takes the place of; then 0 takes it back.
    """

    bought = Whole(required=True)
    corrects = Whole(load_default=0)


class PurchaseAnswer(Schema):
    """A number that was noted."""

    bought = fields.Integer()
    bought_on = fields.String()


class AuthorisationAnswer(Schema):
    """An authorisation; ``last_day`` is the last of its weeks.

    ``purchases`` has every number that was noted, the last one first.
    """

    authorisation_id = fields.String()
    unit_code = fields.String()
    product_code = fields.String()
    infants = fields.Integer()
    weeks = fields.Integer()
    starts_on = fields.String()
    last_day = fields.String()
    bought = fields.Integer(allow_none=True)
    bought_on = fields.String(allow_none=True)
    purchases = fields.List(fields.Nested(PurchaseAnswer))
    ended_on = fields.String(allow_none=True)
    recorded_at = fields.String()


class AuthorisationsAnswer(Schema):
    """Authorisations, the newest first."""

    items = fields.List(fields.Nested(AuthorisationAnswer))


class SizeAheadAnswer(Schema):
    """One size: children who wear it in each week, packs for all of them."""

    product_code = fields.String()
    children = fields.List(fields.Integer())
    packs = fields.Integer()


class NappiesAheadAnswer(Schema):
    """The coming weeks by their first day; no sizes where no infant is counted."""

    weeks = fields.List(fields.String())
    sizes = fields.List(fields.Nested(SizeAheadAnswer))


class FormAnswer(Schema):
    """A requisition filled in beforehand; ``others`` may be asked for too."""

    unit_code = fields.String()
    facility_code = fields.String()
    needed_by = fields.String()
    headcount = fields.Nested(HeadcountAnswer, allow_none=True)
    delivery_days = fields.List(fields.String())
    lines = fields.List(fields.Dict())
    others = fields.List(fields.Dict())
