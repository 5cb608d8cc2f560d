"""What files and own papers are made of: valued gifts, receipts, years, wishes."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func, select

from services.donors.adapters.giving import receipt_of, value_of, values_of
from services.donors.adapters.giving_tables import (
    gift_funding,
    gift_values,
    receipts,
)
from services.donors.adapters.lists import (
    DonorRow,
    Key,
    before,
    donor_of,
)
from services.donors.adapters.promises import PledgeRow, awaited
from services.donors.adapters.reading import GiftReader, Sight
from services.donors.adapters.tables import donors, gifts
from services.donors.adapters.telling_tables import subscriptions
from services.donors.application.giving_ports import Receipt
from services.donors.domain.digest import Cadence
from services.donors.domain.donor import DonorKind
from services.donors.domain.fulfilment import GiftAccount
from services.donors.domain.giving_errors import UnknownReceiptError
from services.donors.domain.value import UnitValue
from services.donors.domain.worth import ValuedGift, Worth, came_of, worth_of
from shared.database.database import Database
from shared.kernel.clock import ALMATY, Clock, local_day


@dataclass(frozen=True, slots=True)
class Given:
    """A donor's gifts, oldest first, and the pledges that are still to come."""

    gifts: Sequence[ValuedGift]
    pledges: Sequence[PledgeRow]


@dataclass(frozen=True, slots=True)
class OwnPapers:
    """What a donor may open: receipts and years, newest first, and own letters."""

    donor: DonorRow
    receipts: Sequence[Receipt]
    years: Sequence[int]
    cadence: Cadence
    next_on: date | None


@dataclass(frozen=True, slots=True)
class ReceiptPage:
    """Receipts as they were issued."""

    rows: Sequence[Receipt]
    next_key: Key


@dataclass(frozen=True, slots=True)
class Paid:
    """How many gifts a contract paid for, and what came of them is worth."""

    gifts: int
    worth: Worth | None


