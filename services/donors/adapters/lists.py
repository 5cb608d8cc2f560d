"""Donors and pledges as rows of the coordinator's lists, paged by key."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from services.donors.adapters.tables import donors, pledge_lines, pledges
from services.donors.domain.errors import UnknownDonorError

Key = Sequence[Any] | None
"""The sort key of the last row of the page before; null for the first page."""


@dataclass(frozen=True, slots=True)
class DonorRow:
    """A donor in the coordinator's list; contacts are shown to nobody else."""

    donor_code: str
    name: str
    kind: str
    language: str
    contact_email: str | None
    consented_on: date | None


@dataclass(frozen=True, slots=True)
class PledgeRow:
    """A pledge with its lines."""

    pledge_number: str
    donor_code: str
    due_on: date | None
    pledged_at: datetime
    lines: Sequence[tuple[str, int]]


def donors_page(
    connection: Connection, limit: int, after: Key
) -> tuple[Sequence[DonorRow], Key]:
    """Read a page of donors by code."""
    query = select(donors).order_by(donors.c.donor_code).limit(limit + 1)
    if after:
        query = query.where(donors.c.donor_code > after[0])
    rows = [_donor_row(row) for row in connection.execute(query)]
    more = [rows[limit - 1].donor_code] if len(rows) > limit else None
    return rows[:limit], more


def pledges_page(
    connection: Connection,
    limit: int,
    after: Key,
    narrowed: Sequence[ColumnElement[bool]] = (),
) -> tuple[Sequence[PledgeRow], Key]:
    """Read a page of pledges, newest first, of those that meet every condition."""
    order = pledges.c.pledged_at, pledges.c.pledge_number
    query = select(pledges).where(*narrowed).order_by(*(each.desc() for each in order))
    if after:
        query = query.where(before(order, after))
    rows = connection.execute(query.limit(limit + 1)).all()
    page = pledge_rows(connection, rows[:limit])
    last = page[-1] if len(rows) > limit else None
    return page, [last.pledged_at, last.pledge_number] if last else None


def donor_of(connection: Connection, donor_code: str) -> DonorRow:
    """Read one donor. Raises UnknownDonorError."""
    query = select(donors).where(donors.c.donor_code == donor_code)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise UnknownDonorError(donor_code)
    return _donor_row(row)


def _donor_row(row: Any) -> DonorRow:
    return DonorRow(
        donor_code=row.donor_code,
        name=row.name,
        kind=row.kind,
        language=row.language,
        contact_email=row.contact_email,
        consented_on=row.consented_on,
    )


def pledge_rows(connection: Connection, rows: Sequence[Any]) -> list[PledgeRow]:
    """Complete rows of ``pledges`` with their lines, in the same order."""
    query = (
        select(pledge_lines)
        .where(pledge_lines.c.pledge_number.in_([row.pledge_number for row in rows]))
        .order_by(pledge_lines.c.product_code)
    )
    lines: dict[str, list[tuple[str, int]]] = {row.pledge_number: [] for row in rows}
    for line in connection.execute(query):
        lines[line.pledge_number].append((line.product_code, line.quantity))
    return [
        PledgeRow(
            pledge_number=row.pledge_number,
            donor_code=row.donor_code,
            due_on=row.due_on,
            pledged_at=row.pledged_at,
            lines=lines[row.pledge_number],
        )
        for row in rows
    ]


def before(
    order: tuple[ColumnElement[Any], ColumnElement[Any]], after: Sequence[Any]
) -> ColumnElement[bool]:
    """Choose the rows that come after a key in a list that runs downwards."""
    first, second = order
    return or_(first < after[0], and_(first == after[0], second < after[1]))
