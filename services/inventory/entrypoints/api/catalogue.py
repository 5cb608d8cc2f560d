"""Products and locations for programs."""

from collections.abc import Sequence
from typing import Any

from services.inventory.application.catalogue.register_product import register_product
from services.inventory.application.scanning.decode_scan import product_as_json
from services.inventory.domain.catalogue_row import flag, own_gtin
from services.inventory.domain.cells import CellError
from services.inventory.domain.errors import ProductMalformedError
from services.inventory.domain.product import Pack, Product
from services.inventory.entrypoints.api import schemas
from services.inventory.entrypoints.commands import command
from services.inventory.wiring import Inventory
from shared.web.api import ApiBlueprint, Page
from shared.web.auth import allow
from shared.web.paging import PagingSchema, decode_cursor, encode_cursor


def add_catalogue_routes(api: ApiBlueprint, app: Inventory) -> None:
    """Add what is said of products and places rather than of goods."""
    _add_reads(api, app)
    _add_registration(api, app)
    _add_locations(api, app)


def _add_reads(api: ApiBlueprint, app: Inventory) -> None:
    @api.route("/products")
    @api.arguments(schemas.ProductQuerySchema, location="query")
    @api.response(200, Page.of(schemas.ProductSchema))
    @allow("coordinator")
    def list_products(query: dict[str, Any]) -> dict[str, Any]:
        """List products by code; every word of the query is looked for."""
        after = decode_cursor(query["cursor"], str)
        limit = query["limit"]
        found = app.queries.products(
            query["query"],
            query["category"],
            after=after[0] if after else None,
            limit=limit + 1,
        )
        shown = [product_as_json(product) for product in found[:limit]]
        is_more = len(found) > limit
        following = encode_cursor([shown[-1]["product_code"]]) if is_more else None
        return {"items": shown, "next": following}

    @api.route("/products/<product_code>")
    @api.response(200, schemas.ProductSchema)
    @allow("coordinator")
    def get_product(product_code: str) -> Any:
        """Read one product."""
        return product_as_json(app.queries.product(product_code))


def _add_registration(api: ApiBlueprint, app: Inventory) -> None:
    @api.route("/products", methods=["POST"])
    @api.arguments(schemas.NewProductSchema)
    @api.response(201, schemas.ProductSchema)
    @allow("coordinator")
    def post_product(body: dict[str, Any]) -> Any:
        """Register a product, or change the one of this code."""
        product = _product(body)
        wish = {**body, "command_id": body["command_id"] or app.ids.new_id()}
        return app.perform(
            command("register_product", wish),
            lambda work: product_as_json(register_product(work, product)),
        )


def _add_locations(api: ApiBlueprint, app: Inventory) -> None:
    @api.route("/locations")
    @api.arguments(PagingSchema, location="query")
    @api.response(200, Page.of(schemas.LocationSchema))
    @allow("volunteer", "reviewer", "coordinator")
    def list_locations(query: dict[str, Any]) -> dict[str, Any]:
        """List the places of the warehouse by code."""
        after = decode_cursor(query["cursor"], str)
        places = [
            place
            for place in app.queries.locations()
            if not after or place.location_code > after[0]
        ]
        shown = places[: query["limit"]]
        is_more = len(places) > len(shown)
        following = encode_cursor([shown[-1].location_code]) if is_more else None
        return {"items": shown, "next": following}


def _product(body: dict[str, Any]) -> Product:
    return Product(
        product_code=body["product_code"],
        category=body["category"],
        names=body["names"],
        unit_of_issue=body["unit_of_issue"],
        packs=tuple(
            sorted((_pack(pack) for pack in body["packs"]), key=lambda each: each.gtin)
        ),
        min_days_at_receipt=body["min_days_at_receipt"],
        min_days_at_dispatch=body["min_days_at_dispatch"],
        sensitivity=body["sensitivity"],
        flags=_flags(body["flags"]),
    )


def _flags(told: Sequence[str]) -> tuple[str, ...]:
    try:
        return tuple(flag(one) for one in told)
    except CellError as problem:
        raise ProductMalformedError("flags", str(problem)) from problem


def _pack(pack: dict[str, Any]) -> Pack:
    try:
        return Pack(own_gtin(pack["gtin"]), pack["quantity"])
    except ValueError as problem:
        raise ProductMalformedError("packs", str(problem)) from problem
