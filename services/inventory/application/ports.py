"""What inventory's use cases need from outside, named for the need."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol
from uuid import UUID

from services.inventory.domain.ledger import LotAccounts
from services.inventory.domain.lot import Lot
from services.inventory.domain.movement import Movement
from shared.kernel.clock import Clock
from shared.kernel.identity import IdSource


class Ledger(Protocol):
    """The accounts of every lot; what is opened is locked until the work ends.

    Writes happen once, when the work completes: then one ``stock_changed`` is
    announced for each lot touched, however many movements it had.
    """

    @property
    def location_kinds(self) -> Mapping[str, str]: ...
    def open(self, lot_ids: Iterable[UUID]) -> None: ...
    def of(self, lot_id: UUID) -> LotAccounts: ...
    def post(self, movement: Movement) -> Movement: ...
    def reserve(self, lot_id: UUID, location_code: str, quantity: int) -> None: ...
    def release(self, lot_id: UUID, location_code: str, quantity: int) -> None: ...
    def change(self, lot: Lot) -> None: ...
    def version_of(self, lot_id: UUID) -> int: ...


class Lots(Protocol):
    """Finds lots by what a person knows of them; opens new ones."""

    def add(self, lots: Sequence[Lot]) -> None: ...
    def of_identities(self, identities: Iterable[str]) -> Mapping[str, UUID]: ...
    def numbered(self, product_code: str, lot_number: str) -> Sequence[UUID]: ...
    def standing_at(self, product_code: str, account: str) -> Sequence[UUID]: ...
    def of_gift(self, gift_number: str) -> Sequence[UUID]: ...


class DocumentNumbers(Protocol):
    """Gives each paper its number."""

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
    def numbers(self) -> DocumentNumbers: ...
    def announce(self, fact: object, *, occurred_at: datetime | None = None) -> None:
        """Say a fact if, and only if, this work commits."""

    def attempt(self) -> AbstractContextManager[None]:
        """Take back movements and facts of a step that raises; rows stay."""
