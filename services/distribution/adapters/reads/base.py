"""What every read for pages stands on."""

from datetime import date
from typing import Any

from sqlalchemy import Select

from shared.database.database import Database
from shared.kernel.clock import Clock, local_day

Row = dict[str, Any]
"""One row for a template; the keys are the names of the columns."""


class Reads:
    """Reads of their own short transaction each; nothing is ever locked."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def _rows(self, query: Select[Any]) -> list[Row]:
        with self._database.reading() as connection:
            return [row._asdict() for row in connection.execute(query)]

    def _today(self) -> date:
        return local_day(self._clock.now())
