"""What a run would start from today, beside what it started from."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import Connection, select

from services.distribution.adapters.reads.base import Reads
from services.distribution.adapters.reads.planning import (
    SqlPlanning,
    read_received,
    read_register,
)
from services.distribution.adapters.rows.quota_rules import SqlQuotaRules
from services.distribution.adapters.rows.runs import read_line
from services.distribution.adapters.tables.giving import RUN_LINES, RUNS
from services.distribution.domain.errors import UnknownRunError
from services.distribution.domain.planning import due
from services.distribution.domain.run import RunLine
from services.distribution.domain.since import Moved, Since, moved


class SinceReads(Reads):
    """Reads for who looks at a run again."""

    def since(self, run_id: UUID, product_code: str | None = None) -> Since:
        """Say which units closed and whose due moved since a run was worked out.

        Of one product or of all. Raises UnknownRunError.
        """
        with self._database.reading() as connection:
            handover_on = connection.scalar(
                select(RUNS.c.handover_on).where(RUNS.c.run_id == run_id)
            )
            if handover_on is None:
                raise UnknownRunError(run_id)
            wanted = RUN_LINES.c.run_id == run_id
            if product_code is not None:
                wanted &= RUN_LINES.c.product_code == product_code
            rows = connection.execute(
                RUN_LINES.select()
                .where(wanted)
                .order_by(RUN_LINES.c.unit_code, RUN_LINES.c.product_code)
            )
            lines = [read_line(row) for row in rows]
            return self._compared(connection, handover_on, lines)

    def _compared(
        self, connection: Connection, handover_on: date, lines: Iterable[RunLine]
    ) -> Since:
        register = read_register(connection, handover_on)
        received = read_received(connection, handover_on)
        rules = SqlQuotaRules(connection, self._clock.now())
        book, planning = rules.on(handover_on), SqlPlanning(connection, rules)
        closed: set[str] = set()
        found: list[Moved] = []
        for line in lines:
            unit = register.units[line.unit_code]
            if unit.is_closed:
                closed.add(line.unit_code)
                continue
            demand = planning.demand(
                unit,
                line.product_code,
                0,
                register=register,
                received=received,
                rules=book,
            )
            if difference := moved(line, due(demand, book)):
                found.append(difference)
        return Since(tuple(sorted(closed)), tuple(found))
