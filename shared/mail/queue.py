"""Letters that wait in a service's database until they are sent.

A letter is queued in the transaction that made it necessary. Copies of a service
share the queue: who claims a letter sends it, the others pass it over.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    ColumnElement,
    Connection,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    Uuid,
    select,
)

from shared.database.types import Instant
from shared.database.upsert import insert_if_new
from shared.mail.enclosure import Enclosure

WAITING, SENDING, SENT, UNCLEAR, FAILED = (
    "waiting",
    "sending",
    "sent",
    "unclear",
    "failed",
)
CLAIM_LASTS = timedelta(minutes=5)
"""How long a copy may take to reach a server before another copy tries."""

TRIES_MAX = 12
_LEAVING = "unsubscribe_url"
_ENCLOSED, _ENCLOSED_NAME = "enclosed", "enclosed_name"
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter to one person, as plain text and as HTML.

    ``letter_id`` is also its Message-ID, the same at every try. A regular letter
    says in its head at which address one press ends it (RFC 8058); only a queue
    that ``can_be_left`` keeps that, and only one that ``can_enclose`` a paper.
    """

    letter_id: UUID
    recipient: str
    subject: str
    text: str
    html: str
    unsubscribe_url: str | None = None
    enclosed: Enclosure | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A letter that one copy may send; ``number`` tells its claim from later ones."""

    letter: Letter
    number: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a letter certainly did not arrive, and whether trying again is useless."""

    problem: str
    is_final: bool


def mail_table(
    metadata: MetaData, *, can_be_left: bool = False, can_enclose: bool = False
) -> Table:
    """Declare where a service keeps its letters.

    ``sending`` is written just before the letter itself is handed to the server: a
    copy that ends there leaves a letter that may have arrived, so it becomes
    ``unclear`` and is never sent again. An enclosed paper is kept until its letter
    has ended, for it can be made again.
    """
    mail = Table(
        "mail",
        metadata,
        Column("letter_id", Uuid, primary_key=True),
        Column("recipient", String(254), nullable=False),
        Column("subject", String(250), nullable=False),
        Column("text", Text, nullable=False),
        Column("html", Text, nullable=False),
        Column("state", String(10), nullable=False),
        Column("queued_at", Instant, nullable=False),
        Column("next_try_at", Instant, nullable=False),
        Column("tries", Integer, nullable=False),
        Column("ended_at", Instant),
        Column("last_problem", Text),
        *([Column(_LEAVING, Text)] if can_be_left else []),
        *([Column(_ENCLOSED_NAME, String(100))] if can_enclose else []),
        *([Column(_ENCLOSED, LargeBinary)] if can_enclose else []),
        CheckConstraint(
            "state IN ('waiting', 'sending', 'sent', 'unclear', 'failed')",
            name="the_state_is_known",
        ),
    )
    Index("ix_mail_due", mail.c.state, mail.c.next_try_at)
    return mail


