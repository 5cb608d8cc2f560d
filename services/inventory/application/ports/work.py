"""What inventory's use cases need from outside, named for the need."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from services.inventory.application.ports.counting import CountSheets
from services.inventory.application.ports.forecasting import HeardNeeds
from services.inventory.application.ports.importing import Places, SentTables
from services.inventory.application.ports.kits import Kits
from services.inventory.application.ports.losses import Losses
from services.inventory.application.ports.outbound import (
    Consignments,
    PickLists,
    Reservations,
)
from services.inventory.application.ports.receiving import Receiving
from services.inventory.application.ports.scanning import Serials
from services.inventory.domain.gift import Gift
from services.inventory.domain.ledger import LotAccounts
from services.inventory.domain.lot import Lot
from services.inventory.domain.movement import Movement
from services.inventory.domain.product import Product
from shared.kernel.clock import Clock
from shared.kernel.identity import IdSource


@dataclass(frozen=True, slots=True)
class AnsweredScan:
    """A scan by the id its client made, and the answer it is given ever after."""

    scan_id: UUID
    account: str
    fingerprint: str
    result: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class WaitingScan:
    """A scan that waits for a person; ``line`` holds nothing secret."""

    scan_id: UUID
    account: str
    code: str
    detail: str
    line: Mapping[str, Any]
    occurred_at: datetime
    gtin: str | None = None
    serial_digest: str | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """What was found of a lot at a place, and what the books said."""

    count_id: UUID
    lot_id: UUID
    account: str
    expected: int
    counted: int
    counted_at: datetime
    recorded_by: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """Goods that were not taken in."""

    refusal_id: UUID
    gift_number: str
    product_code: str
    quantity: int
    reason: str
    occurred_at: datetime
    recorded_by: str


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decided to hold, release or recall a lot, and why."""

    decision_id: UUID
    lot_id: UUID
    hold: str
    reason: str
    decided_by: str
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class Place:
    """A location of the warehouse and its kind: storage, hold or dispatch.

    ``sequence`` is its step on the way through the store; equal ones go by code.
    """

    location_code: str
    name: str
    kind: str
    sequence: int = 0


class Ledger(Protocol):
    """The accounts of every lot; what is opened is locked until the work ends.

    Writes happen once, when the work completes: then one ``stock_changed`` is
    announced for each lot touched, however many movements it had.
    """

    @property
    def location_kinds(self) -> Mapping[str, str]: ...
    def open(self, lot_ids: Iterable[UUID]) -> None: ...
    def of(self, lot_id: UUID) -> LotAccounts: ...
    def add_kit(self, lot: Lot, contents: Mapping[UUID, int]) -> None: ...
    def post(self, movement: Movement) -> Movement: ...
    def reserve(self, lot_id: UUID, location_code: str, quantity: int) -> None: ...
    def release(self, lot_id: UUID, location_code: str, quantity: int) -> None: ...
    def change(self, lot: Lot) -> None: ...
    def version_of(self, lot_id: UUID) -> int: ...


class Lots(Protocol):
    """Finds lots by what a person knows of them; opens new ones."""

    def expect(
        self,
        keys: Iterable[tuple[str, str, str | None]],
        lot_ids: Iterable[UUID] = (),
    ) -> None: ...
    def add(self, lot: Lot) -> None: ...
    def numbered(
        self, product_code: str, lot_number: str, gift_number: str | None = None
    ) -> Sequence[UUID]: ...
    def standing_at(self, product_code: str, account: str) -> Sequence[UUID]: ...
    def of_gift(self, gift_number: str) -> Sequence[UUID]: ...
    def is_recalled(self, product_code: str, lot_number: str) -> bool: ...
    def recall(self, product_code: str, lot_number: str, **facts: Any) -> None: ...


class Catalogue(Protocol):
    """Products by code or trade item number."""

    def of_codes(self, product_codes: Iterable[str]) -> Mapping[str, Product]: ...
    def codes_of_gtins(self, gtins: Iterable[str]) -> Mapping[str, str]: ...
    def save(self, product: Product) -> None: ...


