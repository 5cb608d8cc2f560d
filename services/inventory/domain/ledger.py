"""The accounts of one lot, and the rules no movement may break.

INV-01: over all accounts a lot sums to zero.
INV-02: 0 <= reserved <= on hand; only the outside world is below zero.
INV-12: units in a kit are where their kit is, a whole number of them in each kit.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import accumulate, groupby
from operator import itemgetter
from uuid import UUID

from services.inventory.domain.errors import (
    BackdatedBalanceError,
    InsufficientStockError,
)
from services.inventory.domain.kit_errors import KitComesFromComponentsError
from services.inventory.domain.lot import Lot, LotStatus
from services.inventory.domain.movement import (
    SUPPLY,
    AccountKind,
    Movement,
    Reason,
    kind_of,
    location,
    place_of,
)

STORAGE = "storage"
"""The kind of location whose goods may be promised."""

Change = tuple[datetime, int]
"""When an account changed, and by how many units."""

History = Callable[[UUID, str, datetime], Sequence[Change]]
"""The recorded changes of a lot's account after an instant, oldest first."""


@dataclass(frozen=True, slots=True)
class Balance:
    """What stands on an account, how much of it is promised, and since when."""

    on_hand: int = 0
    reserved: int = 0
    latest_at: datetime | None = None

    @property
    def free(self) -> int:
        """What may leave: on hand and not promised."""
        return self.on_hand - self.reserved


@dataclass(frozen=True, slots=True)
class Buckets:
    """Where every unit of a lot ever received is now; see ``stock_changed.v1``."""

    received: int
    in_stock: int
    reserved: int
    available: int
    in_transit: int
    accepted: int
    lost: int
    returned: int
    lost_by_reason: Mapping[str, int]

    def with_kits(self, kits: "Buckets", per_kit: int) -> "Buckets":
        """Add units that are in kits to the buckets their kits are in.

        What is in a kit cannot be promised by itself, so ``available`` stays.
        """
        reasons = {*self.lost_by_reason, *kits.lost_by_reason}
        return replace(
            self,
            in_stock=self.in_stock + per_kit * kits.in_stock,
            reserved=self.reserved + per_kit * kits.reserved,
            in_transit=self.in_transit + per_kit * kits.in_transit,
            accepted=self.accepted + per_kit * kits.accepted,
            lost=self.lost + per_kit * kits.lost,
            returned=self.returned + per_kit * kits.returned,
            lost_by_reason={
                reason: self.lost_by_reason.get(reason, 0)
                + per_kit * kits.lost_by_reason.get(reason, 0)
                for reason in sorted(reasons)
            },
        )


