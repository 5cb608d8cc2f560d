"""Lots, found by what a person or a pack says of them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select

from services.inventory.adapters.dialects import insert
from services.inventory.adapters.tables import BALANCES, LOTS
from services.inventory.domain.lot import Lot


class SqlLots:
    """Gives ids; the ledger locks and loads what they stand for."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, lots: Sequence[Lot]) -> None:
        """Open new lots; one that another transaction opened first stays as it is."""
        rows = sorted((_row(lot) for lot in lots), key=lambda row: str(row["identity"]))
        if rows:
            statement = insert(self._connection, LOTS)
            self._connection.execute(
                statement.on_conflict_do_nothing(index_elements=["identity"]), rows
            )

    def of_identities(self, identities: Iterable[str]) -> Mapping[str, UUID]:
        """Find the lots further receipts would land in."""
        query = select(LOTS.c.identity, LOTS.c.lot_id).where(
            LOTS.c.identity.in_(sorted(set(identities)))
        )
        return {row.identity: row.lot_id for row in self._connection.execute(query)}

    def numbered(self, product_code: str, lot_number: str) -> Sequence[UUID]:
        """Find every lot of a product and number, whatever gift it came with."""
        return self._ids(
            select(LOTS.c.lot_id)
            .where(LOTS.c.product_code == product_code, LOTS.c.lot_number == lot_number)
            .order_by(LOTS.c.lot_id)
        )

    def standing_at(self, product_code: str, account: str) -> Sequence[UUID]:
        """Find the lots of a product that an account holds some of."""
        return self._ids(
            select(BALANCES.c.lot_id)
            .where(BALANCES.c.account == account, BALANCES.c.on_hand > 0)
            .where(BALANCES.c.product_code == product_code)
            .order_by(BALANCES.c.lot_id)
        )

    def of_gift(self, gift_number: str) -> Sequence[UUID]:
        """Find every lot that came with a gift."""
        return self._ids(
            select(LOTS.c.lot_id)
            .where(LOTS.c.gift_number == gift_number)
            .order_by(LOTS.c.lot_id)
        )

    def _ids(self, query: Any) -> Sequence[UUID]:
        return self._connection.execute(query).scalars().all()


def _row(lot: Lot) -> dict[str, Any]:
    return {
        "lot_id": lot.lot_id,
        "identity": lot.identity,
        "product_code": lot.product_code,
        "lot_number": lot.lot_number,
        "expires_on": lot.expires_on,
        "received_on": lot.received_on,
        "gift_number": lot.gift_number,
        "grn_number": lot.grn_number,
        "hold": lot.hold,
        "awaits_gift": lot.awaits_gift,
        "earmark": None if lot.earmark is None else list(lot.earmark),
        "version": lot.version,
    }
