"""Lots, found by what a person or a pack says of them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, Table, bindparam, select

from services.inventory.adapters.stock.ledger import SqlLedger
from services.inventory.adapters.tables import BALANCES, LOTS, RECALLS
from services.inventory.domain.lot import Lot

LotKey = tuple[str, str, str | None]
"""Product code, lot number, and the gift it came with; None means any gift."""


def _of_keys(table: Table) -> Select[Any]:
    """Find the rows of some products and numbers, and a few more."""
    return select(table).where(
        table.c.product_code.in_(bindparam("products", expanding=True)),
        table.c.lot_number.in_(bindparam("numbers", expanding=True)),
    )


_RECALLS_OF_KEYS = _of_keys(RECALLS)
_LOTS_OF_KEYS = _of_keys(LOTS).order_by(LOTS.c.lot_id).with_for_update()
_LOTS_OF_GIFTS = _LOTS_OF_KEYS.where(
    LOTS.c.gift_number.in_(bindparam("gifts", expanding=True))
)


class SqlLots:
    """Finds lots and opens them in the ledger, which locks and loads them.

    What was found stays known for the unit of work, new lots included, so a batch
    that announces what it will ask for by ``expect`` costs one question. Who names
    a gift locks no lot of another: two may receive the same number at once.
    """

    def __init__(self, connection: Connection, ledger: SqlLedger) -> None:
        self._connection = connection
        self._ledger = ledger
        self._found: dict[LotKey, list[UUID]] = {}
        self._added: dict[LotKey, set[UUID]] = defaultdict(set)
        self._recalled: dict[tuple[str, str], bool] = {}

    def expect(self, keys: Iterable[LotKey], lot_ids: Iterable[UUID] = ()) -> None:
        """Find and open the lots of many products and numbers at once."""
        wanted = {key for key in keys if key not in self._found}
        for is_any_gift in (False, True):
            alike = {key for key in wanted if (key[2] is None) is is_any_gift}
            if alike:
                self._look_up(alike)
        self._ask_recalls({key[:2] for key in wanted})
        self._ledger.open(lot_ids)

    def add(self, lot: Lot) -> None:
        """Open a new lot."""
        self._ledger.add(lot)
        for gift_number in (lot.gift_number, None):
            key = lot.product_code, lot.lot_number, gift_number
            self._added[key].add(lot.lot_id)

    def numbered(
        self, product_code: str, lot_number: str, gift_number: str | None = None
    ) -> Sequence[UUID]:
        """Find every lot of a product and number, of one gift or whatever gift."""
        key = product_code, lot_number, gift_number
        self.expect([key])
        return sorted({*self._found[key], *self._added.get(key, ())})

    def is_recalled(self, product_code: str, lot_number: str) -> bool:
        """Tell whether this number of this product was ever recalled."""
        self._ask_recalls({(product_code, lot_number)})
        return self._recalled[product_code, lot_number]

    def recall(self, product_code: str, lot_number: str, **facts: Any) -> None:
        """Remember a recall for receipts still to come; a repeat changes nothing."""
        if not self.is_recalled(product_code, lot_number):
            self._connection.execute(
                RECALLS.insert().values(
                    product_code=product_code, lot_number=lot_number, **facts
                )
            )

    def standing_at(self, product_code: str, account: str) -> Sequence[UUID]:
        """Find the lots of a product that an account holds some of, now."""
        query = select(BALANCES.c.lot_id).where(
            BALANCES.c.account == account,
            BALANCES.c.product_code == product_code,
            BALANCES.c.on_hand > 0,
        )
        self._ledger.open(self._connection.execute(query).scalars())
        return sorted(
            accounts.lot.lot_id
            for accounts in self._ledger.opened()
            if accounts.lot.product_code == product_code
            and accounts.balance(account).on_hand > 0
        )

    def of_gift(self, gift_number: str) -> Sequence[UUID]:
        """Find every lot that came with a gift."""
        query = select(LOTS.c.lot_id).where(LOTS.c.gift_number == gift_number)
        return self._connection.execute(query.order_by(LOTS.c.lot_id)).scalars().all()

    def _look_up(self, keys: set[LotKey]) -> None:
        """Find the lots of keys that all name their gift, or all do not."""
        self._found.update({key: [] for key in keys})
        products, numbers, gifts = (set(part) for part in zip(*keys, strict=True))
        terms = {"products": sorted(products), "numbers": sorted(numbers)}
        if gifts == {None}:
            lots = self._ledger.open_found(_LOTS_OF_KEYS, **terms)
        else:
            terms["gifts"] = sorted(gifts)
            lots = self._ledger.open_found(_LOTS_OF_GIFTS, **terms)
        for lot in lots:
            gift_number = None if gifts == {None} else lot.gift_number
            key = (lot.product_code, lot.lot_number, gift_number)
            if key in keys:
                self._found[key].append(lot.lot_id)

    def _ask_recalls(self, pairs: set[tuple[str, str]]) -> None:
        """Find out which of some products and numbers were ever recalled."""
        wanted = pairs.difference(self._recalled)
        if not wanted:
            return
        self._recalled.update(dict.fromkeys(wanted, False))
        products, numbers = (sorted(set(part)) for part in zip(*wanted, strict=True))
        terms = {"products": products, "numbers": numbers}
        for row in self._connection.execute(_RECALLS_OF_KEYS, terms):
            self._recalled[row.product_code, row.lot_number] = True
