"""What the use cases of values, receipts, thanks, contracts and letters need."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol

from services.donors.domain.contract import Contract
from services.donors.domain.digest import Cadence
from services.donors.domain.donor import Contact
from services.donors.domain.fulfilment import GiftAccount
from services.donors.domain.own_address import OwnAddress
from services.donors.domain.promise import PledgeState
from services.donors.domain.value import UnitValue
from shared.mail.enclosure import Enclosure


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """So many of a product that came, and what they were worth then."""

    product_code: str
    quantity: int
    value: UnitValue | None

    @property
    def total(self) -> Decimal | None:
        """What the line is worth in the currency stated; null without a value."""
        return self.value.of(self.quantity) if self.value else None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a donor gets as proof; ``refused`` holds product, quantity and reason."""

    receipt_number: str
    gift_number: str
    donor_code: str
    donor_name: str
    issued_at: datetime
    replaces: str | None
    lines: Sequence[ReceiptLine]
    refused: Sequence[tuple[str, int, str]]

    def is_to(self, donor_code: str) -> bool:
        """Tell whether it was issued to a donor; a walk-in gift is named later."""
        return self.donor_code == donor_code

    def says_as(self, other: "Receipt") -> bool:
        """Tell whether another would say the same to the same donor."""

        def said(one: "Receipt") -> Sequence[Any]:
            goods = list(one.lines), list(one.refused)
            return one.donor_code, one.donor_name, *goods

        return said(self) == said(other)


@dataclass(frozen=True, slots=True)
class Written:
    """A letter in words, and a paper to go with it: ready to be queued."""

    subject: str
    text: str
    html: str
    enclosed: Enclosure | None = None


@dataclass(frozen=True, slots=True)
class Promised:
    """A pledge without its lines; ``outcome`` is null while it has not ended."""

    donor_code: str
    due_on: date | None
    outcome: str | None


class Giving(Protocol):
    """Values, receipts, thanks, ended pledges and contracts."""

    def account(self, gift_number: str) -> GiftAccount | None:
        """Give a gift as its donor may see it today; null for an unknown number."""

    def values(self, gift_number: str) -> Mapping[str, UnitValue]: ...
    def set_value(
        self, gift_number: str, product_code: str, value: UnitValue
    ) -> None: ...
    def newest_receipt(self, gift_number: str) -> Receipt | None: ...
    def add_receipt(self, receipt: Receipt) -> None: ...
    def thank(self, gift_number: str, way: str, account: str) -> bool:
        """Note thanks; False, and nothing changed, if they were given before."""

    def way_of_thanks(self, gift_number: str) -> str | None: ...
    def unthank(self, gift_number: str) -> None: ...
    def pledge_of(self, pledge_number: str) -> Promised | None:
        """Give where a pledge stands, held until the work ends."""

    def move_pledge(self, pledge_number: str, due_on: date | None) -> None: ...

    def end_pledge(
        self, pledge_number: str, outcome: PledgeState, gift_number: str | None
    ) -> None: ...
    def reopen_pledge(self, pledge_number: str) -> None: ...
    def contract(self, contract_number: str) -> Contract | None: ...
    def add_contract(self, contract: Contract) -> None: ...
    def gifts_paid_by(self, contract_number: str) -> int: ...
    def drop_contract(self, contract_number: str) -> None: ...
    def fund(self, gift_number: str, contract_number: str | None) -> None: ...


class Correspondence(Protocol):
    """Contacts with consent, how often they are written to, and their letters."""

    def contact(self, donor_code: str) -> Contact | None: ...
    def set_contact(self, donor_code: str, contact: Contact | None) -> None:
        """Keep or delete an address; deleting also takes it out of all letters."""

    def set_language(self, donor_code: str, language: str) -> None: ...
    def subscribe(
        self, donor_code: str, cadence: Cadence, next_on: date | None
    ) -> None: ...
    def send(self, name: str, to: str, letter: Written) -> bool:
        """Queue a letter; one of this name is queued once for all time."""

    def drop(self, name: str) -> None:
        """Drop a letter that waits; one that went out is not sent again."""

    def take_back(self, name: str) -> bool:
        """Let a letter that did not go out be sent anew; False if it may have."""


class OwnAddresses(Protocol):
    """Addresses that donors entered and their owners have not confirmed yet."""

    def find(self, donor_code: str) -> OwnAddress | None:
        """Give what a donor entered last, held until the work ends."""

    def await_answer(self, donor_code: str, asked: OwnAddress) -> None:
        """Await an address instead of the one before; a link is sent there."""

    def forget(self, donor_code: str) -> None:
        """Await nothing more, and take the address out of the letter with its link."""
