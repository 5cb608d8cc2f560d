"""Pledges for the coordinator: by state and donor, with how they ended."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, exists, select

from services.donors.adapters.giving_tables import pledge_ends
from services.donors.adapters.lists import Key, PledgeRow, pledges_page
from services.donors.adapters.tables import gifts, pledges
from services.donors.application.searches import PledgeSearch
from services.donors.domain.promise import PledgeState
from shared.database.database import Database
from shared.kernel.clock import Clock, local_day

GIFTS_OFFERED = 12


@dataclass(frozen=True, slots=True)
class PledgePage:
    """Pledges with their outcomes, and the newest gifts of their donors."""

    rows: Sequence[PledgeRow]
    outcomes: Mapping[str, tuple[str, str | None]]
    gifts: Mapping[str, Sequence[str]]
    next_key: Key

    def end_of(self, row: PledgeRow) -> tuple[str | None, str | None]:
        """Give outcome and gift of a pledge; null for what has not ended."""
        return self.outcomes.get(row.pledge_number, (None, None))


class PledgeQueries:
    """Reads donors' database; changes nothing."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def page(self, search: PledgeSearch, limit: int, after: Key) -> PledgePage:
        """List pledges, newest first."""
        narrowed = _narrowed(search, local_day(self._clock.now()))
        with self._database.reading() as connection:
            rows, following = pledges_page(connection, limit, after, narrowed)
            return PledgePage(
                rows=rows,
                outcomes=_outcomes(connection, [row.pledge_number for row in rows]),
                gifts=_newest_gifts(connection, {row.donor_code for row in rows}),
                next_key=following,
            )


def _narrowed(search: PledgeSearch, today: date) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if search.donor_code:
        found.append(pledges.c.donor_code == search.donor_code)
    ended = pledge_ends.c.pledge_number == pledges.c.pledge_number
    match search.state:
        case PledgeState.OPEN:
            found.append(~exists().where(ended))
        case PledgeState.OVERDUE:
            found += [~exists().where(ended), pledges.c.due_on < today]
        case PledgeState.CAME | PledgeState.WITHDRAWN as state:
            found.append(exists().where(ended, pledge_ends.c.outcome == state.value))
        case None:
            pass
    return found


def _outcomes(
    connection: Connection, numbers: Sequence[str]
) -> Mapping[str, tuple[str, str | None]]:
    query = select(pledge_ends).where(pledge_ends.c.pledge_number.in_(numbers))
    rows = connection.execute(query)
    return {row.pledge_number: (row.outcome, row.gift_number) for row in rows}


def _newest_gifts(
    connection: Connection, donor_codes: set[str]
) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for donor_code in sorted(donor_codes):
        query = (
            select(gifts.c.gift_number)
            .where(gifts.c.donor_code == donor_code)
            .order_by(gifts.c.announced_at.desc(), gifts.c.gift_number.desc())
        )
        found[donor_code] += connection.scalars(query.limit(GIFTS_OFFERED))
    return found