@dataclass(slots=True)
class LotAccounts:
    """One lot with its balances; ``post`` and ``reserve`` refuse or take effect."""

    lot: Lot
    balances: dict[str, Balance] = field(default_factory=dict)
    history: History = lambda _lot, _account, _since: ()
    posted: list[Movement] = field(default_factory=list)

    def balance(self, account: str) -> Balance:
        """Give the balance of an account; empty where nothing ever stood."""
        return self.balances.get(account, Balance())

    def at(self, location_code: str) -> Balance:
        """Give the balance of a location."""
        return self.balance(location(location_code))

    def on_hand_at(self, account: str, instant: datetime) -> int:
        """Give what stood on an account at an instant, by all that is known now."""
        return self.balance(account).on_hand - sum(
            change for _, change in self._changes_since(account, instant)
        )

    def stock(self) -> dict[str, Balance]:
        """List the locations that hold some of the lot, by code in order of code."""
        return {
            place_of(account): balance
            for account, balance in sorted(self.balances.items())
            if balance.on_hand and kind_of(account) is AccountKind.LOCATION
        }

    def post(self, movement: Movement) -> None:
        """Let a movement take effect on the two balances it names.

        Raises InsufficientStockError when the source has too little that is not
        promised, BackdatedBalanceError when it had too little at some moment
        after ``occurred_at``. Nothing may leave the outside world's account but
        what comes from outside, so it alone goes below zero. Kits come and go by
        assembly alone: KitComesFromComponentsError.
        """
        assert movement.lot_id == self.lot.lot_id, "a movement belongs to one lot"
        if self.lot.is_kit and _makes_or_ends_kits(movement):
            raise KitComesFromComponentsError(self.lot.lot_number)
        if movement.source != SUPPLY:
            self._refuse_overdraft(movement)
        self._change(movement.source, -movement.quantity, movement.occurred_at)
        self._change(movement.target, movement.quantity, movement.occurred_at)
        self.posted.append(movement)

    def reserve(self, location_code: str, quantity: int) -> None:
        """Promise units at a location; raises InsufficientStockError."""
        balance = self.at(location_code)
        if balance.free < quantity:
            raise self._too_little(location(location_code), quantity)
        self._promise(location_code, balance.reserved + quantity)

    def release(self, location_code: str, quantity: int) -> None:
        """Take a promise back; the caller knows that it was given."""
        reserved = self.at(location_code).reserved - quantity
        assert reserved >= 0, "INV-02: only what was promised can be released"
        self._promise(location_code, reserved)

    @property
    def received(self) -> int:
        """How many units ever came in; of a kit lot, how many were built."""
        return -self.balance(SUPPLY).on_hand

    def in_kits(self) -> Mapping[str, int]:
        """Give the units that are in kits, by the account of their kit lot."""
        return {
            account: balance.on_hand
            for account, balance in self.balances.items()
            if balance.on_hand and kind_of(account) is AccountKind.ASSEMBLY
        }

    def buckets(
        self,
        location_kinds: Mapping[str, str],
        kits: "Mapping[str, LotAccounts] | None" = None,
    ) -> Buckets:
        """Sum the balances up; units in kits count where their kits are.

        ``location_kinds`` tells each location's kind, ``kits`` each kit lot this
        one has units in, by the account that holds them.
        """
        buckets = self._own_buckets(location_kinds)
        for account, units in self.in_kits().items():
            kit = (kits or {})[account]
            per_kit, rest = divmod(units, kit.received)
            assert rest == 0, "INV-12: every kit of a lot holds the same"
            buckets = buckets.with_kits(kit.buckets(location_kinds), per_kit)
        return buckets

    def _own_buckets(self, location_kinds: Mapping[str, str]) -> Buckets:
        sums = dict.fromkeys(AccountKind, 0)
        lost: dict[str, int] = {}
        for account, balance in self.balances.items():
            sums[kind_of(account)] += balance.on_hand
            if balance.on_hand and kind_of(account) is AccountKind.LOSS:
                lost[place_of(account)] = balance.on_hand
        stock = self.stock()
        return Buckets(
            received=self.received,
            in_stock=sums[AccountKind.LOCATION],
            reserved=sum(balance.reserved for balance in stock.values()),
            available=self._available(stock, location_kinds),
            in_transit=sums[AccountKind.TRANSIT],
            accepted=sums[AccountKind.DELIVERED],
            lost=sums[AccountKind.LOSS],
            returned=sums[AccountKind.RETURNED],
            lost_by_reason=lost,
        )

    def _available(
        self, stock: Mapping[str, Balance], location_kinds: Mapping[str, str]
    ) -> int:
        if self.lot.stored_status is not LotStatus.RELEASED:
            return 0
        return sum(
            balance.free
            for location_code, balance in stock.items()
            if location_kinds.get(location_code) == STORAGE
        )

    def _refuse_overdraft(self, movement: Movement) -> None:
        balance = self.balance(movement.source)
        if balance.free < movement.quantity:
            raise self._too_little(movement.source, movement.quantity)
        if balance.latest_at is None or movement.occurred_at >= balance.latest_at:
            return
        lowest = self._lowest_since(movement.source, movement.occurred_at)
        if lowest < movement.quantity:
            raise BackdatedBalanceError(
                lot_number=self.lot.lot_number,
                account=movement.source,
                requested=movement.quantity,
                lowest=lowest,
            )

    def _lowest_since(self, account: str, instant: datetime) -> int:
        """Find the smallest balance an account ever had from an instant until now."""
        changes = self._changes_since(account, instant)
        per_instant = (
            sum(change for _, change in group)
            for _, group in groupby(changes, key=itemgetter(0))
        )
        then = self.on_hand_at(account, instant)
        return min(accumulate(per_instant, initial=then))

    def _changes_since(self, account: str, instant: datetime) -> list[Change]:
        recorded = self.history(self.lot.lot_id, account, instant)
        return sorted([*recorded, *self._unsaved_changes(account, instant)])

    def _unsaved_changes(self, account: str, instant: datetime) -> list[Change]:
        later = [each for each in self.posted if each.occurred_at > instant]
        gone = [(m.occurred_at, -m.quantity) for m in later if m.source == account]
        came = [(m.occurred_at, m.quantity) for m in later if m.target == account]
        return gone + came

    def _change(self, account: str, quantity: int, occurred_at: datetime) -> None:
        old = self.balance(account)
        latest = max(old.latest_at or occurred_at, occurred_at)
        self.balances[account] = Balance(old.on_hand + quantity, old.reserved, latest)

    def _promise(self, location_code: str, reserved: int) -> None:
        account = location(location_code)
        self.balances[account] = replace(self.balance(account), reserved=reserved)

    def _too_little(self, account: str, requested: int) -> InsufficientStockError:
        return InsufficientStockError(
            lot_number=self.lot.lot_number,
            account=account,
            requested=requested,
            available=self.balance(account).free,
        )


def _makes_or_ends_kits(movement: Movement) -> bool:
    """Tell whether kits would appear or vanish without their components."""
    return (
        (movement.source == SUPPLY and movement.reason is not Reason.KIT_BUILT)
        or (movement.target == SUPPLY and movement.reason is not Reason.KIT_TAKEN_APART)
        or kind_of(movement.target) is AccountKind.RETURNED
    )
