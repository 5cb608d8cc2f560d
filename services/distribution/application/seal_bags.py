"""Which seals are on the bags of a delivery."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from services.distribution.application.load_consignment import require_open
from services.distribution.application.ports import DistributionWork
from services.distribution.domain.errors import NotOnConsignmentError
from services.distribution.domain.handover import Key
from services.distribution.domain.places import EVERY_UNIT
from services.distribution.domain.sealing import sealed, unsealed


def add_seals(
    consignment_number: str,
    chosen: AbstractSet[Key],
    given: Sequence[str],
    work: DistributionWork,
    *,
    may_be_shared: bool,
) -> dict[str, Any]:
    """Put seals on the bags that hold some lines; see ``sealing.sealed``.

    Also after it left: a seal is often read off at the gate. Raises
    UnknownConsignmentError, ConsignmentStateError, NotOnConsignmentError.
    """
    require_open(consignment_number, work, "sealed")
    lines = work.loading.lines(consignment_number)
    for key in chosen - {line.key for line in lines}:
        raise NotOnConsignmentError(consignment_number, key[1])
    work.loading.seal(
        consignment_number,
        sealed(lines, chosen, given, may_be_shared=may_be_shared),
    )
    return work.views.consignment(consignment_number, EVERY_UNIT)


def remove_seal(
    consignment_number: str, unit_code: str, seal: str, work: DistributionWork
) -> dict[str, Any]:
    """Take a seal off the goods of a unit; see ``sealing.unsealed``."""
    require_open(consignment_number, work, "unsealed")
    lines = work.loading.lines(consignment_number)
    work.loading.seal(consignment_number, unsealed(lines, unit_code, seal))
    return work.views.consignment(consignment_number, EVERY_UNIT)
