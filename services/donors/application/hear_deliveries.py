"""Keep where goods were accepted, for the months that donors are told of."""

from collections import Counter
from datetime import date
from uuid import UUID

from services.donors.application.masking_ports import Accepted
from services.donors.application.ports import Work
from services.donors.domain.errors import LotNotHeardOfError
from shared.contracts.distribution_v1 import ConsignmentHandedOver
from shared.contracts.envelope import Envelope
from shared.kernel.clock import local_day


def hear_handed_over(
    work: Work, fact: ConsignmentHandedOver, _envelope: Envelope
) -> None:
    """Keep what each unit accepted; a correction takes the place of what was.

    Raises LotNotHeardOfError while a lot's own message is on its way.
    """
    if fact.corrects is not None:
        work.deliveries.forget(fact.corrects)
    sums: Counter[tuple[UUID, str]] = Counter()
    for line in fact.lines:
        sums[line.lot_id, line.unit_code] += line.accepted
    month = local_day(fact.occurred_at).replace(day=1)
    work.deliveries.keep(
        [
            _accepted(work, fact.handover_id, lot_id, unit_code, month, quantity)
            for (lot_id, unit_code), quantity in sums.items()
            if quantity
        ]
    )


def _accepted(
    work: Work,
    handover_id: UUID,
    lot_id: UUID,
    unit_code: str,
    month: date,
    quantity: int,
) -> Accepted:
    lot = work.lots.find(lot_id)
    if lot is None:
        raise LotNotHeardOfError(lot_id)
    return Accepted(
        handover_id=handover_id,
        lot_id=lot_id,
        unit_code=unit_code,
        gift_number=lot.gift_number,
        product_code=lot.product_code,
        month=month,
        accepted=quantity,
    )
