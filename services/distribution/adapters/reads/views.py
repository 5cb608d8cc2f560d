"""Documents as JSON-ready answers: what commands give back and reads show."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select

from services.distribution.adapters.rows.loading import PACKED
from services.distribution.adapters.rows.places import headcounts
from services.distribution.adapters.rows.requisitions import (
    lines_with_totals,
)
from services.distribution.adapters.rows.runs import read_line
from services.distribution.adapters.rows.shown import (
    View,
    consignment_head,
    consignment_line,
    facility_view,
    figures_view,
    handover_view,
    product_answer,
    requisition_head,
    requisition_line,
    run_head,
    run_line,
    unit_view,
)
from services.distribution.adapters.tables.asking import (
    FACILITIES,
    LOTS,
    PRODUCTS,
    RECALLED_LOTS,
    REQUISITION_LINES,
    REQUISITIONS,
    UNITS,
)
from services.distribution.adapters.tables.giving import (
    CONSIGNMENT_LINES,
    CONSIGNMENTS,
    HANDOVERS,
    RUN_LINES,
    RUN_PRODUCTS,
    RUNS,
)
from services.distribution.domain.errors import (
    UnknownConsignmentError,
    UnknownFacilityError,
    UnknownRequisitionError,
    UnknownRunError,
    UnknownUnitError,
)
from services.distribution.domain.places import Scope
from services.distribution.domain.run import RunLine


class SqlViews:
    """Reads one document at a time; a caller's scope hides what is not theirs."""

    def __init__(self, connection: Connection, today: date) -> None:
        self._connection = connection
        self._today = today

    def facility(self, facility_code: str) -> View:
        row = self._one(FACILITIES.select(), FACILITIES.c.facility_code, facility_code)
        if row is None:
            raise UnknownFacilityError(facility_code)
        return facility_view(row)

    def unit(self, unit_code: str, scope: Scope) -> View:
        row = self._one(UNITS.select(), UNITS.c.unit_code, unit_code)
        if row is None or not scope.covers(unit_code):
            raise UnknownUnitError(unit_code)
        counted = headcounts(self._connection, self._today, unit_code)
        return unit_view(row, counted.get(unit_code))

    def requisition(self, requisition_id: UUID, scope: Scope) -> View:
        joined = select(REQUISITIONS, UNITS.c.facility_code).join(
            UNITS, UNITS.c.unit_code == REQUISITIONS.c.unit_code
        )
        row = self._one(joined, REQUISITIONS.c.requisition_id, requisition_id)
        if row is None or not scope.covers(row.unit_code):
            raise UnknownRequisitionError(requisition_id)
        lines = self.requisition_lines([requisition_id])
        return requisition_head(row) | {"lines": lines.get(requisition_id, [])}

    def requisition_lines(
        self, requisition_ids: Sequence[UUID]
    ) -> Mapping[UUID, list[View]]:
        """Give the lines of several requisitions, by product."""
        rows = self._connection.execute(
            lines_with_totals()
            .where(REQUISITION_LINES.c.requisition_id.in_(requisition_ids))
            .order_by(REQUISITION_LINES.c.product_code)
        )
        named = self._products()
        found: dict[UUID, list[View]] = {}
        for row in rows:
            line = requisition_line(row) | named.get(row.product_code, {})
            found.setdefault(row.requisition_id, []).append(line)
        return found

    def run(self, run_id: UUID) -> View:
        row = self._one(RUNS.select(), RUNS.c.run_id, run_id)
        if row is None:
            raise UnknownRunError(run_id)
        rows = self._connection.execute(
            RUN_LINES.select()
            .where(RUN_LINES.c.run_id == run_id)
            .order_by(RUN_LINES.c.product_code, RUN_LINES.c.unit_code)
        )
        lines = [read_line(line) for line in rows]
        return run_head(row) | {
            "products": self._run_products(row, lines),
            "lines": [run_line(line) for line in lines],
        }

    def _run_products(self, run: Any, lines: list[RunLine]) -> list[View]:
        answers = {
            row.product_code: row
            for row in self._connection.execute(
                RUN_PRODUCTS.select().where(RUN_PRODUCTS.c.run_id == run.run_id)
            )
        }
        named = self._products()
        by_product: dict[str, list[RunLine]] = {}
        for line in lines:
            by_product.setdefault(line.product_code, []).append(line)
        return [
            {
                "product_code": code,
                **named.get(code, {}),
                **product_answer(answers.get(code), run.state),
                "unused": run.unused.get(code, []),
                "figures": figures_view(mine),
            }
            for code, mine in by_product.items()
        ]

    def consignment(self, consignment_number: str, scope: Scope) -> View:
        number = CONSIGNMENTS.c.consignment_number
        row = self._one(CONSIGNMENTS.select(), number, consignment_number)
        lines = self.consignment_lines([consignment_number]).get(consignment_number, [])
        if row is None or not all(scope.covers(line["unit_code"]) for line in lines):
            raise UnknownConsignmentError(consignment_number)
        handovers = self._connection.execute(
            HANDOVERS.select()
            .where(HANDOVERS.c.consignment_number == consignment_number)
            .order_by(HANDOVERS.c.recorded_at, HANDOVERS.c.handover_id)
        )
        return consignment_head(row) | {
            "lines": lines,
            "handovers": [handover_view(each) for each in handovers],
        }

    def consignment_lines(
        self, consignment_numbers: Sequence[str]
    ) -> Mapping[str, list[View]]:
        """Give the lines of several consignments, by unit, product and lot."""
        lines = CONSIGNMENT_LINES.c
        rows = self._connection.execute(
            select(
                CONSIGNMENT_LINES,
                PACKED,
                LOTS.c.lot_number,
                LOTS.c.expires_on,
                RECALLED_LOTS.c.reason.label("recall_reason"),
            )
            .outerjoin(LOTS, LOTS.c.lot_id == lines.lot_id)
            .outerjoin(RECALLED_LOTS, RECALLED_LOTS.c.lot_id == lines.lot_id)
            .where(lines.consignment_number.in_(consignment_numbers))
            .order_by(lines.unit_code, lines.product_code, lines.lot_id)
        )
        named = self._products()
        found: dict[str, list[View]] = {}
        for row in rows:
            line = consignment_line(row) | named.get(row.product_code, {})
            found.setdefault(row.consignment_number, []).append(line)
        return found

    def _products(self) -> Mapping[str, View]:
        """Give every product's names; there are dozens."""
        rows = self._connection.execute(
            select(PRODUCTS.c.product_code, PRODUCTS.c.names, PRODUCTS.c.unit_of_issue)
        )
        return {
            row.product_code: {"names": row.names, "unit_of_issue": row.unit_of_issue}
            for row in rows
        }

    def _one(self, query: Any, column: Any, value: object) -> Any:
        return self._connection.execute(query.where(column == value)).one_or_none()
