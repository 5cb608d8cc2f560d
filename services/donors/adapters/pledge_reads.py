"""Pledges for the coordinator: by state and donor, and the gifts they may become."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from services.donors.adapters.lists import Key, before
from services.donors.adapters.promises import PLEDGES, PledgeRow, is_of, pledge_rows
from services.donors.adapters.tables import gifts, pledges
from services.donors.application.searches import PledgeSearch
from services.donors.domain.giving_errors import PledgeEndedError, UnknownPledgeError
from shared.database.database import Database
from shared.kernel.clock import Clock, local_day

GIFTS_OFFERED = 12


@dataclass(frozen=True, slots=True)
class PledgePage:
    """Pledges, and the key of the next page; null when there is none."""

    rows: Sequence[PledgeRow]
    next_key: Key


class PledgeQueries:
    """Reads donors' database; changes nothing."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def page(self, search: PledgeSearch, limit: int, after: Key) -> PledgePage:
        """List pledges, newest first."""
        today = local_day(self._clock.now())
        order = pledges.c.pledged_at, pledges.c.pledge_number
        query = PLEDGES.order_by(*(each.desc() for each in order)).limit(limit + 1)
        if search.donor_code:
            query = query.where(pledges.c.donor_code == search.donor_code)
        if search.state:
            query = query.where(is_of([search.state], today))
        if after:
            query = query.where(before(order, after))
        with self._database.reading() as connection:
            rows = pledge_rows(connection, query, today)
        last = rows[limit - 1] if len(rows) > limit else None
        return PledgePage(
            rows=rows[:limit],
            next_key=[last.pledged_at, last.pledge_number] if last else None,
        )

    def awaited(self, pledge_number: str) -> PledgeRow:
        """Give a pledge that has not ended.

        Raises UnknownPledgeError and PledgeEndedError.
        """
        today = local_day(self._clock.now())
        query = PLEDGES.where(pledges.c.pledge_number == pledge_number)
        with self._database.reading() as connection:
            rows = pledge_rows(connection, query, today)
        if not rows:
            raise UnknownPledgeError(pledge_number)
        if not rows[0].is_awaited:
            raise PledgeEndedError(pledge_number, rows[0].state.value)
        return rows[0]

    def newest_gifts(self, donor_codes: Collection[str]) -> Mapping[str, Sequence[str]]:
        """Give the gifts a pledge of each donor may have become, newest first."""
        order = gifts.c.announced_at.desc(), gifts.c.gift_number.desc()
        ranked = (
            select(
                gifts.c.donor_code,
                gifts.c.gift_number,
                func.row_number()
                .over(partition_by=gifts.c.donor_code, order_by=order)
                .label("place"),
            )
            .where(gifts.c.donor_code.in_(donor_codes))
            .subquery()
        )
        query = select(ranked).where(ranked.c.place <= GIFTS_OFFERED)
        found: dict[str, list[str]] = defaultdict(list)
        with self._database.reading() as connection:
            for row in connection.execute(query.order_by(ranked.c.place)):
                found[row.donor_code].append(row.gift_number)
        return found
