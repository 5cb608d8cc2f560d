"""How a use case is run: one transaction, one answer, facts that commit with it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from time import sleep
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from sqlalchemy import Connection, Table

from shared.contracts.envelope import Envelope
from shared.database.commands import Command, answer_once
from shared.database.persistence import persistently
from shared.kernel.errors import DomainError
from shared.messaging.inbox import Effect
from shared.messaging.journal import Journal, Said
from shared.messaging.station import Station, Surroundings
from shared.messaging.tables import MessagingTables
from shared.telemetry.correlation import Trace, current_trace, tracing

PAUSE_SECONDS = 0.1

WorkT = TypeVar("WorkT")

Hearing = Callable[[WorkT, Any, Envelope], None]
"""What a service does when it hears a fact: a use case of its own."""


class Work(Protocol):
    """What every unit of work offers to use cases, beside its repositories."""

    def announce(self, fact: object, *, occurred_at: datetime | None = None) -> None:
        """Say a fact if, and only if, this work commits."""


class SqlWork:
    """The part of a unit of work that is the same in every service."""

    def __init__(self, connection: Connection, journal: Journal) -> None:
        self.connection = connection
        self._journal = journal

    def announce(self, fact: object, *, occurred_at: datetime | None = None) -> None:
        """Write the fact into the outbox of the open transaction."""
        self._journal.write(self.connection, fact, occurred_at)

    def announce_all(self, said: Sequence[Said]) -> None:
        """Write many facts at once, in their order."""
        self._journal.write_all(self.connection, said)


class Application(Generic[WorkT]):
    """A service as its entrypoints see it: perform commands, read, listen."""

    patience_seconds: ClassVar[float] = 1.5

    def __init__(
        self,
        service: str,
        surroundings: Surroundings,
        *,
        messaging: MessagingTables,
        commands: Table,
        work: Callable[[Connection, Journal], WorkT],
        hearings: Mapping[str, Hearing[WorkT]],
    ) -> None:
        self.service = service
        self.database = surroundings.database
        self.clock = surroundings.clock
        self.ids = surroundings.ids
        self._commands = commands
        self._work = work
        effects = {name: self._effect(each) for name, each in hearings.items()}
        self.station = Station.build(service, surroundings, messaging, effects)

    def perform(self, command: Command, use_case: Callable[[WorkT], Any]) -> Any:
        """Run a command once and give its JSON-ready answer.

        The same command again gives the first answer and changes nothing. Raises
        CommandIdReusedError, and whatever DomainError the use case refuses with;
        a refusal leaves no trace.
        """
        with self._traced(command):
            return self._patiently(
                lambda: persistently(lambda: self._perform(command, use_case))
            )

    def _patiently(self, step: Callable[[], Any]) -> Any:
        """Wait a little, outside of any transaction, for news that may be coming.

        A program that has just told one service something need not know how soon
        the next one hears of it.
        """
        left = self.patience_seconds
        while True:
            try:
                return step()
            except DomainError as refusal:
                if not refusal.may_be_on_its_way or left <= 0:
                    raise
            sleep(PAUSE_SECONDS)
            left -= PAUSE_SECONDS

    def _perform(self, command: Command, use_case: Callable[[WorkT], Any]) -> Any:
        with self.database.writing() as connection:
            work = self._work(connection, self.station.journal)
            answer, _ = answer_once(
                connection,
                self._commands,
                command,
                self.clock.now(),
                lambda: use_case(work),
            )
        return answer

    @contextmanager
    def working(self) -> Iterator[WorkT]:
        """Open a unit of work without a command: timers, batches, opening data."""
        with self.database.writing() as connection:
            yield self._work(connection, self.station.journal)

    def _traced(self, command: Command) -> Any:
        """Carry the request's correlation on; the command is now the cause."""
        trace = current_trace()
        correlation = trace.correlation_id if trace else str(command.command_id)
        return tracing(Trace(correlation, str(command.command_id)))

    def _effect(self, hearing: Hearing[WorkT]) -> Effect:
        def effect(connection: Connection, fact: Any, envelope: Envelope) -> None:
            hearing(self._work(connection, self.station.journal), fact, envelope)

        return effect
