"""Photographs of signed waybills: kept locked, and every look at one is noted."""

from dataclasses import dataclass, field
from uuid import UUID

from services.distribution.application.ports import DistributionWork
from services.distribution.domain.consignment import ConsignmentState
from services.distribution.domain.errors import (
    ConsignmentStateError,
    UnknownConsignmentError,
    UnknownPhotoError,
)
from services.distribution.domain.places import Scope

MAY_BE_SIGNED = frozenset({ConsignmentState.IN_TRANSIT, ConsignmentState.HANDED_OVER})


@dataclass(frozen=True, slots=True)
class WaybillPhoto:
    """A picture that is locked already; its id was made on the phone."""

    photo_id: UUID
    consignment_number: str
    sealed: bytes = field(repr=False)


def keep_photo(
    photo: WaybillPhoto, work: DistributionWork, *, scope: Scope, account: str
) -> None:
    """Keep a photograph of a delivery that has left; the same id again is one.

    Raises UnknownConsignmentError, also for one that is not wholly the caller's,
    or ConsignmentStateError.
    """
    number = photo.consignment_number
    head = work.consignments.locked(number)
    if not _is_own(number, work, scope):
        raise UnknownConsignmentError(number)
    if head.state not in MAY_BE_SIGNED:
        raise ConsignmentStateError(number, head.state, "photographed")
    work.gates.add_photo(photo.photo_id, number, photo.sealed, account)


def look_at_photo(
    photo_id: UUID,
    consignment_number: str,
    work: DistributionWork,
    *,
    scope: Scope,
    account: str,
) -> bytes:
    """Give a locked picture and note who looked; raises UnknownPhotoError."""
    number, sealed = work.gates.photo(photo_id)
    if number != consignment_number or not _is_own(number, work, scope):
        raise UnknownPhotoError
    work.gates.note_read(photo_id, account)
    return sealed


def _is_own(consignment_number: str, work: DistributionWork, scope: Scope) -> bool:
    return all(map(scope.covers, work.consignments.unit_codes(consignment_number)))
