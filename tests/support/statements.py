"""How much a piece of work asks of a database: statements sent, and commits."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import event

from shared.database.database import Database


@dataclass(slots=True)
class Asked:
    """What was sent, in order, and how often it was committed."""

    statements: list[str] = field(default_factory=list)
    commits: int = 0

    def times(self, part: str) -> int:
        """How many statements held a part, such as a condition."""
        return sum(part in statement for statement in self.statements)


@contextmanager
def failing(database: Database, part: str, *, after: int = 0) -> Iterator[None]:
    """Break a database down at statements that hold a part, when some went well."""
    went_well = iter(range(after))

    def fail(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if part in statement and next(went_well, None) is None:
            raise ConnectionError

    event.listen(database.engine, "before_cursor_execute", fail)
    try:
        yield
    finally:
        event.remove(database.engine, "before_cursor_execute", fail)


@contextmanager
def asking(database: Database) -> Iterator[Asked]:
    """Note what a database is asked inside; beginning a transaction is not counted."""
    asked = Asked()

    def note_statement(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith("BEGIN"):
            asked.statements.append(statement)

    def note_commit(_connection: Any) -> None:
        asked.commits += 1

    noted = (("before_cursor_execute", note_statement), ("commit", note_commit))
    for name, note in noted:
        event.listen(database.engine, name, note)
    try:
        yield asked
    finally:
        for name, note in noted:
            event.remove(database.engine, name, note)
