"""Proof from the rows that donors' numbers hold together."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table, func, or_, select

from services.donors.adapters.tables import (
    donors,
    gifts,
    lot_days,
    lot_totals,
    number_series,
)
from shared.database.database import Database

Check = dict[str, Any]
BUCKETS = (
    *("received", "in_stock", "reserved"),
    *("in_transit", "accepted", "lost", "returned"),
)


def verify(database: Database) -> list[Check]:
    """Run every check on one moment; each names the rows that break it."""
    with database.reading() as connection:
        return [
            _adds_up(connection, lot_totals),
            _adds_up(connection, lot_days),
            _losses_have_reasons(connection),
            _newest_is_of_its_day(connection),
            _numbers_were_taken(connection),
            _contacts_have_consent(connection),
        ]


def lot_buckets(connection: Connection) -> Mapping[UUID, tuple[int, dict[str, int]]]:
    """Give version and totals of every lot, to be compared with the ledger's."""
    query = select(
        lot_totals.c.lot_id,
        lot_totals.c.version,
        *(lot_totals.c[bucket] for bucket in BUCKETS),
    )
    return {
        row["lot_id"]: (row["version"], {bucket: row[bucket] for bucket in BUCKETS})
        for row in connection.execute(query).mappings()
    }


def _adds_up(connection: Connection, table: Table) -> Check:
    """INV-10: received = in stock + in transit + accepted + lost + returned."""
    c = table.c
    held = c.in_stock + c.in_transit + c.accepted + c.lost + c.returned
    broken = connection.execute(
        select(c.lot_id, c.version).where(
            or_(c.received != held, c.reserved > c.in_stock)
        )
    )
    return _check(
        f"what was received is somewhere ({table.name})",
        _count(connection, table),
        [{"lot_id": str(row.lot_id), "version": row.version} for row in broken],
    )


def _losses_have_reasons(connection: Connection) -> Check:
    rows = connection.execute(
        select(lot_totals.c.lot_id, lot_totals.c.lost, lot_totals.c.lost_by_reason)
    ).all()
    unexplained = [
        {"lot_id": str(row.lot_id), "lost": row.lost}
        for row in rows
        if row.lost != sum(row.lost_by_reason.values())
    ]
    return _check("every loss has its reason", len(rows), unexplained)


def _newest_is_of_its_day(connection: Connection) -> Check:
    """Compare the newest state of a lot with the highest version of its days."""
    highest = (
        select(lot_days.c.lot_id, func.max(lot_days.c.version).label("version"))
        .group_by(lot_days.c.lot_id)
        .subquery()
    )
    apart = connection.execute(
        select(lot_totals.c.lot_id)
        .outerjoin(highest, highest.c.lot_id == lot_totals.c.lot_id)
        .where(func.coalesce(highest.c.version, 0) != lot_totals.c.version)
    )
    return _check(
        "the newest state is the newest of its days",
        _count(connection, lot_totals),
        [{"lot_id": str(row.lot_id)} for row in apart],
    )


def _numbers_were_taken(connection: Connection) -> Check:
    """Look whether every announced gift's number came from its series."""
    rows = connection.execute(
        select(gifts.c.gift_number).where(gifts.c.is_walk_in.is_(False))
    ).all()
    series = connection.execute(
        select(number_series).where(number_series.c.letter == "G")
    )
    last = {row.year: row.last for row in series}
    strange = [
        {"gift_number": row.gift_number}
        for row in rows
        if not _was_taken(row.gift_number, last)
    ]
    return _check("gift numbers come from their series", len(rows), strange)


def _was_taken(gift_number: str, last: Mapping[int, int]) -> bool:
    _, year, count = gift_number.split("-")
    return int(count) <= last.get(int(year), 0)


def _contacts_have_consent(connection: Connection) -> Check:
    without = connection.execute(
        select(donors.c.donor_code).where(
            donors.c.contact_email.is_not(None), donors.c.consented_on.is_(None)
        )
    )
    return _check(
        "contacts are kept with consent",
        _count(connection, donors),
        [{"donor_code": row.donor_code} for row in without],
    )


def _count(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0


def _check(name: str, rows: int, violations: Sequence[Mapping[str, Any]]) -> Check:
    return {"name": name, "rows": rows, "violations": [dict(v) for v in violations]}
