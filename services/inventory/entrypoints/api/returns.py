"""What came back, and what a unit gives back, for programs."""

from typing import Any

from marshmallow import Schema, fields
from marshmallow.validate import OneOf, Range

from services.inventory.application.receiving.record_return import (
    RecordReturn,
    record_return,
)
from services.inventory.domain.giving_back import Condition, NextStep
from services.inventory.entrypoints.api.schemas import CODE, STATUSES
from services.inventory.entrypoints.blindness import hidden_from_reader
from services.inventory.entrypoints.commands import account, command
from services.inventory.wiring import Inventory
from shared.kernel.clock import local_day
from shared.web.api import ApiBlueprint, Page
from shared.web.auth import allow

CONDITIONS = OneOf([each.value for each in Condition])
NEXT_STEPS = OneOf([each.value for each in NextStep])


class ReturnSchema(Schema):
    """So many of a lot came back from a unit; ``condition`` says how they look."""

    command_id = fields.UUID(required=True)
    unit_code = fields.String(required=True, validate=CODE)
    lot_id = fields.UUID(required=True)
    quantity = fields.Integer(required=True, strict=True, validate=Range(1, 1_000_000))
    condition = fields.String(required=True, validate=CONDITIONS)


class RecordedReturnSchema(Schema):
    """The movement that was booked, and what becomes of the goods."""

    lot_id = fields.UUID(required=True)
    movement_id = fields.UUID(required=True)
    next_step = fields.String(required=True, validate=NEXT_STEPS)


class ArrivalSchema(Schema):
    """Units that came at once; ``condition`` is null where nobody said it.

    ``quantity`` is null for who counts them.
    """

    quantity = fields.Integer(required=True, allow_none=True)
    occurred_at = fields.AwareDateTime(required=True)
    condition = fields.String(required=True, allow_none=True, validate=CONDITIONS)


class ReturnedSchema(Schema):
    """Goods that came back and wait for a decision.

    ``quantity`` is null, and ``counted_on`` names the sheet, for who counts them.
    """

    lot_id = fields.UUID(required=True)
    product_code = fields.String(required=True)
    lot_number = fields.String(required=True)
    expires_on = fields.Date(required=True, allow_none=True)
    status = fields.String(
        required=True, data_key="lot_status", validate=OneOf(STATUSES)
    )
    location_code = fields.String(required=True)
    quantity = fields.Integer(required=True, allow_none=True)
    counted_on = fields.String(required=True, allow_none=True)
    since = fields.AwareDateTime(required=True)
    arrivals = fields.List(fields.Nested(ArrivalSchema), required=True)
    next_step = fields.String(required=True, validate=NEXT_STEPS)


def add_return_routes(api: ApiBlueprint, app: Inventory) -> None:
    """Add what came back and what is to become of it."""

    @api.route("/returns")
    @api.response(200, Page.of(ReturnedSchema))
    @allow("volunteer", "reviewer", "coordinator")
    def list_returns() -> dict[str, Any]:
        """List what came back and waits for a decision, the oldest first."""
        hidden = hidden_from_reader(app)
        found = app.returns.returns(local_day(app.clock.now()))
        return {"items": [each.hidden(hidden) for each in found], "next": None}

    @api.route("/returns", methods=["POST"])
    @api.arguments(ReturnSchema)
    @api.response(200, RecordedReturnSchema)
    @allow("volunteer", "coordinator")
    def give_back(body: dict[str, Any]) -> Any:
        """Take back what a unit had accepted."""
        wish = RecordReturn(
            unit_code=body["unit_code"],
            lot_id=body["lot_id"],
            quantity=body["quantity"],
            condition=Condition(body["condition"]),
            account=account(),
        )
        return app.perform(
            command("record_return", body), lambda work: record_return(work, wish)
        )
