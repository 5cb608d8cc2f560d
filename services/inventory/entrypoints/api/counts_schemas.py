"""Count sheets as JSON; an open one holds no number of the books."""

from marshmallow import Schema, fields
from marshmallow.validate import Length, OneOf

from services.inventory.application.counting.sheets import ANSWERS, UNCOUNTED
from services.inventory.entrypoints.api.schemas import CODE
from shared.web.paging import PagingSchema


class CountQuerySchema(PagingSchema):
    """``?status=`` of the list of count sheets."""

    status = fields.String(load_default=None, validate=OneOf(("open", "finished")))


class PlanCountSchema(Schema):
    """What to count: a location, or a product wherever it stands."""

    command_id = fields.UUID(required=True)
    location_code = fields.String(load_default=None, allow_none=True, validate=CODE)
    product_code = fields.String(load_default=None, allow_none=True, validate=CODE)


class PlannedCountSchema(Schema):
    """The number of the new sheet."""

    count_sheet_number = fields.String(required=True)


class CountLineSchema(Schema):
    """A lot at a place. ``counted`` of an open sheet is the asker's own number."""

    product_code = fields.String(required=True)
    lot_id = fields.UUID(required=True)
    lot_number = fields.String(required=True)
    expires_on = fields.Date(required=True, allow_none=True)
    gift_number = fields.String(required=True)
    location_code = fields.String(required=True)
    state = fields.String(required=True)
    counted = fields.Integer(allow_none=True)
    first_counted = fields.Integer()
    second_counted = fields.Integer(allow_none=True)
    first_by = fields.String()
    second_by = fields.String(allow_none=True)
    decided_by = fields.String(allow_none=True)
    booked = fields.Integer()
    difference = fields.Integer()
    outcome = fields.String()
    movement_id = fields.UUID(allow_none=True)


class WaitingCountSchema(Schema):
    """A count that waits for the coordinator's ruling."""

    scan_id = fields.UUID(required=True)
    code = fields.String(required=True)
    quantity = fields.Integer(required=True)
    occurred_at = fields.AwareDateTime(required=True)
    product_code = fields.String(allow_none=True)
    lot_number = fields.String(allow_none=True)


class CountSheetSchema(Schema):
    """A count sheet, its lines in walking order."""

    count_sheet_number = fields.String(required=True)
    location_code = fields.String(required=True, allow_none=True)
    product_code = fields.String(required=True, allow_none=True)
    status = fields.String(required=True)
    opened_at = fields.AwareDateTime(required=True)
    finished_at = fields.AwareDateTime(required=True, allow_none=True)
    uncounted = fields.String(required=True, allow_none=True)
    uncounted_lots = fields.Integer(required=True, allow_none=True)
    lines = fields.List(fields.Nested(CountLineSchema), required=True)
    waiting = fields.List(fields.Nested(WaitingCountSchema), required=True)


class FinishCountSchema(Schema):
    """Book the sheet; what lots not counted mean has to be said where there are any."""

    command_id = fields.UUID(required=True)
    uncounted = fields.String(
        load_default=None, allow_none=True, validate=OneOf(UNCOUNTED)
    )


class FinishedCountSchema(Schema):
    """How finishing went; a sheet that stays open says what it still needs."""

    count_sheet_number = fields.String(required=True)
    status = fields.String(required=True)
    counted = fields.Integer()
    uncounted = fields.Integer()
    differences = fields.Integer()
    second_counts = fields.Integer()
    decisions = fields.Integer()


class DecideCountSchema(Schema):
    """The number taken for true where two counts differ."""

    command_id = fields.UUID(required=True)
    lot_id = fields.UUID(required=True)
    location_code = fields.String(required=True, validate=CODE)
    counted = fields.Raw(required=True, metadata={"type": "integer", "minimum": 0})


class DecidedCountSchema(Schema):
    """What was decided."""

    lot_id = fields.UUID()
    counted = fields.Integer()


class RuleOnCountSchema(Schema):
    """What a count is that stands against another one."""

    command_id = fields.UUID(required=True)
    answer = fields.String(required=True, validate=[Length(max=20), OneOf(ANSWERS)])


class RuledCountSchema(Schema):
    """What became of the waiting count."""

    scan_id = fields.UUID()
    status = fields.String()
    lot_id = fields.UUID()


class DueCountsSchema(Schema):
    """Codes of what should be counted now, the longest waiting first."""

    locations = fields.List(fields.String(), required=True)
    medicines = fields.List(fields.String(), required=True)
    quarter = fields.List(fields.String(), required=True)