class PaperQueries:
    """Reads donors' database; changes nothing."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def given(self, donor_code: str) -> Given:
        """Give what a donor gave and promised, with values."""
        today = self._today()
        with self._database.reading() as connection:
            found = _valued_of(connection, [donor_code], today)
            promised = awaited(connection, today, donor_code)
        return Given(found, promised)

    def valued_gifts(
        self, donor_codes: Collection[str]
    ) -> Mapping[str, Sequence[ValuedGift]]:
        """Give what some donors gave with its values, by donor, oldest first."""
        found: dict[str, list[ValuedGift]] = defaultdict(list)
        with self._database.reading() as connection:
            for gift in _valued_of(connection, donor_codes, self._today()):
                found[gift.account.donor_code].append(gift)
        return found

    def paid_for(self) -> Mapping[str, Paid]:
        """Give what each contract that was used has paid for."""
        query = select(gifts, gift_funding.c.contract_number).join(
            gift_funding, gift_funding.c.gift_number == gifts.c.gift_number
        )
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(gifts.c.gift_number)).all()
            found = _valued(connection, rows, self._today(), Sight.PROGRAMME)
        by_contract: dict[str, list[ValuedGift]] = defaultdict(list)
        for row, gift in zip(rows, found, strict=True):
            by_contract[row.contract_number].append(gift)
        return {
            number: Paid(len(paid), worth_of(came_of(paid)))
            for number, paid in by_contract.items()
        }

    def values(
        self, gift_numbers: Sequence[str]
    ) -> Mapping[str, Mapping[str, UnitValue]]:
        """Give what was said of the value of gifts, by gift and product."""
        with self._database.reading() as connection:
            return values_of(connection, gift_numbers)

    def receipts(self, limit: int, after: Key) -> ReceiptPage:
        """List the receipts of all donors, newest first."""
        query = _newest_receipts()
        if after:
            order = receipts.c.issued_at, receipts.c.receipt_number
            query = query.where(before(order, after))
        with self._database.reading() as connection:
            rows = connection.execute(query.limit(limit + 1)).all()
        last = rows[limit - 1] if len(rows) > limit else None
        return ReceiptPage(
            rows=[receipt_of(row) for row in rows[:limit]],
            next_key=[last.issued_at, last.receipt_number] if last else None,
        )

    def followed(self, receipt_number: str) -> GiftAccount:
        """Give the gift of a receipt of somebody without a name, as a donor sees it.

        Whoever has a name has a page, also when the gift was named after its
        receipt. Raises UnknownReceiptError.
        """
        query = (
            select(gifts)
            .join(receipts, receipts.c.gift_number == gifts.c.gift_number)
            .join(donors, donors.c.donor_code == gifts.c.donor_code)
            .where(receipts.c.receipt_number == receipt_number)
            .where(donors.c.kind == DonorKind.ANONYMOUS.value)
        )
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
            reader = GiftReader(connection, self._today())
            for account in reader.accounts(rows, Sight.DONOR):
                return account
        raise UnknownReceiptError(receipt_number)

    def last_values(self, donor_code: str) -> Mapping[str, UnitValue]:
        """Give what a donor's products were last said to be worth, newest first."""
        query = (
            select(gift_values)
            .join(gifts, gifts.c.gift_number == gift_values.c.gift_number)
            .where(gifts.c.donor_code == donor_code)
            .order_by(gift_values.c.recorded_at.desc(), gift_values.c.product_code)
        )
        found: dict[str, UnitValue] = {}
        with self._database.reading() as connection:
            for row in connection.execute(query).mappings():
                found.setdefault(row["product_code"], value_of(row))
        return found

    def own(self, donor_code: str) -> OwnPapers:
        """Give the papers and wishes of one donor. Raises UnknownDonorError."""
        wish = select(subscriptions).where(subscriptions.c.donor_code == donor_code)
        with self._database.reading() as connection:
            chosen = connection.execute(wish).one_or_none()
            return OwnPapers(
                donor=donor_of(connection, donor_code),
                receipts=_receipts_of(connection, donor_code),
                years=_years_of(connection, gifts.c.donor_code == donor_code),
                cadence=Cadence(chosen.cadence) if chosen else Cadence.NEVER,
                next_on=chosen.next_on if chosen else None,
            )

    def years(self) -> Sequence[int]:
        """List the years in which somebody gave, newest first."""
        with self._database.reading() as connection:
            return _years_of(connection)

    def _today(self) -> date:
        return local_day(self._clock.now())


def _years_of(
    connection: Connection, *gifts_meant: ColumnElement[bool]
) -> Sequence[int]:
    """Read the years in which gifts were announced, newest first."""
    newest = select(func.max(gifts.c.announced_at)).where(*gifts_meant)
    years: list[int] = []
    moment = connection.scalar(newest)
    while moment is not None:
        years.append(local_day(moment).year)
        start = datetime(years[-1], 1, 1, tzinfo=ALMATY)
        moment = connection.scalar(newest.where(gifts.c.announced_at < start))
    return years


def _receipts_of(connection: Connection, donor_code: str) -> Sequence[Receipt]:
    """Read the receipts of a donor, newest first."""
    query = _newest_receipts().where(receipts.c.donor_code == donor_code)
    return [receipt_of(row) for row in connection.execute(query)]


def _newest_receipts() -> Select[Any]:
    newest = receipts.c.issued_at.desc(), receipts.c.receipt_number.desc()
    return select(receipts).order_by(*newest)


def _valued_of(
    connection: Connection, donor_codes: Collection[str], today: date
) -> Sequence[ValuedGift]:
    query = (
        select(gifts)
        .where(gifts.c.donor_code.in_(donor_codes))
        .order_by(gifts.c.announced_at, gifts.c.gift_number)
    )
    rows = connection.execute(query).all()
    return _valued(connection, rows, today, Sight.DONOR)


def _valued(
    connection: Connection, rows: Sequence[Row[Any]], today: date, sight: Sight
) -> Sequence[ValuedGift]:
    values = values_of(connection, [row.gift_number for row in rows])
    accounts = GiftReader(connection, today).accounts(rows, sight)
    return [ValuedGift(each, values.get(each.gift_number, {})) for each in accounts]
