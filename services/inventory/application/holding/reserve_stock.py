"""Hold exactly the lots an approved allocation names."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from services.inventory.application.ports.work import Work
from services.inventory.domain.errors import UnknownLotError
from services.inventory.domain.ledger import STORAGE
from services.inventory.domain.lot import LotStatus
from services.inventory.domain.picking import HeldGoods
from services.inventory.domain.reservation import (
    AskedLine,
    FreePlace,
    PlannedHold,
    Shortage,
    plan_reservation,
)
from shared.contracts.distribution_v1 import AllocatedLine, AllocationApproved
from shared.contracts.inventory_v1 import (
    LotShortage,
    ReservationRefused,
    ReservedLine,
    StockReserved,
)
from shared.kernel.clock import local_day

NOT_ENOUGH = "not_enough_free"
"""Why a product of a run was refused: a named lot has less free than asked."""


def reserve_stock(fact: AllocationApproved, work: Work) -> None:
    """Answer every product of a run once: all of it is held, or none.

    A refused product leaves the others standing. A lot counts only while it is
    released and usable on the day of the hand-over, with what stands unpromised
    in storage.
    """
    answered = work.reservations.outcomes(fact.run_id)
    wanted = _by_product(fact.lines)
    work.ledger.open(line.lot_id for line in fact.lines)
    day = max(fact.handover_on, local_day(work.clock.now()))
    for product_code, lines in sorted(wanted.items()):
        if product_code in answered:
            continue
        free = {line.lot_id: _free_places(work, line, day) for line in lines}
        plan = plan_reservation(lines, free)
        if plan.shortages:
            _refuse(work, fact.run_id, product_code, plan.shortages)
        else:
            _hold(work, fact.run_id, product_code, plan.holds)


def asked_lines(lines: Iterable[AllocatedLine]) -> list[AskedLine]:
    """Read the lines of a message as the domain knows them."""
    return [
        AskedLine(line.unit_code, line.product_code, line.lot_id, line.quantity)
        for line in lines
    ]


def _by_product(lines: Iterable[AllocatedLine]) -> Mapping[str, Sequence[AskedLine]]:
    grouped: dict[str, list[AskedLine]] = defaultdict(list)
    for line in asked_lines(lines):
        grouped[line.product_code].append(line)
    return grouped


def _free_places(work: Work, line: AskedLine, day: date) -> Sequence[FreePlace]:
    """Offer what of a lot may be promised; nothing of a lot that may not go out."""
    try:
        accounts = work.ledger.of(line.lot_id)
    except UnknownLotError:
        return ()
    lot = accounts.lot
    is_fit = lot.status_on(day) is LotStatus.RELEASED
    if not is_fit or lot.product_code != line.product_code:
        return ()
    kinds = work.ledger.location_kinds
    return tuple(
        FreePlace(location_code, balance.free)
        for location_code, balance in accounts.stock().items()
        if kinds.get(location_code) == STORAGE
    )


def _refuse(
    work: Work,
    run_id: UUID,
    product_code: str,
    shortages: Sequence[Shortage],
) -> None:
    work.reservations.answer(run_id, product_code, "refused")
    work.announce(
        ReservationRefused(
            run_id=run_id,
            product_code=product_code,
            reason=NOT_ENOUGH,
            shortages=tuple(
                LotShortage(each.lot_id, each.asked, each.free) for each in shortages
            ),
        )
    )


def _hold(
    work: Work, run_id: UUID, product_code: str, holds: Sequence[PlannedHold]
) -> None:
    held: dict[tuple[str, UUID], int] = defaultdict(int)
    for hold in holds:
        work.ledger.reserve(hold.lot_id, hold.location_code, hold.quantity)
        work.reservations.hold(_held(run_id, hold))
        held[hold.unit_code, hold.lot_id] += hold.quantity
    work.reservations.answer(run_id, product_code, "reserved")
    lines = tuple(
        ReservedLine(unit_code, lot_id, quantity, work.ledger.version_of(lot_id))
        for (unit_code, lot_id), quantity in sorted(held.items())
    )
    work.announce(StockReserved(run_id, product_code, lines))


def _held(run_id: UUID, hold: PlannedHold) -> HeldGoods:
    return HeldGoods(
        run_id=run_id,
        unit_code=hold.unit_code,
        product_code=hold.product_code,
        lot_id=hold.lot_id,
        location_code=hold.location_code,
        quantity=hold.quantity,
        withdrawn=0,
    )
