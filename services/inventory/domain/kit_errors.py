"""What inventory refuses about kits, and why; see docs/errors.md."""

from collections.abc import Sequence

from shared.kernel.errors import DomainError, MalformedError, NotFoundError


class NotAKitError(DomainError):
    """Only a product with the flag ``kit`` has a recipe."""

    code = "not_a_kit"

    def __init__(self, product_code: str) -> None:
        super().__init__(
            f"{product_code} is no kit. Choose a kit, or give the product the flag "
            "kit in the catalogue.",
            product_code=product_code,
        )


class RecipeMissingError(NotFoundError):
    """Nobody has said what this kit is made of."""

    code = "recipe_missing"

    def __init__(self, product_code: str) -> None:
        super().__init__(
            f"{product_code} has no recipe yet. Ask the coordinator to write one.",
            product_code=product_code,
        )


class RecipeMalformedError(MalformedError):
    """A recipe names each component once, and no kit among them."""

    code = "recipe_malformed"

    def __init__(self, product_code: str, fault: str) -> None:
        super().__init__(
            f"The recipe of {product_code} cannot be kept: {fault}. Mend that line.",
            product_code=product_code,
            fault=fault,
            field="components",
        )


class LotGoesFirstError(DomainError):
    """Another lot was chosen than has to go first, and nobody said why."""

    code = "lot_goes_first"

    def __init__(self, *, product_code: str, lot_number: str) -> None:
        super().__init__(
            f"Lot {lot_number} of {product_code} goes first. Take it, or say why "
            "another lot is taken.",
            product_code=product_code,
            lot_number=lot_number,
        )


class ComponentShortError(DomainError):
    """Too few units of a component are released and free in storage."""

    code = "component_short"

    def __init__(self, *, component_code: str, needed: int, free: int) -> None:
        super().__init__(
            f"The kits need {needed} of {component_code}, {free} are free. Build fewer "
            "kits, or wait until more is released.",
            component_code=component_code,
            needed=needed,
            free=free,
        )


class EarmarksApartError(DomainError):
    """No unit may get all that would be in one kit."""

    code = "earmarks_apart"

    def __init__(self, lot_numbers: Sequence[str]) -> None:
        super().__init__(
            f"No unit may get everything in this kit: the gifts of lots "
            f"{', '.join(lot_numbers)} are meant for others. Choose other lots.",
            lot_numbers=list(lot_numbers),
        )


class NotAKitLotError(DomainError):
    """The lot was not put together here, so it cannot be taken apart."""

    code = "not_a_kit_lot"

    def __init__(self, lot_number: str) -> None:
        super().__init__(
            f"Lot {lot_number} was not built here. Choose a kit lot.",
            lot_number=lot_number,
        )


class KitComesFromComponentsError(DomainError):
    """Kits cannot be found, received or given back: their contents can."""

    code = "kit_comes_from_components"

    def __init__(self, lot_number: str) -> None:
        super().__init__(
            f"Kits of lot {lot_number} come and go with their contents. Build a kit, "
            "or take one apart.",
            lot_number=lot_number,
        )


class KitComponentHeldError(DomainError):
    """A kit may not go out while one of its contents may not."""

    code = "kit_component_held"

    def __init__(self, lot_number: str, held: Sequence[str]) -> None:
        super().__init__(
            f"Kit lot {lot_number} holds units of {', '.join(held)}, which may not go "
            "out. Release those first, or take the kits apart.",
            lot_number=lot_number,
            held=list(held),
        )
