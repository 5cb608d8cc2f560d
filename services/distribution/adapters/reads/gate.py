"""What is read at the gate: open deliveries for a phone, policies, photographs."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import func, or_, select

from services.distribution.adapters.reads.base import Reads, Row
from services.distribution.adapters.tables.asking import (
    FACILITIES,
    RECALLED_LOTS,
)
from services.distribution.adapters.tables.gate import (
    GATES,
    PHOTO_READS,
    WAYBILL_PHOTOS,
)
from services.distribution.adapters.tables.giving import CONSIGNMENT_LINES, CONSIGNMENTS
from services.distribution.domain.consignment import ConsignmentState
from services.distribution.domain.handover import ReceiverPolicy


class GateReads(Reads):
    """Reads for who stands at a gate."""

    def receiver_policy(self, facility_code: str) -> ReceiverPolicy:
        """Give what a gate lets be kept of its receiving officer."""
        kept = select(GATES.c.receiver_policy).where(
            GATES.c.facility_code == facility_code
        )
        return ReceiverPolicy(
            next(
                (row["receiver_policy"] for row in self._rows(kept)),
                ReceiverPolicy.OPTIONAL,
            )
        )

    def gates(self) -> list[Row]:
        """List every facility with its policy, by code."""
        query = (
            select(
                FACILITIES.c.facility_code,
                FACILITIES.c.name,
                FACILITIES.c.audience,
                func.coalesce(
                    GATES.c.receiver_policy, ReceiverPolicy.OPTIONAL.value
                ).label("receiver_policy"),
            )
            .outerjoin(GATES, GATES.c.facility_code == FACILITIES.c.facility_code)
            .order_by(FACILITIES.c.facility_code)
        )
        return self._rows(query)

    def recalled_at(self, unit_codes: Collection[str]) -> list[Row]:
        """List recalled goods that units got or are about to get, the latest first."""
        lines = CONSIGNMENT_LINES.c
        query = (
            select(
                lines.consignment_number,
                lines.unit_code,
                lines.product_code,
                lines.accepted,
                RECALLED_LOTS.c.lot_number,
                RECALLED_LOTS.c.reason.label("recall_reason"),
                CONSIGNMENTS.c.state,
            )
            .join(RECALLED_LOTS, RECALLED_LOTS.c.lot_id == lines.lot_id)
            .join(
                CONSIGNMENTS,
                CONSIGNMENTS.c.consignment_number == lines.consignment_number,
            )
            .where(
                lines.unit_code.in_(sorted(unit_codes)),
                CONSIGNMENTS.c.state != ConsignmentState.CANCELLED,
                or_(
                    lines.accepted > 0,
                    CONSIGNMENTS.c.state != ConsignmentState.HANDED_OVER,
                ),
            )
            .order_by(lines.consignment_number.desc(), lines.product_code)
        )
        return self._rows(query)

    def photos(self, consignment_number: str) -> list[Row]:
        """List the photographs of a signed waybill, and how often each was seen."""
        photos = WAYBILL_PHOTOS.c
        query = (
            select(
                photos.photo_id,
                photos.recorded_at,
                func.count(PHOTO_READS.c.read_id).label("reads"),
            )
            .outerjoin(PHOTO_READS, PHOTO_READS.c.photo_id == photos.photo_id)
            .where(photos.consignment_number == consignment_number)
            .group_by(photos.photo_id, photos.recorded_at)
            .order_by(photos.recorded_at)
        )
        return self._rows(query)

    def photo_reads(self, photo_id: UUID) -> list[Row]:
        """List who opened a photograph, the latest first."""
        query = select(PHOTO_READS.c.account, PHOTO_READS.c.read_at).where(
            PHOTO_READS.c.photo_id == photo_id
        )
        return self._rows(query.order_by(PHOTO_READS.c.read_at.desc()))
