"""Let go of what was promised: a run is cancelled, or its lot may not go out."""

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from services.inventory.application.ports.work import Work
from services.inventory.domain.outbound_errors import RunNotHeardOfError
from services.inventory.domain.picking import HeldGoods, goods_of
from shared.contracts.distribution_v1 import AllocationCancelled
from shared.contracts.inventory_v1 import LotShortage, ReservationRefused

CANCELLED = "cancelled"
"""The answer to a product of a run that was called off: it holds nothing more."""

WITHDRAWN = "lot_withdrawn"
"""Why a run lost what it held: the lot was quarantined or recalled."""


def release_reservation(fact: AllocationCancelled, work: Work) -> None:
    """Free what a cancelled run still holds and no pick list asks for.

    Of units that are named, also what open pick lists ask for; the run goes on for
    all others. Raises RunNotHeardOfError, which is tried again, when the approval of
    a product has not arrived yet.
    """
    answered = work.reservations.outcomes(fact.run_id)
    named = set(answered if fact.product_codes is None else fact.product_codes)
    if not answered or named - answered.keys():
        raise RunNotHeardOfError(fact.run_id)
    lots = {goods.lot_id for goods in work.reservations.of_run(fact.run_id)}
    work.ledger.open(lots)
    for goods in work.reservations.of_run(fact.run_id):
        if goods.product_code in named and _is_meant(fact, goods.unit_code):
            _release(work, goods)
            work.reservations.save(replace(goods, quantity=0, withdrawn=0))
    if fact.unit_codes is not None:
        _leave_out(fact.run_id, fact.unit_codes, named, work)
        return
    for product_code in sorted(named):
        work.reservations.answer(fact.run_id, product_code, CANCELLED)


def _is_meant(fact: AllocationCancelled, unit_code: str) -> bool:
    return fact.unit_codes is None or unit_code in fact.unit_codes


def _leave_out(
    run_id: UUID,
    unit_codes: Collection[str],
    product_codes: Collection[str],
    work: Work,
) -> None:
    """Take units off the open pick lists of a run.

    What was picked for them stays at DISPATCH, held for nobody, as after a list
    that was called off.
    """
    work.ledger.open(
        line.lot_id for line in work.pick_lists.open_lines_for(run_id, unit_codes)
    )
    for line in work.pick_lists.open_lines_for(run_id, unit_codes):
        if line.product_code in product_codes:
            if line.open:
                work.ledger.release(line.lot_id, line.location_code, line.open)
            work.pick_lists.leave_out(line)


def withdraw_lot(work: Work, lot_id: UUID) -> None:
    """Free everything promised of a lot that may not go out any more.

    Whoever quarantines or recalls a lot calls this in the same unit of work. All
    or none holds for ever: a run that loses one lot of a product loses what else
    it holds of it, and hears ``reservation_refused``. Lines of open pick lists
    ask for no more of the lot; the dispatch will show them short.
    """
    work.ledger.open([lot_id])
    hit = [goods for goods in work.reservations.of_lot(lot_id) if goods.quantity]
    answers = {(goods.run_id, goods.product_code) for goods in hit}
    for run_id, product_code in sorted(answers):
        asked = sum(goods.quantity for goods in hit if goods.run_id == run_id)
        withdraw_product(work, run_id, product_code, LotShortage(lot_id, asked, 0))
    for line in work.pick_lists.open_lines_of(lot_id):
        work.ledger.release(lot_id, line.location_code, line.open)
        work.pick_lists.save(replace(line, quantity=line.picked))
        work.reservations.hold(goods_of(line, withdrawn=line.open))


def withdraw_product(
    work: Work, run_id: UUID, product_code: str, shortage: LotShortage
) -> None:
    """Free what a run holds of a product and tell it why.

    It is remembered as withdrawn: a consignment planned meanwhile may ask for it.
    """
    holds = [
        goods
        for goods in work.reservations.of_run(run_id)
        if goods.product_code == product_code
    ]
    work.ledger.open(goods.lot_id for goods in holds)
    for goods in holds:
        _release(work, goods)
        withdrawn = goods.withdrawn + goods.quantity
        work.reservations.save(replace(goods, quantity=0, withdrawn=withdrawn))
    work.announce(ReservationRefused(run_id, product_code, WITHDRAWN, (shortage,)))


def _release(work: Work, goods: HeldGoods) -> None:
    if goods.quantity > 0:
        work.ledger.release(goods.lot_id, goods.location_code, goods.quantity)
