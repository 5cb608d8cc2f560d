"""SQL behind alerts: what waits too long, which alerts are open, who is told."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, func, literal, select

from services.inventory.adapters.knowing.tables import (
    ALERT_READERS,
    ALERTS,
    MAIL,
    TURNS,
)
from services.inventory.adapters.outbound.left_over import left_over
from services.inventory.adapters.tables import (
    ATTENTION,
    BALANCES,
    COUNTS,
    LOCATIONS,
    LOT_DECISIONS,
    LOTS,
    PRODUCTS,
    STANDING,
)
from services.inventory.application.ahead.watching import (
    ATTENTION_WAIT,
    COUNT_WAIT,
    REVIEW_WAIT,
    Alert,
    AlertKind,
    Condition,
    Reader,
)
from services.inventory.domain.ledger import STORAGE
from services.inventory.domain.lot import LotStatus
from services.inventory.domain.movement import DISPATCH, AccountKind
from services.inventory.domain.product import MEDICINE
from shared.database.database import Database
from shared.database.upsert import insert_if_new, insert_or_update
from shared.kernel.clock import local_day
from shared.kernel.identity import IdSource
from shared.mail.queue import Letter, MailQueue

COLD_CHAIN_REASON = "cold chain"
"""How the reason begins under which a breach puts a lot into quarantine."""


class SqlWatchReads:
    """The port ``WatchReads``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def conditions(self, now: datetime) -> Sequence[Condition]:
        """Find what waits too long and what is overdue."""
        with self._database.reading() as connection:
            return [
                *_waiting_lots(connection, now),
                *_waiting_scans(connection, now),
                *_uncounted(connection, now),
                *_to_put_back(connection),
            ]


class SqlAlertBook:
    """The port ``AlertBook``, in one transaction."""

    def __init__(self, connection: Connection, ids: IdSource, now: datetime) -> None:
        self._connection = connection
        self._ids = ids
        self._now = now
        self._mail = MailQueue(MAIL)

    def open(self) -> Sequence[Alert]:
        """List the alerts nobody has solved, the latest first."""
        query = select(ALERTS).where(ALERTS.c.solved_at.is_(None))
        rows = self._connection.execute(
            query.order_by(ALERTS.c.first_seen_at.desc(), ALERTS.c.alert_id)
        )
        return [
            Alert(
                row.alert_id,
                AlertKind(row.kind),
                row.subject,
                row.facts,
                row.first_seen_at,
            )
            for row in rows
        ]

    def begin(self, alert: Alert) -> bool:
        """Note a new occurrence; False when another copy was first."""
        row = {
            "alert_id": alert.alert_id,
            "kind": alert.kind.value,
            "subject": alert.subject,
            "facts": dict(alert.facts),
            "first_seen_at": alert.first_seen_at,
        }
        return insert_if_new(self._connection, ALERTS, row)

    def update(self, alert_id: UUID, facts: Mapping[str, Any]) -> None:
        """Bring the numbers of an open alert up to date."""
        self._connection.execute(
            ALERTS.update()
            .where(ALERTS.c.alert_id == alert_id)
            .values(facts=dict(facts))
        )

    def solve(self, alert_ids: Sequence[UUID], now: datetime) -> None:
        """End occurrences."""
        self._stamp(alert_ids, solved_at=now)

    def told(self, alert_ids: Sequence[UUID], now: datetime) -> None:
        """Note that their letters are queued."""
        self._stamp(alert_ids, told_at=now)

    def readers(self) -> Sequence[Reader]:
        """List who asked to be told."""
        rows = self._connection.execute(
            select(ALERT_READERS).order_by(ALERT_READERS.c.account)
        )
        return [
            Reader(
                row.account,
                row.email,
                row.language,
                tuple(row.roles),
                is_new=row.greeted_at is None,
            )
            for row in rows
        ]

    def greet(self, accounts: Sequence[str], now: datetime) -> None:
        """Note that readers are new no more."""
        if accounts:
            self._connection.execute(
                ALERT_READERS.update()
                .where(ALERT_READERS.c.account.in_(accounts))
                .values(greeted_at=now)
            )

    def write_to(self, reader: Reader, letter: tuple[str, str, str]) -> None:
        """Queue a letter of subject, text and HTML."""
        new = Letter(self._ids.new_id(), reader.email, *letter)
        self._mail.add(self._connection, new, self._now)

    def subscribe(self, reader: Reader) -> None:
        """Tell somebody from now on, at the address the account has today."""
        row = {
            "account": reader.account,
            "email": reader.email,
            "language": reader.language,
            "roles": sorted(reader.roles),
            "since": self._now,
        }
        insert_or_update(self._connection, ALERT_READERS, row)

    def unsubscribe(self, account: str) -> None:
        """Tell somebody no more."""
        self._connection.execute(
            ALERT_READERS.delete().where(ALERT_READERS.c.account == account)
        )

    def take_turn(self, task: str, every: timedelta) -> bool:
        """Say whether this copy may do a regular task now; the others wait."""
        insert_if_new(self._connection, TURNS, {"task": task, "next_at": self._now})
        found = self._connection.execute(
            TURNS.update()
            .where(TURNS.c.task == task, TURNS.c.next_at <= self._now)
            .values(next_at=self._now + every)
        )
        return found.rowcount == 1

    def _stamp(self, alert_ids: Sequence[UUID], **stamps: datetime) -> None:
        if alert_ids:
            self._connection.execute(
                ALERTS.update().where(ALERTS.c.alert_id.in_(alert_ids)).values(**stamps)
            )


