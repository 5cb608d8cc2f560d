"""A store room for tests: its lots put there, its messages heard, its facts read."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid5

from prometheus_client import CollectorRegistry
from sqlalchemy import insert, select

from services.inventory.adapters import tables
from services.inventory.adapters.reading.station import SqlStation
from services.inventory.adapters.work import InventoryWork
from services.inventory.application.outbound.dispatch_goods import (
    DispatchGoods,
    dispatch_goods,
)
from services.inventory.application.outbound.pick_goods import (
    Picked,
    PickGoods,
    pick_goods,
)
from services.inventory.application.outbound.queries import PickListView
from services.inventory.domain.ledger import LotAccounts
from services.inventory.domain.lot import Lot, LotStatus
from services.inventory.domain.movement import SUPPLY, Movement, Reason, location
from services.inventory.wiring import Inventory, build
from shared.contracts.distribution_v1 import (
    AllocatedLine,
    AllocationApproved,
    ConsignmentHandedOver,
    ConsignmentPlanned,
    HandoverLine,
)
from shared.contracts.registry import fact_of
from shared.database.database import Database
from shared.kernel.clock import Clock, FrozenClock, local_day
from shared.kernel.identity import IdSource
from shared.messaging.journal import read_envelope
from shared.messaging.station import Surroundings
from shared.telemetry.metrics import MessagingMetrics
from tests.support.envelopes import in_envelope
from tests.support.first_day import keep_first_day, with_tables
from tests.support.standing import StandingIds, forget_published

NAMESPACE = UUID("0198f000-0000-7000-8000-00000000570e")
MORNING = datetime(2026, 11, 22, 4, tzinfo=UTC)
TOMORROW = date(2026, 11, 23)
PICKER = "0198f000-0000-7000-8000-0000000000aa"


def an_id(name: str) -> UUID:
    """The same id for the same name, readable in a test as that name."""
    return uuid5(NAMESPACE, name)


class Store:
    """An inventory service with a shelf that tests can fill."""

    def __init__(self, database_url: str, *, seed: int = 7) -> None:
        self.clock = FrozenClock(MORNING)
        self.database = with_tables(database_url, tables.METADATA)
        self._ids = StandingIds(self.clock, seed)
        self.app = _build(self.database, self.clock, self._ids)

    def keep_first_day(self) -> None:
        """Let ``begin_again`` bring back what stands here now."""
        self._put_back = keep_first_day(self.database)

    def begin_again(self) -> None:
        """Take back whatever the last test did."""
        self._put_back()
        self.clock.set(MORNING)
        self._ids.begin_again()
        forget_published(self.app.station.relay)
        # it keeps what it has read, too
        vars(self.app.station_queries).update(vars(SqlStation(self.database)))

    @contextmanager
    def working(self) -> Iterator[InventoryWork]:
        with self.app.working() as work:
            yield work

    def shelve(
        self,
        lot: str,
        places: Mapping[str, int],
        *,
        product_code: str = "SOAP-BAR",
        lot_number: str | None = None,
        expires_on: date | None = None,
        hold: LotStatus = LotStatus.RELEASED,
        earmark: tuple[str, ...] | None = None,
    ) -> UUID:
        """Put a lot on the shelf, so many units a place; give its id."""
        self._know(product_code, gift_number=f"G-{lot}")
        lot_id = an_id(lot)
        with self.working() as work:
            work.lots.add(
                Lot(
                    lot_id=lot_id,
                    product_code=product_code,
                    lot_number=lot_number or lot,
                    expires_on=expires_on,
                    received_on=local_day(self.clock.now()),
                    gift_number=f"G-{lot}",
                    hold=hold,
                    earmark=earmark,
                )
            )
            for code, quantity in places.items():
                work.ledger.post(
                    Movement(
                        work.ids.new_id(),
                        lot_id,
                        quantity,
                        SUPPLY,
                        location(code),
                        Reason.RECEIPT,
                        self.clock.now(),
                        PICKER,
                    )
                )
        return lot_id

    def hear(self, *facts: object) -> None:
        """Take messages in, in this order and in one delivery."""
        self.app.station.inbox.take([in_envelope(fact) for fact in facts])

    def approve(self, *lines: AllocatedLine, run: str = "run") -> None:
        """Hear that a run was approved."""
        self.hear(AllocationApproved(an_id(run), TOMORROW, lines))

    def plan(self, *lines: AllocatedLine, number: str = "C-2026-0001") -> str:
        """Hear that a consignment was planned; give its pick list's number."""
        self.hear(ConsignmentPlanned(number, "WOMENS-PRISON", TOMORROW, lines))
        lists = self.app.outbound.pick_lists(None, after=None, limit=500)
        return {each.consignment_number: each for each in lists}[
            number
        ].pick_list_number

    def list_of(self, *lines: AllocatedLine, number: str = "C-2026-0001") -> str:
        """Hear of a run and of the consignment of all it holds; give the list."""
        self.approve(*lines, run=number)
        return self.plan(*lines, number=number)

    def pick(self, pick_list_number: str, quantity: int, **options: Any) -> Picked:
        """Pick for a list; lots and places as ``PickGoods`` takes them."""
        wish = PickGoods(
            **{
                "account": PICKER,
                "pick_list_number": pick_list_number,
                "product_code": "SOAP-BAR",
                "quantity": quantity,
                "occurred_at": self.clock.now(),
                **options,
            }
        )
        with self.working() as work:
            return pick_goods(wish, work)

    def dispatch(self, pick_list_number: str, short_reason: str | None = None) -> Any:
        """Send a list off; gives consignment and waybill number."""
        with self.working() as work:
            return dispatch_goods(
                DispatchGoods(PICKER, pick_list_number, short_reason), work
            )

    def hand_over(
        self,
        *lines: HandoverLine,
        handover: str = "handover",
        corrects: str | None = None,
        number: str = "C-2026-0001",
    ) -> None:
        """Hear how a consignment ended at the gate."""
        corrected = an_id(corrects) if corrects else None
        self.hear(
            ConsignmentHandedOver(
                an_id(handover), number, self.clock.now(), corrected, lines
            )
        )

    def pick_list(self, pick_list_number: str) -> PickListView:
        return self.app.outbound.pick_list(pick_list_number)

    def facts(self, shape: type[Any]) -> Sequence[Any]:
        """Everything of one kind that was said so far, in order."""
        outbox = tables.MESSAGING.outbox
        query = select(outbox.c.envelope).order_by(outbox.c.position)
        with self.database.reading() as connection:
            written = connection.scalars(query).all()
        said = [fact_of(read_envelope(each)) for each in written]
        return [fact for fact in said if isinstance(fact, shape)]

    def waiting(self) -> Mapping[str, bool]:
        """What could not take effect: its error, and whether it is parked."""
        waiting = tables.MESSAGING.waiting
        with self.database.reading() as connection:
            return {
                row.last_error.partition(":")[0]: row.parked_at is not None
                for row in connection.execute(select(waiting))
            }

    def accounts(self, lot_id: UUID) -> LotAccounts:
        """The accounts of a lot as they stand now."""
        with self.working() as work:
            return work.ledger.of(lot_id)

    def balances(self, lot_id: UUID) -> Mapping[str, int]:
        """What stands where, empty accounts left out."""
        return {
            account: balance.on_hand
            for account, balance in self.accounts(lot_id).balances.items()
            if balance.on_hand
        }

    def reserved(self, lot_id: UUID) -> Mapping[str, int]:
        """What is promised at each location."""
        stock = self.accounts(lot_id).stock()
        return {code: each.reserved for code, each in stock.items() if each.reserved}

    def _know(self, product_code: str, *, gift_number: str) -> None:
        with self.database.writing() as connection:
            codes = set(connection.scalars(select(tables.PRODUCTS.c.product_code)))
            if product_code not in codes:
                connection.execute(
                    insert(tables.PRODUCTS).values(
                        product_code=product_code,
                        version=1,
                        category="hygiene",
                        names={"en": product_code},
                        unit_of_issue="piece",
                        min_days_at_receipt=0,
                        min_days_at_dispatch=0,
                        sensitivity=0,
                        flags=[],
                        searched=product_code.lower(),
                    )
                )
            connection.execute(
                insert(tables.GIFTS).values(
                    gift_number=gift_number,
                    is_known=True,
                    earmark_version=1,
                    first_seen_at=self.clock.now(),
                )
            )


def a_share(
    lot_id: UUID,
    quantity: int,
    unit_code: str = "U-1",
    product_code: str = "SOAP-BAR",
) -> AllocatedLine:
    """So many of a lot for a unit."""
    return AllocatedLine(unit_code, product_code, lot_id, quantity)


def an_ending(
    lot_id: UUID,
    accepted: int,
    *,
    refused: int = 0,
    damaged: int = 0,
    short: int = 0,
    unit_code: str = "U-1",
    product_code: str = "SOAP-BAR",
) -> HandoverLine:
    """How a dispatched line ended at the gate."""
    reason = "not_admitted" if refused else None
    return HandoverLine(
        unit_code, product_code, lot_id, accepted, refused, reason, damaged, short
    )


def _build(database: Database, clock: Clock, ids: IdSource) -> Inventory:
    registry = CollectorRegistry()
    metrics = MessagingMetrics(registry)
    return build(Surroundings(database, clock, ids, metrics), registry)
