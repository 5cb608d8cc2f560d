"""Allocation runs as rows."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, select

from services.distribution.adapters.rows.shown import unused_view
from services.distribution.adapters.tables.giving import RUN_LINES, RUN_PRODUCTS, RUNS
from services.distribution.domain.conditions import Conditions
from services.distribution.domain.errors import UnknownRunError
from services.distribution.domain.run import Proposal, RunLine, RunState, UnusedLot
from shared.database.upsert import insert_or_update

_KEY = ("run_id", "unit_code", "product_code")
_SAVE_LINE = (
    RUN_LINES.update()
    .where(*(RUN_LINES.c[name] == bindparam(f"new_{name}") for name in _KEY))
    .values(
        {
            column.name: bindparam(f"new_{column.name}")
            for column in RUN_LINES.c
            if column.name not in _KEY
        }
    )
)


class SqlRuns:
    """Keeps runs, their lines and what inventory answered."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def add(self, proposal: Proposal, recorded_by: str) -> None:
        codes = proposal.product_codes
        self._connection.execute(
            RUNS.insert().values(
                run_id=proposal.run_id,
                handover_on=proposal.handover_on,
                state=RunState.PROPOSED,
                product_codes=None if codes is None else list(codes),
                unused=_unused(proposal),
                conditions=_conditions(proposal),
                recorded_by=recorded_by,
                recorded_at=self._now,
            )
        )
        rows = [_row(proposal.run_id, line) for line in proposal.lines]
        if rows:
            self._connection.execute(RUN_LINES.insert(), rows)

    def locked(self, run_id: UUID) -> tuple[RunState, date]:
        row = self._connection.execute(
            select(RUNS.c.state, RUNS.c.handover_on)
            .where(RUNS.c.run_id == run_id)
            .with_for_update()
        ).one_or_none()
        if row is None:
            raise UnknownRunError(run_id)
        return RunState(row.state), row.handover_on

    def lines(self, run_id: UUID) -> Sequence[RunLine]:
        rows = self._connection.execute(
            RUN_LINES.select()
            .where(RUN_LINES.c.run_id == run_id)
            .order_by(RUN_LINES.c.product_code, RUN_LINES.c.unit_code)
        )
        return [read_line(row) for row in rows]

    def save_lines(self, run_id: UUID, lines: Iterable[RunLine]) -> None:
        rows = [
            {f"new_{name}": value for name, value in _row(run_id, line).items()}
            for line in lines
        ]
        if rows:
            self._connection.execute(_SAVE_LINE, rows)

    def conditions(self, run_id: UUID, product_code: str) -> Conditions:
        found = self._connection.scalar(
            select(RUNS.c.conditions).where(RUNS.c.run_id == run_id)
        )
        return Conditions.from_json((found or {}).get(product_code, {}))

    def unused(self, run_id: UUID) -> Sequence[UnusedLot]:
        found = self._connection.scalar(
            select(RUNS.c.unused).where(RUNS.c.run_id == run_id)
        )
        return [
            UnusedLot(**each | {"lot_id": UUID(each["lot_id"])})
            for of_product in (found or {}).values()
            for each in of_product
        ]

    def put_instead(self, proposal: Proposal) -> None:
        run = self._connection.execute(
            select(RUNS.c.unused, RUNS.c.conditions, RUNS.c.product_codes).where(
                RUNS.c.run_id == proposal.run_id
            )
        ).one()
        self._connection.execute(
            RUN_LINES.delete().where(
                RUN_LINES.c.run_id == proposal.run_id,
                RUN_LINES.c.product_code.in_(proposal.product_codes or ()),
            )
        )
        rows = [_row(proposal.run_id, line) for line in proposal.lines]
        if rows:
            self._connection.execute(RUN_LINES.insert(), rows)
        self._change(
            proposal.run_id,
            unused=run.unused | _unused(proposal),
            conditions=run.conditions | _conditions(proposal),
            product_codes=run.product_codes
            and sorted({*run.product_codes, *(proposal.product_codes or ())}),
        )

    def set_state(self, run_id: UUID, state: RunState) -> None:
        self._change(run_id, state=state)

    def approve(
        self, run_id: UUID, product_codes: Iterable[str], approved_by: str
    ) -> None:
        for product_code in product_codes:
            self.note_answer(run_id, product_code, RunState.APPROVED)
        self._change(
            run_id,
            state=RunState.APPROVED,
            approved_by=approved_by,
            approved_at=self._now,
        )

    def cancel(self, run_id: UUID, reason: str) -> None:
        self._change(run_id, state=RunState.CANCELLED, cancel_reason=reason)
        self._connection.execute(
            RUN_LINES.update()
            .where(RUN_LINES.c.run_id == run_id)
            .values(state=RunState.CANCELLED)
        )

    def cancel_lines(
        self, run_id: UUID, unit_code: str, product_codes: Collection[str]
    ) -> None:
        self._connection.execute(
            RUN_LINES.update()
            .where(
                RUN_LINES.c.run_id == run_id,
                RUN_LINES.c.unit_code == unit_code,
                RUN_LINES.c.product_code.in_(sorted(product_codes)),
            )
            .values(state=RunState.CANCELLED)
        )

    def note_answer(
        self,
        run_id: UUID,
        product_code: str,
        state: RunState,
        *,
        reason: str | None = None,
        shortages: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        insert_or_update(
            self._connection,
            RUN_PRODUCTS,
            {
                "run_id": run_id,
                "product_code": product_code,
                "state": state,
                "refusal_reason": reason,
                "shortages": [dict(each) for each in shortages],
            },
        )
        self._connection.execute(
            RUN_LINES.update()
            .where(
                RUN_LINES.c.run_id == run_id,
                RUN_LINES.c.product_code == product_code,
                RUN_LINES.c.quantity > 0,
                RUN_LINES.c.state != RunState.CANCELLED,
            )
            .values(state=state)
        )

    def product_states(self, run_id: UUID) -> Mapping[str, RunState]:
        rows = self._connection.execute(
            select(RUN_PRODUCTS.c.product_code, RUN_PRODUCTS.c.state).where(
                RUN_PRODUCTS.c.run_id == run_id
            )
        )
        return {row.product_code: RunState(row.state) for row in rows}

    def _change(self, run_id: UUID, **values: Any) -> None:
        self._connection.execute(
            RUNS.update().where(RUNS.c.run_id == run_id).values(**values)
        )


def _unused(proposal: Proposal) -> dict[str, Any]:
    return {
        product_code: [unused_view(lot) for lot in lots]
        for product_code, lots in proposal.unused.items()
    }


def _conditions(proposal: Proposal) -> dict[str, Any]:
    return {code: each.as_json() for code, each in proposal.conditions.items()}


def _row(run_id: UUID, line: RunLine) -> dict[str, Any]:
    return {
        "run_id": run_id,
        "unit_code": line.unit_code,
        "product_code": line.product_code,
        "entitlement": line.entitlement,
        "already_received": line.already_received,
        "requested": line.requested,
        "proposed": line.proposed,
        "quantity": line.quantity,
        "lots": [[str(lot_id), quantity] for lot_id, quantity in line.lots.items()],
        "reasons": [dict(each) for each in line.reasons],
        "basis": dict(line.basis),
        "state": line.state,
        "override_reason": line.override_reason,
        "override_note": line.override_note,
        "proposed_reasons": None
        if line.proposed_reasons is None
        else [dict(each) for each in line.proposed_reasons],
    }


def read_line(row: Any) -> RunLine:
    """Read a line of a run off its row."""
    return RunLine(
        unit_code=row.unit_code,
        product_code=row.product_code,
        entitlement=row.entitlement,
        already_received=row.already_received,
        requested=row.requested,
        proposed=row.proposed,
        quantity=row.quantity,
        lots={UUID(lot_id): quantity for lot_id, quantity in row.lots},
        reasons=tuple(row.reasons),
        basis=row.basis,
        state=RunState(row.state),
        override_reason=row.override_reason,
        override_note=row.override_note,
        proposed_reasons=row.proposed_reasons and tuple(row.proposed_reasons),
    )
