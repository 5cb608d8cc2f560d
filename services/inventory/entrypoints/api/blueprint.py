"""Inventory for programs (API.md, inventory)."""

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Response, jsonify

from services.inventory.application.queries import (
    AttentionPlace,
    CardPlace,
    StockFilter,
    StockLine,
)
from services.inventory.application.scanning.resolve_attention import ResolveAttention
from services.inventory.domain.counting import OpenCounts
from services.inventory.entrypoints.api import scan_schemas, schemas
from services.inventory.entrypoints.api.catalogue import add_catalogue_routes
from services.inventory.entrypoints.api.counts import add_count_routes
from services.inventory.entrypoints.api.kits import add_kit_routes
from services.inventory.entrypoints.api.losses import add_loss_routes
from services.inventory.entrypoints.api.lots import add_lot_routes
from services.inventory.entrypoints.api.outbound import add_outbound_routes
from services.inventory.entrypoints.api.photos import add_photo_routes
from services.inventory.entrypoints.api.receiving import add_receiving_routes
from services.inventory.entrypoints.api.returns import add_return_routes
from services.inventory.entrypoints.api.station import add_station_route
from services.inventory.entrypoints.blindness import (
    hidden_from_reader,
    refuse_counted,
)
from services.inventory.entrypoints.commands import account, is_coordinator
from services.inventory.wiring import Inventory
from shared.web.api import ApiBlueprint, Page
from shared.web.auth import allow
from shared.web.paging import PagingSchema, decode_cursor, encode_cursor
from shared.web.problems import translated

READERS = ("volunteer", "reviewer", "coordinator")
WRITERS = ("volunteer", "coordinator")


def blueprint(app: Inventory) -> ApiBlueprint:
    """Make every ``/api/v1`` route of inventory."""
    api = ApiBlueprint("inventory", "inventory", url_prefix="/api/v1")
    _add_scans(api, app)
    _add_attention(api, app)
    _add_stock(api, app)
    _add_stock_cards(api, app)
    add_catalogue_routes(api, app)
    add_lot_routes(api, app)
    add_count_routes(api, app)
    add_loss_routes(api, app)
    add_outbound_routes(api, app)
    add_kit_routes(api, app)
    add_receiving_routes(api, app)
    add_return_routes(api, app)
    add_photo_routes(api, app)
    add_station_route(api, app)
    return api


def _add_scans(api: ApiBlueprint, app: Inventory) -> None:
    @api.route("/scans/decode", methods=["POST"])
    @api.arguments(scan_schemas.RawScanSchema)
    @api.response(200)
    @allow(*READERS)
    def decode(body: dict[str, Any]) -> dict[str, Any]:
        """Say what a scan holds, which product it is and what a receipt lacks."""
        return app.decode(body["raw"], body["second_raw"])

    @api.route("/scans", methods=["POST"])
    @api.arguments(scan_schemas.ScansSchema)
    @api.response(200, scan_schemas.ScanResultsSchema)
    @allow(*WRITERS)
    def scan(body: dict[str, Any]) -> Response:
        """Apply a batch of scans, each line on its own."""
        results = app.scan(account(), body["scans"], by_coordinator=is_coordinator())
        # ready for JSON: to copy 500 lines through the schema costs more than a scan
        return jsonify({"results": [_told(result) for result in results]})


def _told(result: dict[str, Any]) -> dict[str, Any]:
    """Say why a line was not applied in the reader's language."""
    if "detail" not in result:
        return result
    facts = result.get("facts", {})
    return {**result, "detail": translated(result["code"], facts, result["detail"])}


def _add_attention(api: ApiBlueprint, app: Inventory) -> None:
    @api.route("/attention")
    @api.arguments(PagingSchema, location="query")
    @api.response(200, scan_schemas.AttentionPageSchema)
    @allow(*READERS)
    def list_attention(query: dict[str, Any]) -> dict[str, Any]:
        """List what waits, oldest first; beside it all goods of unknown codes."""
        after = AttentionPlace(*(decode_cursor(query["cursor"], str, int) or ()))
        limit = query["limit"]
        items = app.queries.attention(after=after, limit=limit + 1)
        shown = items[:limit]
        place = (
            max(
                (i.line["gift_number"] for i in shown if i.position is None),
                default=after.gift_number,
            ),
            max((i.position for i in shown if i.position), default=after.position),
        )
        following = encode_cursor(place) if len(items) > limit else None
        goods = app.queries.waiting_goods()
        return {"items": shown, "next": following, "waiting_goods": goods}

    @api.route("/attention/<uuid:scan_id>/resolve", methods=["POST"])
    @api.arguments(scan_schemas.ResolveSchema)
    @api.response(200, scan_schemas.ResolvedSchema)
    @allow(*WRITERS)
    def resolve(body: dict[str, Any], scan_id: Any) -> Any:
        """Finish a waiting scan with what it lacked, or lay it aside."""
        command_id, discard_reason = body.pop("command_id"), body.pop("discard_reason")
        expires_on = body.pop("expires_on")
        entered = {**body, "expires_on": expires_on and expires_on.isoformat()}
        by_coordinator = is_coordinator()
        wish = ResolveAttention(
            scan_id, account(), entered, discard_reason, by_coordinator
        )
        return _told(app.resolve(command_id, wish))


def _add_stock(api: ApiBlueprint, app: Inventory) -> None:
    @api.route("/stock")
    @api.arguments(schemas.StockQuerySchema, location="query")
    @api.response(200, Page.of(schemas.StockLineSchema))
    @allow(*READERS)
    def list_stock(query: dict[str, Any]) -> dict[str, Any]:
        """List lots where they stand, by product, lot and location."""
        after = decode_cursor(query.pop("cursor"), str, UUID, str)
        limit = query.pop("limit")
        lines = app.queries.stock(
            StockFilter(**query),
            after=tuple(after) if after else None,
            limit=limit + 1,
        )
        last = lines[limit - 1] if len(lines) > limit else None
        following = last and encode_cursor(
            (last.product_code, last.lot_id, last.location_code)
        )
        hidden = hidden_from_reader(app)
        shown = [_told_stock(line, hidden) for line in lines[:limit]]
        return {"items": shown, "next": following}


def _told_stock(line: StockLine, hidden: OpenCounts) -> dict[str, Any]:
    """Give a line without its numbers where its reader counts it."""
    sheet = hidden.of_lot(line.product_code, line.location_code)
    numbers = dict.fromkeys(("on_hand", "reserved", "available")) if sheet else {}
    return {**asdict(line), **numbers, "counted_on": sheet}


def _add_stock_cards(api: ApiBlueprint, app: Inventory) -> None:
    @api.route("/stock-cards/<product_code>")
    @api.arguments(PagingSchema, location="query")
    @api.response(200, Page.of(schemas.CardLineSchema))
    @allow(*READERS)
    def get_stock_card(query: dict[str, Any], product_code: str) -> dict[str, Any]:
        """List a product's movements, newest first, with the running balance."""
        refuse_counted(app, product_code)
        after = decode_cursor(query["cursor"], datetime, int, int)
        limit = query["limit"]
        lines = app.queries.stock_card(
            product_code,
            after=CardPlace(*after) if after else None,
            limit=limit + 1,
        )
        following = None
        if len(lines) > limit:
            last, beyond = lines[limit - 1], lines[limit]
            following = encode_cursor((last.occurred_at, last.position, beyond.balance))
        return {"items": lines[:limit], "next": following}
