"""Decisions about lots, adjustments and undo for programs."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from services.inventory.application.counting.adjust_stock import (
    AdjustStock,
    adjust_stock,
    reason_for,
)
from services.inventory.application.holding.hold_lots import (
    DecideOnLot,
    quarantine_lot,
    release_lot,
)
from services.inventory.application.holding.recall_lots import RecallLots, recall_lots
from services.inventory.application.outbound.reverse_movement import (
    ReverseMovement,
    reverse_movement,
)
from services.inventory.application.ports.work import Work
from services.inventory.application.scanning.line import checked_quantity
from services.inventory.entrypoints.api import schemas
from services.inventory.entrypoints.commands import account, command
from services.inventory.entrypoints.words.reasons import REASONS_TO_CHOOSE
from services.inventory.wiring import Inventory
from shared.web.api import ApiBlueprint, Page
from shared.web.auth import allow

Decide = Callable[[Work, DecideOnLot], Any]


def add_lot_routes(api: ApiBlueprint, app: Inventory) -> None:
    """Add what is decided about goods that are already in the books."""
    _add_reasons(api)
    _add_decisions(api, app)
    _add_recall(api, app)
    _add_adjustment(api, app)
    _add_reversal(api, app)


def _add_reasons(api: ApiBlueprint) -> None:
    @api.route("/reasons")
    @api.response(200, Page.of(schemas.ReasonListSchema))
    @allow("volunteer", "reviewer", "coordinator")
    def list_reasons() -> dict[str, Any]:
        """List the reasons to choose from, by what is decided."""
        lists = [
            {
                "decision": decision,
                "reasons": [
                    {"code": code, "word": str(word)} for code, word in words.items()
                ],
            }
            for decision, words in REASONS_TO_CHOOSE.items()
        ]
        return {"items": lists, "next": None}


def _add_decisions(api: ApiBlueprint, app: Inventory) -> None:
    def decide(name: str, use_case: Decide, lot_id: UUID, body: dict[str, Any]) -> Any:
        wish = DecideOnLot(lot_id, body["reason"], account())
        return app.perform(
            command(f"{name} {lot_id}", body), lambda work: use_case(work, wish)
        )

    @api.route("/lots/<uuid:lot_id>/release", methods=["POST"])
    @api.arguments(schemas.DecisionSchema)
    @api.response(200, schemas.LotStatusSchema)
    @allow("reviewer")
    def release(body: dict[str, Any], lot_id: UUID) -> Any:
        """Let a lot be given out."""
        return decide("release_lot", release_lot, lot_id, body)

    @api.route("/lots/<uuid:lot_id>/quarantine", methods=["POST"])
    @api.arguments(schemas.DecisionSchema)
    @api.response(200, schemas.LotStatusSchema)
    @allow("reviewer")
    def quarantine(body: dict[str, Any], lot_id: UUID) -> Any:
        """Hold a lot back wherever it is."""
        return decide("quarantine_lot", quarantine_lot, lot_id, body)


def _add_recall(api: ApiBlueprint, app: Inventory) -> None:
    @api.route("/recalls", methods=["POST"])
    @api.arguments(schemas.RecallSchema)
    @api.response(200, schemas.RecalledSchema)
    @allow("reviewer")
    def recall(body: dict[str, Any]) -> Any:
        """Block a lot number of a product everywhere, list who got some."""
        wish = RecallLots(
            body["product_code"], body["lot_number"], body["reason"], account()
        )
        return app.perform(
            command("recall_lots", body), lambda work: recall_lots(work, wish)
        )


def _add_adjustment(api: ApiBlueprint, app: Inventory) -> None:
    @api.route("/adjustments", methods=["POST"])
    @api.arguments(schemas.AdjustmentSchema)
    @api.response(200, schemas.MovedSchema)
    @allow("coordinator")
    def adjust(body: dict[str, Any]) -> Any:
        """Say that goods were lost, spoiled, found or given on."""
        wish = AdjustStock(
            lot_id=body["lot_id"],
            location_code=body["location_code"],
            quantity=checked_quantity(body["quantity"]),
            reason=reason_for(body["direction"], body["reason"]),
            account=account(),
            incident_number=body["incident_number"],
        )
        return app.perform(
            command("adjust_stock", body), lambda work: adjust_stock(work, wish)
        )


def _add_reversal(api: ApiBlueprint, app: Inventory) -> None:
    @api.route("/reversals", methods=["POST"])
    @api.arguments(schemas.ReversalSchema)
    @api.response(200, schemas.MovedSchema)
    @allow("coordinator")
    def reverse(body: dict[str, Any]) -> Any:
        """Take a movement back by its opposite."""
        wish = ReverseMovement(body["movement_id"], body["reason"], account())
        return app.perform(
            command("reverse_movement", body),
            lambda work: reverse_movement(work, wish),
        )
