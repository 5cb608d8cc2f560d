"""What goes into the vehicle is written down and ticked off."""

from typing import Any
from uuid import UUID

from services.distribution.application.ports import DistributionWork
from services.distribution.domain.consignment import ConsignmentState, Transport
from services.distribution.domain.errors import (
    ConsignmentStateError,
    NotOnConsignmentError,
    TickGoneError,
    UnknownConsignmentError,
)
from services.distribution.domain.packing import label_of, ticked_off
from services.distribution.domain.places import EVERY_UNIT, Scope

OPEN = frozenset(
    {
        ConsignmentState.PLANNED,
        ConsignmentState.PICKING,
        ConsignmentState.IN_TRANSIT,
    }
)


def describe_transport(
    consignment_number: str, transport: Transport, work: DistributionWork
) -> dict[str, Any]:
    """Keep vehicle, driver's role, packages, weight and seals.

    Also after it left: a seal is often read off at the gate. Raises
    UnknownConsignmentError, ConsignmentStateError, NotOnConsignmentError for a
    line it has not, or what ``Transport.checked`` raises.
    """
    require_open(consignment_number, work, "described")
    kept = transport.checked()
    known = {line.key for line in work.loading.lines(consignment_number)}
    for key in kept.bags.keys() - known:
        raise NotOnConsignmentError(consignment_number, key[1])
    work.loading.describe(consignment_number, kept)
    return work.views.consignment(consignment_number, EVERY_UNIT)


def tick_off(
    consignment_number: str,
    raw: str,
    quantity: int | None,
    work: DistributionWork,
    *,
    scope: Scope,
    tick_id: UUID,
) -> dict[str, Any]:
    """Tick off what a scanned label stands for; see ``packing.ticked_off``.

    ``tick_id`` is what ``take_back_tick`` names.
    """
    require_open(consignment_number, work, "packed")
    _require_own(consignment_number, scope, work)
    lines = work.loading.lines(consignment_number)
    parts = ticked_off(consignment_number, lines, label_of(raw), quantity)
    work.loading.tick_off(consignment_number, tick_id, parts)
    return work.views.consignment(consignment_number, scope)


def take_back_tick(
    consignment_number: str, tick_id: UUID, work: DistributionWork, *, scope: Scope
) -> dict[str, Any]:
    """Let one tick not have been; what others ticked off stays.

    Raises TickGoneError when it was taken back before or the check began anew.
    """
    require_open(consignment_number, work, "packed")
    _require_own(consignment_number, scope, work)
    if not work.loading.take_back(consignment_number, tick_id):
        raise TickGoneError(consignment_number)
    return work.views.consignment(consignment_number, scope)


def pack_anew(
    consignment_number: str, work: DistributionWork, *, scope: Scope
) -> dict[str, Any]:
    """Begin the packing check from the start."""
    require_open(consignment_number, work, "packed")
    _require_own(consignment_number, scope, work)
    work.loading.untick(consignment_number)
    return work.views.consignment(consignment_number, scope)


def require_open(consignment_number: str, work: DistributionWork, wish: str) -> None:
    """Lock a delivery that is not over; raises ConsignmentStateError."""
    head = work.consignments.locked(consignment_number)
    if head.state not in OPEN:
        raise ConsignmentStateError(consignment_number, head.state, wish)


def _require_own(consignment_number: str, scope: Scope, work: DistributionWork) -> None:
    if not all(map(scope.covers, work.consignments.unit_codes(consignment_number))):
        raise UnknownConsignmentError(consignment_number)
