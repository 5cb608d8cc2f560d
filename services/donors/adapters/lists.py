"""Donors as rows of the coordinator's list, and how lists are paged by key."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, or_, select

from services.donors.adapters.tables import donors
from services.donors.domain.errors import UnknownDonorError

Key = Sequence[Any] | None
"""The sort key of the last row of the page before; null for the first page."""

_DONOR = select(donors).where(donors.c.donor_code == bindparam("donor"))


@dataclass(frozen=True, slots=True)
class DonorRow:
    """A donor in the coordinator's list; contacts are shown to nobody else."""

    donor_code: str
    name: str
    kind: str
    language: str
    contact_email: str | None
    consented_on: date | None

    def holds(self, text: str) -> bool:
        """Say whether code, name or address holds a text; SQLite folds A to Z alone."""
        wanted = text.casefold()
        words = self.donor_code, self.name, self.contact_email or ""
        return any(wanted in each.casefold() for each in words)


def donors_page(
    connection: Connection, limit: int, after: Key, text: str = ""
) -> tuple[Sequence[DonorRow], Key]:
    """Read a page of donors by code, of all or of those that hold a text."""
    query = select(donors).order_by(donors.c.donor_code)
    if after:
        query = query.where(donors.c.donor_code > after[0])
    if not text:
        query = query.limit(limit + 1)
    found = map(_donor_row, connection.execute(query))
    rows = list(islice((each for each in found if each.holds(text)), limit + 1))
    more = [rows[limit - 1].donor_code] if len(rows) > limit else None
    return rows[:limit], more


def donor_of(connection: Connection, donor_code: str) -> DonorRow:
    """Read one donor. Raises UnknownDonorError."""
    row = connection.execute(_DONOR, {"donor": donor_code}).one_or_none()
    if row is None:
        raise UnknownDonorError(donor_code)
    return _donor_row(row)


def donors_of(
    connection: Connection, donor_codes: Collection[str]
) -> Mapping[str, DonorRow]:
    """Read some donors by their codes; one that is not there is left out."""
    query = select(donors).where(donors.c.donor_code.in_(donor_codes))
    return {row.donor_code: _donor_row(row) for row in connection.execute(query)}


def _donor_row(row: Any) -> DonorRow:
    return DonorRow(
        donor_code=row.donor_code,
        name=row.name,
        kind=row.kind,
        language=row.language,
        contact_email=row.contact_email,
        consented_on=row.consented_on,
    )


def before(
    order: tuple[ColumnElement[Any], ColumnElement[Any]], after: Sequence[Any]
) -> ColumnElement[bool]:
    """Choose the rows that come after a key in a list that runs downwards."""
    first, second = order
    return or_(first < after[0], and_(first == after[0], second < after[1]))
