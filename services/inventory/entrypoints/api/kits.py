"""Kits for programs: recipes, assembly, taking apart."""

from typing import Any
from uuid import UUID

from services.inventory.application.kits.assemble_kit import AssembleKits, assemble_kits
from services.inventory.application.kits.take_kit_apart import (
    TakeKitApart,
    take_kit_apart,
)
from services.inventory.application.kits.write_recipe import WriteRecipe, write_recipe
from services.inventory.domain.kit import Recipe
from services.inventory.domain.kit_errors import RecipeMalformedError
from services.inventory.entrypoints.api import kits_schemas as schemas
from services.inventory.entrypoints.blindness import hidden_from_reader
from services.inventory.entrypoints.commands import account, command
from services.inventory.wiring import Inventory
from shared.web.api import ApiBlueprint, Page
from shared.web.auth import allow

READERS = ("volunteer", "reviewer", "coordinator")
BUILDERS = ("volunteer", "coordinator")


def add_kit_routes(api: ApiBlueprint, app: Inventory) -> None:
    """Add what a packing table needs."""
    _add_recipes(api, app)
    _add_building(api, app)
    _add_taking_apart(api, app)


def _add_recipes(api: ApiBlueprint, app: Inventory) -> None:
    @api.route("/kit-recipes")
    @api.response(200, Page.of(schemas.RecipeSchema))
    @allow(*READERS)
    def list_recipes() -> dict[str, Any]:
        """List the newest recipe of every kit; there are few."""
        recipes = app.kits.recipes()
        return {"items": [_told(recipes[code]) for code in sorted(recipes)]}

    @api.route("/kit-recipes/<product_code>", methods=["PUT"])
    @api.arguments(schemas.NewRecipeSchema)
    @api.response(200, schemas.RecipeVersionSchema)
    @allow("coordinator")
    def put_recipe(body: dict[str, Any], product_code: str) -> Any:
        """Say what a kit is made of from now on."""
        wish = WriteRecipe(product_code, _components(product_code, body), account())
        once = command(f"write_recipe {product_code}", body)
        return app.perform(once, lambda work: write_recipe(work, wish))


def _add_building(api: ApiBlueprint, app: Inventory) -> None:
    @api.route("/kits")
    @api.arguments(schemas.KitQuerySchema, location="query")
    @api.response(200, Page.of(schemas.KitLotSchema))
    @allow(*READERS)
    def list_kits(query: dict[str, Any]) -> dict[str, Any]:
        """List the newest kit lots with what is in one kit of each."""
        found = app.kits.kit_lots(query["product_code"], limit=query["limit"])
        hidden = hidden_from_reader(app)
        return {"items": [each.hidden(hidden) for each in found], "next": None}

    @api.route("/kits", methods=["POST"])
    @api.arguments(schemas.AssemblySchema)
    @api.response(200, schemas.BuiltSchema)
    @allow(*BUILDERS)
    def build_kits(body: dict[str, Any]) -> Any:
        """Put kits together: all of them, or none."""
        wish = AssembleKits(
            product_code=body["product_code"],
            kits=body["quantity"],
            location_code=body["location_code"],
            account=account(),
            lot_ids=tuple(body["lot_ids"]),
            other_lot_reason=body["other_lot_reason"],
        )
        once = command("assemble_kits", body)
        return app.perform(once, lambda work: assemble_kits(work, wish))


def _add_taking_apart(api: ApiBlueprint, app: Inventory) -> None:
    @api.route("/kits/<uuid:lot_id>/take-apart", methods=["POST"])
    @api.arguments(schemas.TakeApartSchema)
    @api.response(200, schemas.TakenApartSchema)
    @allow(*BUILDERS)
    def take_apart(body: dict[str, Any], lot_id: UUID) -> Any:
        """Take kits of a lot apart; their contents are stock again."""
        wish = TakeKitApart(
            kit_lot_id=lot_id,
            location_code=body["location_code"],
            quantity=body["quantity"],
            account=account(),
            to_location_code=body["to_location_code"],
        )
        once = command(f"take_kit_apart {lot_id}", body)
        return app.perform(once, lambda work: take_kit_apart(work, wish))


def _told(recipe: Recipe) -> dict[str, Any]:
    return {
        "product_code": recipe.product_code,
        "version": recipe.version,
        "components": [
            {"product_code": code, "quantity": quantity}
            for code, quantity in recipe.components.items()
        ],
    }


def _components(product_code: str, body: dict[str, Any]) -> dict[str, int]:
    lines = body["components"]
    components = {line["product_code"]: line["quantity"] for line in lines}
    if len(components) < len(lines):
        raise RecipeMalformedError(product_code, "a product stands there twice")
    return components
