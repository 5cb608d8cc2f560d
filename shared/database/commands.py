"""A command takes effect once, and the same answer is given again.

The client makes the id before it sends anything, so a double click, a retry or
an offline queue can never apply twice. Refusals roll back and are forgotten: the
same command may succeed later.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Column, Connection, MetaData, String, Table, Uuid

from shared.database.types import Instant
from shared.database.upsert import insert_if_new
from shared.kernel.errors import CommandIdReusedError


@dataclass(frozen=True, slots=True)
class Command:
    """Who wishes what, under which id, as it came in."""

    command_id: UUID
    account: str
    action: str
    body: Any


def command_table(metadata: MetaData) -> Table:
    """Declare where a service remembers the commands it has answered."""
    return Table(
        "commands",
        metadata,
        Column("command_id", Uuid, primary_key=True),
        Column("account", String, nullable=False),
        Column("fingerprint", String(64), nullable=False),
        Column("answer", JSON),
        Column("recorded_at", Instant, nullable=False),
    )


def answer_once(
    connection: Connection,
    commands: Table,
    command: Command,
    now: datetime,
    work: Callable[[], Any],
) -> tuple[Any, bool]:
    """Do the work of a new command, or give the answer it had before.

    Returns the JSON-ready answer and whether it is a repeat. The row is written
    before the work: a second copy of the command waits at the primary key.

    Raises CommandIdReusedError when the id came with another body or from
    another account.
    """
    if not _claim(connection, commands, command, now):
        return _remembered(connection, commands, command), True
    answer = work()
    connection.execute(
        commands.update()
        .where(commands.c.command_id == command.command_id)
        .values(answer=answer)
    )
    return answer, False


def _claim(
    connection: Connection, commands: Table, command: Command, now: datetime
) -> bool:
    row = {
        "command_id": command.command_id,
        "account": command.account,
        "fingerprint": _fingerprint(command),
        "recorded_at": now,
    }
    return insert_if_new(connection, commands, row)


def _remembered(connection: Connection, commands: Table, command: Command) -> Any:
    row = connection.execute(
        commands.select().where(commands.c.command_id == command.command_id)
    ).one()
    if (row.account, row.fingerprint) != (command.account, _fingerprint(command)):
        raise CommandIdReusedError(command.command_id)
    return row.answer


def _fingerprint(command: Command) -> str:
    """Digest the action and body, so that order of keys does not matter."""
    text = json.dumps(
        [command.action, command.body], sort_keys=True, default=str, ensure_ascii=False
    )
    return hashlib.sha256(text.encode()).hexdigest()
