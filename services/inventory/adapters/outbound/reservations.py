"""Answers to allocation runs and what each run still holds, in SQL."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, and_, select

from services.inventory.adapters.outbound.tables import HOLDS, RESERVATIONS
from services.inventory.domain.picking import HeldGoods
from shared.kernel.clock import Clock


class SqlReservations:
    """The port ``Reservations`` on one connection."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    def outcomes(self, run_id: UUID) -> Mapping[str, str]:
        """How each product of the run was answered, by product code."""
        answers = RESERVATIONS.c
        query = select(answers.product_code, answers.outcome).where(
            answers.run_id == run_id
        )
        return {
            row.product_code: row.outcome for row in self._connection.execute(query)
        }

    def answer(self, run_id: UUID, product_code: str, outcome: str) -> None:
        """Record or replace the answer to a product of a run."""
        key = and_(
            RESERVATIONS.c.run_id == run_id, RESERVATIONS.c.product_code == product_code
        )
        values = {"outcome": outcome, "recorded_at": self._clock.now()}
        if self._update(RESERVATIONS, key, values) == 0:
            self._connection.execute(
                RESERVATIONS.insert().values(
                    run_id=run_id, product_code=product_code, **values
                )
            )

    def hold(self, goods: HeldGoods) -> None:
        """Add goods to what their run holds."""
        added = {
            "quantity": HOLDS.c.quantity + goods.quantity,
            "withdrawn": HOLDS.c.withdrawn + goods.withdrawn,
        }
        if self._update(HOLDS, _key(goods), added) == 0:
            self._connection.execute(
                HOLDS.insert().values(
                    run_id=goods.run_id,
                    unit_code=goods.unit_code,
                    product_code=goods.product_code,
                    lot_id=goods.lot_id,
                    location_code=goods.location_code,
                    quantity=goods.quantity,
                    withdrawn=goods.withdrawn,
                )
            )

    def save(self, goods: HeldGoods) -> None:
        """Store the present quantities of a hold; an empty one is forgotten."""
        if goods.quantity == goods.withdrawn == 0:
            self._connection.execute(HOLDS.delete().where(_key(goods)))
            return
        self._update(
            HOLDS,
            _key(goods),
            {"quantity": goods.quantity, "withdrawn": goods.withdrawn},
        )

    def of_run(self, run_id: UUID) -> Sequence[HeldGoods]:
        """Every hold of a run, withdrawn goods included."""
        return self._read(HOLDS.c.run_id == run_id)

    def of_lot(self, lot_id: UUID) -> Sequence[HeldGoods]:
        """Every hold on a lot, oldest run first."""
        return self._read(HOLDS.c.lot_id == lot_id)

    def of_units(
        self, unit_codes: Iterable[str], product_codes: Iterable[str]
    ) -> Sequence[HeldGoods]:
        """Every hold of some units for some products, oldest run first."""
        return self._read(
            HOLDS.c.unit_code.in_(sorted(unit_codes)),
            HOLDS.c.product_code.in_(sorted(product_codes)),
        )

    def _read(self, *conditions: ColumnElement[bool]) -> Sequence[HeldGoods]:
        holds = HOLDS.c
        query = (
            select(
                holds.run_id,
                holds.unit_code,
                holds.product_code,
                holds.lot_id,
                holds.location_code,
                holds.quantity,
                holds.withdrawn,
            )
            .where(*conditions)
            .order_by(holds.run_id, holds.unit_code, holds.lot_id, holds.location_code)
        )
        return [HeldGoods(*row) for row in self._connection.execute(query)]

    def _update(
        self, table: Any, key: ColumnElement[bool], values: Mapping[str, Any]
    ) -> int:
        changed = self._connection.execute(table.update().where(key).values(**values))
        return changed.rowcount


def _key(goods: HeldGoods) -> ColumnElement[bool]:
    return and_(
        HOLDS.c.run_id == goods.run_id,
        HOLDS.c.unit_code == goods.unit_code,
        HOLDS.c.lot_id == goods.lot_id,
        HOLDS.c.location_code == goods.location_code,
    )
