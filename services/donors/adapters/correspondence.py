"""SQL of contacts, of how often they are written to, and of their letters."""

import hmac
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, select

from services.donors.adapters.own_addresses import SqlOwnAddresses
from services.donors.adapters.tables import donors
from services.donors.adapters.telling_tables import (
    MAIL,
    letter_id,
    secrets,
    subscriptions,
)
from services.donors.application.giving_ports import Written
from services.donors.domain.digest import Cadence
from services.donors.domain.donor import Contact
from shared.database.database import Database
from shared.database.installation import installation_key
from shared.database.upsert import insert_or_update
from shared.kernel.clock import local_day
from shared.mail.queue import Letter, MailQueue

KEY_NAME = "unsubscribe_key"


class SqlCorrespondence:
    """The port ``Correspondence``, in one transaction."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now
        self._mail = MailQueue(MAIL)

    def contact(self, donor_code: str) -> Contact | None:
        """Give the address and the day of consent."""
        return self._read(_contact_of(donor_code))

    def set_contact(self, donor_code: str, contact: Contact | None) -> None:
        """Keep or delete an address; one no longer kept leaves the letters too.

        Another one that waits to be confirmed waits no more: this is newer. The donor
        is held before what waits, as by all who change an address.
        """
        held = _contact_of(donor_code).with_for_update(key_share=True)
        before = self._read(held)
        own = SqlOwnAddresses(self._connection)
        own.forget(donor_code)
        self._connection.execute(
            donors.update()
            .where(donors.c.donor_code == donor_code)
            .values(
                contact_email=contact.email if contact else None,
                consented_on=contact.consented_on if contact else None,
            )
        )
        if before and (contact is None or contact.email != before.email):
            own.forget_letters_to(before.email)
        if contact is None:
            self._connection.execute(
                subscriptions.delete().where(subscriptions.c.donor_code == donor_code)
            )

    def set_language(self, donor_code: str, language: str) -> None:
        """Write to a donor in another language from now on."""
        self._connection.execute(
            donors.update()
            .where(donors.c.donor_code == donor_code)
            .values(language=language)
        )

    def subscribe(
        self, donor_code: str, cadence: Cadence, next_on: date | None
    ) -> None:
        """Keep a cadence; who starts anew is told only what happens from today."""
        row = {
            "donor_code": donor_code,
            "cadence": cadence.value,
            "told_until": local_day(self._now),
            "next_on": next_on,
            "since": self._now,
        }
        insert_or_update(self._connection, subscriptions, row)

    def send(self, name: str, to: str, letter: Written) -> bool:
        """Queue a letter; one of this name is queued once for all time."""
        return self.send_regular(name, to, letter, None)

    def drop(self, name: str) -> None:
        """Drop a letter that waits; one that went out is not sent again."""
        self._mail.forget_letter(self._connection, letter_id(name))

    def take_back(self, name: str) -> bool:
        """Let a letter that did not go out be sent anew; False if it may have."""
        return self._mail.take_back(self._connection, letter_id(name))

    def send_regular(
        self, name: str, to: str, letter: Written, unsubscribe_url: str | None
    ) -> bool:
        """Queue a letter that says how to end such letters."""
        new = Letter(
            *(letter_id(name), to, letter.subject, letter.text, letter.html),
            unsubscribe_url=unsubscribe_url,
            enclosed=letter.enclosed,
        )
        return self._mail.add(self._connection, new, self._now)

    def _read(self, query: Select[Any]) -> Contact | None:
        row = self._connection.execute(query).one_or_none()
        if row is None or row.contact_email is None:
            return None
        return Contact(row.contact_email, row.consented_on)


def _contact_of(donor_code: str) -> Select[Any]:
    query = select(donors.c.contact_email, donors.c.consented_on)
    return query.where(donors.c.donor_code == donor_code)


class Tokens:
    """Signs the link that ends letters without signing in.

    A token names the donor and the moment of the choice it ends, so that the link
    of an old letter does not end what was chosen anew.
    """

    def __init__(self, key: str) -> None:
        self._key = key.encode()

    def of(self, donor_code: str, since: datetime) -> str:
        """Give a token that fits in an address."""
        return f"{donor_code}.{self._signed(donor_code, since)}"

    def donor_in(self, token: str) -> str:
        """Give the donor a token speaks of, before it is checked."""
        return token.rpartition(".")[0]

    def is_true(self, token: str, since: datetime) -> bool:
        """Tell whether we made this token for that choice."""
        donor_code, _, signature = token.rpartition(".")
        made = self._signed(donor_code, since)
        return hmac.compare_digest(made.encode(), signature.encode())

    def _signed(self, donor_code: str, since: datetime) -> str:
        said = f"{donor_code} {int(since.timestamp())}".encode()
        return hmac.new(self._key, said, "sha256").hexdigest()


def tokens(database: Database, given: str | None) -> Tokens:
    """Give the signer of this installation: key as set, else made once, kept here."""
    return Tokens(installation_key(database, secrets, KEY_NAME, given))
