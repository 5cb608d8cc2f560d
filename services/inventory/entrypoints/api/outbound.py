"""Pick lists and dispatch for programs (API.md, inventory)."""

from collections.abc import Callable
from typing import Any, Protocol

from services.inventory.application.outbound.dispatch_goods import (
    DispatchGoods,
    dispatch_goods,
)
from services.inventory.application.outbound.queries import OutboundQueries
from services.inventory.application.ports.work import Work
from services.inventory.entrypoints.api import outbound_schemas as schemas
from services.inventory.entrypoints.commands import account, command
from shared.database.commands import Command
from shared.web.api import ApiBlueprint, Page
from shared.web.auth import allow
from shared.web.paging import decode_cursor, encode_cursor


class OutboundService(Protocol):
    """The part of inventory these routes need."""

    @property
    def outbound(self) -> OutboundQueries: ...
    def perform(self, command: Command, use_case: Callable[[Work], Any]) -> Any: ...


def add_outbound_routes(api: ApiBlueprint, app: OutboundService) -> None:
    """Add what a volunteer needs between a planned consignment and its waybill."""
    _add_reads(api, app)
    _add_dispatch(api, app)


def _add_reads(api: ApiBlueprint, app: OutboundService) -> None:
    @api.route("/pick-lists")
    @api.arguments(schemas.PickListQuerySchema, location="query")
    @api.response(200, Page.of(schemas.PickListSchema))
    @allow("volunteer", "reviewer", "coordinator")
    def list_pick_lists(query: dict[str, Any]) -> dict[str, Any]:
        """List pick lists with their lines, by number."""
        after = decode_cursor(query["cursor"], str)
        limit = query["limit"]
        found = app.outbound.pick_lists(
            query["status"], after=after[0] if after else None, limit=limit + 1
        )
        shown = found[:limit]
        is_more = len(found) > limit
        following = encode_cursor([shown[-1].pick_list_number]) if is_more else None
        return {"items": shown, "next": following}

    @api.route("/pick-lists/<pick_list_number>")
    @api.response(200, schemas.PickListSchema)
    @allow("volunteer", "reviewer", "coordinator")
    def get_pick_list(pick_list_number: str) -> Any:
        """Read one pick list; its lines are in walking order."""
        return app.outbound.pick_list(pick_list_number)


def _add_dispatch(api: ApiBlueprint, app: OutboundService) -> None:
    @api.route("/pick-lists/<pick_list_number>/dispatch", methods=["POST"])
    @api.arguments(schemas.DispatchSchema)
    @api.response(200, schemas.DispatchedSchema)
    @allow("volunteer", "coordinator")
    def dispatch(body: dict[str, Any], pick_list_number: str) -> Any:
        """Send off what was picked; the answer names the waybill."""
        wish = DispatchGoods(account(), pick_list_number, body["short_reason"])
        once = command(f"dispatch {pick_list_number}", body)
        return app.perform(once, lambda work: dispatch_goods(wish, work))
