"""Alerts as the rest of the service uses them: watched, shown, sent."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from services.inventory.adapters.knowing.tables import MAIL
from services.inventory.adapters.knowing.watching import SqlAlertBook, SqlWatchReads
from services.inventory.application.ahead.forecasting import Forecasting
from services.inventory.application.ahead.watching import (
    Alert,
    Reader,
    Words,
    keep_watch,
    stock_conditions,
)
from shared.database.database import Database
from shared.kernel.clock import Clock
from shared.kernel.identity import IdSource
from shared.mail.postman import Postman
from shared.mail.queue import MailQueue
from shared.mail.settings import MailSettings
from shared.mail.smtp import Aside, Conversation

WATCH_EVERY = timedelta(minutes=5)
WATCH = "watch"


class AlertDesk:
    """Watches the stock; each method is one transaction."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        ids: IdSource,
        forecasting: Forecasting,
        mail: MailSettings | None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._ids = ids
        self._forecasting = forecasting
        self._mail = mail

    @property
    def sends_mail(self) -> bool:
        """Say whether a mail server is set; without one alerts stand on the page."""
        return self._mail is not None

    def watch(self, words: Words) -> Sequence[Alert]:
        """Look once in five minutes, whichever copy comes first; give what began."""
        now = self._clock.now()
        with self._database.writing() as connection:
            book = SqlAlertBook(connection, self._ids, now)
            if not book.take_turn(WATCH, WATCH_EVERY):
                return []
        conditions = [
            *stock_conditions(self._forecasting.ahead()),
            *SqlWatchReads(self._database).conditions(now),
        ]
        with self._database.writing() as connection:
            return keep_watch(
                SqlAlertBook(connection, self._ids, now),
                conditions,
                now=now,
                ids=self._ids,
                words=words if self._mail else None,
            )

    def open_for(self, roles: Iterable[str]) -> Sequence[Alert]:
        """List the open alerts that some roles can do something about."""
        asked = frozenset(roles)
        is_auditor = "auditor" in asked
        with self._database.reading() as connection:
            book = SqlAlertBook(connection, self._ids, self._clock.now())
            return [each for each in book.open() if is_auditor or each.is_for(asked)]

    def is_told(self, account: str) -> bool:
        """Say whether an account asked to be told by e-mail."""
        with self._database.reading() as connection:
            book = SqlAlertBook(connection, self._ids, self._clock.now())
            return any(each.account == account for each in book.readers())

    def tell(self, reader: Reader) -> None:
        """Tell somebody by e-mail from now on."""
        with self._database.writing() as connection:
            SqlAlertBook(connection, self._ids, self._clock.now()).subscribe(reader)

    def tell_no_more(self, account: str) -> None:
        """Take a wish to be told back; letters already queued still go out."""
        with self._database.writing() as connection:
            SqlAlertBook(connection, self._ids, self._clock.now()).unsubscribe(account)

    def send_mail(self, aside: Aside) -> int:
        """Send the letters that are due; give how many a server took."""
        if self._mail is None:
            return 0
        server = self._mail.server
        postman = Postman(
            self._database,
            MailQueue(MAIL),
            self._clock,
            sender=self._mail.sender,
            converse=lambda: Conversation(server, aside),
        )
        return postman.send_due()
