"""Pledges that have not ended."""

from collections.abc import Sequence

from sqlalchemy import Connection, exists, select

from services.donors.adapters.giving_tables import pledge_ends
from services.donors.adapters.lists import PledgeRow, pledge_rows
from services.donors.adapters.tables import pledges


def open_rows(connection: Connection) -> Sequence[PledgeRow]:
    """Read the open pledges with their lines, the next due first, undated last."""
    ended = exists().where(pledge_ends.c.pledge_number == pledges.c.pledge_number)
    query = (
        select(pledges)
        .where(~ended)
        .order_by(pledges.c.due_on.is_(None), pledges.c.due_on, pledges.c.pledge_number)
    )
    return pledge_rows(connection, connection.execute(query).all())
