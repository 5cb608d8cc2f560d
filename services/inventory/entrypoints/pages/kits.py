"""Kits: what is in them, build some, take some apart."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for

from services.inventory.application.kits.assemble_kit import AssembleKits, assemble_kits
from services.inventory.application.kits.take_kit_apart import (
    TakeKitApart,
    take_kit_apart,
)
from services.inventory.application.kits.write_recipe import WriteRecipe, write_recipe
from services.inventory.application.page_views import ProductStock
from services.inventory.application.ports.kits import KitLotView
from services.inventory.domain.counting import OpenCounts
from services.inventory.domain.errors import UnknownLotError
from services.inventory.domain.kit import COMPONENTS_MAX, Recipe
from services.inventory.domain.kit_errors import RecipeMissingError
from services.inventory.domain.lot import Lot
from services.inventory.entrypoints.blindness import hidden_from_reader
from services.inventory.entrypoints.commands import command
from services.inventory.entrypoints.pages.forms import account, form_id, whole
from services.inventory.entrypoints.words.terms import refusal_text
from services.inventory.wiring import Inventory
from shared.kernel.clock import local_day
from shared.kernel.errors import DomainError, MalformedError
from shared.web.auth import allow
from shared.web.pages import toast
from shared.web.problems import status_of
from shared.web.words import _

KIT_LOTS_SHOWN = 40
REASON_CHARS_MAX = 120
EMPTY_LINES = 4
"""Lines of a recipe's form beyond those it has; saving shows as many again."""


