"""Facilities, units and headcounts as rows."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, func, select

from services.distribution.adapters.tables.asking import FACILITIES, HEADCOUNTS, UNITS
from services.distribution.domain.bands import Headcount
from services.distribution.domain.errors import (
    UnknownFacilityError,
    UnknownUnitError,
)
from services.distribution.domain.places import Facility, Unit
from shared.database.upsert import insert_if_new, insert_or_update

FIRST_VERSION = 1


class SqlPlaces:
    """Keeps places and the history of their headcounts."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def facility(self, facility_code: str) -> Facility:
        row = self._connection.execute(
            FACILITIES.select().where(FACILITIES.c.facility_code == facility_code)
        ).one_or_none()
        if row is None:
            raise UnknownFacilityError(facility_code)
        return read_facility(row)

    def add_facility(self, facility: Facility) -> bool:
        row = self._facility_row(facility)
        return insert_if_new(self._connection, FACILITIES, row)

    def save_facility(self, facility: Facility) -> None:
        insert_or_update(self._connection, FACILITIES, self._facility_row(facility))

    def _facility_row(self, facility: Facility) -> dict[str, Any]:
        return {
            "facility_code": facility.facility_code,
            "name": facility.name,
            "region": facility.region,
            "audience": facility.audience,
            "not_admitted": sorted(facility.not_admitted),
            "recorded_at": self._now,
        }

    def unit(self, unit_code: str) -> Unit:
        return self._unit(UNITS.select(), unit_code)

    def held_unit(self, unit_code: str) -> Unit:
        return self._unit(UNITS.select().with_for_update(), unit_code)

    def _unit(self, query: Select[Any], unit_code: str) -> Unit:
        row = self._connection.execute(
            query.where(UNITS.c.unit_code == unit_code)
        ).one_or_none()
        if row is None:
            raise UnknownUnitError(unit_code)
        return read_unit(row)

    def held_units_of(self, facility_code: str) -> Sequence[Unit]:
        rows = self._connection.execute(
            UNITS.select()
            .where(UNITS.c.facility_code == facility_code)
            .order_by(UNITS.c.unit_code)
            .with_for_update()
        )
        return [read_unit(row) for row in rows]

    def add_unit(self, unit: Unit) -> int | None:
        row = self._unit_row(unit, FIRST_VERSION, closed_at=None)
        is_new = insert_if_new(self._connection, UNITS, row)
        return FIRST_VERSION if is_new else None

    def save_unit(self, unit: Unit) -> int:
        known = self._connection.execute(
            select(UNITS.c.version, UNITS.c.closed_at)
            .where(UNITS.c.unit_code == unit.unit_code)
            .with_for_update()
        ).one_or_none()
        version = known.version + 1 if known else FIRST_VERSION
        row = self._unit_row(unit, version, closed_at=known and known.closed_at)
        insert_or_update(self._connection, UNITS, row)
        return version

    def _unit_row(
        self, unit: Unit, version: int, *, closed_at: datetime | None
    ) -> dict[str, Any]:
        """Write a unit; one that is closed keeps the moment it was closed first."""
        return {
            "unit_code": unit.unit_code,
            "version": version,
            "facility_code": unit.facility_code,
            "kind": unit.kind,
            "audience": unit.audience,
            "groups": sorted(unit.groups),
            "is_closed": unit.is_closed,
            "closed_at": (closed_at or self._now) if unit.is_closed else None,
            "recorded_at": self._now,
        }

    def keep_as_they_are(self, unit_codes: Collection[str]) -> None:
        self._connection.execute(
            select(UNITS.c.unit_code)
            .where(UNITS.c.unit_code.in_(sorted(unit_codes)))
            .order_by(UNITS.c.unit_code)
            .with_for_update(read=True)
        ).all()

    def add_headcount(self, headcount: Headcount, recorded_by: str) -> None:
        unit_code, as_of = headcount.unit_code, headcount.as_of
        self._connection.execute(
            select(UNITS.c.unit_code)
            .where(UNITS.c.unit_code == unit_code)
            .with_for_update()
        )
        version = self._connection.scalar(
            select(func.coalesce(func.max(HEADCOUNTS.c.version), 0) + 1).where(
                HEADCOUNTS.c.unit_code == unit_code, HEADCOUNTS.c.as_of == as_of
            )
        )
        self._connection.execute(
            HEADCOUNTS.insert().values(
                unit_code=unit_code,
                as_of=as_of,
                version=version,
                bands=dict(headcount.bands),
                recorded_by=recorded_by,
                recorded_at=self._now,
            )
        )

    def headcount(self, unit_code: str, on: date) -> Headcount | None:
        return headcounts(self._connection, on, unit_code).get(unit_code)


def headcounts(
    connection: Connection, on: date, unit_code: str | None = None
) -> dict[str, Headcount]:
    """Give the count of each unit that serves for a day, in one query.

    The latest stated for that day or before; else the earliest there is.
    """
    query = select(
        HEADCOUNTS.c.unit_code, HEADCOUNTS.c.as_of, HEADCOUNTS.c.bands
    ).order_by(HEADCOUNTS.c.unit_code, HEADCOUNTS.c.as_of, HEADCOUNTS.c.version)
    if unit_code is not None:
        query = query.where(HEADCOUNTS.c.unit_code == unit_code)
    chosen: dict[str, Headcount] = {}
    for row in connection.execute(query):
        known = chosen.get(row.unit_code)
        if known is None or row.as_of <= max(on, known.as_of):
            chosen[row.unit_code] = Headcount(row.unit_code, row.as_of, row.bands)
    return chosen


def read_facility(row: Any) -> Facility:
    """Read a facility off its row."""
    return Facility(
        facility_code=row.facility_code,
        name=row.name,
        region=row.region,
        audience=row.audience,
        not_admitted=frozenset(row.not_admitted),
    )


def read_unit(row: Any) -> Unit:
    """Read a unit off its row."""
    return Unit(
        unit_code=row.unit_code,
        facility_code=row.facility_code,
        kind=row.kind,
        audience=row.audience,
        groups=frozenset(row.groups),
        is_closed=row.is_closed,
    )
