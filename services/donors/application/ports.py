"""What donors' use cases need of the world."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from services.donors.application.giving_ports import (
    Correspondence,
    Giving,
    OwnAddresses,
)
from services.donors.application.masking_ports import Deliveries, Months
from services.donors.domain.donor import Donor
from services.donors.domain.earmark import Earmark
from services.donors.domain.fulfilment import Refusal
from services.donors.domain.happening import HappeningKind
from services.donors.domain.lot_state import LotState
from services.donors.domain.promise import Line
from shared.contracts.distribution_v1 import NeedsPublished, UnitRegistered
from shared.contracts.inventory_v1 import ProductRegistered


@dataclass(frozen=True, slots=True)
class Gift:
    """A gift as it was opened, without what became of it."""

    gift_number: str
    donor_code: str
    earmark: Earmark | None
    earmark_version: int
    is_walk_in: bool
    announced_at: datetime
    expected: Sequence[Line] = ()
    earlier_earmarks: Sequence[Earmark] = ()


@dataclass(frozen=True, slots=True)
class Pledge:
    """A promise of goods by a date."""

    pledge_number: str
    donor_code: str
    due_on: date | None
    pledged_at: datetime
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One thing that happened, under the id of the fact that told it."""

    source_id: UUID
    gift_number: str
    product_code: str
    kind: HappeningKind
    quantity: int
    reason: str | None
    happened_on: date
    recorded_on: date


@dataclass(frozen=True, slots=True)
class Left:
    """Why a lot was not given when its product was last shared out.

    ``version`` grows with time; ``decided_on`` is the day in Almaty.
    """

    lot_id: UUID
    decided_on: date
    version: int
    reason: str


class Donors(Protocol):
    """The donors we know; ``find`` keeps the row for us until the work ends."""

    def has(self, donor_code: str) -> bool: ...
    def find(self, donor_code: str) -> Donor | None: ...
    def add(self, donor: Donor, now: datetime) -> bool:
        """Keep a new donor; say False, and change nothing, if the code is taken."""

    def correct(self, donor: Donor) -> None:
        """Keep another name and kind; all else stays."""


class Gifts(Protocol):
    """The gifts; ``find`` keeps the row for us until the work ends."""

    def find(self, gift_number: str) -> Gift | None: ...
    def add(self, gift: Gift) -> None: ...
    def set_earmark(self, gift: Gift, earmark: Earmark | None) -> int:
        """Change the earmark, remember the one before; give the new version."""

    def set_donor(self, gift_number: str, donor_code: str) -> None: ...


class Pledges(Protocol):
    """The promises."""

    def add(self, pledge: Pledge) -> None: ...


class Numbers(Protocol):
    """Series of numbers people say aloud, without gaps in committed work."""

    def take(self, letter: str, year: int) -> int: ...


class World(Protocol):
    """What the other services told us of products, units and needs."""

    def flags_of_products(self) -> Mapping[str, Iterable[str]]: ...
    def groups(self) -> Iterable[str]: ...
    def may_wake(self, gift_number: str, product_code: str) -> str | None:
        """Give the donor who may see at once what becomes of these goods.

        None when nobody knows whose they are, and when they are shown late
        (domain/delay.py).
        """

    def keep_product(self, product: ProductRegistered) -> bool: ...
    def keep_unit(self, unit: UnitRegistered) -> bool: ...
    def keep_needs(self, needs: NeedsPublished) -> bool: ...


class Lots(Protocol):
    """The newest state of every lot, and its last state of every day."""

    def keep(self, state: LotState) -> bool:
        """Keep a state; say False when a newer one is known already."""

    def find(self, lot_id: UUID) -> LotState | None: ...
    def keep_contents(self, kit_lot_id: UUID, contents: Mapping[UUID, int]) -> None:
        """Keep what one kit of a kit lot holds; it never changes."""

    def contents(self, lot_id: UUID) -> Mapping[UUID, int]:
        """Give what one kit of a kit lot holds; nothing for any other lot."""

    def leave(self, left: Sequence[Left]) -> Collection[tuple[str, str]]:
        """Keep why lots were left, the newest reason of every day.

        Gives the gifts and products of the lots that were heard of already.
        """


class Story(Protocol):
    """What happened to goods; told, never counted."""

    def refuse(
        self, refusal_id: UUID, gift_number: str, refusal: Refusal, on: date
    ) -> None: ...
    def tell(self, lines: Iterable[StoryLine]) -> None: ...
    def has(self, source_id: UUID) -> bool: ...
    def take_back(self, source_id: UUID) -> Sequence[str]:
        """Forget what a fact told; give the gifts it was about."""


class Changes(Protocol):
    """Counts, for every donor, the changes an open dashboard should show."""

    def note(self, donor_code: str) -> None: ...
    def note_holders(self, product_code: str) -> None:
        """Note a change for every donor with goods of this product."""


class Work(Protocol):
    """One transaction of donors."""

    @property
    def donors(self) -> Donors: ...
    @property
    def gifts(self) -> Gifts: ...
    @property
    def pledges(self) -> Pledges: ...
    @property
    def numbers(self) -> Numbers: ...
    @property
    def world(self) -> World: ...
    @property
    def lots(self) -> Lots: ...
    @property
    def story(self) -> Story: ...
    @property
    def changes(self) -> Changes: ...
    @property
    def deliveries(self) -> Deliveries: ...
    @property
    def months(self) -> Months: ...
    @property
    def giving(self) -> Giving: ...
    @property
    def correspondence(self) -> Correspondence: ...
    @property
    def own_addresses(self) -> OwnAddresses: ...
    @property
    def now(self) -> datetime: ...
    def announce(self, fact: object, *, occurred_at: datetime | None = None) -> None:
        """Say a fact if, and only if, this work commits."""