class Gifts(Protocol):
    """Gifts, announced or met at the door."""

    def expect(self, gift_numbers: Iterable[str]) -> None: ...
    def obtain(self, gift_number: str, scan_id: UUID, now: datetime) -> Gift: ...
    def walk_in_number(self, account: str, day: date) -> str | None: ...
    def open_walk_in(self, account: str, day: date, now: datetime) -> Gift: ...
    def lock(self, gift_number: str, now: datetime) -> Gift: ...
    def save(self, gift: Gift, **facts: Any) -> None: ...


class GoodsReceivedNotes(Protocol):
    """One note for each gift, account and day; more where medicine needs it."""

    def current(self, gift_number: str, account: str, day: date) -> str: ...
    def next_part(self, gift_number: str, account: str, day: date) -> str: ...


class Scans(Protocol):
    """What was answered to each scan, and what waits for a person."""

    def answered(self, scan_ids: Iterable[UUID]) -> Mapping[UUID, AnsweredScan]: ...
    def remember(self, scans: Sequence[AnsweredScan], now: datetime) -> None: ...
    def keep(self, waiting: Sequence[WaitingScan], now: datetime) -> None: ...
    def waiting(self, scan_id: UUID) -> WaitingScan | None: ...
    def waiting_of_gtin(self, gtin: str) -> Sequence[WaitingScan]: ...
    def wait_on(self, scan: WaitingScan, result: Mapping[str, Any]) -> None: ...
    def keep_photo(
        self, scan_id: UUID, jpeg: bytes, account: str, now: datetime
    ) -> None: ...
    def resolve(
        self, scan_id: UUID, result: Mapping[str, Any], **facts: Any
    ) -> None: ...


class Movements(Protocol):
    """What was recorded before."""

    def of(self, movement_id: UUID) -> Movement | None: ...
    def of_document(self, document: str) -> Sequence[Movement]: ...
    def is_reversed(self, movement_id: UUID) -> bool: ...
    def was_received_by(self, lot_id: UUID, account: str) -> bool: ...


class Records(Protocol):
    """Counts, refusals, decisions and places."""

    def add_count(self, count: Count, now: datetime) -> None: ...
    def undo_count(self, count_id: UUID, now: datetime) -> None: ...
    def counted_since(
        self, movement: Movement, *, apart_from: UUID | None
    ) -> datetime | None: ...
    def add_refusal(self, refusal: Refusal) -> None: ...
    def add_decision(self, decision: Decision) -> None: ...
    def ensure_places(self, places: Iterable[Place]) -> None: ...
    def save_place(self, place: Place) -> None: ...


class DocumentNumbers(Protocol):
    """Gives each paper its number: ``next("GRN-2026")`` is ``GRN-2026-000001``."""

    def next(self, series: str, *, digits: int = 6) -> str: ...


class Work(Protocol):
    """One unit of work: all of it is committed, or nothing."""

    clock: Clock
    ids: IdSource

    @property
    def ledger(self) -> Ledger: ...
    @property
    def lots(self) -> Lots: ...
    @property
    def catalogue(self) -> Catalogue: ...
    @property
    def gifts(self) -> Gifts: ...
    @property
    def notes(self) -> GoodsReceivedNotes: ...
    @property
    def scans(self) -> Scans: ...
    @property
    def serials(self) -> Serials: ...
    @property
    def movements(self) -> Movements: ...
    @property
    def records(self) -> Records: ...
    @property
    def numbers(self) -> DocumentNumbers: ...
    @property
    def count_sheets(self) -> CountSheets: ...
    @property
    def losses(self) -> Losses: ...
    @property
    def reservations(self) -> Reservations: ...
    @property
    def pick_lists(self) -> PickLists: ...
    @property
    def consignments(self) -> Consignments: ...
    @property
    def kits(self) -> Kits: ...
    @property
    def receiving(self) -> Receiving: ...
    @property
    def needs(self) -> HeardNeeds: ...
    @property
    def places(self) -> Places: ...
    @property
    def sent_tables(self) -> SentTables: ...

    def announce(self, fact: object, *, occurred_at: datetime | None = None) -> None:
        """Say a fact if, and only if, this work commits."""

    def attempt(self) -> AbstractContextManager[None]:
        """Take back movements and facts of a step that raises; rows stay."""
