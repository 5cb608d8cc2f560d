"""Everything an allocation starts from, read in a handful of queries."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select

from services.distribution.adapters.rows.places import (
    headcounts,
    read_facility,
    read_unit,
)
from services.distribution.adapters.rows.quota_rules import SqlQuotaRules
from services.distribution.adapters.rows.requisitions import (
    lines_with_totals,
    progress_of,
    totals,
)
from services.distribution.adapters.rows.reserves import reserves_on
from services.distribution.adapters.rows.stock import lots_in_stock, read_product
from services.distribution.adapters.tables.asking import (
    FACILITIES,
    PRODUCTS,
    REQUISITION_LINES,
    REQUISITIONS,
    UNITS,
)
from services.distribution.adapters.tables.giving import ALLOTMENTS
from services.distribution.domain.bands import Headcount
from services.distribution.domain.period import first_of_month, first_of_next_month
from services.distribution.domain.places import Facility, Unit
from services.distribution.domain.planning import Demand, DueDemand, due
from services.distribution.domain.product import Product
from services.distribution.domain.quota import RuleBook
from services.distribution.domain.requisition import LIVE
from services.distribution.domain.stock import LotCopy

UnitAndProduct = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Received:
    """What units got or are getting of products."""

    in_month: Mapping[UnitAndProduct, int]
    last_served_on: Mapping[UnitAndProduct, date]


@dataclass(frozen=True, slots=True)
class Register:
    """Every place and product, by code, with the headcounts of one day."""

    facilities: Mapping[str, Facility]
    units: Mapping[str, Unit]
    products: Mapping[str, Product]
    headcounts: Mapping[str, Headcount]


class SqlPlanning:
    """Reads demands and lots; every figure of one moment."""

    def __init__(self, connection: Connection, rules: SqlQuotaRules) -> None:
        self._connection = connection
        self._rules = rules

    def demands(
        self,
        handover_on: date,
        product_codes: Collection[str] | None,
        unit_codes: Collection[str] | None = None,
    ) -> Mapping[str, Sequence[DueDemand]]:
        waiting = open_quantities(self._connection, product_codes, unit_codes)
        register = read_register(self._connection, handover_on)
        received = read_received(self._connection, handover_on)
        rules = self._rules.on(handover_on)
        found: dict[str, list[DueDemand]] = {}
        for (unit_code, product_code), still_open in sorted(waiting.items()):
            unit = register.units[unit_code]
            if unit.is_closed or not still_open:
                continue
            demand = self.demand(
                unit,
                product_code,
                still_open,
                register=register,
                received=received,
                rules=rules,
            )
            found.setdefault(product_code, []).append(due(demand, rules))
        return dict(sorted(found.items()))

    def lots(self, product_codes: Collection[str]) -> Mapping[str, Sequence[LotCopy]]:
        return lots_in_stock(self._connection, product_codes)

    def reserves(self, on: date) -> Mapping[str, int]:
        return reserves_on(self._connection, on)

    def demand(
        self,
        unit: Unit,
        product_code: str,
        still_open: int,
        *,
        register: Register,
        received: Received,
        rules: RuleBook,
    ) -> Demand:
        """Put together what is known of one unit and product."""
        key = (unit.unit_code, product_code)
        headcount = register.headcounts.get(unit.unit_code)
        month_total = received.in_month.get(key, 0)
        before = 0
        if headcount and rules.is_once(product_code):
            since = received_since(self._connection, key, headcount.as_of)
            before = max(0, since - month_total)
        return Demand(
            unit=unit,
            facility=register.facilities[unit.facility_code],
            product=register.products[product_code],
            headcount=headcount,
            still_open=still_open,
            received=month_total,
            received_before=before,
            last_served_on=received.last_served_on.get(key),
        )


def open_quantities(
    connection: Connection,
    product_codes: Collection[str] | None = None,
    unit_codes: Collection[str] | None = None,
) -> dict[UnitAndProduct, int]:
    """Sum what is approved and still open, per unit and product."""
    query = lines_with_totals().where(REQUISITIONS.c.state.in_(LIVE))
    if product_codes is not None:
        wanted = REQUISITION_LINES.c.product_code.in_(sorted(product_codes))
        query = query.where(wanted)
    if unit_codes is not None:
        query = query.where(REQUISITIONS.c.unit_code.in_(sorted(unit_codes)))
    found: dict[UnitAndProduct, int] = {}
    for row in connection.execute(query):
        key = (row.unit_code, row.product_code)
        found[key] = found.get(key, 0) + progress_of(row).still_open
    return found


def read_register(connection: Connection, on: date) -> Register:
    """Read all places and products; there are hundreds, not millions."""
    facilities = map(read_facility, connection.execute(FACILITIES.select()))
    units = map(read_unit, connection.execute(UNITS.select()))
    products = map(read_product, connection.execute(PRODUCTS.select()))
    return Register(
        facilities={each.facility_code: each for each in facilities},
        units={each.unit_code: each for each in units},
        products={each.product_code: each for each in products},
        headcounts=headcounts(connection, on),
    )


def read_received(connection: Connection, day: date) -> Received:
    """Sum what counts for a day's month, and say who was served last when."""
    mine = ALLOTMENTS.c
    in_month = (
        select(mine.unit_code, mine.product_code, _counted())
        .where(mine.due_on >= first_of_month(day))
        .where(mine.due_on < first_of_next_month(day))
        .group_by(mine.unit_code, mine.product_code)
    )
    served = (
        select(mine.unit_code, mine.product_code, func.max(mine.due_on))
        .where(mine.accepted > 0)
        .group_by(mine.unit_code, mine.product_code)
    )
    return Received(
        in_month={(u, p): int(total) for u, p, total in connection.execute(in_month)},
        last_served_on={(u, p): last for u, p, last in connection.execute(served)},
    )


def received_since(connection: Connection, key: UnitAndProduct, since: date) -> int:
    """Sum what one unit got or is getting of a product from a day on."""
    mine = ALLOTMENTS.c
    query = select(func.coalesce(_counted(), 0)).where(
        mine.unit_code == key[0],
        mine.product_code == key[1],
        mine.due_on >= since,
    )
    return int(connection.scalar(query) or 0)


def _counted() -> Any:
    """Sum what is accepted, travelling, held or promised (DOMAIN 4.2)."""
    sums = totals()
    return sums["accepted"] + sums["underway"]
