"""What left and how it was settled, in SQL."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, and_, func, select

from services.inventory.adapters.outbound.tables import (
    DISPATCHED_LINES,
    PICK_LISTS,
    SETTLED_OUTCOMES,
    SETTLEMENTS,
)
from services.inventory.application.ports.outbound import (
    DispatchedLine,
    SettledOutcome,
    Settlement,
)
from services.inventory.domain.picking import PickListStatus
from services.inventory.domain.settlement import Ending, LineKey, Outcome
from shared.contracts.inventory_v1 import LotWentTo
from shared.kernel.clock import Clock

_LINE = DISPATCHED_LINES.c
_SETTLED = _LINE.accepted + _LINE.refused + _LINE.damaged + _LINE.short


class SqlConsignments:
    """The port ``Consignments`` on one connection."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    def dispatch(
        self, consignment_number: str, lines: Iterable[DispatchedLine]
    ) -> None:
        """Store what left; nothing of it is settled yet."""
        for line in lines:
            self._connection.execute(
                DISPATCHED_LINES.insert().values(
                    consignment_number=consignment_number,
                    unit_code=line.key.unit_code,
                    product_code=line.key.product_code,
                    lot_id=line.key.lot_id,
                    planned=line.planned,
                    quantity=line.quantity,
                )
            )

    def in_transit(self, consignment_number: str) -> Mapping[LineKey, int]:
        """Tell what of each dispatched line is not settled; empty if none left."""
        query = select(
            _LINE.unit_code,
            _LINE.product_code,
            _LINE.lot_id,
            _LINE.quantity - _SETTLED,
        ).where(_LINE.consignment_number == consignment_number)
        return {
            LineKey(unit_code, product_code, lot_id): left
            for unit_code, product_code, lot_id, left in self._connection.execute(query)
        }

    def dispatched_at(self, consignment_number: str) -> datetime | None:
        """Tell when a consignment left; None while it has not."""
        query = select(PICK_LISTS.c.closed_at).where(
            PICK_LISTS.c.consignment_number == consignment_number,
            PICK_LISTS.c.status == PickListStatus.DISPATCHED.value,
        )
        return self._connection.execute(query).scalar_one_or_none()

    def settlement(self, handover_id: UUID) -> Settlement | None:
        """Give a handover as it was booked, even if it was corrected since."""
        query = select(SETTLEMENTS).where(SETTLEMENTS.c.handover_id == handover_id)
        row = self._connection.execute(query).one_or_none()
        if row is None:
            return None
        return Settlement(
            handover_id, row.consignment_number, row.occurred_at, self._of(handover_id)
        )

    def corrected_by(self, handover_id: UUID) -> UUID | None:
        """Name the handover that replaced this one, if any did."""
        query = select(SETTLEMENTS.c.handover_id).where(
            SETTLEMENTS.c.corrects == handover_id
        )
        return self._connection.execute(query).scalar_one_or_none()

    def settle(self, settlement: Settlement, corrects: UUID | None) -> None:
        """Store a handover as it was booked."""
        self._connection.execute(
            SETTLEMENTS.insert().values(
                handover_id=settlement.handover_id,
                consignment_number=settlement.consignment_number,
                occurred_at=settlement.occurred_at,
                recorded_at=self._clock.now(),
                corrects=corrects,
            )
        )
        for each in settlement.outcomes:
            self._connection.execute(
                SETTLED_OUTCOMES.insert().values(
                    handover_id=settlement.handover_id,
                    unit_code=each.outcome.key.unit_code,
                    product_code=each.outcome.key.product_code,
                    lot_id=each.outcome.key.lot_id,
                    ending=each.outcome.ending.value,
                    quantity=each.outcome.quantity,
                    movement_id=each.movement_id,
                    incident_number=each.incident_number,
                )
            )

    def account_for(
        self, consignment_number: str, changes: Iterable[tuple[Outcome, int]]
    ) -> None:
        """Add the signed change of each outcome to its dispatched line."""
        for outcome, change in changes:
            column = _LINE[outcome.ending.value]
            self._connection.execute(
                DISPATCHED_LINES.update()
                .where(_is(consignment_number, outcome.key))
                .values({column: column + change})
            )

    def went_to(self, lot_ids: Iterable[UUID]) -> Sequence[LotWentTo]:
        """Every unit some lots were sent to, less what was not accepted there."""
        kept = func.sum(_LINE.quantity - _LINE.refused - _LINE.damaged - _LINE.short)
        query = (
            select(_LINE.unit_code, _LINE.consignment_number, kept)
            .where(_LINE.lot_id.in_(list(lot_ids)))
            .group_by(_LINE.unit_code, _LINE.consignment_number)
            .having(kept > 0)
            .order_by(_LINE.consignment_number, _LINE.unit_code)
        )
        return [LotWentTo(*row) for row in self._connection.execute(query)]

    def _of(self, handover_id: UUID) -> Sequence[SettledOutcome]:
        row = SETTLED_OUTCOMES.c
        query = select(SETTLED_OUTCOMES).where(row.handover_id == handover_id)
        return [
            SettledOutcome(
                Outcome(
                    LineKey(each.unit_code, each.product_code, each.lot_id),
                    Ending(each.ending),
                    each.quantity,
                ),
                each.movement_id,
                each.incident_number,
            )
            for each in self._connection.execute(
                query.order_by(row.unit_code, row.product_code, row.lot_id, row.ending)
            )
        ]


def _is(consignment_number: str, key: LineKey) -> ColumnElement[bool]:
    return and_(
        _LINE.consignment_number == consignment_number,
        _LINE.unit_code == key.unit_code,
        _LINE.product_code == key.product_code,
        _LINE.lot_id == key.lot_id,
    )
