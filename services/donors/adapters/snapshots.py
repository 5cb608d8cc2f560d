"""Frozen months as rows, and what the next one is made of."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Row, func, select

from services.donors.adapters.lot_rows import last_days
from services.donors.adapters.snapshot_tables import (
    deliveries,
    frozen_deliveries,
    frozen_months,
    snapshot_lines,
)
from services.donors.adapters.tables import gifts, lot_days, products, units
from services.donors.adapters.veil import Veil, earmarks_ever
from services.donors.application.masking_ports import FrozenMonth
from services.donors.domain.delay import Freezes
from services.donors.domain.masking.delivery import Delivery
from services.donors.domain.masking.freezing import (
    SENSITIVITY_BY_QUARTER,
    Accounted,
    Known,
    LineKind,
    OwnMove,
    Snapshot,
    ToldLine,
    last_of,
)
from services.donors.domain.masking.grouping import (
    Because,
    Line,
    Policy,
    first_of_quarter,
)
from shared.database.upsert import insert_if_new
from shared.kernel.clock import local_day

UNKNOWN_AUDIENCE = ""
"""Of a unit not heard of yet; such goods are told without a place."""

_FROZEN = select(frozen_months).order_by(frozen_months.c.month.desc())


class SqlMonths:
    """The port ``Months`` on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def newest(self) -> FrozenMonth | None:
        months = frozen_months_of(self._connection)
        return months[0] if months else None

    def oldest_delivery(self) -> date | None:
        query = select(func.min(deliveries.c.month)).where(
            deliveries.c.gift_number.in_(select(gifts.c.gift_number))
        )
        oldest: date | None = self._connection.scalar(query)
        return oldest

    def policy(self, threshold: int) -> Policy:
        facilities: dict[str, set[str]] = defaultdict(set)
        people: dict[str, int | None] = {}
        for row in self._connection.execute(select(units)):
            people[row.unit_code] = row.people_in_tens
            if row.audience and not row.is_closed:
                facilities[row.audience].add(row.facility_code)
        places = {audience: len(found) for audience, found in facilities.items()}
        return Policy(people=people, places=places, threshold=threshold)

    def known(self, month: date) -> Mapping[str, Known]:
        goods = _Goods(self._connection)
        delivered = self._deliveries(month, goods)
        accounted = self._accounted()
        in_month = self._moves(month, month, goods)
        in_quarter = self._moves(first_of_quarter(month), month, goods)
        return {
            donor: Known(
                deliveries=delivered.get(donor, ()),
                accounted=accounted.get(donor, ()),
                month_moves=in_month.get(donor, ()),
                quarter_moves=in_quarter.get(donor, ()),
            )
            for donor in {*delivered, *accounted, *in_month, *in_quarter}
        }

    def keep(self, frozen: FrozenMonth, snapshots: Mapping[str, Snapshot]) -> bool:
        if not insert_if_new(self._connection, frozen_months, asdict(frozen)):
            return False
        rests_on = [
            _accounted_row(donor, each)
            for donor, snapshot in snapshots.items()
            for each in snapshot.accounted
        ]
        told = [
            {"frozen_in": frozen.month, "donor_code": donor, **_line_row(line)}
            for donor, snapshot in snapshots.items()
            for line in snapshot.lines
        ]
        if rests_on:
            self._connection.execute(frozen_deliveries.insert(), rests_on)
        if told:
            self._connection.execute(snapshot_lines.insert(), told)
        return True

    def _deliveries(
        self, until: date, goods: "_Goods"
    ) -> Mapping[str, Sequence[Delivery]]:
        query = (
            select(
                gifts,
                deliveries.c.product_code,
                deliveries.c.month,
                deliveries.c.unit_code,
                deliveries.c.accepted,
                deliveries.c.handover_id,
                units.c.audience,
            )
            .join(gifts, gifts.c.gift_number == deliveries.c.gift_number)
            .outerjoin(units, units.c.unit_code == deliveries.c.unit_code)
            .where(deliveries.c.month <= until)
            .order_by(*deliveries.primary_key)
        )
        found: dict[str, list[Delivery]] = defaultdict(list)
        for row in self._connection.execute(query):
            found[row.donor_code].append(
                Delivery(
                    product_code=row.product_code,
                    category=goods.category(row.product_code),
                    sensitivity=goods.sensitivity(row),
                    month=row.month,
                    unit_code=row.unit_code,
                    audience=row.audience or UNKNOWN_AUDIENCE,
                    quantity=row.accepted,
                    handover=str(row.handover_id),
                )
            )
        return found

    def _accounted(self) -> Mapping[str, Sequence[Accounted]]:
        query = select(frozen_deliveries).order_by(frozen_deliveries.c.position)
        found: dict[str, list[Accounted]] = defaultdict(list)
        for row in self._connection.execute(query):
            delivery = Delivery(
                product_code=row.product_code,
                category=row.category,
                sensitivity=row.sensitivity,
                month=row.month,
                unit_code=row.unit_code,
                audience=row.audience,
                quantity=row.quantity,
            )
            found[row.donor_code].append(Accounted(row.frozen_in, delivery))
        return found

    def _moves(
        self, first: date, month: date, goods: "_Goods"
    ) -> Mapping[str, Sequence[OwnMove]]:
        """Compare how every lot stood before a period and at its end."""
        before = self._lots_on(first - timedelta(days=1))
        found: dict[str, list[OwnMove]] = defaultdict(list)
        for lot_id, row in self._lots_on(last_of(month)).items():
            earlier = before.get(lot_id)
            move = OwnMove(
                product_code=row.product_code,
                category=goods.category(row.product_code),
                sensitivity=goods.sensitivity(row),
                received=row.received - (earlier.received if earlier else 0),
                lost=row.lost - (earlier.lost if earlier else 0),
            )
            if move.received or move.lost:
                found[row.donor_code].append(move)
        return found

    def _lots_on(self, day: date) -> Mapping[Any, Row[Any]]:
        """Read each lot of a known gift as it stood at the end of a day."""
        days = lot_days.c
        query = (
            select(gifts, days.lot_id, days.product_code, days.received, days.lost)
            .select_from(lot_days)
            .join(*last_days(days.changed_on <= day))
            .join(gifts, gifts.c.gift_number == days.gift_number)
            .order_by(days.lot_id)
        )
        return {row.lot_id: row for row in self._connection.execute(query)}


