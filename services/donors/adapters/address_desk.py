"""Asks whoever reads an entered address whether it is right, and hears the answer."""

import hashlib
import secrets
from typing import Any

from sqlalchemy import Connection, Row, Select, or_, select

from services.donors.adapters.correspondence import SqlCorrespondence
from services.donors.adapters.own_addresses import (
    SqlOwnAddresses,
    address_of,
    name_of_link,
)
from services.donors.adapters.repositories import SqlDonors
from services.donors.adapters.tables import donors
from services.donors.adapters.telling_tables import own_addresses
from services.donors.application.letters import LetterWords, LinkFacts
from services.donors.domain.donor import Contact, DonorKind
from services.donors.domain.giving_errors import WrongConfirmationLinkError
from services.donors.domain.own_address import LINK_LASTS, OwnAddress
from shared.database.database import Database
from shared.kernel.clock import Clock, local_day

TOKEN_BYTES = 32


class AddressDesk:
    """Writes the links and takes them; none are written without a ``public_url``.

    A link says nothing but a random token, for a stranger may read it.
    """

    def __init__(
        self, database: Database, clock: Clock, public_url: str | None
    ) -> None:
        self._database = database
        self._clock = clock
        self._public_url = public_url

    def awaited(self, donor_code: str) -> OwnAddress | None:
        """Give the address a donor's letter asks about, while its link works."""
        query = select(own_addresses).where(own_addresses.c.donor_code == donor_code)
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
        found = row and address_of(row)
        return found if found and found.is_awaited(self._clock.now()) else None

    def write_links(self, words: LetterWords) -> int:
        """Queue the letters that were asked for; give how many were queued now.

        An address nobody confirmed in time is forgotten.
        """
        now = self._clock.now()
        a = own_addresses.c
        query = (
            select(own_addresses, donors.c.language)
            .join(donors, donors.c.donor_code == a.donor_code)
            .where(a.email.is_not(None))
            .where(or_(a.token_hash.is_(None), a.asked_at <= now - LINK_LASTS))
            .with_for_update(of=own_addresses, skip_locked=True)
        )
        written = 0
        with self._database.writing() as connection:
            for row in connection.execute(query).all():
                if not address_of(row).is_awaited(now):
                    SqlOwnAddresses(connection).forget(row.donor_code)
                elif self._public_url is not None:
                    written += self._write(connection, row, words)
        return written

    def look(self, token: str) -> tuple[str, bool]:
        """Give the address a link is about, and whether it is confirmed already.

        Raises WrongConfirmationLinkError.
        """
        with self._database.reading() as connection:
            row = self._asked_by(connection, _of(token))
            if row.email is not None:
                return row.email, False
            return self._kept(connection, row.donor_code), True

    def confirm(self, token: str) -> str:
        """Write to an address from now on; its reader agrees today.

        A second press changes nothing and gives the same address, until something
        newer is known. Raises WrongConfirmationLinkError, also once the donor is
        anonymous.
        """
        now = self._clock.now()
        with self._database.writing() as connection:
            row = self._held(connection, token)
            if row.email is not None:
                contact = Contact(row.email, local_day(now))
                desk = SqlCorrespondence(connection, now)
                desk.set_contact(row.donor_code, contact)
                SqlOwnAddresses(connection).keep_used(row.donor_code, row.token_hash)
            return self._kept(connection, row.donor_code)

    def _held(self, connection: Connection, token: str) -> Row[Any]:
        """Hold whose link it is, then the link: in the order of all who change it."""
        donor_code = self._asked_by(connection, _of(token)).donor_code
        donor = SqlDonors(connection).find(donor_code)
        if donor is None or donor.kind is DonorKind.ANONYMOUS:
            raise WrongConfirmationLinkError
        return self._asked_by(connection, _of(token).with_for_update())

    def _kept(self, connection: Connection, donor_code: str) -> str:
        kept = SqlCorrespondence(connection, self._clock.now()).contact(donor_code)
        assert kept is not None, "whatever deletes a contact ends its link"
        return kept.email

    def _asked_by(self, connection: Connection, query: Select[Any]) -> Row[Any]:
        row = connection.execute(query).one_or_none()
        if row is None or self._clock.now() >= address_of(row).works_until:
            raise WrongConfirmationLinkError
        return row

    def _write(self, connection: Connection, row: Row[Any], words: LetterWords) -> int:
        token = secrets.token_urlsafe(TOKEN_BYTES)
        connection.execute(
            own_addresses.update()
            .where(own_addresses.c.donor_code == row.donor_code)
            .values(token_hash=_hashed(token))
        )
        facts = LinkFacts(
            language=row.language,
            works_until=address_of(row).works_until,
            url=f"{self._public_url}/donors/address/{token}?lang={row.language}",
        )
        name = name_of_link(row.donor_code, row.asked_at)
        desk = SqlCorrespondence(connection, self._clock.now())
        return int(desk.send(name, row.email, words.link(facts)))


def _of(token: str) -> Select[Any]:
    return select(own_addresses).where(own_addresses.c.token_hash == _hashed(token))


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
