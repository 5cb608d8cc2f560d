"""Take goods from a shelf for a pick list, and take a pick back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from services.inventory.application.ports.outbound import PickList
from services.inventory.application.ports.work import Work
from services.inventory.domain.errors import (
    InsufficientStockError,
    LotNotAvailableError,
    UnknownLotError,
)
from services.inventory.domain.ledger import STORAGE
from services.inventory.domain.lot import Lot, LotStatus
from services.inventory.domain.movement import DISPATCH, Movement, Reason, location
from services.inventory.domain.outbound_errors import (
    LotCannotReplaceError,
    LotNeededError,
    LotNotAskedForError,
    MoreThanAskedError,
    NotOnPickListError,
    PickListClosedError,
    PickListUnknownError,
)
from services.inventory.domain.picking import (
    PickLine,
    PickListStatus,
    PlannedLine,
    Source,
    Take,
    TakePlan,
    choose_source,
    merged_takes,
    plan_take,
)
from shared.kernel.clock import local_day


@dataclass(frozen=True, slots=True)
class PickGoods:
    """A scanned pick: what was taken, from where, for which list.

    What a pack says of its lot goes before the ``lot_id`` of the line somebody
    meant to pick: the wrong pack in the hand is noticed.
    """

    account: str
    pick_list_number: str
    product_code: str
    quantity: int
    occurred_at: datetime
    lot_id: UUID | None = None
    lot_number: str | None = None
    expires_on: date | None = None
    location_code: str | None = None
    other_lot_reason: str | None = None
    must_say_lot: bool = False


@dataclass(frozen=True, slots=True)
class Picked:
    """What a pick did: the movement that undo reverses, and the lot it took."""

    movement_id: UUID
    lot_id: UUID


def pick_goods(command: PickGoods, work: Work) -> Picked:
    """Move scanned goods to DISPATCH and mark the lines they answer.

    One pick takes one lot from one place. Another place of the same lot is fine;
    another lot of the product needs a reason and the same earmark, and its hold
    moves. Raises PickListUnknownError, PickListClosedError, NotOnPickListError,
    LotNeededError, LotNotAskedForError, LotCannotReplaceError,
    MoreThanAskedError, LotNotAvailableError and what the ledger refuses.
    """
    require_open(work, command.pick_list_number)
    source, lines = _source_and_lines(command, work)
    plan = plan_take(lines, source, command.quantity)
    _check_replacement(command, work, source, plan)
    for take in plan.asked + plan.moved:
        line = take.line
        work.ledger.release(line.lot_id, line.location_code, take.quantity)
    movement = work.ledger.post(
        Movement(
            movement_id=work.ids.new_id(),
            lot_id=source.lot_id,
            quantity=command.quantity,
            source=location(source.location_code),
            target=location(DISPATCH),
            reason=Reason.PICK,
            occurred_at=command.occurred_at,
            recorded_by=command.account,
            document=command.pick_list_number,
        )
    )
    _mark(command, work, source, plan, movement.movement_id)
    return Picked(movement.movement_id, source.lot_id)


def require_open(work: Work, pick_list_number: str) -> PickList:
    """Give an open pick list; PickListUnknownError, PickListClosedError if not."""
    pick_list = work.pick_lists.find(pick_list_number)
    if pick_list is None:
        raise PickListUnknownError(pick_list_number)
    if pick_list.status is not PickListStatus.OPEN:
        raise PickListClosedError(pick_list_number, pick_list.status)
    return pick_list


def _source_and_lines(
    command: PickGoods, work: Work
) -> tuple[Source, Sequence[PickLine]]:
    """Find what was taken and the lines of its product, their lots locked."""
    lines = _lines(command, work)
    if not lines:
        raise NotOnPickListError(command.pick_list_number, command.product_code)
    candidates = _candidates(command, work, lines)
    work.ledger.open({*candidates, *(line.lot_id for line in lines)})
    require_open(work, command.pick_list_number)
    lines = _lines(command, work)
    sources = _sources(command, work, candidates)
    source = choose_source(lines, sources, command.quantity)
    lot = work.ledger.of(source.lot_id).lot
    if lot.product_code != command.product_code:
        raise NotOnPickListError(command.pick_list_number, lot.product_code)
    if not _may_go_out(work, lot):
        day = local_day(work.clock.now())
        raise LotNotAvailableError(
            lot_number=lot.lot_number, lot_status=lot.status_on(day)
        )
    return source, lines


def _lines(command: PickGoods, work: Work) -> Sequence[PickLine]:
    return [
        line
        for line in work.pick_lists.lines(command.pick_list_number)
        if line.product_code == command.product_code
    ]


def _candidates(
    command: PickGoods, work: Work, lines: Sequence[PickLine]
) -> Sequence[UUID]:
    """Name the lots that may have been taken; the lot is never guessed."""
    if command.lot_number is None:
        if command.lot_id is not None:
            return [command.lot_id]
        return _only_lot_there(command, work, [line for line in lines if line.open])
    found = work.lots.numbered(command.product_code, command.lot_number)
    if not found:
        raise UnknownLotError(command.lot_number)
    if command.lot_id is not None and command.lot_id in found:
        return [command.lot_id]
    dated = [
        lot_id
        for lot_id in found
        if work.ledger.of(lot_id).lot.expires_on == command.expires_on
    ]
    return dated or found


def _only_lot_there(
    command: PickGoods, work: Work, lines: Sequence[PickLine]
) -> Sequence[UUID]:
    """Name the lot when the shelves hold no other; a medicine's is always said.

    Goods that came loose carry a lot number of ours that no pack shows.
    """
    places = {location(line.location_code) for line in lines}
    standing = {
        lot_id
        for place in places
        for lot_id in work.lots.standing_at(command.product_code, place)
    }
    if len(standing) == 1 and not command.must_say_lot:
        return sorted(standing)
    asked = _numbers(work, [line.lot_id for line in lines])
    raise LotNeededError(command.product_code, asked)


def _sources(
    command: PickGoods, work: Work, candidates: Sequence[UUID]
) -> Sequence[Source]:
    """Give the storage places a candidate stands in, in walking order."""
    kinds = work.ledger.location_kinds
    sources = [
        Source(lot_id, location_code)
        for lot_id in candidates
        for location_code in work.ledger.of(lot_id).stock()
        if command.location_code in {None, location_code}
        and kinds.get(location_code) == STORAGE
    ]
    if not sources:
        raise InsufficientStockError(
            lot_number=work.ledger.of(candidates[0]).lot.lot_number,
            account=location(command.location_code or "storage"),
            requested=command.quantity,
            available=0,
        )
    return sorted(sources, key=lambda each: (each.location_code, each.lot_id))


def _check_replacement(
    command: PickGoods, work: Work, source: Source, plan: TakePlan
) -> None:
    """Let another lot go only for a reason and to whom its donor meant it."""
    if not plan.replaced:
        return
    taken = work.ledger.of(source.lot_id).lot
    if not command.other_lot_reason:
        raise _refusal_without_reason(command, work, taken, plan)
    for take in plan.replaced:
        if work.ledger.of(take.line.lot_id).lot.earmark != taken.earmark:
            raise LotCannotReplaceError(
                taken.lot_number, "its gift has another earmark"
            )


def _refusal_without_reason(
    command: PickGoods, work: Work, taken: Lot, plan: TakePlan
) -> MoreThanAskedError | LotNotAskedForError:
    same_lot = plan.asked + plan.shifted
    if same_lot:
        return MoreThanAskedError(
            command.product_code,
            scanned=command.quantity,
            still_asked=sum(take.quantity for take in same_lot),
        )
    asked = _numbers(work, [take.line.lot_id for take in plan.replaced])
    return LotNotAskedForError(command.product_code, taken.lot_number, asked)


def _mark(
    command: PickGoods,
    work: Work,
    source: Source,
    plan: TakePlan,
    movement_id: UUID,
) -> None:
    """Count the goods as picked on their lines, moved holds on new ones."""
    answered = [
        *plan.asked,
        *(_shift(command, work, source, take) for take in plan.shifted),
        *(_replace(command, work, source, take) for take in plan.replaced),
    ]
    for take in merged_takes(answered):
        line = take.line
        work.pick_lists.save(replace(line, picked=line.picked + take.quantity))
    work.pick_lists.note_pick(
        movement_id, merged_takes(answered), command.other_lot_reason
    )


def _shift(command: PickGoods, work: Work, source: Source, take: Take) -> Take:
    """Plan a part of a line for another place of its lot."""
    line = take.line
    work.pick_lists.save(
        replace(
            line,
            planned=line.planned - take.quantity,
            quantity=line.quantity - take.quantity,
        )
    )
    return _widened(command, work, source, take)


def _replace(command: PickGoods, work: Work, source: Source, take: Take) -> Take:
    """Ask another lot for a part of a line; what was planned stays on record."""
    line = take.line
    work.pick_lists.save(replace(line, quantity=line.quantity - take.quantity))
    return _widened(command, work, source, take)


def _widened(command: PickGoods, work: Work, source: Source, take: Take) -> Take:
    line = work.pick_lists.widen(
        command.pick_list_number,
        PlannedLine(
            run_id=take.line.run_id,
            unit_code=take.line.unit_code,
            product_code=take.line.product_code,
            lot_id=source.lot_id,
            location_code=source.location_code,
            planned=take.quantity,
            quantity=take.quantity,
        ),
    )
    return Take(line, take.quantity)


def _numbers(work: Work, lot_ids: Sequence[UUID]) -> list[str]:
    work.ledger.open(lot_ids)
    return sorted({work.ledger.of(lot_id).lot.lot_number for lot_id in lot_ids})


def _may_go_out(work: Work, lot: Lot) -> bool:
    return lot.status_on(local_day(work.clock.now())) is LotStatus.RELEASED
