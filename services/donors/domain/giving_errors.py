"""What is refused about values, receipts, thanks, pledges, contracts and letters."""

from datetime import timedelta

from shared.kernel.errors import DomainError, NotFoundError


class RateMissingError(DomainError):
    """A value in another currency keeps the rate it is counted at."""

    code = "rate_missing"

    def __init__(self, currency: str) -> None:
        super().__init__(
            f"A value in {currency} needs its rate to tenge, with source and day. "
            "Nothing is converted without being seen.",
            currency=currency,
        )


class NotInGiftError(DomainError):
    """A value is of a product that is no part of the gift."""

    code = "not_in_gift"

    def __init__(self, gift_number: str, product_code: str) -> None:
        super().__init__(
            f"Gift {gift_number} has no {product_code}. Choose one of its products.",
            gift_number=gift_number,
            product_code=product_code,
        )


class NothingToReceiptError(DomainError):
    """A receipt says what came; nothing of this gift may be told yet."""

    code = "nothing_to_receipt"

    def __init__(self, gift_number: str) -> None:
        super().__init__(
            f"Nothing of gift {gift_number} can be receipted yet. Goods that are "
            "shown late count from the next day.",
            gift_number=gift_number,
        )


class AlreadyThankedError(DomainError):
    """Thanks are given once for a gift."""

    code = "already_thanked"

    def __init__(self, gift_number: str) -> None:
        super().__init__(
            f"The donor was already thanked for gift {gift_number}.",
            gift_number=gift_number,
        )


class ThanksSentError(DomainError):
    """A letter that went out cannot be taken back."""

    code = "thanks_sent"

    def __init__(self, gift_number: str) -> None:
        super().__init__(
            f"Thanks for gift {gift_number} went out by mail. Nothing can be undone.",
            gift_number=gift_number,
        )


class NoContactError(DomainError):
    """A letter needs an address whose owner agreed to it."""

    code = "no_contact"

    def __init__(self, donor_code: str) -> None:
        super().__init__(
            f"Donor {donor_code} has no e-mail address with consent. "
            "Enter one, or use paper.",
            donor_code=donor_code,
        )


class UnknownReceiptError(NotFoundError):
    """No receipt has this number, or the caller may not know that one has."""

    code = "unknown_receipt"

    def __init__(self, receipt_number: str) -> None:
        super().__init__(
            f"No receipt {receipt_number} is yours to see. Check the number.",
            receipt_number=receipt_number,
        )


class UnknownPledgeError(NotFoundError):
    """No pledge has this number."""

    code = "unknown_pledge"

    def __init__(self, pledge_number: str) -> None:
        super().__init__(
            f"No pledge {pledge_number} is known. Check the number.",
            pledge_number=pledge_number,
        )


class PledgeEndedError(DomainError):
    """A pledge ends once: its goods came, or it was withdrawn."""

    code = "pledge_ended"

    def __init__(self, pledge_number: str, outcome: str) -> None:
        super().__init__(
            f"Pledge {pledge_number} has already ended: {outcome}.",
            pledge_number=pledge_number,
            outcome=outcome,
        )


class NotOfThisDonorError(DomainError):
    """A gift is tied only to a pledge or contract of its own donor."""

    code = "not_of_this_donor"

    def __init__(self, number: str, donor_code: str) -> None:
        super().__init__(
            f"{number} does not belong to donor {donor_code}. Choose one that does.",
            number=number,
            donor_code=donor_code,
        )


class UnknownContractError(NotFoundError):
    """No funding contract has this number."""

    code = "unknown_contract"

    def __init__(self, contract_number: str) -> None:
        super().__init__(
            f"No contract {contract_number} is known. Check the number.",
            contract_number=contract_number,
        )


class ContractInUseError(DomainError):
    """A contract that paid for gifts is part of what was told about them."""

    code = "contract_in_use"

    def __init__(self, contract_number: str, gifts: int) -> None:
        super().__init__(
            f"Contract {contract_number} paid for {gifts} gifts. Book them to another "
            "one first.",
            contract_number=contract_number,
            gifts=gifts,
        )


class WrongUnsubscribeLinkError(NotFoundError):
    """A link out of a letter was cut short, or is older than the last consent."""

    code = "wrong_unsubscribe_link"

    def __init__(self) -> None:
        super().__init__(
            "This link is not complete, or no longer needed: no letters are sent to "
            "its address. Use the link of the newest letter."
        )


class WrongConfirmationLinkError(NotFoundError):
    """A link out of a letter was cut short, replaced, or is too old."""

    code = "wrong_confirmation_link"

    def __init__(self) -> None:
        super().__init__(
            "This link is not complete, is too old, or a newer one counts. Enter the "
            "address again, and a new one is sent."
        )


class NoLinksSentError(DomainError):
    """An entered address is confirmed by a link, and this installation sends none."""

    code = "no_links_sent"

    def __init__(self) -> None:
        super().__init__(
            "This installation sends no letters yet, so no address can be confirmed. "
            "The coordinator may note yours."
        )


class AskedTooOftenError(DomainError):
    """Whoever reads an address gets few letters that ask whether it is right."""

    code = "asked_too_often"

    def __init__(self, wait: timedelta) -> None:
        minutes = -(-wait // timedelta(minutes=1))
        super().__init__(
            "Enough letters were asked for. Look into the mailbox, also among spam, "
            f"or ask again in {minutes} minutes.",
            minutes=minutes,
        )
