"""Sends the letters that wait, each at most once whatever breaks.

At most once was chosen over at least once: an alert that is told twice teaches people
to look away, and what a letter says stands on the first page all the while. So a
letter is marked as handed over before its content leaves, and after that only the
server's clear "no" makes it wait for another try.
"""

from collections.abc import Callable

import structlog

from shared.database.database import Database
from shared.kernel.clock import Clock
from shared.mail.queue import Claim, MailQueue
from shared.mail.smtp import (
    Conversation,
    MailRefusedError,
    MailUnclearError,
    written,
)

log = structlog.get_logger()


class Postman:
    """Empties one service's queue; several may run, in one process or in many."""

    def __init__(
        self,
        database: Database,
        queue: MailQueue,
        clock: Clock,
        *,
        sender: str,
        converse: Callable[[], Conversation],
    ) -> None:
        self._database = database
        self._queue = queue
        self._clock = clock
        self._sender = sender
        self._converse = converse

    def send_due(self) -> int:
        """Send everything that is due; give how many letters servers took."""
        with self._database.writing() as connection:
            self._queue.forsake(connection, self._clock.now())
        taken = 0
        while claim := self._claim():
            taken += self._send(claim)
        return taken

    def _claim(self) -> Claim | None:
        with self._database.writing() as connection:
            return self._queue.claim(connection, self._clock.now())

    def _send(self, claim: Claim) -> bool:
        conversation = self._converse()
        try:
            return self._sent(claim, conversation)
        except MailRefusedError as problem:
            log.warning("mail_refused", problem=problem.refusal.problem)
            with self._database.writing() as connection:
                self._queue.not_taken(
                    connection, claim, self._clock.now(), problem.refusal
                )
        except MailUnclearError as problem:
            log.warning("mail_unclear", problem=str(problem))
            letter_id = claim.letter.letter_id
            with self._database.writing() as connection:
                self._queue.unclear(
                    connection, letter_id, self._clock.now(), str(problem)
                )
        finally:
            conversation.end()
        return False

    def _sent(self, claim: Claim, conversation: Conversation) -> bool:
        conversation.reach(self._sender_address, claim.letter.recipient)
        content = written(claim.letter, self._sender, self._clock)
        with self._database.writing() as connection:
            if not self._queue.hand_over(connection, claim, self._clock.now()):
                return False
        conversation.deliver(content)
        with self._database.writing() as connection:
            self._queue.sent(connection, claim.letter.letter_id, self._clock.now())
        return True

    @property
    def _sender_address(self) -> str:
        return self._sender.rpartition("<")[2].strip("> ")
