"""What people entered: donors, gifts, pledges and the numbers they carry."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, select

from services.donors.adapters.tables import (
    donors,
    gift_lines,
    gifts,
    number_series,
    pledge_lines,
    pledges,
)
from services.donors.application.ports import Gift, Pledge
from services.donors.domain.donor import Contact, Donor, DonorKind
from services.donors.domain.earmark import Earmark
from services.donors.domain.promise import Line
from shared.database.upsert import count_up, insert_if_new


class SqlDonors:
    """The donors' table."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def has(self, donor_code: str) -> bool:
        query = select(donors.c.donor_code).where(donors.c.donor_code == donor_code)
        return self._connection.scalar(query) is not None

    def find(self, donor_code: str) -> Donor | None:
        """Find a donor, held until the work ends; rows may refer to it meanwhile."""
        query = select(donors).where(donors.c.donor_code == donor_code)
        held = query.with_for_update(key_share=True)
        row = self._connection.execute(held).one_or_none()
        if row is None:
            return None
        contact = None
        if row.contact_email is not None:
            contact = Contact(row.contact_email, row.consented_on)
        return Donor(
            donor_code=row.donor_code,
            name=row.name,
            kind=DonorKind(row.kind),
            language=row.language,
            contact=contact,
        )

    def correct(self, donor: Donor) -> None:
        """Keep another name and kind; all else stays."""
        self._connection.execute(
            donors.update()
            .where(donors.c.donor_code == donor.donor_code)
            .values(name=donor.name, kind=donor.kind.value)
        )

    def add(self, donor: Donor, now: datetime) -> bool:
        """Keep a new donor; say False, and change nothing, if the code is taken."""
        contact = donor.contact
        row = {
            "donor_code": donor.donor_code,
            "name": donor.name,
            "kind": donor.kind.value,
            "language": donor.language,
            "contact_email": contact.email if contact else None,
            "consented_on": contact.consented_on if contact else None,
            "recorded_at": now,
        }
        return insert_if_new(self._connection, donors, row)


class SqlGifts:
    """The gifts and the lines they were announced with."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, gift_number: str) -> Gift | None:
        """Find a gift without its lines, locked until the work ends."""
        row = self._connection.execute(
            select(gifts).where(gifts.c.gift_number == gift_number).with_for_update()
        ).one_or_none()
        if row is None:
            return None
        return Gift(
            gift_number=row.gift_number,
            donor_code=row.donor_code,
            earmark=None if row.earmark is None else tuple(row.earmark),
            earmark_version=row.earmark_version,
            is_walk_in=row.is_walk_in,
            announced_at=row.announced_at,
            earlier_earmarks=[tuple(each) for each in row.earlier_earmarks],
        )

    def add(self, gift: Gift) -> None:
        self._connection.execute(
            gifts.insert().values(
                gift_number=gift.gift_number,
                donor_code=gift.donor_code,
                earmark=_listed(gift.earmark),
                earlier_earmarks=[],
                earmark_version=gift.earmark_version,
                is_walk_in=gift.is_walk_in,
                announced_at=gift.announced_at,
            )
        )
        _add_lines(
            self._connection, gift_lines, gift.expected, gift_number=gift.gift_number
        )

    def set_earmark(self, gift: Gift, earmark: Earmark | None) -> int:
        """Change the earmark, remember the one before; give the new version."""
        before = [] if gift.earmark is None else [gift.earmark]
        version: int = self._connection.execute(
            gifts.update()
            .where(gifts.c.gift_number == gift.gift_number)
            .values(
                earmark=_listed(earmark),
                earlier_earmarks=[*gift.earlier_earmarks, *before],
                earmark_version=gift.earmark_version + 1,
            )
            .returning(gifts.c.earmark_version)
        ).scalar_one()
        return version

    def set_donor(self, gift_number: str, donor_code: str) -> None:
        self._connection.execute(
            gifts.update()
            .where(gifts.c.gift_number == gift_number)
            .values(donor_code=donor_code)
        )


class SqlPledges:
    """The pledges and their lines."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, pledge: Pledge) -> None:
        self._connection.execute(
            pledges.insert().values(
                pledge_number=pledge.pledge_number,
                donor_code=pledge.donor_code,
                due_on=pledge.due_on,
                pledged_at=pledge.pledged_at,
            )
        )
        _add_lines(
            self._connection,
            pledge_lines,
            pledge.lines,
            pledge_number=pledge.pledge_number,
        )


class SqlNumbers:
    """The series of gift and pledge numbers."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def take(self, letter: str, year: int) -> int:
        """Give the next number of a series; the next taker waits for our commit."""
        key = {"letter": letter, "year": year}
        return count_up(self._connection, number_series, "last", key)


def _add_lines(
    connection: Connection, table: Table, lines: Sequence[Line], **key: Any
) -> None:
    if lines:
        connection.execute(
            table.insert(),
            [
                {**key, "product_code": line.product_code, "quantity": line.quantity}
                for line in lines
            ],
        )


def _listed(earmark: Earmark | None) -> list[str] | None:
    return None if earmark is None else list(earmark)
