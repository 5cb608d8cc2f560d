"""What waits for a coordinator, and how the programme goes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection, case, func, select

from services.distribution.adapters.reads.base import Reads, Row
from services.distribution.adapters.reads.planning import (
    Register,
    open_quantities,
    read_received,
    read_register,
)
from services.distribution.adapters.rows.quota_rules import SqlQuotaRules
from services.distribution.adapters.tables.asking import (
    LOTS,
    REQUISITION_LINES,
    REQUISITIONS,
)
from services.distribution.adapters.tables.giving import (
    ALLOTMENTS,
    CONSIGNMENT_LINES,
    CONSIGNMENTS,
    RUNS,
)
from services.distribution.domain.allotment import AllotmentState
from services.distribution.domain.consignment import ConsignmentState
from services.distribution.domain.period import first_of_month, first_of_next_month
from services.distribution.domain.quota import DAYS_OF_A_PERIOD, RuleBook
from services.distribution.domain.requisition import RequisitionState
from services.distribution.domain.run import RunState
from services.distribution.domain.stock import RELEASED

Dues = Mapping[tuple[str, str], int]
"""What is due in a month, by unit and product; zeros left out."""


@dataclass(frozen=True, slots=True)
class Programme:
    """The month so far; shares are None where nothing is due or was sent."""

    met: Fraction | None
    lowest: Fraction | None
    highest: Fraction | None
    refused: Fraction | None
    deliveries: int
    cover: list[Row]


class FigureReads(Reads):
    """Reads for the coordinator's home."""

    def waiting(self) -> dict[str, Row]:
        """Count what waits for a decision, by what it is."""
        with self._database.reading() as connection:
            waiting = open_quantities(connection)
            return {
                "submitted": _one(connection, _submitted()),
                "open": {"n": len({p for (_, p), n in waiting.items() if n})},
                "proposed": _runs_in(connection, RunState.PROPOSED),
                "partly_refused": _runs_in(connection, RunState.PARTLY_REFUSED),
                "to_send": _one(connection, _to_send()),
                "late": _one(connection, _late(self._today())),
            }

    def programme(self, on: date) -> Programme:
        """Work out the figures of a day's month from quota and headcounts."""
        with self._database.reading() as connection:
            register = read_register(connection, on)
            rules = SqlQuotaRules(connection, self._clock.now()).on(on)
            dues = _dues(register, rules)
            received = read_received(connection, on).in_month
            shares = _shares(dues, received)
            return Programme(
                met=_met(dues, received),
                lowest=min(shares, default=None),
                highest=max(shares, default=None),
                cover=_cover(connection, register, dues),
                **_gate(connection, on),
            )


def _one(connection: Connection, query: Any) -> Row:
    return connection.execute(query).one()._asdict()


def _submitted() -> Any:
    over = (
        select(REQUISITION_LINES.c.requisition_id)
        .where(REQUISITION_LINES.c.requested > REQUISITION_LINES.c.entitlement)
        .distinct()
    )
    is_over = REQUISITIONS.c.requisition_id.in_(over)
    return select(
        func.count().label("n"),
        func.min(REQUISITIONS.c.needed_by).label("needed_by"),
        func.coalesce(func.sum(case((is_over, 1), else_=0)), 0).label("over_due"),
    ).where(REQUISITIONS.c.state == RequisitionState.SUBMITTED)


def _runs_in(connection: Connection, state: RunState) -> Row:
    return _one(
        connection,
        select(
            func.count().label("n"),
            func.min(RUNS.c.handover_on).label("handover_on"),
        ).where(RUNS.c.state == state),
    )


def _to_send() -> Any:
    mine = ALLOTMENTS.c
    return select(
        func.count(mine.unit_code.distinct()).label("n"),
        func.min(mine.due_on).label("due_on"),
    ).where(mine.state == AllotmentState.RESERVED, mine.consignment_number.is_(None))


def _late(today: date) -> Any:
    return select(
        func.count().label("n"), func.min(CONSIGNMENTS.c.planned_on).label("planned_on")
    ).where(
        CONSIGNMENTS.c.state == ConsignmentState.IN_TRANSIT,
        CONSIGNMENTS.c.planned_on < today,
    )


def _dues(register: Register, rules: RuleBook) -> Dues:
    dues: dict[tuple[str, str], int] = {}
    for unit in register.units.values():
        counted = register.headcounts.get(unit.unit_code)
        if unit.is_closed or counted is None:
            continue
        for product_code in rules.product_codes:
            found = rules.entitlement(product_code, unit.kind, counted.bands)
            if found and found.quantity:
                dues[(unit.unit_code, product_code)] = found.quantity
    return dues


def _met(dues: Dues, received: Dues) -> Fraction | None:
    """Give the share of all dues that is met; more than is due counts as due."""
    if not dues:
        return None
    got = sum(min(due, received.get(key, 0)) for key, due in dues.items())
    return Fraction(got, sum(dues.values()))


def _shares(dues: Dues, received: Dues) -> list[Fraction]:
    """Give each unit's share of its own dues."""
    units = {unit_code for unit_code, _ in dues}
    return [
        share
        for unit_code in units
        if (share := _met(_of_unit(dues, unit_code), received)) is not None
    ]


def _of_unit(dues: Dues, unit_code: str) -> Dues:
    return {key: due for key, due in dues.items() if key[0] == unit_code}


def _gate(connection: Connection, on: date) -> dict[str, Any]:
    lines = CONSIGNMENT_LINES.c
    row = connection.execute(
        select(
            func.count(lines.consignment_number.distinct()).label("deliveries"),
            func.coalesce(func.sum(lines.dispatched), 0).label("sent"),
            func.coalesce(func.sum(lines.refused), 0).label("refused"),
        )
        .join(
            CONSIGNMENTS, CONSIGNMENTS.c.consignment_number == lines.consignment_number
        )
        .where(
            CONSIGNMENTS.c.state == ConsignmentState.HANDED_OVER,
            CONSIGNMENTS.c.planned_on >= first_of_month(on),
            CONSIGNMENTS.c.planned_on < first_of_next_month(on),
        )
    ).one()
    refused = Fraction(int(row.refused), int(row.sent)) if row.sent else None
    return {"deliveries": row.deliveries, "refused": refused}


def _cover(connection: Connection, register: Register, dues: Dues) -> list[Row]:
    """Say how many days the free stock of each product lasts, the least first."""
    free = connection.execute(
        select(LOTS.c.product_code, func.sum(LOTS.c.available))
        .where(LOTS.c.lot_status == RELEASED)
        .group_by(LOTS.c.product_code)
    )
    available = {product_code: int(total) for product_code, total in free}
    need: dict[str, int] = {}
    for (_, product_code), due in dues.items():
        need[product_code] = need.get(product_code, 0) + due
    rows = [
        {
            "product": register.products[product_code],
            "days": available.get(product_code, 0) * DAYS_OF_A_PERIOD // due,
        }
        for product_code, due in need.items()
        if product_code in register.products
    ]
    return sorted(rows, key=lambda row: (row["days"], row["product"].product_code))
