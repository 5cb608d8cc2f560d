"""SQL of addresses that wait to be confirmed, and of the letters with their links."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from services.donors.adapters.telling_tables import MAIL, letter_id, own_addresses
from services.donors.domain.own_address import OwnAddress
from shared.database.upsert import insert_or_update
from shared.mail.queue import MailQueue


class SqlOwnAddresses:
    """The port ``OwnAddresses``, in one transaction that writes."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, donor_code: str) -> OwnAddress | None:
        """Give what a donor entered last, held until the work ends."""
        query = select(own_addresses).where(own_addresses.c.donor_code == donor_code)
        row = self._connection.execute(query.with_for_update()).one_or_none()
        return None if row is None else address_of(row)

    def await_answer(self, donor_code: str, asked: OwnAddress) -> None:
        """Await an address instead of the one before; its letter is written next."""
        self.forget(donor_code)
        row = {
            "donor_code": donor_code,
            "email": asked.email,
            "token_hash": None,
            "asked_at": asked.asked_at,
            "counted_since": asked.counted_since,
            "letters": asked.letters,
        }
        insert_or_update(self._connection, own_addresses, row)

    def forget(self, donor_code: str) -> None:
        """Take the address out, and out of its letter; its link does nothing more.

        The count of letters stays.
        """
        known = self.find(donor_code)
        if known is None:
            return
        letter = letter_id(name_of_link(donor_code, known.asked_at))
        MailQueue(MAIL).forget_letter(self._connection, letter)
        self._connection.execute(
            own_addresses.update()
            .where(own_addresses.c.donor_code == donor_code)
            .values(email=None, token_hash=None)
        )

    def keep_used(self, donor_code: str, token_hash: str) -> None:
        """Know a link that confirmed its address, should it be pressed again."""
        self._set_hash([donor_code], token_hash)

    def forget_letters_to(self, email: str) -> None:
        """Drop what waits for an address; links it still awaits are written anew."""
        MailQueue(MAIL).forget(self._connection, email)
        query = select(own_addresses).where(own_addresses.c.email == email)
        awaiting = {
            letter_id(name_of_link(row.donor_code, row.asked_at)): row.donor_code
            for row in self._connection.execute(query.with_for_update())
        }
        written = self._connection.scalars(
            select(MAIL.c.letter_id).where(MAIL.c.letter_id.in_(awaiting))
        )
        dropped = awaiting.keys() - set(written)
        self._set_hash([awaiting[each] for each in dropped], None)

    def _set_hash(self, donor_codes: Sequence[str], token_hash: str | None) -> None:
        self._connection.execute(
            own_addresses.update()
            .where(own_addresses.c.donor_code.in_(donor_codes))
            .values(token_hash=token_hash)
        )


def address_of(row: Any) -> OwnAddress:
    """Read what was entered from its row."""
    return OwnAddress(row.email, row.asked_at, row.counted_since, row.letters)


def name_of_link(donor_code: str, asked_at: datetime) -> str:
    """Name the letter with a link: it is queued once, whoever writes it."""
    return f"address {donor_code} {asked_at.isoformat()}"
