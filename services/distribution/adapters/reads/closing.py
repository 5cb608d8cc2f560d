"""What the closing of a unit touches: what is meant for it, and what it took since."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, select

from services.distribution.adapters.reads.base import Reads, Row
from services.distribution.adapters.tables.asking import REQUISITIONS
from services.distribution.adapters.tables.giving import ALLOTMENTS, CONSIGNMENTS
from services.distribution.domain.allotment import AllotmentState
from services.distribution.domain.requisition import ASKING

_MEANT = (
    AllotmentState.APPROVED,
    AllotmentState.RESERVED,
    AllotmentState.IN_TRANSIT,
)


def closed_takers(
    lines: Iterable[Mapping[str, Any]],
    closed: Mapping[str, datetime],
    recorded_at: datetime,
) -> list[str]:
    """Name units that had closed when it was recorded that they took something.

    ``closed`` tells when each was closed, of those that are.
    """
    takers = {line["unit_code"] for line in lines if line["accepted"]}
    return sorted(
        code for code in takers & closed.keys() if closed[code] <= recorded_at
    )


class ClosingReads(Reads):
    """Reads for who is about to close a unit."""

    def meant_for(self, unit_code: str) -> list[Row]:
        """List goods promised to a unit or on their way, by product and delivery.

        ``is_on_its_way`` tells what has left; the rest would be free again.
        """
        mine = ALLOTMENTS.c
        is_away = mine.state == AllotmentState.IN_TRANSIT
        quantity = case((is_away, mine.dispatched), else_=mine.quantity)
        named = (mine.product_code, mine.consignment_number, CONSIGNMENTS.c.planned_on)
        query = (
            select(
                *named,
                is_away.label("is_on_its_way"),
                func.sum(quantity).label("quantity"),
            )
            .outerjoin(
                CONSIGNMENTS,
                CONSIGNMENTS.c.consignment_number == mine.consignment_number,
            )
            .where(mine.unit_code == unit_code, mine.state.in_(_MEANT))
            .group_by(*named, is_away)
            .having(func.sum(quantity) > 0)
            .order_by(is_away, mine.product_code, mine.consignment_number)
        )
        return self._rows(query)

    def waiting_requisitions(self, unit_code: str) -> int:
        """Count what a unit asked for that would end with it."""
        heads = REQUISITIONS.c
        query = select(func.count().label("count")).where(
            heads.unit_code == unit_code,
            heads.state.in_(ASKING),
        )
        return int(self._rows(query)[0]["count"])
