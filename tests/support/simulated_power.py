"""A database that goes away in the middle of a transaction, when it is told to."""

from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError


class PowerCut:
    """Ends the transaction that is open after so many more statements, once.

    What was written in it is rolled back, as by a process that was killed.
    """

    def __init__(self, engine: Engine) -> None:
        self.happened = 0
        self._left: int | None = None
        event.listen(engine, "before_cursor_execute", self._count)

    def after(self, statements: int) -> None:
        """Cut the power when so many statements have been executed."""
        self._left = statements

    def call_off(self) -> None:
        """Let the power stay on."""
        self._left = None

    def _count(self, *_: Any) -> None:
        if self._left is None:
            return
        if self._left > 0:
            self._left -= 1
            return
        self._left = None
        self.happened += 1
        raise OperationalError("the power was cut", None, ConnectionError())
