"""What the pages show of runs, deliveries and the programme's figures."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select, tuple_

from services.distribution.adapters.reads.base import Reads, Row
from services.distribution.adapters.reads.closing import closed_takers
from services.distribution.adapters.reads.listings import Sought, is_sought
from services.distribution.adapters.rows.loading import PACKED
from services.distribution.adapters.rows.runs import read_line
from services.distribution.adapters.tables.asking import (
    FACILITIES,
    LOTS,
    RECALLED_LOTS,
    UNITS,
)
from services.distribution.adapters.tables.giving import (
    ALLOTMENTS,
    CONSIGNMENT_LINES,
    CONSIGNMENTS,
    HANDOVERS,
    RUN_LINES,
    RUN_PRODUCTS,
    RUNS,
)
from services.distribution.domain.allotment import AllotmentState
from services.distribution.domain.run import RunState

DELIVERIES_SHOWN = 50


class GivingReads(Reads):
    """Reads about goods that are promised, sent and handed over."""

    def runs(
        self, states: Collection[str], after: list[Any] | None, limit: int
    ) -> list[Row]:
        """List runs, the newest first, with how much they give to how many."""
        heads = RUNS.c
        query = _runs().order_by(heads.recorded_at.desc(), heads.run_id.desc())
        if states:
            query = query.where(heads.state.in_(states))
        if after:
            query = query.where(
                tuple_(heads.recorded_at, heads.run_id) < tuple_(*after)
            )
        return self._rows(query.limit(limit))

    def run(self, run_id: UUID) -> Row | None:
        """Give one run; None when there is none of this id."""
        found = self._rows(_runs().where(RUNS.c.run_id == run_id))
        return found[0] if found else None

    def run_lines(self, run_id: UUID, product_code: str | None = None) -> list[Row]:
        """List the lines of a run by product and unit, with the unit's kind."""
        lines = RUN_LINES.c
        query = (
            select(RUN_LINES, UNITS.c.kind, UNITS.c.facility_code)
            .join(UNITS, UNITS.c.unit_code == lines.unit_code)
            .where(lines.run_id == run_id)
            .order_by(lines.product_code, lines.unit_code)
        )
        if product_code is not None:
            query = query.where(lines.product_code == product_code)
        with self._database.reading() as connection:
            return [
                {
                    "line": read_line(row),
                    "kind": row.kind,
                    "facility_code": row.facility_code,
                }
                for row in connection.execute(query)
            ]

    def run_products(self, run_id: UUID) -> dict[str, Row]:
        """Give what inventory answered so far, by product."""
        query = RUN_PRODUCTS.select().where(RUN_PRODUCTS.c.run_id == run_id)
        return {row["product_code"]: row for row in self._rows(query)}

    def reasons_for(self, unit_code: str, since: datetime) -> dict[str, Row]:
        """Give the newest line of the unit by product that was approved since."""
        query = (
            select(RUN_LINES, RUNS.c.handover_on, RUNS.c.approved_at)
            .join(RUNS, RUNS.c.run_id == RUN_LINES.c.run_id)
            .where(
                RUN_LINES.c.unit_code == unit_code,
                RUNS.c.approved_at >= since,
                RUNS.c.state.not_in((RunState.PROPOSED, RunState.CANCELLED)),
            )
            .order_by(RUNS.c.approved_at)
        )
        with self._database.reading() as connection:
            return {
                row.product_code: {
                    "line": read_line(row),
                    "handover_on": row.handover_on,
                }
                for row in connection.execute(query)
            }

    def to_send(self) -> list[Row]:
        """Sum what is reserved and on no consignment, by facility and unit."""
        mine = ALLOTMENTS.c
        query = (
            select(
                UNITS.c.facility_code,
                FACILITIES.c.name,
                FACILITIES.c.audience,
                mine.unit_code,
                UNITS.c.kind,
                func.count(mine.product_code.distinct()).label("products"),
                func.min(mine.due_on).label("due_on"),
            )
            .join(UNITS, UNITS.c.unit_code == mine.unit_code)
            .join(FACILITIES, FACILITIES.c.facility_code == UNITS.c.facility_code)
            .where(
                mine.state == AllotmentState.RESERVED,
                mine.consignment_number.is_(None),
            )
            .group_by(
                UNITS.c.facility_code,
                FACILITIES.c.name,
                FACILITIES.c.audience,
                mine.unit_code,
                UNITS.c.kind,
            )
            .order_by(UNITS.c.facility_code, mine.unit_code)
        )
        return self._rows(query)

    def consignments(
        self,
        states: Collection[str],
        after: list[Any] | None,
        limit: int,
        sought: Sought | None = None,
    ) -> list[Row]:
        """List consignments, the newest number first, with their units."""
        query = _consignments().where(is_sought(sought))
        query = query.order_by(CONSIGNMENTS.c.consignment_number.desc())
        if states:
            query = query.where(CONSIGNMENTS.c.state.in_(states))
        if after:
            query = query.where(CONSIGNMENTS.c.consignment_number < after[0])
        rows = self._rows(query.limit(limit))
        units = self._units_of([row["consignment_number"] for row in rows])
        return [
            {**row, "unit_codes": units.get(row["consignment_number"], [])}
            for row in rows
        ]

    def deliveries_of(
        self, unit_codes: Collection[str], sought: Sought | None = None
    ) -> list[Row]:
        """List consignments whose units are all among these, the newest first."""
        lines = CONSIGNMENT_LINES.c
        theirs = select(lines.consignment_number).where(
            lines.unit_code.in_(sorted(unit_codes))
        )
        others = select(lines.consignment_number).where(
            lines.unit_code.not_in(sorted(unit_codes))
        )
        number = CONSIGNMENTS.c.consignment_number
        query = _consignments().where(
            number.in_(theirs), number.not_in(others), is_sought(sought)
        )
        return self._rows(query.order_by(number.desc()).limit(DELIVERIES_SHOWN))

    def consignment(self, consignment_number: str) -> Row | None:
        """Give one consignment with its lines; None when there is none.

        ``closed_takers`` are of the handover that counts.
        """
        number = CONSIGNMENTS.c.consignment_number
        found = self._rows(_consignments().where(number == consignment_number))
        if not found:
            return None
        lines = self._consignment_lines(consignment_number)
        handovers = self._handovers(consignment_number)
        closed = {x["unit_code"]: x["closed_at"] for x in lines if x["is_closed"]}
        return {
            **found[0],
            "lines": lines,
            "unit_codes": sorted({line["unit_code"] for line in lines}),
            "handovers": handovers,
            "closed_takers": [
                code
                for last in handovers[-1:]
                for code in closed_takers(lines, closed, last["recorded_at"])
            ],
        }

    def _consignment_lines(self, consignment_number: str) -> list[Row]:
        lines = CONSIGNMENT_LINES.c
        query = (
            select(
                CONSIGNMENT_LINES,
                PACKED,
                LOTS.c.lot_number,
                LOTS.c.expires_on,
                UNITS.c.kind,
                UNITS.c.is_closed,
                UNITS.c.closed_at,
                RECALLED_LOTS.c.reason.label("recall_reason"),
            )
            .join(UNITS, UNITS.c.unit_code == lines.unit_code)
            .outerjoin(LOTS, LOTS.c.lot_id == lines.lot_id)
            .outerjoin(RECALLED_LOTS, RECALLED_LOTS.c.lot_id == lines.lot_id)
            .where(lines.consignment_number == consignment_number)
            .order_by(lines.unit_code, lines.product_code, lines.lot_id)
        )
        return self._rows(query)

    def _handovers(self, consignment_number: str) -> list[Row]:
        """List the handovers, the one that counts last."""
        query = HANDOVERS.select().where(
            HANDOVERS.c.consignment_number == consignment_number
        )
        return self._rows(
            query.order_by(HANDOVERS.c.recorded_at, HANDOVERS.c.handover_id)
        )

    def _units_of(self, numbers: Collection[str]) -> dict[str, list[str]]:
        lines = CONSIGNMENT_LINES.c
        query = (
            select(lines.consignment_number, lines.unit_code)
            .where(lines.consignment_number.in_(numbers))
            .distinct()
            .order_by(lines.unit_code)
        )
        found: dict[str, list[str]] = {}
        for row in self._rows(query):
            found.setdefault(row["consignment_number"], []).append(row["unit_code"])
        return found


def _runs() -> Select[Any]:
    lines = RUN_LINES.c
    sums = (
        select(
            lines.run_id,
            func.count(lines.product_code.distinct()).label("products"),
            func.count(lines.unit_code.distinct()).label("units"),
            func.sum(lines.quantity).label("quantity"),
            func.count(lines.override_reason).label("overrides"),
        )
        .group_by(lines.run_id)
        .subquery()
    )
    columns = [
        func.coalesce(sums.c[name], 0).label(name)
        for name in ("products", "units", "quantity", "overrides")
    ]
    return select(RUNS, *columns).outerjoin(sums, sums.c.run_id == RUNS.c.run_id)


def _consignments() -> Select[Any]:
    lines = CONSIGNMENT_LINES.c
    sums = (
        select(lines.consignment_number, func.count().label("line_count"))
        .group_by(lines.consignment_number)
        .subquery()
    )
    return (
        select(
            CONSIGNMENTS, FACILITIES.c.name, FACILITIES.c.audience, sums.c.line_count
        )
        .join(FACILITIES, FACILITIES.c.facility_code == CONSIGNMENTS.c.facility_code)
        .outerjoin(sums, sums.c.consignment_number == CONSIGNMENTS.c.consignment_number)
    )
