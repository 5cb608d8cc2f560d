"""Keep where goods were accepted, for the months that donors are told of."""

from collections import Counter
from uuid import UUID

from services.donors.application.kit_goods import given_lots
from services.donors.application.masking_ports import Accepted
from services.donors.application.ports import Work
from services.donors.domain.lot_state import LotState
from shared.contracts.distribution_v1 import ConsignmentHandedOver
from shared.contracts.envelope import Envelope
from shared.kernel.clock import local_day


def hear_handed_over(
    work: Work, fact: ConsignmentHandedOver, _envelope: Envelope
) -> None:
    """Keep what each unit accepted, of kits what is in them.

    A correction takes the place of what was.
    Raises LotNotHeardOfError while a lot's own message is on its way.
    """
    if fact.corrects is not None:
        work.deliveries.forget(fact.corrects)
    lots: dict[UUID, LotState] = {}
    sums: Counter[tuple[UUID, str]] = Counter()
    for line in fact.lines:
        for lot, quantity in given_lots(work, line.lot_id):
            lots[lot.lot_id] = lot
            sums[lot.lot_id, line.unit_code] += line.accepted * quantity
    month = local_day(fact.occurred_at).replace(day=1)
    work.deliveries.keep(
        [
            Accepted(
                handover_id=fact.handover_id,
                lot_id=lot_id,
                unit_code=unit_code,
                gift_number=lots[lot_id].gift_number,
                product_code=lots[lot_id].product_code,
                month=month,
                accepted=accepted,
            )
            for (lot_id, unit_code), accepted in sums.items()
            if accepted
        ]
    )
