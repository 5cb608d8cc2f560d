"""Tests need no disk that survives a power cut; their SQLite waits for none."""

from typing import Any

from sqlalchemy import event
from sqlalchemy.pool import ConnectionPoolEntry, Pool, PoolProxiedConnection


def skip_syncing() -> None:
    """Let SQLite connections of this process write without waiting for the disk.

    As PostgreSQL's in tests/support/postgres.py. Programs that tests start, and
    kill, sync as they do in life.
    """
    event.listen(Pool, "checkout", _hurry)


def _hurry(raw: Any, entry: ConnectionPoolEntry, _: PoolProxiedConnection) -> None:
    is_sqlite = type(raw).__module__ == "sqlite3"
    if is_sqlite and "hurried" not in entry.info:
        raw.execute("PRAGMA synchronous=OFF")
        entry.info["hurried"] = True
