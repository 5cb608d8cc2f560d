"""What a donor's files and own papers are made of, as the donor may see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from services.donors.adapters.giving import values_of
from services.donors.adapters.lists import PledgeRow
from services.donors.adapters.pledge_rows import open_rows
from services.donors.adapters.reading import GiftReader, Sight
from services.donors.adapters.tables import gifts
from services.donors.domain.worth import ValuedGift
from shared.database.database import Database
from shared.kernel.clock import Clock, local_day


@dataclass(frozen=True, slots=True)
class Given:
    """A donor's gifts, oldest first, and the pledges that are still to come."""

    gifts: Sequence[ValuedGift]
    pledges: Sequence[PledgeRow]


class PaperQueries:
    """Reads donors' database; changes nothing."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def given(self, donor_code: str) -> Given:
        """Give what a donor gave and promised, with values."""
        with self._database.reading() as connection:
            found = valued_gifts(connection, donor_code, local_day(self._clock.now()))
            promised = [
                row for row in open_rows(connection) if row.donor_code == donor_code
            ]
        return Given(found, promised)


def valued_gifts(
    connection: Connection, donor_code: str, today: date
) -> Sequence[ValuedGift]:
    """Read a donor's gifts with their values, oldest first."""
    query = (
        select(gifts)
        .where(gifts.c.donor_code == donor_code)
        .order_by(gifts.c.announced_at, gifts.c.gift_number)
    )
    rows = connection.execute(query).all()
    values = values_of(connection, [row.gift_number for row in rows])
    accounts = GiftReader(connection, today).accounts(rows, Sight.DONOR)
    return [ValuedGift(each, values.get(each.gift_number, {})) for each in accounts]
