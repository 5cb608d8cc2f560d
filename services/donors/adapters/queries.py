"""What may be asked of donors; every answer is of one consistent moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, bindparam, select

from services.donors.adapters.catalogue import (
    Catalogue,
    free_stock,
    newest_needs,
)
from services.donors.adapters.gift_search import narrowed
from services.donors.adapters.lists import (
    DonorRow,
    Key,
    before,
    donor_of,
    donors_page,
)
from services.donors.adapters.promises import still_promised
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
)
from services.donors.adapters.veil import groups_of_facilities
from services.donors.adapters.verification import lot_buckets
from services.donors.application.searches import GiftSearch
from services.donors.domain.course import Point, course
from services.donors.domain.donor import ANONYMOUS_CODE
from services.donors.domain.earmark import STANDARD_GROUPS
from services.donors.domain.errors import UnknownGiftError
from services.donors.domain.fulfilment import GiftAccount
from services.donors.domain.happening import Told
from services.donors.domain.level import Level, PublicNeed, public_needs
from services.donors.domain.version import Versions
from shared.database.database import Database
from shared.kernel.clock import Clock, local_day

_CHANGES = select(changes.c.donor_code, changes.c.version)
_VERSION_OF = select(changes.c.version).where(
    changes.c.donor_code == bindparam("donor")
)


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
    left: Mapping[UUID, str]
    catalogue: Catalogue


@dataclass(frozen=True, slots=True)
class Levels:
    """The programme's stock and needs, without places."""

    as_of: date | None
    today: date
    counted_at: datetime
    levels: Sequence[Level]
    catalogue: Catalogue

    @property
    def public(self) -> Sequence[PublicNeed]:
        """What may be told to everybody."""
        return public_needs(self.levels, self.today)


class Queries:
    """Reads donors' database; changes nothing."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def versions(self) -> Versions:
        """Give today and each donor's counter of changes: what a stream watches."""
        with self._database.reading() as connection:
            rows = connection.execute(_CHANGES)
            counters = {row.donor_code: row.version for row in rows}
        return Versions(self._today(), counters)

    def version_of(self, donor_code: str) -> str:
        """Name what the donor's numbers depend on: day and counter of changes."""
        with self._database.reading() as connection:
            version = _version(connection, donor_code)
        return Versions(self._today(), {donor_code: version}).of(donor_code)

    def donors(
        self, limit: int, after: Key = None, text: str = ""
    ) -> tuple[Sequence[DonorRow], Key]:
        """List donors by code, of all or of those whose words hold a text."""
        with self._database.reading() as connection:
            return donors_page(connection, limit, after, text)

    def gifts(
        self, limit: int, after: Key = None, search: GiftSearch | None = None
    ) -> GiftPage:
        """List gifts as the programme sees them, newest first."""
        query = newest_first(select(gifts))
        with self._database.reading() as connection:
            if search:
                query = narrowed(query, search, connection)
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
            query = newest_first(select(gifts).where(gifts.c.donor_code == donor_code))
            return self._page(connection, query, (limit, after), Sight.DONOR)

    def book(self, donor_code: str, gift_number: str | None = None) -> DonorBook:
        """Give what a donor sees of all gifts, or of one.

        Raises UnknownDonorError, and UnknownGiftError alike for a gift that does
        not exist and for one that is another's.
        """
        today, now = self._today(), self._clock.now()
        with self._database.reading() as connection:
            rows = gifts_of(connection, donor_code, gift_number)
            if gift_number is not None and not rows:
                raise UnknownGiftError(gift_number)
            reader = GiftReader(connection, today)
            accounts, story = reader.accounts(rows, Sight.DONOR), reader.told(rows)
            return DonorBook(
                donor=donor_of(connection, donor_code),
                version=_version(connection, donor_code),
                today=today,
                counted_at=now,
                accounts=accounts,
                story=story,
                has_late_goods=reader.has_late_goods(rows),
                left=reader.left(rows),
                catalogue=Catalogue(connection, _products_in(accounts, story)),
            )

    def course(self, donor_code: str) -> Sequence[Point]:
        """Give how a donor's totals grew, as they were shown."""
        today = self._today()
        with self._database.reading() as connection:
            rows = gifts_of(connection, donor_code)
            reader = GiftReader(connection, today)
            histories = reader.lot_histories(rows)
        return course(histories, today, reader.freezes)

    def levels(self) -> Levels:
        """Give how long the programme's stock of each product lasts."""
        today = self._today()
        with self._database.reading() as connection:
            catalogue = Catalogue(connection)
            as_of, needs = newest_needs(connection)
            free = free_stock(connection, today, catalogue.sensitive())
            promised = still_promised(connection, today)
        levels = catalogue.levels(needs, free, promised)
        return Levels(as_of, today, self._clock.now(), levels, catalogue)

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
            query = query.where(before(order, after))
        rows = connection.execute(query.limit(limit + 1)).all()
        reader = GiftReader(connection, self._today())
        accounts = reader.accounts(rows[:limit], sight)
        if len(rows) <= limit:
            return GiftPage(accounts, None)
        return GiftPage(
            accounts, [rows[limit - 1].announced_at, rows[limit - 1].gift_number]
        )


def _products_in(
    accounts: Sequence[GiftAccount], story: Sequence[Told]
) -> frozenset[str]:
    """Give the products a donor's pages can name."""
    named = {each.product_code for each in story}
    for account in accounts:
        named.update(line.product_code for line in account.expected)
        named.update(refusal.product_code for refusal in account.refusals)
        named.update(lot.product_code for lot in account.lots)
    return frozenset(named)


def _version(connection: Connection, donor_code: str) -> int:
    return connection.scalar(_VERSION_OF, {"donor": donor_code}) or 0
