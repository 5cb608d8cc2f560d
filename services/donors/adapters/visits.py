"""Keeps what each account was shown at its last two visits."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, select

from services.donors.adapters.visit_tables import visits
from services.donors.domain.visit import Shown, Visit, visited
from shared.database.database import Database
from shared.database.upsert import insert_or_update


class Visits:
    """The visits of donors' accounts; each belongs to the donor it was shown."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(
        self, account_id: UUID, donor_code: str, now: datetime, shown: Shown
    ) -> Visit:
        """Note that an account looks at these numbers now; give its visit."""
        with self._database.writing() as connection:
            visit = visited(_last(connection, account_id, donor_code), now, shown)
            row = {
                "account_id": account_id,
                "donor_code": donor_code,
                "seen_at": visit.seen_at,
                "seen": visit.seen,
                "before_at": visit.before_at,
                "before": visit.before,
            }
            insert_or_update(connection, visits, row)
        return visit


def _last(connection: Connection, account_id: UUID, donor_code: str) -> Visit | None:
    """Read the last visit; one that was made for another donor is forgotten."""
    row = connection.execute(
        select(visits)
        .where(visits.c.account_id == account_id, visits.c.donor_code == donor_code)
        .with_for_update()
    ).one_or_none()
    if row is None:
        return None
    return Visit(row.seen_at, row.seen, row.before_at, row.before)