class KitPages:
    """``/inventory/kits``."""

    def __init__(self, service: Inventory) -> None:
        self._service = service

    def register(self, pages: Blueprint) -> None:
        """Put the addresses on the blueprint."""
        pages.add_url_rule("/kits", "kits", self.show)
        one = "/kits/<product_code>"
        pages.add_url_rule(one, "kit", self.show_one)
        pages.add_url_rule(f"{one}/build", "kit_build", self.build, methods=["POST"])
        pages.add_url_rule(f"{one}/recipe", "kit_recipe", self.show_recipe)
        pages.add_url_rule(
            f"{one}/recipe", "kit_recipe_write", self.write, methods=["POST"]
        )
        lot = "/kit-lots/<uuid:lot_id>"
        pages.add_url_rule(lot, "kit_lot", self.show_lot)
        pages.add_url_rule(
            f"{lot}/take-apart", "kit_take_apart", self.take_apart, methods=["POST"]
        )

    @allow("volunteer", "reviewer", "coordinator")
    def show(self) -> str:
        """List the kits of the catalogue and the kit lots built last."""
        recipes = self._service.kits.recipes()
        kits = self._service.queries.products("", "kit", limit=100)
        hidden = hidden_from_reader(self._service)
        lots = self._lots(hidden)
        codes = {lot.product_code for lot in lots}
        return render_template(
            "inventory/kits.html",
            kits=kits,
            recipes=recipes,
            able={code: self._able(recipe, hidden) for code, recipe in recipes.items()},
            lots=lots,
            names=self._names(codes),
            counted_at=self._service.clock.now(),
        )

    @allow("volunteer", "reviewer", "coordinator")
    def show_one(self, product_code: str) -> str:
        """Show what a kit is made of and how many can be built now."""
        return self._kit(product_code)

    @allow("volunteer", "coordinator")
    def build(self, product_code: str) -> Any:
        """Build kits from the lots that have to go first."""
        try:
            wish = _assembly(product_code)
            body = {"command_id": form_id("command_id"), **asdict(wish)}
            done = self._service.perform(
                command("assemble_kits", body), lambda work: assemble_kits(work, wish)
            )
        except DomainError as refusal:
            page = self._kit(product_code, error=refusal_text(refusal))
            return page, status_of(refusal)
        toast(_("Built: %(count)s", count=wish.kits))
        first = done["kit_lots"][0]["lot_id"]
        if len(done["kit_lots"]) == 1:
            return redirect(url_for("pages.kit_lot", lot_id=first), 303)
        return redirect(url_for("pages.kits"), 303)

    @allow("coordinator")
    def show_recipe(self, product_code: str) -> str:
        """Show the recipe to change."""
        recipe = self._service.kits.recipes().get(product_code)
        lines = list(recipe.components.items()) if recipe else []
        return self._recipe(product_code, [(code, str(q)) for code, q in lines])

    @allow("coordinator")
    def write(self, product_code: str) -> Any:
        """Keep the next version of a recipe."""
        codes, quantities = request.form.getlist("code"), request.form.getlist("per")
        lines = [
            (code.strip(), quantity.strip())
            for code, quantity in zip(codes, quantities, strict=False)
            if code.strip() or quantity.strip()
        ][:COMPONENTS_MAX]
        try:
            components = {code: _quantity(quantity) for code, quantity in lines}
            wish = WriteRecipe(product_code, components, account())
            body = {"command_id": form_id("command_id"), "components": components}
            self._service.perform(
                command(f"write_recipe {product_code}", body),
                lambda work: write_recipe(work, wish),
            )
        except DomainError as refusal:
            page = self._recipe(product_code, lines, refusal_text(refusal))
            return page, status_of(refusal)
        toast(_("Recipe kept. Kits built before stay as they are."))
        return redirect(url_for("pages.kit", product_code=product_code), 303)

    @allow("volunteer", "reviewer", "coordinator")
    def show_lot(self, lot_id: UUID) -> str:
        """Show a kit lot: what is in one kit and where the kits stand."""
        return self._lot(lot_id)

    @allow("volunteer", "coordinator")
    def take_apart(self, lot_id: UUID) -> Any:
        """Take kits of a lot apart."""
        form = request.form
        try:
            wish = TakeKitApart(
                kit_lot_id=lot_id,
                location_code=form.get("location_code", ""),
                quantity=_quantity(form.get("quantity", "")),
                account=account(),
                to_location_code=form.get("to_location_code") or None,
            )
            body = {
                "command_id": form_id("command_id"),
                "location_code": wish.location_code,
                "quantity": wish.quantity,
                "to_location_code": wish.to_location_code,
            }
            self._service.perform(
                command(f"take_kit_apart {lot_id}", body),
                lambda work: take_kit_apart(work, wish),
            )
        except DomainError as refusal:
            page = self._lot(lot_id, error=refusal_text(refusal))
            return page, status_of(refusal)
        toast(_("Taken apart: %(count)s", count=wish.quantity))
        return redirect(url_for("pages.kit_lot", lot_id=lot_id), 303)

    def _kit(self, product_code: str, error: str = "") -> str:
        kit = self._service.queries.product(product_code)
        recipe = self._service.kits.recipes().get(product_code)
        if recipe is None and error:
            raise RecipeMissingError(product_code)
        codes = list(recipe.components) if recipe else []
        hidden = hidden_from_reader(self._service)
        return render_template(
            "inventory/kit.html",
            kit=kit,
            recipe=recipe,
            names=self._names(codes),
            free=self._free(codes),
            able=self._able(recipe, hidden) if recipe else 0,
            hidden=hidden,
            places=self._storage(),
            lots=self._lots(hidden, product_code),
            error=error,
            form=request.form,
            counted_at=self._service.clock.now(),
        )

    def _recipe(
        self, product_code: str, lines: list[tuple[str, str]], error: str = ""
    ) -> str:
        kit = self._service.queries.product(product_code)
        products = [
            product
            for product in self._service.queries.products("", "", limit=500)
            if "kit" not in product.flags and not product.is_refused
        ]
        return render_template(
            "inventory/kit_recipe.html",
            kit=kit,
            lines=[*lines, *[("", "")] * EMPTY_LINES],
            products=products,
            error=error,
        )

    def _lot(self, lot_id: UUID, error: str = "") -> str:
        found: KitLotView | None = self._service.kits.kit_lot(lot_id)
        if found is None:
            raise UnknownLotError(lot_id)
        codes = {found.product_code, *(each.product_code for each in found.contents)}
        return render_template(
            "inventory/kit_lot.html",
            lot=found.hidden(hidden_from_reader(self._service)),
            names=self._names(codes),
            places=self._service.page_reads.places(),
            error=error,
            form=request.form,
            counted_at=self._service.clock.now(),
        )

    def _names(self, codes: Any) -> dict[str, ProductStock]:
        return dict(self._service.page_reads.names(codes))

    def _free(self, codes: list[str]) -> Mapping[str, Mapping[Lot, int]]:
        today = local_day(self._service.clock.now())
        return self._service.kits.free(codes, today)

    def _lots(
        self, hidden: OpenCounts, product_code: str | None = None
    ) -> list[KitLotView]:
        found = self._service.kits.kit_lots(product_code, limit=KIT_LOTS_SHOWN)
        return [lot.hidden(hidden) for lot in found]

    def _able(self, recipe: Recipe, hidden: OpenCounts) -> int | None:
        """How many kits the free stock is enough for; None from who counts some."""
        if any(map(hidden.of_product, recipe.components)):
            return None
        free = self._free(list(recipe.components))
        return min(
            sum(free.get(code, {}).values()) // per_kit
            for code, per_kit in recipe.components.items()
        )

    def _storage(self) -> list[Any]:
        places = self._service.page_reads.places()
        return [place for place in places if place.kind == "storage"]


def _assembly(product_code: str) -> AssembleKits:
    """Read the form; ``lot`` is there once a component, empty where none is chosen."""
    form = request.form
    return AssembleKits(
        product_code=product_code,
        kits=_quantity(form.get("quantity", "")),
        location_code=form.get("location_code", ""),
        account=account(),
        lot_ids=tuple(map(_lot_id, filter(None, form.getlist("lot")))),
        other_lot_reason=form.get("other_lot_reason", "").strip()[:REASON_CHARS_MAX]
        or None,
    )


def _lot_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise MalformedError("Choose a lot from the list.", field="lot") from None


def _quantity(text: str) -> int:
    number = whole(text)
    if isinstance(number, int) and number > 0:
        return number
    raise MalformedError("quantity has to be a whole number.", field="quantity")
