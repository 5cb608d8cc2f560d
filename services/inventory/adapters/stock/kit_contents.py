"""Which lots move with which kits, for the ledger."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import Connection, bindparam, select

from services.inventory.adapters.kits.tables import KIT_CONTENTS
from services.inventory.adapters.ledger_rows import lot_of
from services.inventory.adapters.tables import BALANCES, LOTS
from services.inventory.domain.ledger import Balance, LotAccounts
from services.inventory.domain.movement import place_of

_CONTENTS_OF_KITS = (
    select(KIT_CONTENTS.c.kit_lot_id, KIT_CONTENTS.c.lot_id, KIT_CONTENTS.c.quantity)
    .where(KIT_CONTENTS.c.kit_lot_id.in_(bindparam("kits", expanding=True)))
    .order_by(KIT_CONTENTS.c.lot_id)
)


class SqlKitContents:
    """Remembers, for one unit of work, the lots in each kit lot it opened."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._contents: dict[UUID, Mapping[UUID, int]] = {}

    def of_kits(self, kit_lot_ids: Iterable[UUID]) -> set[UUID]:
        """Read the contents of kit lots; give all their lots together."""
        kits = sorted(set(kit_lot_ids))
        unread = [kit for kit in kits if kit not in self._contents]
        found: dict[UUID, dict[UUID, int]] = {kit: {} for kit in unread}
        for kit, lot_id, quantity in self._connection.execute(
            _CONTENTS_OF_KITS, {"kits": unread}
        ):
            found[kit][lot_id] = quantity
        self._contents.update(found)
        return {lot_id for kit in kits for lot_id in self._contents[kit]}

    def of_kit(self, lot_id: UUID) -> Mapping[UUID, int]:
        """Give what one kit of a kit lot read before holds; nothing for other lots."""
        return self._contents.get(lot_id, {})

    def expect(self, kit_lot_id: UUID, contents: Mapping[UUID, int]) -> None:
        """Learn the contents of a kit lot that is being built."""
        self._contents[kit_lot_id] = contents


def contents_of_all(connection: Connection) -> Mapping[UUID, Mapping[UUID, int]]:
    """Read what one kit of every kit lot holds."""
    found: dict[UUID, dict[UUID, int]] = {}
    for row in connection.execute(select(KIT_CONTENTS)):
        found.setdefault(row.kit_lot_id, {})[row.lot_id] = row.quantity
    return found


def kits_of(
    connection: Connection,
    touched: Sequence[LotAccounts],
    opened: Mapping[UUID, LotAccounts],
) -> Mapping[str, LotAccounts]:
    """Give the kit lots that hold units of some lots, by their accounts.

    Those not opened are read without a lock: whoever moves a kit locks the lots
    of its contents as well, so it cannot move while one of them is held here.
    """
    accounts = {account for each in touched for account in each.in_kits()}
    if not accounts:
        return {}
    ids = {account: UUID(place_of(account)) for account in accounts}
    read = _read(connection, [each for each in ids.values() if each not in opened])
    return {account: opened.get(kit) or read[kit] for account, kit in ids.items()}


def _read(
    connection: Connection, kit_lot_ids: Sequence[UUID]
) -> Mapping[UUID, LotAccounts]:
    lots = select(LOTS).where(LOTS.c.lot_id.in_(kit_lot_ids))
    found = {row.lot_id: LotAccounts(lot_of(row)) for row in connection.execute(lots)}
    rows = select(BALANCES).where(BALANCES.c.lot_id.in_(kit_lot_ids))
    for row in connection.execute(rows):
        balance = Balance(row.on_hand, row.reserved, row.latest_at)
        found[row.lot_id].balances[row.account] = balance
    return found
