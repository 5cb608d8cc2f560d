"""What the coordinator asks: gifts with their papers, who paid, earmarks at risk."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, exists, or_, select

from services.donors.adapters.catalogue import newest_needs
from services.donors.adapters.giving import contract_of, receipt_of, values_of
from services.donors.adapters.giving_tables import (
    contracts,
    gift_funding,
    receipts,
    thanks,
)
from services.donors.adapters.lists import DonorRow, donor_of, donors_of
from services.donors.adapters.reading import GiftReader, Sight, newest_first
from services.donors.adapters.tables import gifts, lot_totals, refusals, units
from services.donors.adapters.telling_tables import MAIL, letter_id
from services.donors.application.giving_ports import Receipt
from services.donors.application.thank_donor import MAIL as BY_MAIL
from services.donors.application.thank_donor import name_of_thanks
from services.donors.domain.contract import Contract, FundingSource
from services.donors.domain.earmark import Outlook, Standing, Warned
from services.donors.domain.errors import UnknownGiftError
from services.donors.domain.fulfilment import GiftAccount, standing
from services.donors.domain.giving_errors import UnknownReceiptError
from services.donors.domain.value import UnitValue
from shared.database.database import Database
from shared.kernel.clock import ALMATY, Clock, local_day
from shared.mail.queue import MailQueue

GIFTS_MAX = 500


@dataclass(frozen=True, slots=True)
class GiftPaper:
    """One gift with all that its letters and papers say, as its donor may see it."""

    account: GiftAccount
    donor: DonorRow
    values: Mapping[str, UnitValue]
    receipts: Sequence[Receipt]
    thanked_by: str | None
    may_be_unthanked: bool
    contract: Contract | None

    @property
    def receipt(self) -> Receipt | None:
        """The newest receipt, if it was issued to the donor the gift has today."""
        newest = next(iter(self.receipts), None)
        if newest is None or not newest.is_to(self.donor.donor_code):
            return None
        return newest


@dataclass(frozen=True, slots=True)
class RiskyGift:
    """A gift in stock under an earmark, and what that may cause."""

    account: GiftAccount
    warnings: Sequence[Warned]


@dataclass(frozen=True, slots=True)
class FundedGift:
    """A gift and who paid for it."""

    account: GiftAccount
    source: FundingSource


class GivingQueries:
    """Reads donors' database; changes nothing."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def papers(self, gift_numbers: Sequence[str]) -> Sequence[GiftPaper]:
        """Give gifts with their papers, in the order asked. Raises UnknownGiftError."""
        query = select(gifts).where(gifts.c.gift_number.in_(gift_numbers))
        with self._database.reading() as connection:
            found = self._papers(connection, query)
        by_number = {each.account.gift_number: each for each in found}
        for number in gift_numbers:
            if number not in by_number:
                raise UnknownGiftError(number)
        return [by_number[number] for number in gift_numbers]

    def papers_of_year(
        self, year: int, donor_code: str | None = None
    ) -> Sequence[GiftPaper]:
        """Give the gifts announced in a year, oldest first, of one donor or of all."""
        query = (
            select(gifts)
            .where(_announced_between(date(year, 1, 1), date(year, 12, 31)))
            .order_by(gifts.c.announced_at, gifts.c.gift_number)
        )
        if donor_code is not None:
            query = query.where(gifts.c.donor_code == donor_code)
        with self._database.reading() as connection:
            return self._papers(connection, query)

    def waiting_for_thanks(self) -> Sequence[GiftPaper]:
        """Give unthanked gifts that came or were refused, newest first."""
        came = exists().where(
            lot_totals.c.gift_number == gifts.c.gift_number, lot_totals.c.received > 0
        )
        refused = exists().where(refusals.c.gift_number == gifts.c.gift_number)
        thanked = exists().where(thanks.c.gift_number == gifts.c.gift_number)
        query = newest_first(select(gifts).where(or_(came, refused), ~thanked))
        with self._database.reading() as connection:
            found = self._papers(connection, query.limit(GIFTS_MAX))
        return [each for each in found if each.account.lots or each.account.refusals]

    def receipt(
        self, receipt_number: str, donor_code: str | None = None
    ) -> tuple[Receipt, DonorRow]:
        """Give a receipt and its donor; with a donor's code only an own one.

        Raises UnknownReceiptError alike for another's and for none.
        """
        query = select(receipts).where(receipts.c.receipt_number == receipt_number)
        if donor_code is not None:
            query = query.where(receipts.c.donor_code == donor_code)
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
            if row is None:
                raise UnknownReceiptError(receipt_number)
            return receipt_of(row), donor_of(connection, row.donor_code)

    def contracts(self, donor_code: str | None = None) -> Sequence[Contract]:
        """Give the contracts by start, of one donor or of all."""
        query = select(contracts).order_by(
            contracts.c.starts_on, contracts.c.contract_number
        )
        if donor_code is not None:
            query = query.where(contracts.c.donor_code == donor_code)
        with self._database.reading() as connection:
            return [contract_of(row) for row in connection.execute(query)]

    def funded(self, since: date, until: date) -> Sequence[FundedGift]:
        """Give the gifts announced between two days, both included, with who paid."""
        query = (
            select(gifts, contracts.c.source)
            .outerjoin(gift_funding, gift_funding.c.gift_number == gifts.c.gift_number)
            .outerjoin(
                contracts,
                contracts.c.contract_number == gift_funding.c.contract_number,
            )
            .where(_announced_between(since, until))
            .order_by(gifts.c.donor_code, gifts.c.gift_number)
        )
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
            reader = GiftReader(connection, self._today())
            accounts = reader.accounts(rows, Sight.PROGRAMME)
        return [
            FundedGift(account, FundingSource(row.source or FundingSource.NONE))
            for account, row in zip(accounts, rows, strict=True)
        ]

    def warnings(
        self, earmark: Sequence[str] | None, goods: Sequence[Standing]
    ) -> Sequence[Warned]:
        """Say what an earmark may cause to goods that are still to come."""
        with self._database.reading() as connection:
            outlook = _outlook(connection, self._today())
        return outlook.warnings(None if earmark is None else tuple(earmark), goods)

    def earmarks_at_risk(self) -> Sequence[RiskyGift]:
        """Give the gifts in stock whose earmark may leave them unused."""
        in_stock = exists().where(
            lot_totals.c.gift_number == gifts.c.gift_number, lot_totals.c.in_stock > 0
        )
        query = newest_first(
            select(gifts).where(gifts.c.earmark.is_not(None), in_stock)
        )
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
            reader = GiftReader(connection, self._today())
            accounts = reader.accounts(rows, Sight.PROGRAMME)
            outlook = _outlook(connection, self._today())
        told = [
            RiskyGift(each, outlook.warnings(each.earmark, standing(each)))
            for each in accounts
        ]
        return [each for each in told if each.warnings]

    def donor(self, donor_code: str) -> DonorRow:
        """Give one donor. Raises UnknownDonorError."""
        with self._database.reading() as connection:
            return donor_of(connection, donor_code)

    def _papers(
        self, connection: Connection, query: Select[Any]
    ) -> Sequence[GiftPaper]:
        rows = connection.execute(query).all()
        numbers = [row.gift_number for row in rows]
        accounts = GiftReader(connection, self._today()).accounts(rows, Sight.DONOR)
        people = donors_of(connection, {row.donor_code for row in rows})
        values = values_of(connection, numbers)
        kept = _receipts(connection, numbers)
        thanked = _ways_of_thanks(connection, numbers)
        may_be_unthanked = thanked.keys() - _arriving(connection, thanked)
        funding = _funding(connection, numbers)
        return [
            GiftPaper(
                account=each,
                donor=people[each.donor_code],
                values=values.get(each.gift_number, {}),
                receipts=kept[each.gift_number],
                thanked_by=thanked.get(each.gift_number),
                may_be_unthanked=each.gift_number in may_be_unthanked,
                contract=funding.get(each.gift_number),
            )
            for each in accounts
        ]

    def _today(self) -> date:
        return local_day(self._clock.now())


