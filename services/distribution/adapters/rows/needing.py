"""Calendars, carry rules and authorisations as rows."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, func, select

from services.distribution.adapters.rows.requisitions import read_head
from services.distribution.adapters.rows.shown import instant
from services.distribution.adapters.tables.asking import (
    NUMBERS,
    REQUISITION_LINES,
    REQUISITIONS,
)
from services.distribution.adapters.tables.needing import (
    AUTHORISATIONS,
    CARRY_RULES,
    DELIVERY_DAYS,
    PURCHASES,
)
from services.distribution.domain.authorisation import Authorisation
from services.distribution.domain.carrying import CARRIES, CarryRule
from services.distribution.domain.errors import UnknownAuthorisationError
from services.distribution.domain.period import first_of_month
from services.distribution.domain.requisition import LIVE, RequisitionHead
from shared.database.upsert import insert_or_update


class SqlCalendars:
    """Keeps delivery days; a day taken off stays as a row that says so."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def days(self, facility_code: str, since: date) -> Sequence[date]:
        return delivery_days(self._connection, since).get(facility_code, [])

    def change(
        self, facility_code: str, days: Mapping[date, bool], recorded_by: str
    ) -> None:
        for day, is_on in sorted(days.items()):
            insert_or_update(
                self._connection,
                DELIVERY_DAYS,
                {
                    "facility_code": facility_code,
                    "day": day,
                    "is_on": is_on,
                    "recorded_by": recorded_by,
                    "recorded_at": self._now,
                },
            )


def delivery_days(connection: Connection, since: date) -> dict[str, list[date]]:
    """Give the days that hold, by facility, from a day on."""
    columns = DELIVERY_DAYS.c
    rows = connection.execute(
        select(columns.facility_code, columns.day)
        .where(columns.is_on, columns.day >= since)
        .order_by(columns.facility_code, columns.day)
    )
    found: dict[str, list[date]] = {}
    for row in rows:
        found.setdefault(row.facility_code, []).append(row.day)
    return found


class SqlCarryRules:
    """Keeps what becomes of open goods; every change is a row of its own."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def on(self, day: date) -> CarryRule:
        return carry_rule_on(self._connection, day)

    def add(self, rule: CarryRule, recorded_by: str) -> None:
        version = self._connection.scalar(
            select(func.coalesce(func.max(CARRY_RULES.c.version), 0) + 1)
        )
        self._connection.execute(
            CARRY_RULES.insert().values(
                version=version,
                effective_from=rule.effective_from,
                lapses_after_days=rule.lapses_after_days,
                recorded_by=recorded_by,
                recorded_at=self._now,
            )
        )

    def lock(self) -> None:
        insert_or_update(self._connection, NUMBERS, {"series": "lapsing", "last": 0})

    def overdue(self, before: date) -> Iterable[RequisitionHead]:
        rows = self._connection.execute(
            REQUISITIONS.select()
            .where(
                REQUISITIONS.c.state.in_(LIVE),
                REQUISITIONS.c.needed_by < first_of_month(before),
            )
            .order_by(REQUISITIONS.c.requisition_id)
            .with_for_update()
        )
        return [read_head(row) for row in rows]

    def lapse(self, requisition_id: UUID, product_code: str, quantity: int) -> None:
        lines = REQUISITION_LINES.c
        self._connection.execute(
            REQUISITION_LINES.update()
            .where(
                lines.requisition_id == requisition_id,
                lines.product_code == product_code,
            )
            .values(lapsed=lines.lapsed + quantity)
        )


def carry_rules_ever_set(connection: Connection) -> list[Any]:
    """List every carry rule; the last of the list holds."""
    order = (CARRY_RULES.c.effective_from, CARRY_RULES.c.version)
    return list(connection.execute(CARRY_RULES.select().order_by(*order)))


def carry_rule_on(connection: Connection, day: date) -> CarryRule:
    """Give the rule in force on a day; before any was set, goods carry over."""
    in_force = CARRIES
    for row in carry_rules_ever_set(connection):
        if row.effective_from <= day:
            in_force = CarryRule(row.effective_from, row.lapses_after_days)
    return in_force


class SqlAuthorisations:
    """Keeps authorisations; every number of a purchase that was noted stays."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def add(self, authorisation: Authorisation, authorised_by: str) -> None:
        self._connection.execute(
            AUTHORISATIONS.insert().values(
                authorisation_id=authorisation.authorisation_id,
                unit_code=authorisation.unit_code,
                product_code=authorisation.product_code,
                infants=authorisation.infants,
                weeks=authorisation.weeks,
                starts_on=authorisation.starts_on,
                authorised_by=authorised_by,
                recorded_at=self._now,
            )
        )

    def locked(self, authorisation_id: UUID) -> Authorisation:
        return read_authorisation(self._row(authorisation_id))

    def bought(self, authorisation_id: UUID) -> int:
        last = self._connection.scalar(
            select(PURCHASES.c.bought)
            .where(PURCHASES.c.authorisation_id == authorisation_id)
            .order_by(PURCHASES.c.version.desc())
            .limit(1)
        )
        return last or 0

    def is_ended(self, authorisation_id: UUID) -> bool:
        return self._row(authorisation_id).ended_on is not None

    def note_purchase(
        self, authorisation_id: UUID, bought: int, on: date, noted_by: str
    ) -> None:
        noted = PURCHASES.c
        version = self._connection.scalar(
            select(func.coalesce(func.max(noted.version), 0) + 1).where(
                noted.authorisation_id == authorisation_id
            )
        )
        self._connection.execute(
            PURCHASES.insert().values(
                authorisation_id=authorisation_id,
                version=version,
                bought=bought,
                bought_on=on,
                noted_by=noted_by,
                recorded_at=self._now,
            )
        )

    def end(self, authorisation_id: UUID, on: date) -> None:
        self._connection.execute(
            AUTHORISATIONS.update()
            .where(AUTHORISATIONS.c.authorisation_id == authorisation_id)
            .values(ended_on=on)
        )

    def shown(self, authorisation_id: UUID) -> Mapping[str, Any]:
        wanted = AUTHORISATIONS.c.authorisation_id == authorisation_id
        (found,) = _with_purchases(self._connection, wanted)
        return authorisation_view(found)

    def _row(self, authorisation_id: UUID) -> Any:
        row = self._connection.execute(
            AUTHORISATIONS.select()
            .where(AUTHORISATIONS.c.authorisation_id == authorisation_id)
            .with_for_update()
        ).one_or_none()
        if row is None:
            raise UnknownAuthorisationError(authorisation_id)
        return row


