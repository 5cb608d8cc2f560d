"""What a scan is about, and what its action gives back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.inventory.application.ports.work import Work
from services.inventory.application.scanning.line import ScanLine
from services.inventory.domain.attention import LotAmbiguousError
from services.inventory.domain.errors import UnknownLocationError, UnknownLotError
from services.inventory.domain.ledger import LotAccounts
from services.inventory.domain.movement import Movement, Reason, place_of
from services.inventory.domain.product import Product
from shared.kernel.clock import local_day
from shared.kernel.errors import MalformedError


@dataclass(frozen=True, slots=True, kw_only=True)
class ScannedGoods:
    """A scan whose product is known: so many units, and what the pack says.

    What a person entered goes before what the pack says. ``account`` is the id of
    whoever scans; ``serial_digest`` is there for a medicine whose code has a serial.
    ``is_consented``: a coordinator other than that person stands for it too.
    ``is_judged``: a coordinator stands for it, be it the one who scans.
    """

    line: ScanLine
    account: str
    product: Product
    units: int
    lot_number: str | None = None
    expires_on: date | None = None
    serial_digest: str | None = None
    is_consented: bool = False
    is_judged: bool = False

    @property
    def day(self) -> date:
        """The Almaty day on which it happened."""
        return local_day(self.line.occurred_at)


@dataclass(frozen=True, slots=True)
class Applied:
    """What an action did; ``movement_id`` is what undo takes back.

    ``asks_for`` says what is still to do, such as ``second_count_needed``.
    """

    lot_id: UUID | None = None
    movement_id: UUID | None = None
    asks_for: str | None = None


Action = Callable[[Work, ScannedGoods], Applied]
"""What a scan does. It refuses with a DomainError, or with WaitsForPersonError
where a person can finish it, before it writes any row of its own; movements,
promises and facts are taken back for it."""


def account_at(work: Work, location_code: str | None, field: str) -> str:
    """Name the account of a location that exists."""
    if location_code is None:
        raise MalformedError(f"{field} has to name a location.", field=field)
    if location_code not in work.ledger.location_kinds:
        raise UnknownLocationError(location_code)
    return f"location:{location_code}"


def movement_of(
    work: Work, goods: ScannedGoods, lot_id: UUID, source: str, target: str
) -> Movement:
    """Draw up the movement a scan stands for; the action says reason and paper."""
    return Movement(
        movement_id=work.ids.new_id(),
        lot_id=lot_id,
        quantity=goods.units,
        source=source,
        target=target,
        reason=Reason.MOVE,
        occurred_at=goods.line.occurred_at,
        recorded_by=goods.account,
    )


def lot_at(work: Work, goods: ScannedGoods, account: str) -> LotAccounts:
    """Find the one lot a scan can mean among those standing on an account.

    Packs of the same lot number and expiry cannot be told apart on a shelf: the
    one received first is taken, if it has enough.
    Raises UnknownLotError and LotAmbiguousError.
    """
    if goods.line.lot_id is not None:
        return _named_lot(work, goods, goods.line.lot_id)
    if goods.lot_number is None:
        return _only_lot(work, goods, account)
    found = [
        accounts
        for lot_id in work.lots.numbered(goods.product.product_code, goods.lot_number)
        if _fits(goods, accounts := work.ledger.of(lot_id))
    ]
    standing = [each for each in found if each.balance(account).on_hand]
    enough = [each for each in standing if each.balance(account).free >= goods.units]
    for choice in (enough, standing, found):
        if choice:
            return choice[0]
    raise UnknownLotError(goods.lot_number)


def _named_lot(work: Work, goods: ScannedGoods, lot_id: UUID) -> LotAccounts:
    accounts = work.ledger.of(lot_id)
    if accounts.lot.product_code != goods.product.product_code:
        raise MalformedError(
            f"Lot {lot_id} is of {accounts.lot.product_code}, not of "
            f"{goods.product.product_code}. Scan the pack again.",
            field="lot_id",
        )
    return accounts


def _only_lot(work: Work, goods: ScannedGoods, account: str) -> LotAccounts:
    product_code = goods.product.product_code
    standing = work.lots.standing_at(product_code, account)
    fitting = [each for each in standing if _fits(goods, work.ledger.of(each))]
    place = place_of(account)
    if not fitting:
        raise UnknownLotError(f"of {product_code} at {place}")
    if len(fitting) > 1:
        raise LotAmbiguousError(
            product_code=product_code, place=place, lots=len(fitting)
        )
    return work.ledger.of(fitting[0])


def _fits(goods: ScannedGoods, accounts: LotAccounts) -> bool:
    lot, gift_number = accounts.lot, goods.line.gift_number
    return (goods.expires_on is None or lot.expires_on == goods.expires_on) and (
        gift_number is None or lot.gift_number == gift_number
    )
