"""Proof from the rows that distribution's numbers hold together."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, func, select

from services.distribution.adapters.rows.requisitions import (
    lines_with_totals,
    progress_of,
)
from services.distribution.adapters.tables.asking import REQUISITIONS
from services.distribution.adapters.tables.giving import (
    ALLOTMENTS,
    CONSIGNMENT_LINES,
    CONSIGNMENTS,
    HANDOVERS,
)
from services.distribution.domain.carrying import LET_GO
from services.distribution.domain.requisition import (
    LineProgress,
    RequisitionState,
    state_after,
)
from shared.database.database import Database

Check = dict[str, Any]
_ENDS = ("dispatched", "accepted", "refused", "damaged", "short")


def verify(database: Database) -> list[Check]:
    """Run every check on one moment; each names the rows that break it."""
    with database.reading() as connection:
        return [
            _handed_over(connection),
            _sums_agree(connection),
            _within_approved(connection),
            _states(connection),
        ]


def _check(name: str, rows: int, violations: Iterable[Mapping[str, Any]]) -> Check:
    return {"name": name, "rows": rows, "violations": [dict(v) for v in violations]}


def _handed_over(connection: Connection) -> Check:
    """Look whether every unit of issue handed over ended somewhere."""
    rows = connection.execute(
        select(CONSIGNMENT_LINES)
        .join(CONSIGNMENTS)
        .where(CONSIGNMENTS.c.state == "handed_over")
    ).all()
    broken = [
        {"consignment_number": row.consignment_number, "lot_id": str(row.lot_id)}
        for row in rows
        if (row.dispatched or 0) != sum(getattr(row, end) for end in _ENDS[1:])
    ]
    return _check("dispatched goods ended somewhere", len(rows), broken)


def _sums_agree(connection: Connection) -> Check:
    """Look whether promises and consignments tell the same of each line."""
    mine, lines = ALLOTMENTS.c, CONSIGNMENT_LINES.c
    key = ("consignment_number", "unit_code", "product_code", "lot_id")
    promised = connection.execute(
        select(*(mine[k] for k in key), *(func.sum(mine[e]) for e in _ENDS))
        .where(mine.consignment_number.is_not(None))
        .group_by(*(mine[k] for k in key))
    )
    by_key = {tuple(row[:4]): [int(x) for x in row[4:]] for row in promised}
    rows = connection.execute(
        select(*(lines[k] for k in key), *(func.coalesce(lines[e], 0) for e in _ENDS))
    ).all()
    broken = [
        {"consignment_number": row[0], "unit_code": row[1], "lot_id": str(row[3])}
        for row in rows
        if list(row[4:]) != by_key.get(tuple(row[:4]), [0] * len(_ENDS))
    ]
    return _check("promises agree with consignments", len(rows), broken)


def _within_approved(connection: Connection) -> Check:
    """Look whether no requisition was given more than was approved.

    A corrected handover may find at the unit what a later run gave once more;
    that was nobody's promise.
    """
    corrected = select(HANDOVERS.c.consignment_number).where(
        HANDOVERS.c.corrects.is_not(None)
    )
    surprised = select(ALLOTMENTS.c.requisition_id).where(
        ALLOTMENTS.c.consignment_number.in_(corrected)
    )
    rows = connection.execute(
        lines_with_totals().where(
            REQUISITIONS.c.state.in_(("approved", "partly_fulfilled", "fulfilled")),
            REQUISITIONS.c.requisition_id.not_in(surprised),
        )
    ).all()
    broken = [
        {"requisition_id": str(row.requisition_id), "product_code": row.product_code}
        for row in rows
        if progress_of(row).accepted + progress_of(row).underway > (row.approved or 0)
    ]
    return _check("nothing given beyond what was approved", len(rows), broken)


def _agrees(state: str, lines: Sequence[LineProgress]) -> bool:
    if state == RequisitionState.CANCELLED:
        return not any(line.accepted for line in lines)
    return state_after(lines) == state


def _states(connection: Connection) -> Check:
    """Look whether each requisition's state is what its lines say.

    Of what a rule let go of, nothing was accepted; what a person took back may be
    anything.
    """
    let_go = REQUISITIONS.c.cancel_reason.in_(LET_GO)
    going = REQUISITIONS.c.state.in_(("approved", "partly_fulfilled", "fulfilled"))
    rows = connection.execute(lines_with_totals().where(going | let_go)).all()
    lines: dict[Any, list[LineProgress]] = {}
    for row in rows:
        lines.setdefault((row.requisition_id, row.state), []).append(progress_of(row))
    broken = [
        {"requisition_id": str(requisition_id), "state": state}
        for (requisition_id, state), each in lines.items()
        if not _agrees(state, each)
    ]
    return _check("requisition states follow their lines", len(lines), broken)