class MailQueue:
    """The letters of one service; every method is one step of a transaction."""

    def __init__(self, table: Table) -> None:
        self._mail = table

    def add(self, connection: Connection, letter: Letter, now: datetime) -> bool:
        """Queue a letter; one with a known id is passed over. Says if it was new."""
        row = {
            "letter_id": letter.letter_id,
            "recipient": letter.recipient,
            "subject": letter.subject,
            "text": letter.text,
            "html": letter.html,
            "state": WAITING,
            "queued_at": now,
            "next_try_at": now,
            "tries": 0,
        }
        if _LEAVING in self._mail.c:
            row[_LEAVING] = letter.unsubscribe_url
        if letter.enclosed:
            row[_ENCLOSED_NAME] = letter.enclosed.name
            row[_ENCLOSED] = letter.enclosed.content
        return insert_if_new(connection, self._mail, row)

    def claim(self, connection: Connection, now: datetime) -> Claim | None:
        """Take the letter that is due longest; nobody else gets it meanwhile."""
        mail = self._mail.c
        due = (
            select(self._mail)
            .where(mail.state == WAITING, mail.next_try_at <= now)
            .order_by(mail.next_try_at, mail.letter_id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        row = connection.execute(due).one_or_none()
        if row is None:
            return None
        values = {"next_try_at": now + CLAIM_LASTS, "tries": row.tries + 1}
        self._set(connection, row.letter_id, values)
        letter = Letter(
            *(row.letter_id, row.recipient, row.subject, row.text, row.html),
            unsubscribe_url=getattr(row, _LEAVING, None),
            enclosed=_enclosed_in(row),
        )
        return Claim(letter, row.tries + 1)

    def hand_over(self, connection: Connection, claim: Claim, now: datetime) -> bool:
        """Note that the letter itself goes out now; False: another copy has it.

        From here on it is never sent again, unless the server says that it did not
        take it.
        """
        mail = self._mail.c
        found = connection.execute(
            self._mail.update()
            .where(mail.letter_id == claim.letter.letter_id)
            .where(mail.state == WAITING, mail.tries == claim.number)
            .values(state=SENDING, next_try_at=now + CLAIM_LASTS)
        )
        return found.rowcount == 1

    def sent(self, connection: Connection, letter_id: UUID, now: datetime) -> None:
        """Note that the server took the letter."""
        values = {**self._ended(SENT, now), "last_problem": None}
        self._set(connection, letter_id, values)

    def unclear(
        self, connection: Connection, letter_id: UUID, now: datetime, problem: str
    ) -> None:
        """Note that nobody can know whether the server took it: it stays unsent."""
        values = {**self._ended(UNCLEAR, now), "last_problem": problem}
        self._set(connection, letter_id, values)

    def not_taken(
        self, connection: Connection, claim: Claim, now: datetime, refusal: Refusal
    ) -> None:
        """Note a refusal; try later unless it is final or was tried often enough.

        A claim that another copy has taken over changes nothing.
        """
        mail = self._mail.c
        values = self._ended(FAILED, now)
        if not refusal.is_final and claim.number < TRIES_MAX:
            next_try_at = now + pause_after(claim.number)
            values = {"state": WAITING, "next_try_at": next_try_at}
        connection.execute(
            self._mail.update()
            .where(mail.letter_id == claim.letter.letter_id)
            .where(mail.state.in_([WAITING, SENDING]), mail.tries == claim.number)
            .values(**values, last_problem=refusal.problem)
        )

    def forsake(self, connection: Connection, now: datetime) -> int:
        """Give up letters whose sender ended while it sent them; give their number."""
        mail = self._mail.c
        found = connection.execute(
            self._mail.update()
            .where(mail.state == SENDING, mail.next_try_at <= now)
            .values(
                **self._ended(UNCLEAR, now), last_problem="the sender ended meanwhile"
            )
        )
        return int(found.rowcount)

    def forget(self, connection: Connection, recipient: str) -> None:
        """Drop what waits for somebody, and take the address out of what was sent.

        The rows of sent letters stay, so that none of them is sent again.
        """
        self._forget(connection, self._mail.c.recipient == recipient)

    def forget_letter(self, connection: Connection, letter_id: UUID) -> None:
        """Do the same with one letter, whoever else is written to at its address."""
        self._forget(connection, self._mail.c.letter_id == letter_id)

    def take_back(self, connection: Connection, letter_id: UUID) -> bool:
        """Say that a letter is not there, or drop it if it certainly never arrived.

        After True one of the same id may be queued anew.
        """
        is_it = self._mail.c.letter_id == letter_id
        connection.execute(
            self._mail.delete().where(is_it, self._mail.c.state == FAILED)
        )
        return not self.on_their_way(connection, [letter_id])

    def on_their_way(
        self, connection: Connection, letter_ids: Collection[UUID]
    ) -> Collection[UUID]:
        """Give those of some letters that wait, went out, or may have."""
        mail = self._mail.c
        query = select(mail.letter_id).where(
            mail.letter_id.in_(letter_ids), mail.state != FAILED
        )
        return frozenset(connection.scalars(query))

    def states(self, connection: Connection) -> Sequence[tuple[UUID, str, str | None]]:
        """List every letter with its state and last problem, oldest first."""
        mail = self._mail.c
        query = select(mail.letter_id, mail.state, mail.last_problem)
        return [
            tuple(row) for row in connection.execute(query.order_by(mail.queued_at))
        ]

    def _forget(self, connection: Connection, which: ColumnElement[bool]) -> None:
        mail = self._mail.c
        connection.execute(self._mail.delete().where(which, mail.state == WAITING))
        connection.execute(
            self._mail.update()
            .where(which, mail.state != SENDING)
            .values(recipient="", subject="", text="", html="")
        )

    def _ended(self, state: str, now: datetime) -> dict[str, Any]:
        paper = {_ENCLOSED: None} if _ENCLOSED in self._mail.c else {}
        return {"state": state, "ended_at": now, **paper}

    def _set(
        self, connection: Connection, letter_id: UUID, values: Mapping[str, Any]
    ) -> None:
        connection.execute(
            self._mail.update()
            .where(self._mail.c.letter_id == letter_id)
            .values(**values)
        )


def _enclosed_in(row: Any) -> Enclosure | None:
    content = getattr(row, _ENCLOSED, None)
    return Enclosure(row.enclosed_name, content) if content else None


def pause_after(tries: int) -> timedelta:
    """Say how long to wait after so many tries: a minute, then twice as long each."""
    doublings = min(tries - 1, TRIES_MAX)
    return min(FIRST_PAUSE * (1 << doublings), LONGEST_PAUSE)
