"""Why a scan waits for a person instead of being dropped or guessed.

Raised by a scan's action these are stored and shown in the attention list; asked
for directly, they refuse like every other rule.
"""

from datetime import date

from shared.kernel.errors import DomainError, NotFoundError


class WaitsForPersonError(DomainError):
    """A person can finish this scan; until then it waits."""

    code = "needs_attention"


class UnknownProductError(NotFoundError, WaitsForPersonError):
    """No product of the catalogue has this code or trade item number."""

    code = "unknown_product"

    def __init__(self, product: str) -> None:
        super().__init__(
            f"The catalogue has no product {product}. Choose the product, or ask a "
            "coordinator to add it.",
            product=product,
        )


class UnknownPackError(NotFoundError, WaitsForPersonError):
    """A case of a known item, and nobody has said how many it holds."""

    code = "unknown_pack"

    def __init__(self, *, product: str, gtin: str) -> None:
        super().__init__(
            f"Nobody knows yet how many {product} the case {gtin} holds. Count what is "
            "in one case and enter it; a coordinator confirms.",
            product=product,
            gtin=gtin,
        )


class LotMissingError(WaitsForPersonError):
    """Medicine needs the lot number that is printed on its pack."""

    code = "lot_missing"

    def __init__(self, product_code: str) -> None:
        super().__init__(
            f"{product_code} needs the lot number printed on its pack. Enter it.",
            product_code=product_code,
        )


class ExpiryMissingError(WaitsForPersonError):
    """Dated goods need the expiry date that is printed on their pack."""

    code = "expiry_missing"

    def __init__(self, product_code: str) -> None:
        super().__init__(
            f"{product_code} needs the expiry date printed on its pack. Enter it.",
            product_code=product_code,
        )


class SeparatorDoubtfulError(WaitsForPersonError):
    """The lot number looks as if it had swallowed a date; nothing is guessed."""

    code = "separator_doubtful"

    def __init__(self, lot_number: str) -> None:
        super().__init__(
            f"The scanner gave lot number {lot_number}, which may hold a date too. "
            "Enter lot number and expiry as printed.",
            lot_number=lot_number,
        )


class TemperatureMissingError(WaitsForPersonError):
    """Cold-chain goods need a reading when they arrive."""

    code = "temperature_missing"

    def __init__(self, product_code: str) -> None:
        super().__init__(
            f"{product_code} is kept cold. Measure and enter its temperature.",
            product_code=product_code,
        )


class ShortLifeNeedsConsentError(WaitsForPersonError):
    """Somebody gave a reason to take in goods that expire too soon."""

    code = "short_life_needs_consent"

    def __init__(self, *, product_code: str, expires_on: date, reason: str) -> None:
        super().__init__(
            f"{product_code} expires on {expires_on}, sooner than its rule allows "
            f"({reason}). A coordinator who did not scan it has to agree.",
            product_code=product_code,
            expires_on=expires_on,
            reason=reason,
        )


class ReturnNotJudgedError(WaitsForPersonError):
    """What came back is not whole and clean, or is medicine a unit had."""

    code = "return_not_judged"

    def __init__(
        self, *, product_code: str, lot_number: str, location_code: str
    ) -> None:
        super().__init__(
            f"Lot {lot_number} came back and cannot simply be put away. Leave it on "
            f"the returns table until a coordinator agrees that it goes to "
            f"{location_code}.",
            product_code=product_code,
            lot_number=lot_number,
            location_code=location_code,
        )


class LotRecalledError(WaitsForPersonError):
    """Goods of a recalled lot number were received."""

    code = "lot_recalled"

    def __init__(self, *, product_code: str, lot_number: str) -> None:
        super().__init__(
            f"Lot {lot_number} of {product_code} was recalled. Keep it apart and "
            "record it as refused.",
            product_code=product_code,
            lot_number=lot_number,
        )


class LotAmbiguousError(WaitsForPersonError):
    """More than one lot fits; only the pack can tell which one it is."""

    code = "lot_ambiguous"

    def __init__(self, *, product_code: str, place: str, lots: int) -> None:
        super().__init__(
            f"{lots} lots of {product_code} are at {place}. Enter the lot number on "
            "the pack.",
            product_code=product_code,
            place=place,
            lots=lots,
        )


class CountBelowReservedError(WaitsForPersonError):
    """Less was counted than is promised; a promise must be freed first."""

    code = "count_below_reserved"

    def __init__(self, *, lot_number: str, counted: int, reserved: int) -> None:
        super().__init__(
            f"Only {counted} of lot {lot_number} were counted, but {reserved} are "
            "reserved. Free a reservation, then finish the count.",
            lot_number=lot_number,
            counted=counted,
            reserved=reserved,
        )
