"""One transaction of donors, with everything its use cases reach."""

from datetime import datetime

from sqlalchemy import Connection

from services.donors.adapters.correspondence import SqlCorrespondence
from services.donors.adapters.deliveries import SqlDeliveries
from services.donors.adapters.giving import SqlGiving
from services.donors.adapters.heard import SqlChanges, SqlLots, SqlStory, SqlWorld
from services.donors.adapters.metrics import DonorsMetrics
from services.donors.adapters.own_addresses import SqlOwnAddresses
from services.donors.adapters.repositories import (
    SqlDonors,
    SqlGifts,
    SqlNumbers,
    SqlPledges,
)
from services.donors.adapters.snapshots import SqlMonths
from shared.contracts.donors_v1 import PledgeMade
from shared.messaging.application import SqlWork
from shared.messaging.journal import Journal


class DonorsWork(SqlWork):
    """The ports of application/ports.py on one open transaction."""

    def __init__(
        self,
        connection: Connection,
        journal: Journal,
        *,
        now: datetime,
        metrics: DonorsMetrics,
    ) -> None:
        super().__init__(connection, journal)
        self.now = now
        self.donors = SqlDonors(connection)
        self.gifts = SqlGifts(connection)
        self.pledges = SqlPledges(connection)
        self.numbers = SqlNumbers(connection)
        self.world = SqlWorld(connection)
        self.lots = SqlLots(connection)
        self.story = SqlStory(connection)
        self.changes = SqlChanges(connection)
        self.deliveries = SqlDeliveries(connection)
        self.months = SqlMonths(connection)
        self.giving = SqlGiving(connection, now)
        self.correspondence = SqlCorrespondence(connection, now)
        self.own_addresses = SqlOwnAddresses(connection)
        self._metrics = metrics

    def announce(self, fact: object, *, occurred_at: datetime | None = None) -> None:
        """Say a fact if, and only if, this work commits; pledges are counted."""
        super().announce(fact, occurred_at=occurred_at)
        if isinstance(fact, PledgeMade):
            self._metrics.count_pledge_when_committed(self.connection)
