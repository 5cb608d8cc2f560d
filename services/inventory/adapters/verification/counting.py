"""Proof from the rows that counts and losses were booked as their papers say."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    String,
    and_,
    case,
    cast,
    func,
    or_,
    select,
)

from services.inventory.adapters.counting.tables import COUNT_LINES
from services.inventory.adapters.losses.tables import DESTRUCTION_LINES, DESTRUCTIONS
from services.inventory.adapters.tables import MOVEMENTS, PRODUCTS
from services.inventory.domain.counting import PERCENT_WITHOUT_SECOND_COUNT
from services.inventory.domain.product import MEDICINE

Check = dict[str, Any]


def verify_counting(connection: Connection) -> list[Check]:
    """Run every check on the moment the connection reads."""
    return [
        _check(connection, "counts are booked as their sheet says", _misbooked()),
        _lonely_counts(connection),
        _check(connection, "destroyed is what two people confirmed", _unconfirmed()),
    ]


def _check(connection: Connection, name: str, query: Select[Any]) -> Check:
    rows = connection.execute(query).mappings().all()
    table = DESTRUCTION_LINES if "destroyed" in name else COUNT_LINES
    counted = connection.execute(select(func.count()).select_from(table)).scalar_one()
    violations = [{key: str(value) for key, value in row.items()} for row in rows]
    return {"name": name, "rows": counted, "violations": violations}


def _misbooked() -> Select[Any]:
    """INV-13: the movements of a booked line add up to its difference."""
    line, moved = COUNT_LINES.c, MOVEMENTS.c
    signed = case((moved.target == line.account, moved.quantity), else_=-moved.quantity)
    booked = func.coalesce(func.sum(signed), 0)
    return (
        select(line.count_sheet_number, line.lot_id, line.difference, booked)
        .outerjoin(
            MOVEMENTS,
            and_(
                moved.lot_id == line.lot_id,
                moved.reverses.is_(None),
                _bare(moved.document) == _bare(cast(line.count_id, String)),
            ),
        )
        .where(line.outcome == "booked")
        .group_by(line.count_sheet_number, line.lot_id, line.account, line.difference)
        .having(booked != line.difference)
    )


def _bare(document: ColumnElement[str]) -> ColumnElement[str]:
    """Write an id without dashes: databases disagree about them."""
    return func.replace(document, "-", "")


def _lonely_counts(connection: Connection) -> Check:
    """INV-13: a large difference, or any of medicine, was not one person's word."""
    line = COUNT_LINES.c
    query = (
        select(
            line.count_sheet_number,
            line.lot_id,
            line.booked,
            line.difference,
            PRODUCTS.c.flags,
        )
        .join(PRODUCTS, PRODUCTS.c.product_code == line.product_code)
        .where(line.outcome == "booked", line.difference != 0)
        .where(line.second_by.is_(None), line.decided_by.is_(None))
    )
    rows = connection.execute(query).all()
    violations = [
        {"count_sheet_number": row.count_sheet_number, "lot_id": str(row.lot_id)}
        for row in rows
        if MEDICINE in row.flags
        or 100 * abs(row.difference) > PERCENT_WITHOUT_SECOND_COUNT * row.booked
    ]
    return {
        "name": "large differences were counted twice",
        "rows": len(rows),
        "violations": violations,
    }


def _unconfirmed() -> Select[Any]:
    """INV-14: a line has its movement if, and only if, two people confirmed it."""
    line, record, moved = DESTRUCTION_LINES.c, DESTRUCTIONS.c, MOVEMENTS.c
    is_destroyed = record.status == "destroyed"
    return (
        select(line.destruction_number, line.lot_id, line.quantity, moved.quantity)
        .join(DESTRUCTIONS)
        .outerjoin(MOVEMENTS, moved.movement_id == line.movement_id)
        .where(
            or_(
                and_(is_destroyed, moved.movement_id.is_(None)),
                and_(~is_destroyed, line.movement_id.is_not(None)),
                moved.quantity != line.quantity,
                moved.lot_id != line.lot_id,
                moved.document != line.destruction_number,
            )
        )
    )