class _Goods:
    """Knows how much goods of a gift may reveal (DOMAIN.md 5.3, point 4 and 5)."""

    def __init__(self, connection: Connection) -> None:
        self._veil = Veil(connection)
        rows = connection.execute(select(products))
        self._products = {row.product_code: row for row in rows}

    def category(self, product_code: str) -> str:
        product = self._products.get(product_code)
        return "" if product is None else str(product.category)

    def sensitivity(self, row: Row[Any]) -> int:
        """Give that of a row with a product and its gift; the unknown tells most."""
        product = self._products.get(row.product_code)
        if product is None:
            return SENSITIVITY_BY_QUARTER
        is_veiled = self._veil.covers(row.product_code, earmarks_ever(row))
        return max(int(product.sensitivity), 1 if is_veiled else 0)


def frozen_months_of(connection: Connection) -> Sequence[FrozenMonth]:
    """Read the frozen months, newest first."""
    return [FrozenMonth(**row) for row in connection.execute(_FROZEN).mappings()]


def freezes_of(connection: Connection) -> Freezes:
    """Read on which day each month was frozen."""
    return Freezes(
        {each.month: local_day(each.frozen_at) for each in frozen_months_of(connection)}
    )


def told_line(row: Row[Any]) -> ToldLine:
    """Read a told line from its row."""
    line = Line(
        product_code=row.product_code,
        category=row.category,
        audience=row.audience,
        quantity=row.quantity,
        people=row.people,
        because=tuple(Because(each) for each in row.because),
    )
    kind = LineKind(row.kind)
    return ToldLine(kind, row.first, row.last, line, row.received, row.lost)


def _line_row(told: ToldLine) -> dict[str, Any]:
    line = told.line
    return {
        "kind": told.kind.value,
        "first": told.first,
        "last": told.last,
        "product_code": line.product_code,
        "category": line.category,
        "audience": line.audience,
        "quantity": line.quantity,
        "people": line.people,
        "received": told.received,
        "lost": told.lost,
        "because": [each.value for each in line.because],
    }


def _accounted_row(donor_code: str, each: Accounted) -> dict[str, Any]:
    return {
        "frozen_in": each.frozen_in,
        "donor_code": donor_code,
        **asdict(each.delivery),
    }
