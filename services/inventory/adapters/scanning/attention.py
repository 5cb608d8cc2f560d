"""Scans that were answered, and those that wait for a person."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, select

from services.inventory.adapters.scanning.tables import ATTENTION_PHOTOS
from services.inventory.adapters.tables import ATTENTION, SCANS
from services.inventory.application.ports.work import AnsweredScan, WaitingScan
from shared.database.upsert import insert_or_update

_ANSWERED = select(
    SCANS.c.scan_id, SCANS.c.account, SCANS.c.fingerprint, SCANS.c.result
).where(SCANS.c.scan_id.in_(bindparam("scan_ids", expanding=True)))
_REMEMBER = SCANS.insert()
_WAITING = (
    select(
        ATTENTION.c.scan_id,
        ATTENTION.c.account,
        ATTENTION.c.code,
        ATTENTION.c.detail,
        ATTENTION.c.line,
        ATTENTION.c.occurred_at,
        ATTENTION.c.gtin,
        ATTENTION.c.serial_digest,
    )
    .where(ATTENTION.c.resolved_at.is_(None))
    .with_for_update()
)


class SqlScans:
    """Remembers what each scan was answered; keeps what is left to a person."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def answered(self, scan_ids: Iterable[UUID]) -> Mapping[UUID, AnsweredScan]:
        """Give the scans among these that were answered before."""
        wanted = {"scan_ids": sorted(set(scan_ids))}
        rows = self._connection.execute(_ANSWERED, wanted)
        return {row.scan_id: AnsweredScan(*row) for row in rows}

    def remember(self, scans: Sequence[AnsweredScan], now: datetime) -> None:
        """Store answers; fails when another transaction answered one meanwhile."""
        if scans:
            self._connection.execute(
                _REMEMBER, [{**asdict(scan), "recorded_at": now} for scan in scans]
            )

    def keep(self, waiting: Sequence[WaitingScan], now: datetime) -> None:
        """Put scans on the attention list."""
        if waiting:
            self._connection.execute(
                ATTENTION.insert(),
                [{**asdict(scan), "recorded_at": now} for scan in waiting],
            )

    def waiting(self, scan_id: UUID) -> WaitingScan | None:
        """Lock and read a scan that still waits; None when it does not."""
        query = _WAITING.where(ATTENTION.c.scan_id == scan_id)
        row = self._connection.execute(query).first()
        return WaitingScan(*row) if row else None

    def waiting_of_gtin(self, gtin: str) -> Sequence[WaitingScan]:
        """Lock and read every scan of a trade item that still waits, oldest first."""
        query = _WAITING.where(ATTENTION.c.gtin == gtin)
        rows = self._connection.execute(query.order_by(ATTENTION.c.position))
        return [WaitingScan(*row) for row in rows]

    def wait_on(self, scan: WaitingScan, result: Mapping[str, Any]) -> None:
        """Keep a scan that goes on waiting, with what it waits for now."""
        said = {"code": scan.code, "detail": scan.detail, "line": dict(scan.line)}
        self._connection.execute(
            ATTENTION.update().where(ATTENTION.c.scan_id == scan.scan_id).values(**said)
        )
        self._answer(scan.scan_id, result)

    def keep_photo(
        self, scan_id: UUID, jpeg: bytes, account: str, now: datetime
    ) -> None:
        """Keep a photograph of goods that wait, in place of an earlier one."""
        row = {"scan_id": scan_id, "jpeg": jpeg, "taken_by": account, "taken_at": now}
        insert_or_update(self._connection, ATTENTION_PHOTOS, row)

    def resolve(self, scan_id: UUID, result: Mapping[str, Any], **facts: Any) -> None:
        """Take a scan off the list; a repeat of it now gets this result.

        Its photograph and the hash of its serial are forgotten.
        """
        self._connection.execute(
            ATTENTION.update()
            .where(ATTENTION.c.scan_id == scan_id)
            .values(serial_digest=None, **facts)
        )
        self._connection.execute(
            ATTENTION_PHOTOS.delete().where(ATTENTION_PHOTOS.c.scan_id == scan_id)
        )
        self._answer(scan_id, result)

    def _answer(self, scan_id: UUID, result: Mapping[str, Any]) -> None:
        self._connection.execute(
            SCANS.update().where(SCANS.c.scan_id == scan_id).values(result=dict(result))
        )
