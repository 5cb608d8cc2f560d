"""What the other services told us: lots, the story, products, units and needs."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from uuid import UUID

from sqlalchemy import Connection, bindparam, select, union

from services.donors.adapters.lot_rows import row_of, state_of
from services.donors.adapters.tables import (
    changes,
    gift_lines,
    gifts,
    happenings,
    kit_parts,
    left_lots,
    lot_days,
    lot_totals,
    needs_lists,
    products,
    refusals,
    units,
)
from services.donors.adapters.veil import earmarks_ever, groups_of_facilities
from services.donors.application.ports import Left, StoryLine
from services.donors.domain.delay import must_wait
from services.donors.domain.fulfilment import Refusal
from services.donors.domain.lot_state import LotState
from services.donors.domain.version import CHANGED
from shared.contracts.distribution_v1 import NeedsPublished, UnitRegistered
from shared.contracts.inventory_v1 import ProductRegistered
from shared.database.database import mark
from shared.database.upsert import count_up, insert_if_new, keep_newest

# built once: a message runs each of these, and building them costs as much as they do
_WHOSE = (
    select(
        gifts.c.donor_code,
        gifts.c.earmark,
        gifts.c.earlier_earmarks,
        products.c.sensitivity,
    )
    .join_from(
        gifts, products, products.c.product_code == bindparam("product"), isouter=True
    )
    .where(gifts.c.gift_number == bindparam("gift"))
)
_LOT = select(lot_totals).where(lot_totals.c.lot_id == bindparam("lot"))
_TELL = happenings.insert()


class SqlWorld:
    """Products, units and needs, each in its newest version."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def flags_of_products(self) -> Mapping[str, Iterable[str]]:
        rows = self._connection.execute(
            select(products.c.product_code, products.c.flags)
        )
        return {row.product_code: row.flags for row in rows}

    def groups(self) -> Iterable[str]:
        facilities = groups_of_facilities(self._connection)
        return frozenset().union(*facilities.values())

    def may_wake(self, gift_number: str, product_code: str) -> str | None:
        """Give the donor of goods that are not shown late (domain/delay.py)."""
        terms = {"gift": gift_number, "product": product_code}
        row = self._connection.execute(_WHOSE, terms).one_or_none()
        if row is None:
            return None
        earmarks = earmarks_ever(row)
        facilities = groups_of_facilities(self._connection) if earmarks else {}
        if must_wait(row.sensitivity, earmarks, facilities):
            return None
        donor_code: str = row.donor_code
        return donor_code

    def keep_product(self, product: ProductRegistered) -> bool:
        row = {
            "product_code": product.product_code,
            "version": product.version,
            "category": product.category,
            "names": product.names,
            "unit_of_issue": product.unit_of_issue,
            "sensitivity": product.sensitivity,
            "flags": list(product.flags),
        }
        return keep_newest(self._connection, products, row)

    def keep_unit(self, unit: UnitRegistered) -> bool:
        row = {
            "unit_code": unit.unit_code,
            "version": unit.version,
            "facility_code": unit.facility_code,
            "groups": list(unit.groups),
            "is_closed": unit.is_closed,
            "audience": unit.audience,
            "people_in_tens": unit.people_in_tens,
        }
        return keep_newest(self._connection, units, row)

    def keep_needs(self, needs: NeedsPublished) -> bool:
        row = {
            "source": "distribution",
            "version": needs.version,
            "as_of": needs.as_of,
            "items": [asdict(item) for item in needs.items],
        }
        return keep_newest(self._connection, needs_lists, row)


class SqlLots:
    """The newest state of every lot, and its last state of every day."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, state: LotState) -> bool:
        """Keep a state; say False when a newer one is known already."""
        row = row_of(state)
        keep_newest(self._connection, lot_days, row)
        return keep_newest(self._connection, lot_totals, row)

    def keep_contents(self, kit_lot_id: UUID, contents: Mapping[UUID, int]) -> None:
        for lot_id, quantity in contents.items():
            row = {"kit_lot_id": kit_lot_id, "lot_id": lot_id, "quantity": quantity}
            insert_if_new(self._connection, kit_parts, row)

    def contents(self, lot_id: UUID) -> Mapping[UUID, int]:
        rows = self._connection.execute(
            select(kit_parts.c.lot_id, kit_parts.c.quantity)
            .where(kit_parts.c.kit_lot_id == lot_id)
            .order_by(kit_parts.c.lot_id)
        )
        return {row.lot_id: row.quantity for row in rows}

    def leave(self, left: Sequence[Left]) -> Collection[tuple[str, str]]:
        for each in left:
            keep_newest(self._connection, left_lots, asdict(each))
        lots = lot_totals.c
        touched = self._connection.execute(
            select(lots.gift_number, lots.product_code)
            .where(lots.lot_id.in_([each.lot_id for each in left]))
            .distinct()
        )
        return {(row.gift_number, row.product_code) for row in touched}

    def find(self, lot_id: UUID) -> LotState | None:
        row = self._connection.execute(_LOT, {"lot": lot_id}).one_or_none()
        return None if row is None else state_of(row)


class SqlStory:
    """What was refused at the door, and what happened to the rest."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def refuse(
        self, refusal_id: UUID, gift_number: str, refusal: Refusal, on: date
    ) -> None:
        row = {
            "refusal_id": refusal_id,
            "gift_number": gift_number,
            "product_code": refusal.product_code,
            "quantity": refusal.quantity,
            "reason": refusal.reason,
            "recorded_on": on,
        }
        insert_if_new(self._connection, refusals, row)

    def tell(self, lines: Iterable[StoryLine]) -> None:
        rows = [{**asdict(line), "kind": line.kind.value} for line in lines]
        self._connection.execute(_TELL, rows)

    def has(self, source_id: UUID) -> bool:
        query = select(happenings.c.position).where(happenings.c.source_id == source_id)
        return self._connection.scalar(query.limit(1)) is not None

    def take_back(self, source_id: UUID) -> Sequence[str]:
        """Forget what a fact told; give the gifts it was about."""
        gone = self._connection.scalars(
            happenings.delete()
            .where(happenings.c.source_id == source_id)
            .returning(happenings.c.gift_number)
        )
        return sorted(set(gone))


class SqlChanges:
    """One counter for each donor, raised in the transaction of the change."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def note(self, donor_code: str) -> None:
        count_up(self._connection, changes, "version", {"donor_code": donor_code})
        mark(self._connection, CHANGED)

    def note_holders(self, product_code: str) -> None:
        """Note a change for every donor with goods of this product."""
        numbers = union(
            *(
                select(table.c.gift_number).where(table.c.product_code == product_code)
                for table in (gift_lines, lot_totals, refusals)
            )
        )
        holders = self._connection.scalars(
            select(gifts.c.donor_code)
            .where(gifts.c.gift_number.in_(numbers))
            .distinct()
            .order_by(gifts.c.donor_code)
        )
        for donor_code in holders.all():
            self.note(donor_code)
