"""What may be asked of donors; every answer is of one consistent moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Select, and_, or_, select

from services.donors.adapters.catalogue import (
    Catalogue,
    free_stock,
    newest_needs,
)
from services.donors.adapters.reading import (
    GiftReader,
    Sight,
    gifts_of,
    newest_first,
)
from services.donors.adapters.tables import (
    changes,
    donors,
    gifts,
    pledge_lines,
    pledges,
)
from services.donors.adapters.veil import groups_of_facilities
from services.donors.adapters.verification import lot_buckets
from services.donors.domain.donor import ANONYMOUS_CODE
from services.donors.domain.earmark import STANDARD_GROUPS
from services.donors.domain.errors import UnknownDonorError, UnknownGiftError
from services.donors.domain.fulfilment import GiftAccount
from services.donors.domain.happening import Told, told
from services.donors.domain.level import Level, PublicNeed, public_needs
from shared.database.database import Database
from shared.kernel.clock import Clock, local_day

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


@dataclass(frozen=True, slots=True)
class GiftPage:
    """Gifts, and the key of the next page; null when there is none."""

    accounts: Sequence[GiftAccount]
    next_key: Key


@dataclass(frozen=True, slots=True)
class DonorBook:
    """All that one donor sees, at one moment."""

    donor: DonorRow
    version: int
    today: date
    counted_at: datetime
    accounts: Sequence[GiftAccount]
    story: Sequence[Told]
    has_late_goods: bool
    catalogue: Catalogue


@dataclass(frozen=True, slots=True)
class Levels:
    """The programme's stock and needs, without places."""

    as_of: date | None
    counted_at: datetime
    levels: Sequence[Level]
    catalogue: Catalogue

    @property
    def public(self) -> Sequence[PublicNeed]:
        """What may be told to everybody."""
        return public_needs(self.levels)


