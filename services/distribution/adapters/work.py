"""One transaction of distribution's, and everything it may touch."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Connection

from services.distribution.adapters.reads.needs import SqlNeeds
from services.distribution.adapters.reads.planning import SqlPlanning
from services.distribution.adapters.reads.views import SqlViews
from services.distribution.adapters.rows.allotments import SqlAllotments
from services.distribution.adapters.rows.consignments import SqlConsignments
from services.distribution.adapters.rows.gatekeeping import SqlGates
from services.distribution.adapters.rows.loading import SqlLoading
from services.distribution.adapters.rows.needing import (
    SqlAuthorisations,
    SqlCalendars,
    SqlCarryRules,
)
from services.distribution.adapters.rows.places import SqlPlaces
from services.distribution.adapters.rows.quota_rules import SqlQuotaRules
from services.distribution.adapters.rows.requisitions import SqlRequisitions
from services.distribution.adapters.rows.reserves import SqlReserves
from services.distribution.adapters.rows.runs import SqlRuns
from services.distribution.adapters.rows.stock import SqlStock
from services.distribution.application import (
    delivering_ports,
    needing_ports,
    ports,
    sharing_ports,
)
from shared.kernel.clock import Clock, local_day
from shared.kernel.identity import IdSource
from shared.messaging.application import SqlWork
from shared.messaging.journal import Journal


class SqlDistributionWork(SqlWork):
    """The repositories of one open transaction; all see one moment as now."""

    def __init__(
        self, connection: Connection, journal: Journal, clock: Clock, ids: IdSource
    ) -> None:
        super().__init__(connection, journal)
        self._now = now = clock.now()
        self._ids = ids
        self.counted: list[tuple[str, str]] = []
        self.places: ports.Places = SqlPlaces(connection, now)
        rules = SqlQuotaRules(connection, now)
        self.rules: ports.QuotaRules = rules
        self.stock: ports.Stock = SqlStock(connection, now)
        self.requisitions: ports.Requisitions = SqlRequisitions(connection, now)
        self.calendars: needing_ports.Calendars = SqlCalendars(connection, now)
        self.carry_rules: needing_ports.CarryRules = SqlCarryRules(connection, now)
        self.authorisations: needing_ports.Authorisations = SqlAuthorisations(
            connection, now
        )
        self.reserves: sharing_ports.Reserves = SqlReserves(connection, now)
        self.planning: ports.Planning = SqlPlanning(connection, rules)
        self.runs: sharing_ports.Runs = SqlRuns(connection, now)
        self.allotments: ports.Allotments = SqlAllotments(connection)
        self.consignments: delivering_ports.Consignments = SqlConsignments(
            connection, now
        )
        self.loading: delivering_ports.Loading = SqlLoading(connection)
        self.gates: delivering_ports.Gates = SqlGates(connection, now, ids)
        self.needs: ports.Needs = SqlNeeds(connection, now, rules)
        self.views: ports.Views = SqlViews(connection, local_day(now))

    def count(self, event: str, label: str) -> None:
        self.counted.append((event, label))

    def now(self) -> datetime:
        return self._now

    def today(self) -> date:
        return local_day(self._now)

    def new_id(self) -> UUID:
        return self._ids.new_id()
