"""Take back goods that a unit had accepted."""

from dataclasses import replace

from services.inventory.application.ports.work import Work
from services.inventory.application.scanning.goods import (
    Applied,
    ScannedGoods,
    lot_at,
    movement_of,
)
from services.inventory.domain.giving_back import is_unit
from services.inventory.domain.movement import RETURNS, Reason, delivered, location
from shared.kernel.errors import MalformedError


def take_back(work: Work, goods: ScannedGoods) -> Applied:
    """Book returned goods from their unit to RETURNS, where they are judged.

    Another location_code is MalformedError: a return would reach a shelf past the
    rule of ``move_goods``. Never more comes back than the unit accepted of the lot.
    """
    unit_code = goods.line.unit_code
    if unit_code is None or not is_unit(unit_code):
        raise MalformedError("Say which unit gives the goods back.", field="unit_code")
    if goods.line.location_code not in {None, RETURNS}:
        raise MalformedError(
            f"What a unit gives back stands on {RETURNS} first. Leave the place out.",
            field="location_code",
        )
    source = delivered(unit_code)
    lot_id = lot_at(work, goods, source).lot.lot_id
    movement = work.ledger.post(
        replace(
            movement_of(work, goods, lot_id, source, location(RETURNS)),
            reason=Reason.RETURN_FROM_FACILITY,
        )
    )
    return Applied(lot_id, movement.movement_id)
