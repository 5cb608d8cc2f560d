"""Letters to donors: written when their day has come, sent, and ended by a link."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from services.donors.adapters.catalogue import Catalogue
from services.donors.adapters.correspondence import SqlCorrespondence, Tokens
from services.donors.adapters.lists import DonorRow, donor_of
from services.donors.adapters.promises import awaited
from services.donors.adapters.reading import GiftReader, Sight, gifts_of
from services.donors.adapters.tables import donors
from services.donors.adapters.telling_tables import MAIL, subscriptions
from services.donors.application.letters import DigestFacts, LetterWords, ReminderFacts
from services.donors.domain.digest import Cadence, next_letter_on
from services.donors.domain.giving_errors import WrongUnsubscribeLinkError
from services.donors.domain.promise import reminder_due, reminder_name
from shared.database.database import Database
from shared.kernel.clock import ALMATY, Clock, local_day
from shared.mail.postman import Postman
from shared.mail.queue import MailQueue
from shared.mail.settings import MailSettings
from shared.mail.smtp import Aside, Conversation

MORNING = 8
"""The hour in Almaty from which regular letters are written."""


class MailDesk:
    """Writes and sends; of several copies each letter is one copy's."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        tokens: Tokens,
        *,
        mail: MailSettings | None,
        public_url: str | None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._tokens = tokens
        self._mail = mail
        self._public_url = public_url

    @property
    def sends_mail(self) -> bool:
        """Say whether a mail server is set; without one letters are on paper only."""
        return self._mail is not None

    @property
    def sends_links(self) -> bool:
        """Say whether letters with a link can go out: they need our public address."""
        return self.sends_mail and self._public_url is not None

    def write_due(self, words: LetterWords) -> int:
        """Queue the letters whose day has come; give how many were queued now."""
        if not self.sends_mail or self._clock.now().astimezone(ALMATY).hour < MORNING:
            return 0
        written = self._write_reminders(words)
        while self.sends_links and (queued := self._write_digest(words)) is not None:
            written += queued
        return written

    def send_mail(self, aside: Aside) -> int:
        """Send the letters that are due; give how many a server took."""
        mail = self._mail
        if mail is None:
            return 0
        postman = Postman(
            self._database,
            MailQueue(MAIL),
            self._clock,
            sender=mail.sender,
            converse=lambda: Conversation(mail.server, aside),
        )
        return postman.send_due()

    def reader_of(self, token: str) -> DonorRow:
        """Give whose letters a link ends. Raises WrongUnsubscribeLinkError."""
        with self._database.reading() as connection:
            return self._reader_of(connection, token)

    def leave(self, token: str) -> None:
        """End regular letters; doing it again is harmless.

        Raises WrongUnsubscribeLinkError.
        """
        with self._database.writing() as connection:
            reader = self._reader_of(connection, token)
            connection.execute(
                subscriptions.update()
                .where(subscriptions.c.donor_code == reader.donor_code)
                .values(cadence=Cadence.NEVER.value, next_on=None)
            )

    def leave_for_good(self, token: str) -> None:
        """Delete the address as well. Raises WrongUnsubscribeLinkError."""
        now = self._clock.now()
        with self._database.writing() as connection:
            reader = self._reader_of(connection, token)
            SqlCorrespondence(connection, now).set_contact(reader.donor_code, None)

    def letter_states(self) -> Sequence[tuple[Any, str, str | None]]:
        """List every letter with its state and last problem, oldest first."""
        with self._database.reading() as connection:
            return MailQueue(MAIL).states(connection)

    def _reader_of(self, connection: Connection, token: str) -> DonorRow:
        donor_code = self._tokens.donor_in(token)
        since = connection.scalar(
            select(subscriptions.c.since).where(
                subscriptions.c.donor_code == donor_code
            )
        )
        if since is None or not self._tokens.is_true(token, since):
            raise WrongUnsubscribeLinkError
        return donor_of(connection, donor_code)

    def _write_reminders(self, words: LetterWords) -> int:
        now = self._clock.now()
        with self._database.writing() as connection:
            desk = SqlCorrespondence(connection, now)
            due = _reminders(connection, now)
            return sum(
                desk.send(
                    reminder_name(facts.pledge_number, facts.due_on, facts.kind),
                    email,
                    words.reminder(facts),
                )
                for email, facts in due
            )

    def _write_digest(self, words: LetterWords) -> int | None:
        """Write to one reader whose day has come; null when there is none.

        The row is taken and moved on in the transaction that queues the letter.
        """
        now = self._clock.now()
        today = local_day(now)
        with self._database.writing() as connection:
            row = connection.execute(
                select(subscriptions)
                .where(subscriptions.c.next_on <= today)
                .order_by(subscriptions.c.next_on, subscriptions.c.donor_code)
                .limit(1)
                .with_for_update(skip_locked=True)
            ).one_or_none()
            if row is None:
                return None
            facts = self._digest_facts(connection, row, now)
            _move_on(connection, row, now)
            donor = donor_of(connection, row.donor_code)
            if not facts.news or donor.contact_email is None:
                return 0
            name = f"digest {row.donor_code} {row.next_on} {row.since.isoformat()}"
            desk = SqlCorrespondence(connection, now)
            letter = words.digest(facts)
            return int(
                desk.send_regular(name, donor.contact_email, letter, facts.leave_url)
            )

    def _digest_facts(
        self, connection: Connection, row: Any, now: datetime
    ) -> DigestFacts:
        today = local_day(now)
        donor = donor_of(connection, row.donor_code)
        reader = GiftReader(connection, today)
        rows = gifts_of(connection, row.donor_code)
        token = self._tokens.of(row.donor_code, row.since)
        return DigestFacts(
            name=donor.name,
            language=donor.language,
            since=row.told_until,
            news=reader.news(rows, row.told_until),
            accounts=reader.accounts(rows, Sight.DONOR),
            catalogue=Catalogue(connection),
            home_url=f"{self._public_url}/donors/",
            leave_url=f"{self._public_url}/donors/letters/{token}",
        )


def _move_on(connection: Connection, row: Any, now: datetime) -> None:
    today = local_day(now)
    connection.execute(
        subscriptions.update()
        .where(subscriptions.c.donor_code == row.donor_code)
        .values(told_until=today, next_on=next_letter_on(Cadence(row.cadence), today))
    )


def _reminders(
    connection: Connection, now: datetime
) -> Sequence[tuple[str, ReminderFacts]]:
    """Give what to remind of, with the address; donors without one are told of."""
    query = select(donors).where(donors.c.contact_email.is_not(None))
    people = {row.donor_code: row for row in connection.execute(query)}
    catalogue = Catalogue(connection)
    today = local_day(now)
    found = []
    for pledge in awaited(connection, today):
        kind = reminder_due(pledge.due_on, today)
        donor = people.get(pledge.donor_code)
        if kind is None or donor is None or pledge.due_on is None:
            continue
        facts = ReminderFacts(
            name=donor.name,
            language=donor.language,
            pledge_number=pledge.pledge_number,
            due_on=pledge.due_on,
            lines=pledge.lines,
            kind=kind,
            catalogue=catalogue,
        )
        found.append((donor.contact_email, facts))
    return found
