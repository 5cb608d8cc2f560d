"""Deliveries as heard: what of a lot a unit accepted."""

from collections.abc import Iterable
from dataclasses import asdict
from uuid import UUID

from sqlalchemy import Connection

from services.donors.adapters.snapshot_tables import deliveries
from services.donors.application.masking_ports import Accepted


class SqlDeliveries:
    """Built from messages alone; a correction replaces the handover it corrects."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, accepted: Iterable[Accepted]) -> None:
        rows = [asdict(each) for each in accepted]
        if rows:
            self._connection.execute(deliveries.insert(), rows)

    def forget(self, handover_id: UUID) -> None:
        self._connection.execute(
            deliveries.delete().where(deliveries.c.handover_id == handover_id)
        )