def _waiting_lots(connection: Connection, now: datetime) -> list[Condition]:
    """Find quarantined lots: those the cold chain broke for, and unjudged medicine."""
    reason = (
        select(LOT_DECISIONS.c.reason)
        .where(LOT_DECISIONS.c.lot_id == LOTS.c.lot_id)
        .order_by(LOT_DECISIONS.c.decided_at.desc())
        .limit(1)
        .scalar_subquery()
    )
    standing = select(BALANCES.c.lot_id).where(
        BALANCES.c.lot_id == LOTS.c.lot_id, STANDING
    )
    query = (
        select(LOTS, PRODUCTS.c.names, PRODUCTS.c.flags, reason.label("reason"))
        .join(PRODUCTS, PRODUCTS.c.product_code == LOTS.c.product_code)
        .where(LOTS.c.hold == LotStatus.QUARANTINED.value, standing.exists())
        .order_by(LOTS.c.received_on, LOTS.c.lot_id)
    )
    found = (_lot_condition(row, now) for row in connection.execute(query))
    return [each for each in found if each]


def _lot_condition(row: Any, now: datetime) -> Condition | None:
    facts = {
        "product_code": row.product_code,
        "names": row.names,
        "lot_number": row.lot_number,
        "day": row.received_on.isoformat(),
    }
    if (row.reason or "").startswith(COLD_CHAIN_REASON):
        return Condition(AlertKind.COLD_CHAIN, str(row.lot_id), facts)
    has_waited = row.received_on < local_day(now - REVIEW_WAIT)
    if MEDICINE in row.flags and row.reason is None and has_waited:
        return Condition(AlertKind.REVIEW, str(row.lot_id), facts)
    return None


def _waiting_scans(connection: Connection, now: datetime) -> list[Condition]:
    query = select(func.count(), func.min(ATTENTION.c.recorded_at)).where(
        ATTENTION.c.resolved_at.is_(None),
        ATTENTION.c.recorded_at <= now - ATTENTION_WAIT,
    )
    waiting, oldest = connection.execute(query).one()
    if not waiting:
        return []
    facts = {"waiting": waiting, "day": local_day(oldest).isoformat()}
    return [Condition(AlertKind.ATTENTION, "attention", facts)]


def _to_put_back(connection: Connection) -> list[Condition]:
    lots = connection.execute(left_over()).all()
    if not lots:
        return []
    facts = {"waiting": len(lots), "day": local_day(lots[0].latest_at).isoformat()}
    return [Condition(AlertKind.PUT_BACK, DISPATCH, facts)]


def _uncounted(connection: Connection, now: datetime) -> list[Condition]:
    """Find storage places whose goods nobody has counted for a quarter."""
    account = literal(f"{AccountKind.LOCATION.value}:") + LOCATIONS.c.location_code
    since = now - COUNT_WAIT
    query = (
        select(LOCATIONS.c.location_code)
        .join_from(BALANCES, LOTS, BALANCES.c.lot_id == LOTS.c.lot_id)
        .join(LOCATIONS, BALANCES.c.account == account)
        .where(STANDING, LOCATIONS.c.kind == STORAGE)
        .where(~_counted_since(account, since))
        .group_by(LOCATIONS.c.location_code)
        .having(func.min(LOTS.c.received_on) < local_day(since))
        .order_by(LOCATIONS.c.location_code)
    )
    codes = connection.execute(query).scalars()
    return [Condition(AlertKind.COUNT, code, {"location_code": code}) for code in codes]


def _counted_since(account: ColumnElement[str], since: datetime) -> ColumnElement[bool]:
    return (
        select(COUNTS.c.count_id)
        .where(COUNTS.c.account == account, COUNTS.c.counted_at >= since)
        .where(COUNTS.c.undone_at.is_(None))
        .exists()
    )