class Noted(NamedTuple):
    """The row of an authorisation, and its purchases, the last noted first."""

    row: Any
    purchases: Sequence[Any]


def authorisations(
    connection: Connection, unit_codes: Collection[str] | None = None
) -> list[Noted]:
    """List authorisations, the newest first."""
    if unit_codes is None:
        return _with_purchases(connection)
    return _with_purchases(
        connection, AUTHORISATIONS.c.unit_code.in_(sorted(unit_codes))
    )


def _with_purchases(
    connection: Connection, *wanted: ColumnElement[bool]
) -> list[Noted]:
    columns = AUTHORISATIONS.c
    ids = select(columns.authorisation_id).where(*wanted)
    purchases: dict[UUID, list[Any]] = defaultdict(list)
    for row in connection.execute(
        PURCHASES.select()
        .where(PURCHASES.c.authorisation_id.in_(ids))
        .order_by(PURCHASES.c.version.desc())
    ):
        purchases[row.authorisation_id].append(row)
    rows = connection.execute(
        AUTHORISATIONS.select()
        .where(*wanted)
        .order_by(columns.recorded_at.desc(), columns.authorisation_id)
    )
    return [Noted(row, purchases[row.authorisation_id]) for row in rows]


def read_authorisation(row: Any) -> Authorisation:
    """Read an authorisation off its row."""
    return Authorisation(
        authorisation_id=row.authorisation_id,
        unit_code=row.unit_code,
        product_code=row.product_code,
        infants=row.infants,
        weeks=row.weeks,
        starts_on=row.starts_on,
    )


def authorisation_view(found: Noted) -> dict[str, Any]:
    """Show an authorisation; who opened it is an account, not a name.

    ``bought`` is the number that counts: None before any, and after a 0.
    """
    row = found.row
    purchases = [
        {"bought": each.bought, "bought_on": each.bought_on.isoformat()}
        for each in found.purchases
    ]
    last = purchases[0] if purchases and purchases[0]["bought"] else {}
    return {
        "authorisation_id": str(row.authorisation_id),
        "unit_code": row.unit_code,
        "product_code": row.product_code,
        "infants": row.infants,
        "weeks": row.weeks,
        "starts_on": row.starts_on.isoformat(),
        "last_day": read_authorisation(row).last_day.isoformat(),
        "bought": last.get("bought"),
        "bought_on": last.get("bought_on"),
        "purchases": purchases,
        "ended_on": row.ended_on and row.ended_on.isoformat(),
        "recorded_at": instant(row.recorded_at),
    }
