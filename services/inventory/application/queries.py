"""What pages and programs may ask inventory; reads only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from services.inventory.application.ports.work import Place
from services.inventory.domain.product import Product


@dataclass(frozen=True, slots=True)
class StockLine:
    """One lot at one location, as the stock list shows it.

    ``available`` is what may be promised: nothing of a lot that is not released,
    and nothing outside storage.
    """

    product_code: str
    lot_id: UUID
    lot_number: str
    expires_on: date | None
    lot_status: str
    gift_number: str
    earmark: Sequence[str] | None
    location_code: str
    on_hand: int
    reserved: int
    available: int
    received_on: date


@dataclass(frozen=True, slots=True)
class StockFilter:
    """What to show of the stock; None shows all."""

    product_code: str | None = None
    location_code: str | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True)
class CardLine:
    """A movement on a product's stock card.

    ``change`` is what it did to the stock in the house: 0 for a move inside.
    ``balance`` is the stock just after it.
    """

    movement_id: UUID
    lot_id: UUID
    lot_number: str
    occurred_at: datetime
    recorded_at: datetime
    reason: str
    document: str | None
    source: str
    target: str
    quantity: int
    change: int
    balance: int
    recorded_by: str
    reverses: UUID | None
    reversed_by: UUID | None
    position: int


@dataclass(frozen=True, slots=True)
class CardPlace:
    """Where a page of a stock card ended; ``balance`` is what stood before it."""

    occurred_at: datetime
    position: int
    balance: int


@dataclass(frozen=True, slots=True)
class AttentionItem:
    """What waits for a person, or for a gift to be announced.

    ``line`` is the scan without its secrets; for goods of a gift not heard of it
    holds the gift number. ``position`` is None there.
    """

    scan_id: UUID | None
    code: str
    detail: str
    line: Mapping[str, Any]
    account: str | None
    occurred_at: datetime
    recorded_at: datetime
    position: int | None = None
    has_photo: bool = False


@dataclass(frozen=True, slots=True)
class WaitingGoods:
    """Received goods of a code nobody knows: not in the books, but countable.

    ``places`` says how many packs stand where, ``scan_id`` which scan to settle,
    ``photo_of`` which one has a photograph.
    """

    gtin: str | None
    product_code: str | None
    description: str | None
    places: Mapping[str, int]
    scan_id: UUID
    photo_of: UUID | None = None

    @property
    def quantity(self) -> int:
        """How many packs wait everywhere."""
        return sum(self.places.values())


@dataclass(frozen=True, slots=True)
class AttentionPlace:
    """Where a page of the attention list ended."""

    gift_number: str = ""
    position: int = 0


class Queries(Protocol):
    """The read models; lists are in the order of their key and begin behind it."""

    def products(
        self, query: str, category: str, *, after: str | None, limit: int
    ) -> Sequence[Product]: ...
    def product(self, product_code: str) -> Product: ...
    def locations(self) -> Sequence[Place]: ...
    def stock(
        self, wanted: StockFilter, *, after: tuple[Any, ...] | None, limit: int
    ) -> Sequence[StockLine]: ...
    def stock_card(
        self, product_code: str, *, after: CardPlace | None, limit: int
    ) -> Sequence[CardLine]: ...
    def attention(
        self, *, after: AttentionPlace, limit: int
    ) -> Sequence[AttentionItem]: ...
    def waiting_goods(self) -> Sequence[WaitingGoods]: ...
    def photo(self, scan_id: UUID) -> bytes:
        """Give the JPEG of goods that wait; raises NoPhotoError."""
