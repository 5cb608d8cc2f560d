"""Asks the owners of entered addresses whether they are right, and hears the answer."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, or_, select

from services.donors.adapters.correspondence import SqlCorrespondence
from services.donors.adapters.links import Tokens
from services.donors.adapters.own_addresses import (
    SqlOwnAddresses,
    address_of,
    name_of_link,
)
from services.donors.adapters.tables import donors
from services.donors.adapters.telling_tables import own_addresses
from services.donors.application.letters import LetterWords, LinkFacts
from services.donors.domain.donor import Contact
from services.donors.domain.giving_errors import WrongConfirmationLinkError
from services.donors.domain.own_address import LINK_LASTS, OwnAddress
from shared.database.database import Database
from shared.kernel.clock import Clock, local_day


class AddressDesk:
    """Writes the links and takes them; none are written without a ``public_url``."""

    def __init__(
        self, database: Database, clock: Clock, tokens: Tokens, public_url: str | None
    ) -> None:
        self._database = database
        self._clock = clock
        self._tokens = tokens
        self._public_url = public_url

    def awaited(self, donor_code: str) -> OwnAddress | None:
        """Give the address a donor's letter asks about, while its link works."""
        with self._database.reading() as connection:
            found = address_of(connection, donor_code)
        return found if found and found.is_awaited(self._clock.now()) else None

    def write_links(self, words: LetterWords) -> int:
        """Queue the letters that were asked for; give how many were queued now.

        An address nobody confirmed in time is forgotten.
        """
        now = self._clock.now()
        a = own_addresses.c
        is_over = a.asked_at <= now - LINK_LASTS
        query = (
            select(own_addresses, donors.c.language)
            .join(donors, donors.c.donor_code == a.donor_code)
            .where(a.email.is_not(None), or_(a.is_written.is_(False), is_over))
            .with_for_update(of=own_addresses, skip_locked=True)
        )
        written = 0
        with self._database.writing() as connection:
            for row in connection.execute(query).all():
                if row.asked_at <= now - LINK_LASTS:
                    SqlOwnAddresses(connection).forget(row.donor_code)
                elif self._public_url is not None:
                    written += self._write(connection, row, words)
        return written

    def address_in(self, token: str) -> str:
        """Give the address a link asks about. Raises WrongConfirmationLinkError."""
        with self._database.reading() as connection:
            return self._address_in(connection, token)

    def confirm(self, token: str) -> str:
        """Write to an address from now on; its owner agrees today.

        Raises WrongConfirmationLinkError, also for a link that was used.
        """
        now = self._clock.now()
        donor_code = self._tokens.donor_in(token)
        with self._database.writing() as connection:
            email = self._address_in(connection, token, is_held=True)
            desk = SqlCorrespondence(connection, now)
            desk.set_contact(donor_code, Contact(email, local_day(now)))
        return email

    def _address_in(
        self, connection: Connection, token: str, *, is_held: bool = False
    ) -> str:
        donor_code = self._tokens.donor_in(token)
        found = address_of(connection, donor_code, is_held=is_held)
        if found is None or found.email is None:
            raise WrongConfirmationLinkError
        purpose = _purpose(found.email, found.asked_at)
        is_true = self._tokens.is_true(token, purpose)
        if not is_true or not found.is_awaited(self._clock.now()):
            raise WrongConfirmationLinkError
        return found.email

    def _write(self, connection: Connection, row: Any, words: LetterWords) -> int:
        token = self._tokens.of(row.donor_code, _purpose(row.email, row.asked_at))
        facts = LinkFacts(
            language=row.language,
            works_until=row.asked_at + LINK_LASTS,
            url=f"{self._public_url}/donors/address/{token}?lang={row.language}",
        )
        connection.execute(
            own_addresses.update()
            .where(own_addresses.c.donor_code == row.donor_code)
            .values(is_written=True)
        )
        name = name_of_link(row.donor_code, row.asked_at)
        desk = SqlCorrespondence(connection, self._clock.now())
        return int(desk.send(name, row.email, words.link(facts)))


def _purpose(email: str, asked_at: datetime) -> str:
    return f"address {email} {asked_at.isoformat()}"
