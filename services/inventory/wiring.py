"""Inventory put together: the only place that knows all of its parts."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any, TypeVar
from uuid import UUID

from prometheus_client import CollectorRegistry
from sqlalchemy import Connection

from services.inventory.adapters import tables
from services.inventory.adapters.catalogue import SqlCatalogue
from services.inventory.adapters.counting.reports import SqlCountQueries
from services.inventory.adapters.kits.recipes import SqlKitQueries
from services.inventory.adapters.knowing.alert_desk import AlertDesk
from services.inventory.adapters.knowing.forecast import SqlForecastReads
from services.inventory.adapters.losses.reports import SqlLossQueries
from services.inventory.adapters.metrics import InventoryMetrics
from services.inventory.adapters.outbound.reports import SqlOutboundQueries
from services.inventory.adapters.reading.exports import SqlExportReads
from services.inventory.adapters.reading.pages import PageReads
from services.inventory.adapters.reading.recall import SqlRecallQueries
from services.inventory.adapters.reading.reports import SqlQueries
from services.inventory.adapters.reading.station import SqlStation
from services.inventory.adapters.receiving.reads import SqlReceivingQueries
from services.inventory.adapters.receiving.returns import SqlReturnQueries
from services.inventory.adapters.scanning.serials import serial_key
from services.inventory.adapters.verification.counting import verify_counting
from services.inventory.adapters.verification.ledger import verify_ledger
from services.inventory.adapters.verification.outbound import verify_outbound
from services.inventory.adapters.work import InventoryWork
from services.inventory.application.ahead.forecasting import Forecasting
from services.inventory.application.counting.count_scan import count_scan
from services.inventory.application.hearing import INBOUND_USE_CASES
from services.inventory.application.outbound.scan_pick import scan_pick
from services.inventory.application.outbound.take_back import take_back
from services.inventory.application.outbound_hearing import OUTBOUND_USE_CASES
from services.inventory.application.ports.work import Work
from services.inventory.application.receiving.move_goods import move_goods
from services.inventory.application.receiving.receive_goods import receive_goods
from services.inventory.application.receiving.refuse_goods import refuse_goods
from services.inventory.application.scanning.decode_scan import Codes, decode_scan
from services.inventory.application.scanning.goods import Action
from services.inventory.application.scanning.keep_photo import KeepPhoto, keep_photo
from services.inventory.application.scanning.post_scans import (
    ScanRules,
    post_scans,
    read_batch,
)
from services.inventory.application.scanning.resolve_attention import (
    ResolveAttention,
    resolve_attention,
)
from services.inventory.settings import Settings
from shared.contracts.envelope import Envelope
from shared.database.commands import Command
from shared.database.persistence import persistently
from shared.documents import pictures
from shared.messaging.application import Application, Hearing
from shared.messaging.station import Surroundings

Result = TypeVar("Result")


ACTIONS: Mapping[str, Action] = {
    "receive": receive_goods,
    "refuse": refuse_goods,
    "move": move_goods,
    "count": count_scan,
    "pick": scan_pick,
    "return": take_back,
}


class Inventory(Application[InventoryWork]):
    """The service as its entrypoints see it."""

    def __init__(
        self,
        surroundings: Surroundings,
        settings: Settings,
        metrics: InventoryMetrics,
    ) -> None:
        clock, ids = surroundings.clock, surroundings.ids

        def open_work(connection: Connection, journal: Any) -> InventoryWork:
            return InventoryWork(connection, journal, clock, ids, metrics)

        super().__init__(
            "inventory",
            surroundings,
            messaging=tables.MESSAGING,
            commands=tables.COMMANDS,
            work=open_work,
            hearings=HEARINGS,
        )
        self.queries = SqlQueries(surroundings.database, clock)
        self.outbound = SqlOutboundQueries(surroundings.database)
        self.page_reads = PageReads(surroundings.database)
        self.kits = SqlKitQueries(surroundings.database)
        self.receiving = SqlReceivingQueries(surroundings.database)
        self.returns = SqlReturnQueries(surroundings.database)
        self.recalls = SqlRecallQueries(surroundings.database, clock)
        self.station_queries = SqlStation(surroundings.database)
        reads = SqlForecastReads(surroundings.database, clock)
        self.forecasting = Forecasting(reads, clock)
        self.counting = SqlCountQueries(surroundings.database)
        self.losses = SqlLossQueries(surroundings.database)
        self.exports = SqlExportReads(surroundings.database)
        self.alerts = AlertDesk(
            surroundings.database, clock, ids, self.forecasting, settings.mail
        )
        self.scan_substitutes = settings.scan_substitutes
        self.company_prefix = settings.company_prefix
        key = serial_key(surroundings.database, settings.serial_key)
        self._rules = ScanRules(ACTIONS, key, settings.scan_substitutes)

    def perform(
        self, command: Command, use_case: Callable[[InventoryWork], Any]
    ) -> Any:
        """Run a command once; see ``Application.perform``."""
        return super().perform(command, _completing(use_case))

    @contextmanager
    def working(self) -> Iterator[InventoryWork]:
        """Open a unit of work and complete it before it commits."""
        with super().working() as work:
            yield work
            work.complete()

    def scan(
        self, account: str, lines: Sequence[Any], *, by_coordinator: bool = False
    ) -> list[dict[str, Any]]:
        """Answer a batch of scans, see ``post_scans``; JSON-ready."""
        batch = read_batch(lines, self._rules)

        def attempt() -> list[dict[str, Any]]:
            with self.working() as work:
                return post_scans(
                    work,
                    batch,
                    account=account,
                    rules=self._rules,
                    by_coordinator=by_coordinator,
                )

        return persistently(attempt)

    def resolve(self, command_id: UUID, wish: ResolveAttention) -> Any:
        """Finish what a scan lacked, see ``resolve_attention``."""
        command = Command(command_id, wish.account, "resolve_attention", asdict(wish))
        return self.perform(
            command, lambda work: resolve_attention(work, wish, ACTIONS)
        )

    def decode(self, raw: str, second_raw: str | None = None) -> dict[str, Any]:
        """Say what a pack's one or two codes hold, its product and what it lacks."""
        codes = Codes(raw, second_raw)
        with self.database.reading() as connection:
            catalogue = SqlCatalogue(connection)
            return decode_scan(
                catalogue, codes, self.clock.now(), self._rules.substitutes
            )

    def keep_photo(self, scan_id: UUID, account: str, picture: bytes) -> None:
        """Keep a photograph of goods that wait, see ``keep_photo``."""
        wish = KeepPhoto(scan_id, account, pictures.jpeg_of(picture))

        def attempt() -> None:
            with self.working() as work:
                keep_photo(work, wish)

        persistently(attempt)

    def codes_in(self, picture: bytes) -> list[dict[str, Any]]:
        """Read the codes of a photograph; raises NoCodeFoundError, NotAPhotoError."""
        return pictures.codes_in(picture)

    def verify(self) -> list[dict[str, Any]]:
        """Prove from the rows that the books are right; a check a dict."""
        with self.database.reading() as connection:
            return [
                *verify_ledger(connection),
                *verify_outbound(connection),
                *verify_counting(connection),
            ]


def build(surroundings: Surroundings, registry: CollectorRegistry) -> Inventory:
    """Build inventory on a database whose tables are there."""
    settings = Settings.from_environment()
    metrics = InventoryMetrics(registry)
    inventory = Inventory(surroundings, settings, metrics)
    with inventory.working() as work:
        work.records.ensure_places(settings.places)
    metrics.watch(surroundings.database, surroundings.clock)
    return inventory


def _completing(
    use_case: Callable[[InventoryWork], Result],
) -> Callable[[InventoryWork], Result]:
    def complete(work: InventoryWork) -> Result:
        answer = use_case(work)
        work.complete()
        return answer

    return complete


def _hearing(use_case: Callable[[Any, Work], None]) -> Hearing[InventoryWork]:
    """Complete the work of each message by itself: it may be rolled back alone."""

    def hear(work: InventoryWork, fact: Any, _: Envelope) -> None:
        use_case(fact, work)
        work.complete()

    return hear


HEARINGS: Mapping[str, Hearing[InventoryWork]] = {
    name: _hearing(use_case)
    for name, use_case in {**INBOUND_USE_CASES, **OUTBOUND_USE_CASES}.items()
}
