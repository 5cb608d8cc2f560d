"""What distribution does when it hears from inventory.

Every hearing tolerates duplicates, an old message after a newer one, and an
answer to something that has been cancelled meanwhile.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from services.distribution.application.ports import DistributionWork
from services.distribution.domain.allotment import (
    Allotment,
    AllotmentState,
    SentLine,
    dispatched,
)
from services.distribution.domain.consignment import ConsignmentState
from services.distribution.domain.handover import Key
from services.distribution.domain.product import Product
from services.distribution.domain.run import RunState, state_of_run
from services.distribution.domain.stock import LotCopy
from shared.contracts.envelope import Envelope
from shared.contracts.inventory_v1 import (
    GoodsDispatched,
    LotRecalled,
    PickingStarted,
    ProductRegistered,
    ReservationRefused,
    StockChanged,
    StockReserved,
)


def product_registered(
    work: DistributionWork, fact: ProductRegistered, _: Envelope
) -> None:
    """Keep the newest state of a product."""
    work.stock.keep_product(
        Product(
            product_code=fact.product_code,
            category=fact.category,
            names=fact.names,
            unit_of_issue=fact.unit_of_issue,
            min_days_at_dispatch=fact.min_days_at_dispatch,
            sensitivity=fact.sensitivity,
            flags=frozenset(fact.flags),
        ),
        fact.version,
    )


def stock_changed(work: DistributionWork, fact: StockChanged, _: Envelope) -> None:
    """Keep the newest state of a lot."""
    work.stock.keep_lot(
        LotCopy(
            lot_id=fact.lot_id,
            product_code=fact.product_code,
            lot_number=fact.lot_number,
            expires_on=fact.expires_on,
            received_on=fact.received_on,
            earmark=None if fact.earmark is None else frozenset(fact.earmark),
            lot_status=fact.lot_status,
            in_stock=fact.in_stock,
            available=fact.available,
        ),
        fact.version,
    )


def stock_reserved(work: DistributionWork, fact: StockReserved, _: Envelope) -> None:
    """Note that one product is held; its lines may go on a consignment."""
    state, _day = work.runs.locked(fact.run_id)
    if state is RunState.CANCELLED:
        return
    versions = {line.lot_id: line.lot_version for line in fact.lines}
    work.allotments.save(
        replace(
            each,
            state=AllotmentState.RESERVED,
            lot_version=versions.get(each.lot_id),
        )
        for each in work.allotments.of_run(fact.run_id, fact.product_code)
        if each.state is AllotmentState.APPROVED
    )
    work.runs.note_answer(fact.run_id, fact.product_code, RunState.RESERVED)
    _sum_up(fact.run_id, work)


def reservation_refused(
    work: DistributionWork, fact: ReservationRefused, _: Envelope
) -> None:
    """Open the refused product's lines again; the other products stand."""
    state, _day = work.runs.locked(fact.run_id)
    if state is RunState.CANCELLED:
        return
    work.allotments.set_state(fact.run_id, fact.product_code, AllotmentState.REFUSED)
    work.runs.note_answer(
        fact.run_id,
        fact.product_code,
        RunState.PARTLY_REFUSED,
        reason=fact.reason,
        shortages=[
            {**asdict(each), "lot_id": str(each.lot_id)} for each in fact.shortages
        ],
    )
    _sum_up(fact.run_id, work)


def _sum_up(run_id: Any, work: DistributionWork) -> None:
    states = work.runs.product_states(run_id).values()
    work.runs.set_state(run_id, state_of_run(states))


def picking_started(
    work: DistributionWork, fact: PickingStarted, envelope: Envelope
) -> None:
    """Note that the warehouse has begun; told late or again, it changes nothing."""
    head = work.consignments.locked(fact.consignment_number)
    if head.state is ConsignmentState.PLANNED:
        work.loading.start_picking(fact.consignment_number, envelope.occurred_at)


def goods_dispatched(
    work: DistributionWork, fact: GoodsDispatched, envelope: Envelope
) -> None:
    """Note that a consignment left, and what was really on it.

    It counts even where somebody cancelled the consignment in the same moment:
    the goods have left. What was not picked is open again.
    """
    number = fact.consignment_number
    head = work.consignments.locked(number)
    if head.state in {ConsignmentState.IN_TRANSIT, ConsignmentState.HANDED_OVER}:
        return
    sent: dict[Key, int] = {}
    for line in fact.lines:
        key = (line.unit_code, line.product_code, line.lot_id)
        sent[key] = sent.get(key, 0) + line.quantity
    work.consignments.note_dispatch(
        number,
        sent,
        waybill_number=fact.waybill_number,
        short_reason=fact.short_reason,
        occurred_at=envelope.occurred_at,
    )
    if head.state is ConsignmentState.CANCELLED:
        _book(number, sent, _were_on(fact, work.allotments.unsent(sent.keys())), work)
    else:
        _book(number, sent, work.allotments.of_consignment(number), work)


def _were_on(fact: GoodsDispatched, unsent: Sequence[Allotment]) -> list[Allotment]:
    """Find the promises of a cancelled consignment: the oldest, as many as planned.

    What was promised later of the same lot to the same unit was never on it.
    """
    planned: dict[Key, int] = {}
    for line in fact.lines:
        key = (line.unit_code, line.product_code, line.lot_id)
        planned[key] = planned.get(key, 0) + line.planned
    found = []
    for each in unsent:
        key = (each.unit_code, each.product_code, each.lot_id)
        if planned[key] > 0:
            planned[key] -= each.quantity
            found.append(each)
    return found


def _book(
    number: str,
    sent: Mapping[Key, int],
    meant: Sequence[Allotment],
    work: DistributionWork,
) -> None:
    lines = [SentLine(*key, quantity) for key, quantity in sent.items()]
    now, moved = dispatched(lines, meant)
    work.allotments.save(replace(each, consignment_number=number) for each in now)
    work.allotments.add(
        Allotment(
            allotment_id=work.new_id(),
            run_id=portion.allotment.run_id,
            requisition_id=portion.allotment.requisition_id,
            unit_code=portion.allotment.unit_code,
            product_code=portion.allotment.product_code,
            lot_id=portion.lot_id,
            quantity=portion.quantity,
            state=AllotmentState.IN_TRANSIT,
            due_on=portion.allotment.due_on,
            consignment_number=number,
            dispatched=portion.quantity,
        )
        for portion in moved
    )


def lot_recalled(work: DistributionWork, fact: LotRecalled, _: Envelope) -> None:
    """Flag the lots, so that everybody who got some of them can be told."""
    work.stock.recall(fact.lot_ids, fact.product_code, fact.lot_number, fact.reason)


HEARINGS: Mapping[str, Callable[[DistributionWork, Any, Envelope], None]] = {
    "inventory.product_registered.v1": product_registered,
    "inventory.stock_changed.v1": stock_changed,
    "inventory.stock_reserved.v1": stock_reserved,
    "inventory.reservation_refused.v1": reservation_refused,
    "inventory.picking_started.v1": picking_started,
    "inventory.goods_dispatched.v1": goods_dispatched,
    "inventory.lot_recalled.v1": lot_recalled,
}