def _receipts(
    connection: Connection, numbers: Sequence[str]
) -> Mapping[str, list[Receipt]]:
    query = (
        select(receipts)
        .where(receipts.c.gift_number.in_(numbers))
        .order_by(receipts.c.issued_at.desc(), receipts.c.receipt_number.desc())
    )
    found: dict[str, list[Receipt]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.gift_number].append(receipt_of(row))
    return found


def _ways_of_thanks(
    connection: Connection, numbers: Sequence[str]
) -> Mapping[str, str]:
    query = select(thanks).where(thanks.c.gift_number.in_(numbers))
    return {row.gift_number: row.way for row in connection.execute(query)}


def _arriving(connection: Connection, thanked: Mapping[str, str]) -> Collection[str]:
    """Choose the gifts whose letter of thanks waits, went out, or may have."""
    ids = {
        number: letter_id(name_of_thanks(number))
        for number, way in thanked.items()
        if way == BY_MAIL
    }
    arriving = MailQueue(MAIL).on_their_way(connection, list(ids.values()))
    return {number for number, each in ids.items() if each in arriving}


def _funding(connection: Connection, numbers: Sequence[str]) -> Mapping[str, Contract]:
    query = select(gift_funding.c.gift_number, contracts).join(
        contracts, contracts.c.contract_number == gift_funding.c.contract_number
    )
    rows = connection.execute(query.where(gift_funding.c.gift_number.in_(numbers)))
    return {row.gift_number: contract_of(row) for row in rows}


def _outlook(connection: Connection, today: date) -> Outlook:
    groups: dict[str, list[frozenset[str]]] = defaultdict(list)
    query = select(units.c.facility_code, units.c.groups)
    for facility_code, of_unit in connection.execute(
        query.where(units.c.is_closed.is_(False))
    ):
        groups[facility_code].append(frozenset(of_unit))
    _as_of, items = newest_needs(connection)
    need = {code: item["need_per_30_days"] for code, item in items.items()}
    return Outlook(groups, need, today)


def _announced_between(since: date, until: date) -> ColumnElement[bool]:
    """Say it in instants: the days are Almaty's."""
    start = datetime.combine(since, time.min, ALMATY)
    end = datetime.combine(until, time.max, ALMATY)
    return gifts.c.announced_at.between(start, end)
