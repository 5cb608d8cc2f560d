"""Proof from the rows that promises and settlements agree with the ledger.

Each check adds up what the way out says and takes off what the ledger says; where
the sum is not zero, the rule is broken.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    String,
    func,
    literal,
    select,
    union_all,
)

from services.inventory.adapters.outbound.tables import (
    DISPATCHED_LINES,
    HOLDS,
    PICK_LINES,
    PICK_LISTS,
    SETTLED_OUTCOMES,
    SETTLEMENTS,
)
from services.inventory.adapters.tables import BALANCES
from services.inventory.domain.movement import AccountKind, location, transit
from services.inventory.domain.picking import PickListStatus
from services.inventory.domain.settlement import Ending

Check = dict[str, Any]
_LINE = DISPATCHED_LINES.c
_SETTLED = _LINE.accepted + _LINE.refused + _LINE.damaged + _LINE.short


def verify_outbound(connection: Connection) -> list[Check]:
    """Run every check on the moment the connection reads."""
    return [
        _differences(connection, "holds are what the ledger calls reserved", _held()),
        _differences(connection, "dispatched is settled or in transit", _sent()),
        _differences(connection, "outcomes are of the last handover", _settled()),
    ]


def _differences(
    connection: Connection, name: str, parts: Sequence[Select[Any]]
) -> Check:
    summed = union_all(*parts).subquery()
    lot, place, amount = summed.c
    query = select(lot, place, func.sum(amount)).group_by(lot, place)
    rows = connection.execute(query.order_by(lot, place)).all()
    broken = [
        {"lot_id": str(lot_id), "of": of, "difference": int(difference)}
        for lot_id, of, difference in rows
        if difference
    ]
    return {"name": name, "rows": len(rows), "violations": broken}


def _held() -> Sequence[Select[Any]]:
    """INV-02: holds and open pick lines, less what is reserved."""
    line = PICK_LINES.c
    return (
        select(HOLDS.c.lot_id, _account(HOLDS.c.location_code), HOLDS.c.quantity),
        select(line.lot_id, _account(line.location_code), line.quantity - line.picked)
        .join(PICK_LISTS)
        .where(PICK_LISTS.c.status == PickListStatus.OPEN.value),
        select(BALANCES.c.lot_id, BALANCES.c.account, -BALANCES.c.reserved).where(
            BALANCES.c.kind == AccountKind.LOCATION
        ),
    )


def _sent() -> Sequence[Select[Any]]:
    """INV-08: what left and is not settled, less what is in transit."""
    to_consignment = literal(transit(""), String) + _LINE.consignment_number
    return (
        select(_LINE.lot_id, to_consignment, _LINE.quantity - _SETTLED),
        select(BALANCES.c.lot_id, BALANCES.c.account, -BALANCES.c.on_hand).where(
            BALANCES.c.kind == AccountKind.TRANSIT
        ),
    )


def _settled() -> Sequence[Select[Any]]:
    """Give the outcomes of uncorrected handovers, less those the lines show."""
    outcome, corrected = SETTLED_OUTCOMES.c, SETTLEMENTS.alias("corrected")
    standing = (
        select(outcome.lot_id, outcome.ending, outcome.quantity)
        .select_from(SETTLED_OUTCOMES)
        .outerjoin(corrected, corrected.c.corrects == outcome.handover_id)
        .where(corrected.c.handover_id.is_(None))
    )
    shown = [
        select(_LINE.lot_id, literal(ending.value, String), -_LINE[ending.value])
        for ending in Ending
    ]
    return (standing, *shown)


def _account(location_code: ColumnElement[str]) -> ColumnElement[str]:
    return literal(location(""), String) + location_code
