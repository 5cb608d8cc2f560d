"""A message takes effect once, and none is lost on the way to its effect.

The claim of a message commits with its effects. What fails is stored with its
reason and tried again after a growing delay; what no delay can cure is parked
for a person. Only then is it acknowledged to the broker.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import timedelta
from enum import StrEnum
from functools import partial
from operator import attrgetter
from time import perf_counter
from typing import Any
from uuid import UUID

import structlog
from marshmallow import ValidationError
from sqlalchemy import Connection, bindparam, func, select
from sqlalchemy.exc import InterfaceError, OperationalError

from shared.contracts.envelope import Envelope
from shared.contracts.registry import fact_of
from shared.database.database import Database, savepoint
from shared.database.upsert import insert_all_new
from shared.kernel.clock import Clock
from shared.kernel.errors import DomainError
from shared.messaging.journal import read_envelope, write_envelope
from shared.messaging.tables import MessagingTables
from shared.telemetry.correlation import Trace, tracing
from shared.telemetry.metrics import MessagingMetrics

ATTEMPTS_MAX = 12
DELAY_SECONDS_MAX = 600
RETRY_BATCH_MAX = 100

log = structlog.get_logger()

Effect = Callable[[Connection, Any, Envelope], None]
"""What a message does: it gets the open transaction, the fact and its envelope."""


class Outcome(StrEnum):
    """How a delivery of a message ended."""

    HANDLED = "handled"
    DUPLICATE = "duplicate"
    RETRIED = "retried"
    PARKED = "parked"


class Inbox:
    """Everything one service hears, whoever said it."""

    def __init__(
        self,
        service: str,
        database: Database,
        tables: MessagingTables,
        effects: Mapping[str, Effect],
        *,
        clock: Clock,
        metrics: MessagingMetrics,
    ) -> None:
        self._service = service
        self._database = database
        self._tables = tables
        self._effects = effects
        self._seen = select(tables.inbox.c.message_id).where(
            tables.inbox.c.message_id.in_(bindparam("message_ids", expanding=True))
        )
        self._clock = clock
        self._metrics = metrics

    @property
    def message_types(self) -> tuple[str, ...]:
        """Every message type this service listens to."""
        return tuple(sorted(self._effects))

    def take(self, batch: Sequence[Envelope]) -> None:
        """Let a batch take effect in one transaction, each message on its own.

        After a normal return every message of the batch may be acknowledged. It
        raises only when the database is away: then nothing was taken.
        """
        with self._database.writing() as connection:
            ended = self._take(connection, batch)
        self._count(ended)

    def take_within(self, connection: Connection, batch: Sequence[Envelope]) -> None:
        """Take a batch in a transaction that is open already; nothing is measured."""
        self._take(connection, batch)

    def _take(
        self, connection: Connection, batch: Sequence[Envelope]
    ) -> Sequence[tuple[Envelope, Outcome, float]]:
        step = partial(self._once, self._claim(connection, batch))
        return [(each, *self._measured(step, connection, each)) for each in batch]

    def unseen(self, message_ids: Collection[UUID]) -> Collection[UUID]:
        """Give those of some messages that were never taken."""
        with self._database.reading() as connection:
            seen = connection.scalars(self._seen, {"message_ids": list(message_ids)})
            return set(message_ids).difference(seen)

    def retry_all(self, connection: Connection) -> int:
        """Try whatever waits, due or not, until no more takes effect; count the rest.

        Parked messages are among the rest.
        """
        waiting = self._tables.waiting
        query = waiting.select().where(waiting.c.parked_at.is_(None))
        in_order = query.order_by(waiting.c.message_id)
        before, left = -1, self._left(connection)
        while left != before:
            for row in connection.execute(in_order).all():
                self._next_try(connection, row)
            before, left = left, self._left(connection)
        return left

    def _left(self, connection: Connection) -> int:
        query = select(func.count()).select_from(self._tables.waiting)
        return connection.scalar(query) or 0

    def retry_due(self) -> int:
        """Try again what waits and is due; give the number of messages tried."""
        with self._database.reading() as connection:
            if not self._due(connection):
                return 0
        with self._database.writing() as connection:
            due = self._due(connection, is_locking=True)
            ended = [
                (each, *self._measured(self._next_try, connection, each))
                for each in due
            ]
        self._count(ended)
        return len(due)

    def _measured(
        self,
        step: Callable[[Connection, Any], Outcome],
        connection: Connection,
        subject: Any,
    ) -> tuple[Outcome, float]:
        begun = perf_counter()
        return step(connection, subject), perf_counter() - begun

    def _count(self, ended: Sequence[tuple[Any, Outcome, float]]) -> None:
        for subject, outcome, seconds in ended:
            labels = (self._service, subject.message_type)
            self._metrics.consumed.labels(*labels, outcome).inc()
            self._metrics.handler_seconds.labels(*labels).observe(seconds)

    def _once(
        self, claimed: set[UUID], connection: Connection, envelope: Envelope
    ) -> Outcome:
        if envelope.message_id not in claimed:
            return Outcome.DUPLICATE
        claimed.remove(envelope.message_id)
        return self._first_try(connection, envelope)

    def _first_try(self, connection: Connection, envelope: Envelope) -> Outcome:
        problem = self._apply(connection, envelope)
        if problem is None:
            return Outcome.HANDLED
        parked = not _may_pass(problem)
        now = self._clock.now()
        connection.execute(
            self._tables.waiting.insert().values(
                message_id=envelope.message_id,
                message_type=envelope.message_type,
                envelope=write_envelope(envelope),
                attempts=1,
                next_try_at=now + _delay(1),
                last_error=_described(problem),
                parked_at=now if parked else None,
            )
        )
        return self._noted(envelope.message_type, problem, parked=parked)

    def _next_try(self, connection: Connection, row: Any) -> Outcome:
        waiting = self._tables.waiting
        envelope = read_envelope(row.envelope)
        problem = self._apply(connection, envelope)
        this_row = waiting.c.message_id == row.message_id
        if problem is None:
            connection.execute(waiting.delete().where(this_row))
            return Outcome.HANDLED
        attempts = row.attempts + 1
        parked = attempts >= ATTEMPTS_MAX or not _may_pass(problem)
        now = self._clock.now()
        connection.execute(
            waiting.update()
            .where(this_row)
            .values(
                attempts=attempts,
                next_try_at=now + _delay(attempts),
                last_error=_described(problem),
                parked_at=now if parked else None,
            )
        )
        return self._noted(envelope.message_type, problem, parked=parked)

    def _apply(self, connection: Connection, envelope: Envelope) -> Exception | None:
        """Run the effect in a savepoint; give the problem instead of raising it."""
        trace = Trace(envelope.correlation_id, str(envelope.message_id))
        try:
            with tracing(trace), savepoint(connection):
                fact = fact_of(envelope)
                self._effects[envelope.message_type](connection, fact, envelope)
                log.info(
                    "message_handled",
                    service=self._service,
                    message_type=envelope.message_type,
                )
        except (OperationalError, InterfaceError):
            raise  # the database is away: the broker keeps the message
        except Exception as problem:  # noqa: BLE001  stored, retried, then parked
            return problem
        return None

    def _claim(self, connection: Connection, batch: Sequence[Envelope]) -> set[UUID]:
        """Claim what nobody has taken yet; give the ids."""
        now = self._clock.now()
        rows = [
            {
                "message_id": each.message_id,
                "message_type": each.message_type,
                "received_at": now,
            }
            for each in sorted(batch, key=attrgetter("message_id"))
        ]
        new = insert_all_new(connection, self._tables.inbox, rows)
        return {row.message_id for row in new}

    def _due(
        self, connection: Connection, *, is_locking: bool = False
    ) -> Sequence[Any]:
        waiting = self._tables.waiting
        query = (
            waiting.select()
            .where(
                waiting.c.parked_at.is_(None),
                waiting.c.next_try_at <= self._clock.now(),
            )
            .order_by(waiting.c.next_try_at, waiting.c.message_id)
            .limit(RETRY_BATCH_MAX)
        )
        if is_locking:
            query = query.with_for_update(skip_locked=True)
        return connection.execute(query).all()

    def _noted(self, message_type: str, problem: Exception, *, parked: bool) -> Outcome:
        event = "message_parked" if parked else "message_will_be_retried"
        log.warning(event, message_type=message_type, problem=_described(problem))
        return Outcome.PARKED if parked else Outcome.RETRIED


def _may_pass(problem: Exception) -> bool:
    """Judge whether time may cure it: a bug may be mended, a refusal says so."""
    if isinstance(problem, ValidationError):
        return False
    return problem.transient if isinstance(problem, DomainError) else True


def _described(problem: Exception) -> str:
    return f"{type(problem).__name__}: {problem}"[:2000]


def _delay(attempts: int) -> timedelta:
    """Wait 1, 2, 4 … seconds, at most ten minutes."""
    return timedelta(seconds=min(2 ** (attempts - 1), DELAY_SECONDS_MAX))
