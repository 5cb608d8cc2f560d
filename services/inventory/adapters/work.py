"""One unit of work of inventory: repositories, facts, one settlement at its end."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Connection

from services.inventory.adapters.catalogue import SqlCatalogue
from services.inventory.adapters.counting.sheets import SqlCountSheets
from services.inventory.adapters.kits.recipes import SqlKits
from services.inventory.adapters.knowing.forecast import SqlHeardNeeds
from services.inventory.adapters.knowing.imported import SqlPlaces, SqlSentTables
from services.inventory.adapters.losses.records import SqlLosses
from services.inventory.adapters.metrics import InventoryMetrics
from services.inventory.adapters.numbers import SqlDocumentNumbers
from services.inventory.adapters.outbound.consignments import SqlConsignments
from services.inventory.adapters.outbound.pick_lists import SqlPickLists
from services.inventory.adapters.outbound.reservations import SqlReservations
from services.inventory.adapters.receiving.desk import SqlReceiving
from services.inventory.adapters.receiving.gifts import SqlGifts
from services.inventory.adapters.receiving.notes import SqlGoodsReceivedNotes
from services.inventory.adapters.records import SqlRecords
from services.inventory.adapters.scanning.attention import SqlScans
from services.inventory.adapters.scanning.serials import SqlSerials
from services.inventory.adapters.stock.ledger import SqlLedger
from services.inventory.adapters.stock.lots import SqlLots
from services.inventory.adapters.stock.movements import SqlMovements
from shared.kernel.clock import Clock
from shared.kernel.identity import IdSource
from shared.messaging.application import SqlWork
from shared.messaging.journal import Journal


class InventoryWork(SqlWork):
    """What use cases see; whoever opens one calls ``complete`` before the commit.

    Facts are kept until then, so that a step that is taken back says nothing,
    and so that each lot touched is announced once, with its last state.
    """

    def __init__(
        self,
        connection: Connection,
        journal: Journal,
        clock: Clock,
        ids: IdSource,
        metrics: InventoryMetrics,
    ) -> None:
        super().__init__(connection, journal)
        self._metrics = metrics
        self.clock = clock
        self.ids = ids
        self.ledger = SqlLedger(connection)
        self.numbers = SqlDocumentNumbers(connection)
        self.lots = SqlLots(connection, self.ledger)
        self.catalogue = SqlCatalogue(connection)
        self.gifts = SqlGifts(connection, self.numbers)
        self.notes = SqlGoodsReceivedNotes(connection, self.numbers)
        self.scans = SqlScans(connection)
        self.serials = SqlSerials(connection)
        self.movements = SqlMovements(connection)
        self.records = SqlRecords(connection)
        self.count_sheets = SqlCountSheets(connection)
        self.losses = SqlLosses(connection)
        self.reservations = SqlReservations(connection, clock)
        self.pick_lists = SqlPickLists(connection, ids)
        self.consignments = SqlConsignments(connection, clock)
        self.kits = SqlKits(connection)
        self.receiving = SqlReceiving(connection)
        self.needs = SqlHeardNeeds(connection)
        self.places = SqlPlaces(connection)
        self.sent_tables = SqlSentTables(connection, clock)
        self._facts: list[tuple[object, datetime | None]] = []

    def announce(self, fact: object, *, occurred_at: datetime | None = None) -> None:
        """Say a fact when the work completes, in the order of saying."""
        self._facts.append((fact, occurred_at))

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Take back movements, promises and facts of a step that raises.

        Rows a step has written itself stay: refuse first, write afterwards.
        """
        said = len(self._facts)
        try:
            with self.ledger.attempt(), self.serials.attempt():
                yield
        except BaseException:
            del self._facts[said:]
            raise

    def complete(self) -> None:
        """Write the ledger and every fact; ``stock_changed`` comes last."""
        movements, changes = self.ledger.save(self.clock.now())
        self.records.save()
        self.serials.save()
        facts, self._facts = self._facts, []
        self.announce_all([*facts, *((change, None) for change in changes)])
        self._metrics.count(movements, (fact for fact, _ in facts))
