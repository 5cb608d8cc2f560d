"""A service's database: short write transactions and reads beside them."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext

from sqlalchemy import Connection, text

from shared.database.engine import build_engine, tell

_MARKS = "komek_marks"


def mark(connection: Connection, what: str) -> None:
    """Let those who listen for ``what`` know of it if this transaction commits."""
    connection.info.setdefault(_MARKS, set()).add(what)


@contextmanager
def savepoint(connection: Connection) -> Iterator[None]:
    """Take back what was done inside, and no more, when it raises.

    SQLAlchemy's own costs three times as much. When the connection itself is gone
    nothing is taken back: the whole transaction is.
    """
    tell(connection, "SAVEPOINT step")
    try:
        yield
    except BaseException:
        if not connection.invalidated:
            tell(connection, "ROLLBACK TO SAVEPOINT step")
            tell(connection, "RELEASE SAVEPOINT step")
        raise
    tell(connection, "RELEASE SAVEPOINT step")


class Database:
    """Opens transactions and tells who listens that one was committed.

    Inside ``writing`` nothing may wait for the network or another green thread:
    with SQLite one writer at a time is let in, and a sleeping writer would stop
    the whole process.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = build_engine(url)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self._turn = threading.Lock() if self.is_sqlite else nullcontext()
        self._listeners: list[tuple[Callable[[], None], str | None]] = []

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open one write transaction: it commits whole or not at all."""
        with self._turn, self.engine.connect() as connection:
            connection.execution_options(begin="IMMEDIATE")
            marks = connection.info[_MARKS] = set()
            with connection.begin():
                yield connection
        for listener, what in self._listeners:
            if what is None or what in marks:
                listener()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a read of one consistent moment; nothing written here is kept."""
        with self.engine.connect() as connection:
            if not self.is_sqlite:
                connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin() as transaction:
                yield connection
                transaction.rollback()

    def on_commit(self, listener: Callable[[], None], what: str | None = None) -> None:
        """Call a quick, harmless function after commits of this process.

        After every one, or after those in which somebody ``mark``ed ``what``.
        """
        self._listeners.append((listener, what))

    def is_reachable(self) -> bool:
        """Say whether the database answers, without raising."""
        try:
            with self.reading() as connection:
                connection.execute(text("SELECT 1"))
        except Exception:  # noqa: BLE001  any failure means the same: not ready
            return False
        return True

    def close(self) -> None:
        """Give all connections back to the system."""
        self.engine.dispose()
