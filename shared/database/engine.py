"""Engines with real transactions.

Python's SQLite driver opens no transaction before a SAVEPOINT, so a rolled-back
savepoint could stay committed: we say BEGIN ourselves. A writer says BEGIN
IMMEDIATE, because a read that later turns into a write may be refused half-way.
"""

import sqlite3
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

BUSY_SECONDS_MAX = 20.0
BUSY_PAUSE_SECONDS = 0.005
POOL_SIZE = 10
POOL_OVERFLOW_MAX = 20
LOCK_TIMEOUT_MILLISECONDS = 20_000


def build_engine(url: str, *, sleep: Callable[[float], None] = time.sleep) -> Engine:
    """Build an engine for SQLite (WAL, every commit synced) or PostgreSQL.

    ``sleep`` is used while another process holds SQLite's write lock; a patched
    ``time.sleep`` lets the other green threads run meanwhile.
    """
    if url.startswith("sqlite"):
        return _sqlite_engine(url, sleep)
    options = f"-c lock_timeout={LOCK_TIMEOUT_MILLISECONDS} -c timezone=UTC"
    return create_engine(
        _with_driver(url),
        pool_size=POOL_SIZE,
        max_overflow=POOL_OVERFLOW_MAX,
        pool_pre_ping=True,
        connect_args={"options": options},
    )


def _with_driver(url: str) -> str:
    for plain in ("postgresql://", "postgres://"):
        if url.startswith(plain):
            return "postgresql+psycopg://" + url.removeprefix(plain)
    return url


def _sqlite_engine(url: str, sleep: Callable[[float], None]) -> Engine:
    engine = create_engine(
        url,
        pool_size=POOL_SIZE,
        max_overflow=POOL_OVERFLOW_MAX,
        connect_args={"timeout": 0, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def prepare(raw: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        connection: Any = raw
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "busy_timeout=0",
        ):
            _patiently(partial(connection.execute, f"PRAGMA {pragma}"), sleep)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        kind = connection.get_execution_options().get("begin", "DEFERRED")
        _patiently(lambda: tell(connection, f"BEGIN {kind}"), sleep)

    return engine


def tell(connection: Connection, command: str) -> None:
    """Say what takes no parameters and answers nothing, such as SAVEPOINT.

    Several are said for each message; SQLite hears them past SQLAlchemy, which
    costs more than they do.
    """
    if connection.dialect.name != "sqlite":
        connection.exec_driver_sql(command)
        return
    raw: Any = connection.connection.dbapi_connection
    try:
        raw.execute(command)
    except sqlite3.Error as problem:
        raise OperationalError(command, None, problem) from problem


def _patiently(step: Callable[[], object], sleep: Callable[[float], None]) -> None:
    """Try again while another process holds the lock, up to a limit."""
    waited = 0.0
    while True:
        try:
            step()
        except Exception as problem:
            if not _is_busy(problem) or waited >= BUSY_SECONDS_MAX:
                raise
            sleep(BUSY_PAUSE_SECONDS)
            waited += BUSY_PAUSE_SECONDS
        else:
            return


def _is_busy(problem: Exception) -> bool:
    origin = problem.orig if isinstance(problem, OperationalError) else problem
    return "locked" in str(origin) or "busy" in str(origin)
