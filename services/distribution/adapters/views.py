"""Documents as JSON-ready answers: what commands give back and reads show."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select

from services.distribution.adapters.asking import (
    FACILITIES,
    LOTS,
    PRODUCTS,
    RECALLED_LOTS,
    REQUISITION_LINES,
    REQUISITIONS,
    UNITS,
)
from services.distribution.adapters.giving import (
    CONSIGNMENT_LINES,
    CONSIGNMENTS,
    HANDOVERS,
    RUN_LINES,
    RUN_PRODUCTS,
    RUNS,
)
from services.distribution.adapters.places import headcounts
from services.distribution.adapters.requisitions import (
    lines_with_totals,
    progress_of,
    totals,
)
from services.distribution.adapters.runs import read_line
from services.distribution.domain.bands import Headcount
from services.distribution.domain.errors import (
    UnknownConsignmentError,
    UnknownFacilityError,
    UnknownRequisitionError,
    UnknownRunError,
    UnknownUnitError,
)
from services.distribution.domain.fairness import evenness
from services.distribution.domain.places import Scope
from services.distribution.domain.run import RunLine

View = dict[str, Any]


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
                **_answered(answers.get(code), run.state),
                "unused": run.unused.get(code, []),
                "figures": _figures(mine),
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


def facility_view(row: Any) -> View:
    """Show a facility; there is no address to show."""
    return {
        "facility_code": row.facility_code,
        "name": row.name,
        "region": row.region,
        "audience": row.audience,
        "not_admitted": row.not_admitted,
    }


def unit_view(row: Any, headcount: Headcount | None) -> View:
    """Show a unit with the headcount that serves today."""
    return {
        "unit_code": row.unit_code,
        "version": row.version,
        "facility_code": row.facility_code,
        "kind": row.kind,
        "audience": row.audience,
        "groups": row.groups,
        "is_closed": row.is_closed,
        "headcounts": None
        if headcount is None
        else {
            "as_of": headcount.as_of.isoformat(),
            "bands": dict(headcount.bands),
            "heads": headcount.heads,
        },
    }


def requisition_head(row: Any) -> View:
    """Show a requisition without its lines."""
    return {
        "requisition_id": str(row.requisition_id),
        "unit_code": row.unit_code,
        "facility_code": row.facility_code,
        "needed_by": row.needed_by.isoformat(),
        "state": row.state,
        "recorded_at": instant(row.recorded_at),
        "approved_at": instant(row.approved_at),
        "cancel_reason": row.cancel_reason,
    }


def requisition_line(row: Any) -> View:
    """Show a line; where no rule speaks of the product, what is approved is due."""
    wished = row.requested if row.approved is None else row.approved
    entitlement = wished if row.entitlement is None else row.entitlement
    sums = {name: int(getattr(row, name)) for name in totals() if name != "underway"}
    return {
        "product_code": row.product_code,
        "entitlement": entitlement,
        "requested": row.requested,
        "approved": row.approved,
        **sums,
        "open": progress_of(row).still_open,
        "basis": row.basis,
    }


def run_head(row: Any) -> View:
    """Show a run without its lines."""
    return {
        "run_id": str(row.run_id),
        "handover_on": row.handover_on.isoformat(),
        "state": row.state,
        "product_codes": row.product_codes,
        "recorded_at": instant(row.recorded_at),
        "approved_at": instant(row.approved_at),
        "cancel_reason": row.cancel_reason,
    }


def run_line(line: RunLine) -> View:
    """Show a line with its exact share, as a fraction in text and in percent."""
    return {
        "unit_code": line.unit_code,
        "product_code": line.product_code,
        "entitlement": line.entitlement,
        "already_received": line.already_received,
        "requested": line.requested,
        "proposed": line.proposed,
        "quantity": line.quantity,
        "share": str(line.share),
        "share_percent": percent(line.share),
        "reasons": list(line.reasons),
        "lots": [
            {"lot_id": str(lot_id), "quantity": quantity}
            for lot_id, quantity in line.lots.items()
        ],
        "basis": line.basis,
        "state": line.state,
        "override_reason": line.override_reason,
    }


def consignment_head(row: Any) -> View:
    """Show a consignment without its lines."""
    return {
        "consignment_number": row.consignment_number,
        "facility_code": row.facility_code,
        "planned_on": row.planned_on.isoformat(),
        "status": row.state,
        "waybill_number": row.waybill_number,
        "short_reason": row.short_reason,
        "cancel_reason": row.cancel_reason,
        "recorded_at": instant(row.recorded_at),
        "dispatched_at": instant(row.dispatched_at),
        "handed_over_at": instant(row.handed_over_at),
    }


def consignment_line(row: Any) -> View:
    """Show a line; ``quantity`` is what left, before dispatch what is planned."""
    return {
        "unit_code": row.unit_code,
        "product_code": row.product_code,
        "lot_id": str(row.lot_id),
        "lot_number": row.lot_number,
        "expires_on": row.expires_on and row.expires_on.isoformat(),
        "quantity": row.quantity if row.dispatched is None else row.dispatched,
        "planned": row.quantity,
        "dispatched": row.dispatched,
        "accepted": row.accepted,
        "refused": row.refused,
        "refusal_reason": row.refusal_reason,
        "damaged": row.damaged,
        "short": row.short,
        "is_recalled": row.recall_reason is not None,
        "recall_reason": row.recall_reason,
    }


def handover_view(row: Any) -> View:
    """Show one handover; the one nobody corrects is the one that counts."""
    return {
        "handover_id": str(row.handover_id),
        "occurred_at": instant(row.occurred_at),
        "recorded_at": instant(row.recorded_at),
        "corrects": row.corrects and str(row.corrects),
        "lines": row.lines,
    }


def instant(moment: datetime | None) -> str | None:
    """Write an instant with its offset."""
    return None if moment is None else moment.isoformat()


def percent(share: Fraction) -> int:
    """Round half up, but to 0 and 100 only what is nothing and all."""
    rounded = int(share * 100 + Fraction(1, 2))
    return min(99, max(1, rounded)) if 0 < share < 1 else rounded


def _answered(row: Any, run_state: str) -> View:
    if row is None:
        return {"state": run_state, "refusal_reason": None, "shortages": []}
    return {
        "state": row.state,
        "refusal_reason": row.refusal_reason,
        "shortages": row.shortages,
    }


def _figures(lines: list[RunLine]) -> View | None:
    found = evenness(lines)
    if found is None:
        return None
    return {
        "lowest_percent": percent(found.lowest),
        "highest_percent": percent(found.highest),
        "jain": round(float(found.jain), 3),
        "gini": round(float(found.gini), 3),
    }
