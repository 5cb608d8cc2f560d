"""Say what a kit is made of from now on."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from services.inventory.application.ports.work import Work
from services.inventory.domain.attention import UnknownProductError
from services.inventory.domain.kit import KIT, Recipe
from services.inventory.domain.kit_errors import NotAKitError, RecipeMalformedError


@dataclass(frozen=True, slots=True)
class WriteRecipe:
    """Units of issue by product in one kit; kits built before stay as they are."""

    product_code: str
    components: Mapping[str, int]
    account: str


def write_recipe(work: Work, wish: WriteRecipe) -> dict[str, Any]:
    """Keep the next version of a recipe; the same again makes no new one.

    Raises UnknownProductError, NotAKitError, RecipeMalformedError.
    """
    recipe = Recipe(wish.product_code, dict(sorted(wish.components.items())))
    _check_products(work, recipe)
    before = work.kits.lock_recipe(wish.product_code)
    version = before.version if before else 0
    if before != replace(recipe, version=version):
        version += 1
        work.kits.save_recipe(
            replace(recipe, version=version),
            set_by=wish.account,
            set_at=work.clock.now(),
        )
    return {"product_code": wish.product_code, "version": version}


def _check_products(work: Work, recipe: Recipe) -> None:
    known = work.catalogue.of_codes([recipe.product_code, *recipe.components])
    for product_code in (recipe.product_code, *recipe.components):
        if product_code not in known:
            raise UnknownProductError(product_code)
    if KIT not in known[recipe.product_code].flags:
        raise NotAKitError(recipe.product_code)
    kits = [code for code in recipe.components if KIT in known[code].flags]
    if kits:
        raise RecipeMalformedError(recipe.product_code, f"{kits[0]} is a kit itself")
