"""Book what became of goods in transit when custody passed at the gate."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from services.inventory.application.ports.outbound import (
    SettledOutcome,
    Settlement,
)
from services.inventory.application.ports.work import Work
from services.inventory.domain.movement import (
    RETURNS,
    Movement,
    Reason,
    delivered,
    location,
    loss,
    transit,
)
from services.inventory.domain.outbound_errors import (
    DispatchNotHeardOfError,
    HandoverAlreadyCorrectedError,
    HandoverNotHeardOfError,
)
from services.inventory.domain.settlement import (
    Correction,
    Ending,
    LineKey,
    Outcome,
    check_settlement,
    correct,
    gather,
)
from shared.contracts.distribution_v1 import ConsignmentHandedOver, HandoverLine
from shared.contracts.inventory_v1 import StockWrittenOff
from shared.kernel.clock import local_day

RECORDED_BY = "distribution"
"""Who recorded a settlement: the service whose handover is booked here."""

_REASONS = {
    Ending.ACCEPTED: Reason.HANDOVER,
    Ending.REFUSED: Reason.GATE_REFUSAL,
    Ending.DAMAGED: Reason.DAMAGED,
    Ending.SHORT: Reason.LOST,
}


def settle_handover(fact: ConsignmentHandedOver, work: Work) -> None:
    """Move goods out of transit as the handover states; damage and loss too.

    A correction takes back only what it changes. Raises DispatchNotHeardOfError
    and HandoverNotHeardOfError, which are tried again; SettlementMismatchError,
    HandoverAlreadyCorrectedError and what the ledger refuses wait for a person.
    """
    work.ledger.open(line.lot_id for line in fact.lines)
    if work.consignments.settlement(fact.handover_id) is not None:
        return
    left_at = work.consignments.dispatched_at(fact.consignment_number)
    if left_at is None:
        raise DispatchNotHeardOfError(fact.consignment_number)
    earlier = _earlier(fact, work)
    booked = earlier.outcomes if earlier else ()
    change = correct([each.outcome for each in booked], gather(_outcomes(fact.lines)))
    _check(fact, work, change)
    moments = [fact.occurred_at, left_at, *([earlier.occurred_at] if earlier else [])]
    booking = _Booking(fact, work, max(moments))
    taken_back = set(change.taken_back)
    kept = [each for each in booked if each.outcome not in taken_back]
    for each in booked:
        if each.outcome in taken_back:
            booking.take_back(each)
    settled = [booking.settle(outcome) for outcome in change.settled]
    _remember(booking, change, [*kept, *settled])


@dataclass(slots=True)
class _Booking:
    """The movements of one handover, all at one moment, with one incident."""

    fact: ConsignmentHandedOver
    work: Work
    occurred_at: datetime
    incident_number: str | None = field(default=None)

    def settle(self, outcome: Outcome) -> SettledOutcome:
        """Move an outcome from transit to where it ended."""
        incident = self._incident() if outcome.ending.is_loss else None
        movement = self.work.ledger.post(
            Movement(
                movement_id=self.work.ids.new_id(),
                lot_id=outcome.key.lot_id,
                quantity=outcome.quantity,
                source=transit(self.fact.consignment_number),
                target=_target(outcome),
                reason=_REASONS[outcome.ending],
                occurred_at=self.occurred_at,
                recorded_by=RECORDED_BY,
                document=incident or self.fact.consignment_number,
            )
        )
        if incident:
            self._write_off(movement, outcome)
        return SettledOutcome(outcome, movement.movement_id, incident)

    def take_back(self, booked: SettledOutcome) -> None:
        """Reverse what an earlier handover had booked."""
        outcome = booked.outcome
        self.work.ledger.post(
            Movement(
                movement_id=self.work.ids.new_id(),
                lot_id=outcome.key.lot_id,
                quantity=outcome.quantity,
                source=_target(outcome),
                target=transit(self.fact.consignment_number),
                reason=Reason.REVERSAL,
                occurred_at=self.occurred_at,
                recorded_by=RECORDED_BY,
                document=booked.incident_number or self.fact.consignment_number,
                reverses=booked.movement_id,
            )
        )

    def _incident(self) -> str:
        if self.incident_number is None:
            now = self.work.clock.now()
            series = f"INC-{local_day(now).year}"
            self.incident_number = self.work.numbers.next(series, digits=4)
            self.work.losses.open_at_handover(
                self.incident_number, self.fact.consignment_number, now
            )
        return self.incident_number

    def _write_off(self, movement: Movement, outcome: Outcome) -> None:
        self.work.announce(
            StockWrittenOff(
                movement_id=movement.movement_id,
                lot_id=movement.lot_id,
                product_code=outcome.key.product_code,
                gift_number=self.work.ledger.of(movement.lot_id).lot.gift_number,
                quantity=movement.quantity,
                reason=movement.reason,
                occurred_at=movement.occurred_at,
            )
        )


def _earlier(fact: ConsignmentHandedOver, work: Work) -> Settlement | None:
    """Find the handover that this one replaces, if it replaces any."""
    if fact.corrects is None:
        return None
    earlier = work.consignments.settlement(fact.corrects)
    if earlier is None or earlier.consignment_number != fact.consignment_number:
        raise HandoverNotHeardOfError(fact.corrects)
    corrected_by = work.consignments.corrected_by(fact.corrects)
    if corrected_by is not None:
        raise HandoverAlreadyCorrectedError(fact.corrects, corrected_by)
    return earlier


def _outcomes(lines: Iterable[HandoverLine]) -> Iterable[Outcome]:
    for line in lines:
        key = LineKey(line.unit_code, line.product_code, line.lot_id)
        yield Outcome(key, Ending.ACCEPTED, line.accepted)
        yield Outcome(key, Ending.REFUSED, line.refused)
        yield Outcome(key, Ending.DAMAGED, line.damaged)
        yield Outcome(key, Ending.SHORT, line.short)


def _check(fact: ConsignmentHandedOver, work: Work, change: Correction) -> None:
    in_transit = dict(work.consignments.in_transit(fact.consignment_number))
    for outcome in change.taken_back:
        in_transit[outcome.key] += outcome.quantity
    check_settlement(fact.consignment_number, change.settled, in_transit)


def _target(outcome: Outcome) -> str:
    """Name the account a dispatched unit ends on."""
    match outcome.ending:
        case Ending.ACCEPTED:
            return delivered(outcome.key.unit_code)
        case Ending.REFUSED:
            return location(RETURNS)
        case Ending.DAMAGED:
            return loss(Reason.DAMAGED)
        case Ending.SHORT:
            return loss(Reason.LOST)


def _remember(
    booking: _Booking, change: Correction, outcomes: Sequence[SettledOutcome]
) -> None:
    fact, consignments = booking.fact, booking.work.consignments
    consignments.account_for(
        fact.consignment_number,
        [
            *((outcome, -outcome.quantity) for outcome in change.taken_back),
            *((outcome, outcome.quantity) for outcome in change.settled),
        ],
    )
    consignments.settle(
        Settlement(
            fact.handover_id, fact.consignment_number, booking.occurred_at, outcomes
        ),
        fact.corrects,
    )
