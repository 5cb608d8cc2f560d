"""What the pages show that no other program asks for: lists, dues, what waits."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, case, func, select, tuple_

from services.distribution.adapters.reads.base import Row
from services.distribution.adapters.reads.closing import ClosingReads
from services.distribution.adapters.reads.cover import COVER_SEEN, accepted_by_day
from services.distribution.adapters.reads.figures import FigureReads
from services.distribution.adapters.reads.giving import GivingReads
from services.distribution.adapters.reads.needing import NeedReads
from services.distribution.adapters.reads.planning import (
    Register,
    SqlPlanning,
    UnitAndProduct,
    open_quantities,
    read_received,
    read_register,
)
from services.distribution.adapters.reads.requisition_form import due_row
from services.distribution.adapters.reads.since import SinceReads
from services.distribution.adapters.reads.substitutes import SubstituteReads
from services.distribution.adapters.rows.places import (
    headcounts,
    read_facility,
    read_unit,
)
from services.distribution.adapters.rows.quota_rules import SqlQuotaRules
from services.distribution.adapters.rows.requisitions import lines_with_totals
from services.distribution.adapters.rows.reserves import (
    reserves_ever_set,
    reserves_in_force,
)
from services.distribution.adapters.rows.stock import read_product
from services.distribution.adapters.tables.asking import (
    FACILITIES,
    PRODUCTS,
    REQUISITION_LINES,
    REQUISITIONS,
    UNITS,
)
from services.distribution.domain.bands import Headcount
from services.distribution.domain.dated_rules import Standing, standings
from services.distribution.domain.places import Facility, Unit
from services.distribution.domain.planning import due
from services.distribution.domain.product import Product
from services.distribution.domain.requisition import RequisitionState

OPEN_STATES = (
    RequisitionState.SUBMITTED,
    RequisitionState.APPROVED,
    RequisitionState.PARTLY_FULFILLED,
)


class PageReads(
    GivingReads, FigureReads, NeedReads, ClosingReads, SinceReads, SubstituteReads
):
    """Reads for pages; each call sees one moment of the database."""

    def facilities(self) -> list[Facility]:
        """List every facility by its code."""
        with self._database.reading() as connection:
            rows = connection.execute(
                FACILITIES.select().order_by(FACILITIES.c.facility_code)
            )
            return [read_facility(row) for row in rows]

    def units(self, unit_codes: Collection[str] | None = None) -> list[Row]:
        """List units by facility and code, with the headcount of today."""
        with self._database.reading() as connection:
            counted = headcounts(connection, self._today())
            return [
                _unit_row(row, counted)
                for row in connection.execute(_units())
                if unit_codes is None or row.unit_code in unit_codes
            ]

    def unit(self, unit_code: str) -> Row | None:
        """Give one unit with its facility and headcount; None when unknown."""
        found = self.units({unit_code})
        return found[0] if found else None

    def products(self) -> dict[str, Product]:
        """Give every known product by its code."""
        with self._database.reading() as connection:
            rows = connection.execute(
                PRODUCTS.select().order_by(PRODUCTS.c.category, PRODUCTS.c.product_code)
            )
            return {row.product_code: read_product(row) for row in rows}

    def waiting_products(self) -> list[Row]:
        """List the products that approved requisitions still wait for."""
        with self._database.reading() as connection:
            found = open_quantities(connection)
        rows: dict[str, Row] = {}
        for (_, code), quantity in found.items():
            if quantity:
                row = rows.setdefault(
                    code, {"product_code": code, "units": 0, "quantity": 0}
                )
                row["units"] += 1
                row["quantity"] += quantity
        return [rows[code] for code in sorted(rows)]

    def rules(self) -> Mapping[str, Standing]:
        """Say by its code how each rule stands today and what comes later."""
        with self._database.reading() as connection:
            history = SqlQuotaRules(connection, self._clock.now()).history()
        return standings(history, self._today())

    def reserves(self) -> list[Row]:
        """List every reserve ever set, the newest first."""
        with self._database.reading() as connection:
            return [row._asdict() for row in reversed(reserves_ever_set(connection))]

    def kept_back(self) -> list[Row]:
        """List the reserve of each product that holds today."""
        with self._database.reading() as connection:
            kept = reserves_in_force(connection, self._today())
            return [row._asdict() for row in kept]

    def dues(self, unit_code: str, on: date) -> list[Row]:
        """Say for each product what a unit is due, has got and waits for.

        ``entitlement`` is None where no rule speaks of the product; ``received``
        counts what is accepted or on its way in the month of the day.
        """
        return self.dues_of([unit_code], on).get(unit_code, [])

    def dues_of(self, unit_codes: Collection[str], on: date) -> dict[str, list[Row]]:
        """Say the dues of several units by code; what they share is read once."""
        wanted = _units().where(UNITS.c.unit_code.in_(sorted(unit_codes)))
        with self._database.reading() as connection:
            units = [read_unit(row) for row in connection.execute(wanted)]
            return _dues(connection, units, on, self._clock.now())

    def received(self, unit_code: str, on: date) -> dict[str, int]:
        """Sum by product what a unit got or is getting in the month of a day."""
        with self._database.reading() as connection:
            found = read_received(connection, on).in_month
        return {code: n for (unit, code), n in found.items() if unit == unit_code}

    def requisitions(
        self,
        states: Collection[str],
        unit_codes: Collection[str] | None,
        after: list[Any] | None,
        limit: int,
    ) -> list[Row]:
        """List requisitions, the newest first, from after a key on."""
        heads = REQUISITIONS.c
        query = _requisitions().order_by(
            heads.recorded_at.desc(), heads.requisition_id.desc()
        )
        if states:
            query = query.where(heads.state.in_(states))
        if unit_codes is not None:
            query = query.where(heads.unit_code.in_(sorted(unit_codes)))
        if after:
            key = tuple_(heads.recorded_at, heads.requisition_id)
            query = query.where(key < tuple_(*after))
        return self._rows(query.limit(limit))

    def requisition(self, requisition_id: UUID) -> Row | None:
        """Give one requisition; None when there is none of this id."""
        wanted = REQUISITIONS.c.requisition_id == requisition_id
        found = self._rows(_requisitions().where(wanted))
        return found[0] if found else None

    def requisition_lines(self, requisition_id: UUID) -> list[Row]:
        """List the lines of a requisition with everything given on them."""
        query = lines_with_totals().where(
            REQUISITION_LINES.c.requisition_id == requisition_id
        )
        return self._rows(query.order_by(REQUISITION_LINES.c.product_code))


def _units() -> Select[Any]:
    return (
        select(
            UNITS,
            FACILITIES.c.name,
            FACILITIES.c.region,
            FACILITIES.c.not_admitted,
            FACILITIES.c.audience.label("facility_audience"),
        )
        .join(FACILITIES, FACILITIES.c.facility_code == UNITS.c.facility_code)
        .order_by(UNITS.c.facility_code, UNITS.c.unit_code)
    )


def _unit_row(row: Any, counted: Mapping[str, Headcount]) -> Row:
    headcount = counted.get(row.unit_code)
    return {
        **row._asdict(),
        "facility": _facility_of(row),
        "headcount": headcount,
        "heads": headcount.heads if headcount else None,
    }


def _facility_of(row: Any) -> Facility:
    return Facility(
        facility_code=row.facility_code,
        name=row.name,
        region=row.region,
        audience=row.facility_audience,
        not_admitted=frozenset(row.not_admitted),
    )


def _requisitions() -> Select[Any]:
    lines = REQUISITION_LINES.c
    sums = (
        select(
            lines.requisition_id,
            func.count().label("line_count"),
            func.sum(lines.requested).label("requested"),
            func.sum(case((lines.requested > lines.entitlement, 1), else_=0)).label(
                "over_due"
            ),
        )
        .group_by(lines.requisition_id)
        .subquery()
    )
    return (
        select(
            REQUISITIONS,
            UNITS.c.kind,
            UNITS.c.facility_code,
            sums.c.line_count,
            sums.c.over_due,
        )
        .join(UNITS, UNITS.c.unit_code == REQUISITIONS.c.unit_code)
        .join(sums, sums.c.requisition_id == REQUISITIONS.c.requisition_id)
    )


def _dues(
    connection: Connection, units: Sequence[Unit], on: date, now: datetime
) -> dict[str, list[Row]]:
    codes = [unit.unit_code for unit in units]
    register, received = read_register(connection, on), read_received(connection, on)
    rules = SqlQuotaRules(connection, now)
    book, planning = rules.on(on), SqlPlanning(connection, rules)
    waiting = _still_asked(connection, codes)
    deliveries = accepted_by_day(connection, codes, on - COVER_SEEN)
    products = _in_order(register)

    def row(unit: Unit, code: str) -> Row:
        demand = planning.demand(
            unit, code, 0, register=register, received=received, rules=book
        )
        key = (unit.unit_code, code)
        came = [] if book.is_once(code) else deliveries.get(key, [])
        told = due_row(due(demand, book), came, on)
        return {**told, "waiting": waiting.get(key, 0)}

    return {unit.unit_code: [row(unit, code) for code in products] for unit in units}


def _in_order(register: Register) -> list[str]:
    products = register.products.values()
    ordered = sorted(products, key=lambda each: (each.category, each.product_code))
    return [each.product_code for each in ordered]


def _still_asked(
    connection: Connection, unit_codes: Collection[str]
) -> dict[UnitAndProduct, int]:
    """Sum what open requisitions of units wait for, on no run yet."""
    query = lines_with_totals().where(
        REQUISITIONS.c.unit_code.in_(sorted(unit_codes)),
        REQUISITIONS.c.state.in_(OPEN_STATES),
    )
    asked: dict[UnitAndProduct, int] = {}
    for row in connection.execute(query):
        wished = row.requested if row.approved is None else row.approved
        left = max(0, wished - int(row.accepted) - int(row.underway))
        key = (row.unit_code, row.product_code)
        asked[key] = asked.get(key, 0) + left
    return asked
