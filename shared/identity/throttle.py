"""A password is guessed at a bounded rate, whoever asks and through which copy.

Failures are counted in the database under a hash of the address, so that an
address nobody has is throttled exactly like one somebody has.
"""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from shared.identity.errors import TooManyAttemptsError
from shared.identity.tables import sign_in_failures

FAILURES_MAX = 10
WINDOW = timedelta(minutes=15)


def refuse_if_throttled(connection: Connection, email: str, now: datetime) -> None:
    """Raise TooManyAttemptsError while an address has used up its attempts."""
    row = connection.execute(
        select(sign_in_failures).where(sign_in_failures.c.email_hash == _hash_of(email))
    ).first()
    if row is None or row.failures < FAILURES_MAX:
        return
    left = row.first_failed_at + WINDOW - now
    if left > timedelta(0):
        raise TooManyAttemptsError(int(left.total_seconds()) + 1)


def count_failure(connection: Connection, email: str, now: datetime) -> None:
    """Note a failed attempt; a window that has passed begins anew."""
    forget_old(connection, now)
    key = sign_in_failures.c.email_hash == _hash_of(email)
    counted = connection.execute(
        sign_in_failures.update()
        .where(key)
        .values(failures=sign_in_failures.c.failures + 1)
    )
    if counted.rowcount == 0:
        connection.execute(
            sign_in_failures.insert().values(
                email_hash=_hash_of(email), failures=1, first_failed_at=now
            )
        )


def forgive(connection: Connection, email: str) -> None:
    """Forget failures after a success."""
    connection.execute(
        sign_in_failures.delete().where(
            sign_in_failures.c.email_hash == _hash_of(email)
        )
    )


def forget_old(connection: Connection, now: datetime) -> None:
    """Drop windows that have passed, so that invented addresses fill no disk."""
    connection.execute(
        sign_in_failures.delete().where(
            sign_in_failures.c.first_failed_at <= now - WINDOW
        )
    )


def _hash_of(email: str) -> str:
    return hashlib.sha256(email.encode(errors="replace")).hexdigest()