class Queries:
    """Reads donors' database; changes nothing."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def versions(self) -> tuple[date, Mapping[str, int]]:
        """Give today and each donor's counter of changes: what a stream watches."""
        with self._database.reading() as connection:
            rows = connection.execute(select(changes)).all()
        return self._today(), {row.donor_code: row.version for row in rows}

    def version_of(self, donor_code: str) -> str:
        """Name what the donor's numbers depend on: day and counter of changes."""
        with self._database.reading() as connection:
            version = _version(connection, donor_code)
        return f"{self._today().isoformat()}.{version}"

    def donors(self, limit: int, after: Key = None) -> tuple[Sequence[DonorRow], Key]:
        """List donors by code."""
        query = select(donors).order_by(donors.c.donor_code).limit(limit + 1)
        if after:
            query = query.where(donors.c.donor_code > after[0])
        with self._database.reading() as connection:
            rows = [_donor_row(row) for row in connection.execute(query)]
        more = [rows[limit - 1].donor_code] if len(rows) > limit else None
        return rows[:limit], more

    def pledges(self, limit: int, after: Key = None) -> tuple[Sequence[PledgeRow], Key]:
        """List pledges, newest first."""
        order = pledges.c.pledged_at, pledges.c.pledge_number
        query = select(pledges).order_by(*(each.desc() for each in order))
        if after:
            query = query.where(_before(order, after))
        with self._database.reading() as connection:
            rows = connection.execute(query.limit(limit + 1)).all()
            page = _pledge_rows(connection, rows[:limit])
        last = page[-1] if len(rows) > limit else None
        return page, [last.pledged_at, last.pledge_number] if last else None

    def gifts(
        self, limit: int, after: Key = None, donor_code: str | None = None
    ) -> GiftPage:
        """List gifts as the programme sees them, newest first."""
        query = newest_first(select(gifts))
        if donor_code:
            query = query.where(gifts.c.donor_code == donor_code)
        with self._database.reading() as connection:
            return self._page(connection, query, (limit, after), Sight.PROGRAMME)

    def gift(self, gift_number: str) -> GiftAccount:
        """Give one gift as the programme sees it. Raises UnknownGiftError."""
        query = select(gifts).where(gifts.c.gift_number == gift_number)
        with self._database.reading() as connection:
            page = self._page(connection, query, (1, None), Sight.PROGRAMME)
        if not page.accounts:
            raise UnknownGiftError(gift_number)
        return page.accounts[0]

    def my_gifts(self, donor_code: str, limit: int, after: Key = None) -> GiftPage:
        """List a donor's own gifts as the donor may see them, newest first."""
        with self._database.reading() as connection:
            query = gifts_of(donor_code)
            return self._page(connection, query, (limit, after), Sight.DONOR)

    def book(self, donor_code: str, gift_number: str | None = None) -> DonorBook:
        """Give what a donor sees of all gifts, or of one.

        Raises UnknownDonorError, and UnknownGiftError alike for a gift that does
        not exist and for one that is another's.
        """
        query = gifts_of(donor_code)
        if gift_number is not None:
            query = query.where(gifts.c.gift_number == gift_number)
        today, now = self._today(), self._clock.now()
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
            if gift_number is not None and not rows:
                raise UnknownGiftError(gift_number)
            reader = GiftReader(connection, today)
            return DonorBook(
                donor=_donor(connection, donor_code),
                version=_version(connection, donor_code),
                today=today,
                counted_at=now,
                accounts=reader.accounts(rows, Sight.DONOR),
                story=told(reader.happenings(rows), today),
                has_late_goods=reader.has_late_goods(rows),
                catalogue=Catalogue(connection),
            )

    def levels(self) -> Levels:
        """Give how long the programme's stock of each product lasts."""
        today = self._today()
        with self._database.reading() as connection:
            catalogue = Catalogue(connection)
            as_of, needs = newest_needs(connection)
            free = free_stock(connection, today, catalogue.sensitive())
        levels = catalogue.levels(needs, free)
        return Levels(as_of, self._clock.now(), levels, catalogue)

    def lot_buckets(self) -> Mapping[UUID, tuple[int, dict[str, int]]]:
        """Give version and totals of every lot, to be compared with the ledger."""
        with self._database.reading() as connection:
            return lot_buckets(connection)

    def catalogue(self) -> Catalogue:
        """Give what is known of products."""
        with self._database.reading() as connection:
            return Catalogue(connection)

    def names_of_donors(self) -> Mapping[str, str]:
        """Map every donor's code to the name, anonymous last."""
        query = select(donors.c.donor_code, donors.c.name).order_by(
            donors.c.donor_code == ANONYMOUS_CODE, donors.c.donor_code
        )
        with self._database.reading() as connection:
            return {row.donor_code: row.name for row in connection.execute(query)}

    def groups(self) -> Sequence[str]:
        """List the groups an earmark may name."""
        with self._database.reading() as connection:
            facilities = groups_of_facilities(connection)
        return sorted({*STANDARD_GROUPS}.union(*facilities.values()))

    def _today(self) -> date:
        return local_day(self._clock.now())

    def _page(
        self,
        connection: Connection,
        query: Select[Any],
        place: tuple[int, Key],
        sight: Sight,
    ) -> GiftPage:
        limit, after = place
        if after:
            order = gifts.c.announced_at, gifts.c.gift_number
            query = query.where(_before(order, after))
        rows = connection.execute(query.limit(limit + 1)).all()
        reader = GiftReader(connection, self._today())
        accounts = reader.accounts(rows[:limit], sight)
        if len(rows) <= limit:
            return GiftPage(accounts, None)
        return GiftPage(
            accounts, [rows[limit - 1].announced_at, rows[limit - 1].gift_number]
        )


def _donor(connection: Connection, donor_code: str) -> DonorRow:
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


def _pledge_rows(connection: Connection, rows: Sequence[Any]) -> list[PledgeRow]:
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


def _before(
    order: tuple[ColumnElement[Any], ColumnElement[Any]], after: Sequence[Any]
) -> ColumnElement[bool]:
    """Choose the rows that come after a key in a list that runs downwards."""
    first, second = order
    return or_(first < after[0], and_(first == after[0], second < after[1]))


def _version(connection: Connection, donor_code: str) -> int:
    query = select(changes.c.version).where(changes.c.donor_code == donor_code)
    return connection.scalar(query) or 0
