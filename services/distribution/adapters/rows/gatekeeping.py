"""Policies of gates and photographs of waybills as rows."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, select

from services.distribution.adapters.tables.gate import (
    GATES,
    PHOTO_READS,
    WAYBILL_PHOTOS,
)
from services.distribution.domain.errors import UnknownPhotoError
from services.distribution.domain.handover import ReceiverPolicy
from shared.database.upsert import insert_if_new, insert_or_update
from shared.kernel.identity import IdSource


class SqlGates:
    """Keeps what is special about a gate; pictures only as they were sealed."""

    def __init__(self, connection: Connection, now: datetime, ids: IdSource) -> None:
        self._connection = connection
        self._now = now
        self._ids = ids

    def receiver_policy(self, facility_code: str) -> ReceiverPolicy:
        kept = self._connection.scalar(
            select(GATES.c.receiver_policy).where(
                GATES.c.facility_code == facility_code
            )
        )
        return ReceiverPolicy(kept) if kept else ReceiverPolicy.OPTIONAL

    def set_receiver_policy(
        self, facility_code: str, policy: ReceiverPolicy, recorded_by: str
    ) -> None:
        insert_or_update(
            self._connection,
            GATES,
            {
                "facility_code": facility_code,
                "receiver_policy": policy,
                "recorded_by": recorded_by,
                "recorded_at": self._now,
            },
        )

    def add_photo(
        self, photo_id: UUID, consignment_number: str, sealed: bytes, account: str
    ) -> None:
        insert_if_new(
            self._connection,
            WAYBILL_PHOTOS,
            {
                "photo_id": photo_id,
                "consignment_number": consignment_number,
                "sealed": sealed,
                "recorded_by": account,
                "recorded_at": self._now,
            },
        )

    def photo(self, photo_id: UUID) -> tuple[str, bytes]:
        row = self._connection.execute(
            WAYBILL_PHOTOS.select().where(WAYBILL_PHOTOS.c.photo_id == photo_id)
        ).one_or_none()
        if row is None:
            raise UnknownPhotoError
        return row.consignment_number, row.sealed

    def note_read(self, photo_id: UUID, account: str) -> None:
        self._connection.execute(
            PHOTO_READS.insert().values(
                read_id=self._ids.new_id(),
                photo_id=photo_id,
                account=account,
                read_at=self._now,
            )
        )
