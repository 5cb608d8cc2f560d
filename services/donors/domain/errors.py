"""What donors refuses, and why."""

from shared.kernel.errors import DomainError, MalformedError, NotFoundError


class UnknownDonorError(NotFoundError):
    """No donor has this code."""

    code = "unknown_donor"

    def __init__(self, donor_code: str) -> None:
        super().__init__(
            f"No donor {donor_code} is known. Register the donor first.",
            donor_code=donor_code,
        )


class UnknownGiftError(NotFoundError):
    """No gift has this number, or the caller may not know that one has."""

    code = "unknown_gift"

    def __init__(self, gift_number: str) -> None:
        super().__init__(
            f"No gift {gift_number} is yours to see. Check the number.",
            gift_number=gift_number,
        )


class NoDonorAccountError(NotFoundError):
    """The account stands for no donor, so it has no gifts of its own."""

    code = "no_donor_account"

    def __init__(self) -> None:
        super().__init__(
            "This account belongs to no donor. Sign in with a donor's account."
        )


class DonorExistsError(DomainError):
    """A donor with this code is already registered."""

    code = "donor_exists"

    def __init__(self, donor_code: str) -> None:
        super().__init__(
            f"Donor {donor_code} is already registered. Choose another code.",
            donor_code=donor_code,
        )


class ContactWithoutConsentError(DomainError):
    """A contact may be kept only with the day its owner agreed to that."""

    code = "contact_without_consent"

    def __init__(self) -> None:
        super().__init__(
            "A contact e-mail needs the day of consent. "
            "Enter the day, or leave the contact out."
        )


class UnknownProductError(DomainError):
    """Inventory has not told us of this product yet, or there is none."""

    code = "unknown_product"
    may_be_on_its_way = True
    transient = True

    def __init__(self, product_code: str) -> None:
        super().__init__(
            f"No product {product_code} is known here yet. Check the code, "
            "or try again in a moment if it was only just registered.",
            product_code=product_code,
        )


class ProductNotAcceptedError(DomainError):
    """The programme takes no gifts of this product, infant formula above all."""

    code = "product_not_accepted"

    def __init__(self, product_code: str) -> None:
        super().__init__(
            f"Gifts of {product_code} are not accepted. Leave this line out.",
            product_code=product_code,
        )


class UnknownEarmarkGroupError(DomainError):
    """No unit belongs to this group, so nobody could ever be given the goods."""

    code = "unknown_earmark_group"
    transient = True

    def __init__(self, group: str) -> None:
        super().__init__(
            f"No unit belongs to the group {group!r}. "
            "Choose a group that exists, or set no earmark.",
            group=group,
        )


class GiftAlreadyNamedError(DomainError):
    """Only a gift of the anonymous donor can be given a donor's name."""

    code = "gift_already_named"

    def __init__(self, gift_number: str, donor_code: str) -> None:
        super().__init__(
            f"Gift {gift_number} already belongs to {donor_code}. "
            "Only a walk-in gift without a donor can be given one.",
            gift_number=gift_number,
            donor_code=donor_code,
        )


class QuantityOutOfRangeError(MalformedError):
    """A quantity is not a whole number from 1 to 1,000,000."""

    code = "quantity_out_of_range"

    def __init__(self, quantity: int) -> None:
        super().__init__(
            f"Quantity {quantity} is not between 1 and 1,000,000. Enter whole units.",
            quantity=quantity,
        )


class DuplicateLineError(MalformedError):
    """The same product stands in more than one line."""

    code = "duplicate_line"

    def __init__(self, product_code: str) -> None:
        super().__init__(
            f"Product {product_code} stands in more than one line. Add them up.",
            product_code=product_code,
        )


class UnbalancedTotalsError(DomainError):
    """A lot's totals do not add up to what was received; they are not believed."""

    code = "unbalanced_totals"

    def __init__(self, **totals: int) -> None:
        super().__init__(
            "These totals break received = in stock + in transit + accepted + "
            "lost + returned. The message is set aside for a person.",
            **totals,
        )


class LotNotHeardOfError(DomainError):
    """A fact names a lot whose own message is still on its way."""

    code = "lot_not_heard_of"
    transient = True

    def __init__(self, lot_id: object) -> None:
        super().__init__(
            f"Lot {lot_id} has not been heard of yet. Its message is on its way.",
            lot_id=str(lot_id),
        )


class HandoverNotHeardOfError(DomainError):
    """A correction names a handover whose own message is still on its way."""

    code = "handover_not_heard_of"
    transient = True

    def __init__(self, handover_id: object) -> None:
        super().__init__(
            f"Handover {handover_id} has not been heard of yet. "
            "Its message is on its way.",
            handover_id=str(handover_id),
        )
