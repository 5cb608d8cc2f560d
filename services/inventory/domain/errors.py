"""What inventory refuses, and why; each code is published in docs/errors.md."""

from datetime import date, datetime
from uuid import UUID

from shared.kernel.errors import DomainError, MalformedError, NotFoundError


class InsufficientStockError(DomainError):
    """More was asked for than is free to take from an account of a lot."""

    code = "insufficient_stock"

    def __init__(
        self, *, lot_number: str, account: str, requested: int, available: int
    ) -> None:
        super().__init__(
            f"Lot {lot_number} at {account}: requested {requested}, only {available} "
            "available. Take less, or free what is reserved.",
            lot_number=lot_number,
            account=account,
            requested=requested,
            available=available,
        )


class BackdatedBalanceError(DomainError):
    """A movement in the past would leave too little for what happened later."""

    code = "balance_would_be_negative"

    def __init__(
        self, *, lot_number: str, account: str, requested: int, lowest: int
    ) -> None:
        super().__init__(
            f"Lot {lot_number} at {account} held only {lowest} at some moment since "
            f"then, so {requested} cannot have left. Check the time of the movement.",
            lot_number=lot_number,
            account=account,
            requested=requested,
            lowest=lowest,
        )


class UnknownLotError(NotFoundError):
    """There is no such lot."""

    code = "unknown_lot"

    def __init__(self, lot: UUID | str) -> None:
        super().__init__(
            f"There is no lot {lot}. Scan the pack again or choose it in the stock "
            "list.",
            lot=str(lot),
        )


class UnknownLocationError(NotFoundError):
    """There is no such location."""

    code = "unknown_location"

    def __init__(self, location_code: str) -> None:
        super().__init__(
            f"There is no location {location_code}. Choose one from the list of "
            "locations.",
            location_code=location_code,
        )


class LotNotAvailableError(DomainError):
    """A lot that is held, recalled or expired may not be given out."""

    code = "lot_not_available"

    def __init__(self, *, lot_number: str, lot_status: str) -> None:
        super().__init__(
            f"Lot {lot_number} is {lot_status} and may not be given out. Take another "
            "lot.",
            lot_number=lot_number,
            lot_status=lot_status,
        )


class LotRecalledDecisionError(DomainError):
    """A recall is final: the lot can be neither released nor quarantined."""

    code = "lot_is_recalled"

    def __init__(self, lot_number: str) -> None:
        super().__init__(
            f"Lot {lot_number} was recalled, which is final. Send it back or have it "
            "destroyed.",
            lot_number=lot_number,
        )


class LotStatusUnchangedError(DomainError):
    """The lot already has the status that was asked for."""

    code = "lot_status_unchanged"

    def __init__(self, *, lot_number: str, lot_status: str) -> None:
        super().__init__(
            f"Lot {lot_number} is already {lot_status}. Nothing was changed.",
            lot_number=lot_number,
            lot_status=lot_status,
        )


class QuantityOutOfRangeError(MalformedError):
    """A quantity is a whole number of units, 1 to 1,000,000."""

    code = "quantity_out_of_range"

    def __init__(self, quantity: object, *, lowest: int = 1) -> None:
        super().__init__(
            f"The quantity {str(quantity)[:40]} is not a whole number from {lowest} "
            "to 1000000. Count again and enter it anew.",
            quantity=str(quantity)[:40],
        )


class OccurredInFutureError(DomainError):
    """Nothing can have happened later than now."""

    code = "occurred_in_future"

    def __init__(self, occurred_at: datetime) -> None:
        super().__init__(
            f"The time {occurred_at.isoformat()} has not come yet. Set the clock of "
            "the phone and send it again.",
            occurred_at=occurred_at,
        )


class ExpiredError(DomainError):
    """The goods are past their last day of use."""

    code = "expired"

    def __init__(self, *, product_code: str, expires_on: date) -> None:
        super().__init__(
            f"{product_code} expired on {expires_on}. Put it aside and record it as "
            "refused.",
            product_code=product_code,
            expires_on=expires_on,
        )


class ShelfLifeTooShortError(DomainError):
    """The goods expire sooner after arrival than their product allows."""

    code = "shelf_life_too_short"

    def __init__(self, *, product_code: str, expires_on: date, needed: date) -> None:
        super().__init__(
            f"{product_code} expires on {expires_on}, but must last until {needed}. "
            "Do not take it in; record it as refused.",
            product_code=product_code,
            expires_on=expires_on,
            needed=needed,
        )


class ProductRefusedError(DomainError):
    """A product we never take in: a controlled substance, a milk substitute."""

    code = "product_refused"

    def __init__(self, product_code: str) -> None:
        super().__init__(
            f"{product_code} is not taken in here. Give it back and record it as "
            "refused.",
            product_code=product_code,
        )


class GtinTakenError(DomainError):
    """The trade item number already belongs to another product."""

    code = "gtin_taken"

    def __init__(self, *, gtin: str, product_code: str) -> None:
        super().__init__(
            f"{gtin} already belongs to {product_code}. Remove it there first.",
            gtin=gtin,
            product_code=product_code,
        )


class ProductMalformedError(MalformedError):
    """A product was described in a way the catalogue cannot keep."""

    code = "product_malformed"

    def __init__(self, field: str, fault: str) -> None:
        super().__init__(f"{field}: {fault}", field=field)
