"""Requisitions as rows; what was given is summed from the allotments."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, case, func, select

from services.distribution.adapters.tables.asking import REQUISITION_LINES, REQUISITIONS
from services.distribution.adapters.tables.giving import ALLOTMENTS
from services.distribution.domain.allotment import VOID, AllotmentState
from services.distribution.domain.requisition import (
    ASKING,
    LIVE,
    LineProgress,
    OpenLine,
    RequisitionHead,
    RequisitionState,
)
from shared.database.upsert import insert_or_update

_PROMISED = (AllotmentState.APPROVED, AllotmentState.RESERVED)


def sum_where(condition: Any, column: Any) -> Any:
    """Sum a column over the rows of a condition; 0 where there is none."""
    return func.coalesce(func.sum(case((condition, column), else_=0)), 0)


SHOWN_SUMS = (
    *("allocated", "reserved", "dispatched"),
    *("accepted", "refused", "damaged", "short"),
)
"""The sums of a line that are told; ``underway`` only serves to work out the rest."""


def totals() -> dict[str, Any]:
    """Give the sums that tell how far a line has come."""
    mine = ALLOTMENTS.c
    in_transit = mine.state == AllotmentState.IN_TRANSIT
    return {
        "allocated": sum_where(mine.state.not_in(VOID), mine.quantity),
        "reserved": sum_where(mine.state == AllotmentState.RESERVED, mine.quantity),
        "dispatched": func.coalesce(func.sum(mine.dispatched), 0),
        "accepted": func.coalesce(func.sum(mine.accepted), 0),
        "refused": func.coalesce(func.sum(mine.refused), 0),
        "damaged": func.coalesce(func.sum(mine.damaged), 0),
        "short": func.coalesce(func.sum(mine.short), 0),
        "underway": sum_where(mine.state.in_(_PROMISED), mine.quantity)
        + sum_where(in_transit, mine.dispatched),
    }


@cache
def lines_with_totals() -> Select[Any]:
    """Select requisition lines with everything that was given on them."""
    lines, heads, mine = REQUISITION_LINES.c, REQUISITIONS.c, ALLOTMENTS.c
    sums = [each.label(name) for name, each in totals().items()]
    return (
        select(REQUISITION_LINES, heads.unit_code, heads.needed_by, heads.state, *sums)
        .select_from(REQUISITION_LINES)
        .join(REQUISITIONS, heads.requisition_id == lines.requisition_id)
        .outerjoin(
            ALLOTMENTS,
            (mine.requisition_id == lines.requisition_id)
            & (mine.product_code == lines.product_code),
        )
        .group_by(lines.requisition_id, lines.product_code, heads.requisition_id)
    )


class SqlRequisitions:
    """Keeps what units ask for."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def find(self, requisition_id: UUID) -> RequisitionHead | None:
        row = self._connection.execute(
            REQUISITIONS.select()
            .where(REQUISITIONS.c.requisition_id == requisition_id)
            .with_for_update()
        ).one_or_none()
        return None if row is None else read_head(row)

    def save(
        self,
        requisition: RequisitionHead,
        lines: Mapping[str, tuple[int, int | None, Mapping[str, Any]]],
        recorded_by: str,
    ) -> None:
        requisition_id = requisition.requisition_id
        insert_or_update(
            self._connection,
            REQUISITIONS,
            {
                "requisition_id": requisition_id,
                "unit_code": requisition.unit_code,
                "needed_by": requisition.needed_by,
                "delivery_on": requisition.delivery_on,
                "state": requisition.state,
                "recorded_by": recorded_by,
                "recorded_at": self._now,
            },
        )
        self._connection.execute(
            REQUISITION_LINES.delete().where(
                REQUISITION_LINES.c.requisition_id == requisition_id
            )
        )
        self._connection.execute(
            REQUISITION_LINES.insert(),
            [
                {
                    "requisition_id": requisition_id,
                    "product_code": product_code,
                    "requested": requested,
                    "entitlement": entitlement,
                    "basis": dict(basis),
                }
                for product_code, (requested, entitlement, basis) in lines.items()
            ],
        )

    def requested(self, requisition_id: UUID) -> Mapping[str, int]:
        lines = REQUISITION_LINES.c
        rows = self._connection.execute(
            select(lines.product_code, lines.requested).where(
                lines.requisition_id == requisition_id
            )
        )
        return {row.product_code: row.requested for row in rows}

    def approve(
        self,
        requisition_id: UUID,
        approved: Mapping[str, int],
        approved_by: str,
        because: Mapping[str, str],
    ) -> None:
        for product_code, quantity in approved.items():
            self._change_line(
                requisition_id,
                product_code,
                approved=quantity,
                approved_because=because.get(product_code),
            )
        self._change(
            requisition_id,
            state=RequisitionState.APPROVED,
            approved_by=approved_by,
            approved_at=self._now,
        )

    def progress(self, requisition_id: UUID) -> Sequence[LineProgress]:
        return list(self.progress_by_product(requisition_id).values())

    def progress_by_product(self, requisition_id: UUID) -> Mapping[str, LineProgress]:
        rows = self._connection.execute(
            lines_with_totals().where(
                REQUISITION_LINES.c.requisition_id == requisition_id
            )
        )
        return {row.product_code: progress_of(row) for row in rows}

    def substitute(
        self,
        requisition_id: UUID,
        product_code: str,
        substitute_code: str,
        *,
        quantity: int,
        entitlement: int | None,
        basis: Mapping[str, Any],
    ) -> None:
        self._connection.execute(
            REQUISITION_LINES.insert().values(
                requisition_id=requisition_id,
                product_code=substitute_code,
                requested=quantity,
                approved=quantity,
                entitlement=entitlement,
                basis=dict(basis),
                substitute_for=product_code,
            )
        )

    def lower(self, requisition_id: UUID, product_code: str, *, by: int) -> None:
        approved = REQUISITION_LINES.c.approved - by
        self._change_line(requisition_id, product_code, approved=approved)

    def set_state(
        self, requisition_id: UUID, state: RequisitionState, reason: str | None = None
    ) -> None:
        self._change(requisition_id, state=state, cancel_reason=reason)

    def waiting_of(self, unit_code: str) -> Sequence[RequisitionHead]:
        rows = self._connection.execute(
            REQUISITIONS.select()
            .where(
                REQUISITIONS.c.unit_code == unit_code,
                REQUISITIONS.c.state.in_(ASKING),
            )
            .order_by(REQUISITIONS.c.requisition_id)
            .with_for_update()
        )
        return [read_head(row) for row in rows]

    def move_to(self, requisition_id: UUID, day: date) -> None:
        self._change(requisition_id, delivery_on=day)

    def locked_open_lines(self, unit_codes: Collection[str]) -> Sequence[OpenLine]:
        is_live = REQUISITIONS.c.state.in_(LIVE)
        of_units = REQUISITIONS.c.unit_code.in_(sorted(unit_codes))
        self._connection.execute(
            select(REQUISITIONS.c.requisition_id)
            .where(is_live, of_units)
            .order_by(REQUISITIONS.c.requisition_id)
            .with_for_update()
        ).all()
        rows = self._connection.execute(
            lines_with_totals()
            .where(is_live, of_units)
            .order_by(
                REQUISITIONS.c.needed_by,
                REQUISITIONS.c.recorded_at,
                REQUISITIONS.c.requisition_id,
            )
        )
        return [
            OpenLine(
                row.requisition_id,
                row.unit_code,
                row.product_code,
                progress_of(row).still_open,
            )
            for row in rows
        ]

    def _change_line(
        self, requisition_id: UUID, product_code: str, **values: Any
    ) -> None:
        self._connection.execute(
            REQUISITION_LINES.update()
            .where(
                REQUISITION_LINES.c.requisition_id == requisition_id,
                REQUISITION_LINES.c.product_code == product_code,
            )
            .values(**values)
        )

    def _change(self, requisition_id: UUID, **values: Any) -> None:
        self._connection.execute(
            REQUISITIONS.update()
            .where(REQUISITIONS.c.requisition_id == requisition_id)
            .values(**values)
        )


def read_head(row: Any) -> RequisitionHead:
    """Read a requisition without its lines off its row."""
    return RequisitionHead(
        row.requisition_id,
        row.unit_code,
        row.needed_by,
        RequisitionState(row.state),
        row.delivery_on,
        row.cancel_reason,
    )


def progress_of(row: Any) -> LineProgress:
    """Read how far a line has come off a row of ``lines_with_totals``."""
    return LineProgress(
        approved=row.approved or 0,
        accepted=int(row.accepted),
        underway=int(row.underway),
        lapsed=row.lapsed,
    )
