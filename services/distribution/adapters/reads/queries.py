"""The reads of distribution, for programs and pages; each of one moment."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Connection, select

from services.distribution.adapters.reads import listings
from services.distribution.adapters.reads.listings import Asked, Listed
from services.distribution.adapters.reads.requisition_form import requisition_form
from services.distribution.adapters.reads.views import SqlViews
from services.distribution.adapters.rows.places import headcounts
from services.distribution.adapters.rows.quota_rules import read_rule, terms_of
from services.distribution.adapters.rows.shown import (
    View,
    consignment_head,
    facility_view,
    instant,
    requisition_head,
    run_head,
    unit_view,
)
from services.distribution.adapters.tables.asking import (
    HEADCOUNTS,
    PUBLISHED_NEEDS,
    QUOTA_RULES,
)
from services.distribution.domain.errors import UnknownUnitError
from services.distribution.domain.places import Scope
from shared.database.database import Database
from shared.kernel.clock import Clock, local_day

Result = TypeVar("Result")
PageOf = tuple[list[View], Sequence[Any] | None]
"""The items of a page and the key to go on after, or None."""


class SqlQueries:
    """Everything distribution can be asked without changing anything."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def today(self) -> date:
        return local_day(self._clock.now())

    def facility(self, facility_code: str) -> View:
        """Give one facility; raises UnknownFacilityError."""
        return self._read(lambda c: self._views(c).facility(facility_code))

    def unit(self, unit_code: str, scope: Scope) -> View:
        """Give one unit with today's headcount; raises UnknownUnitError."""
        return self._read(lambda c: self._views(c).unit(unit_code, scope))

    def requisition(self, requisition_id: UUID, scope: Scope) -> View:
        """Give one with its lines; raises UnknownRequisitionError."""
        return self._read(lambda c: self._views(c).requisition(requisition_id, scope))

    def run(self, run_id: UUID) -> View:
        """Give one with its lines and reasons; raises UnknownRunError."""
        return self._read(lambda c: self._views(c).run(run_id))

    def consignment(self, consignment_number: str, scope: Scope) -> View:
        """Give one with its lines; raises UnknownConsignmentError."""
        return self._read(
            lambda c: self._views(c).consignment(consignment_number, scope)
        )

    def facilities(self, asked: Asked) -> PageOf:
        """List facilities by code."""
        found = self._read(lambda c: listings.facilities(c, asked))
        return _page(found, facility_view)

    def units(self, asked: Asked) -> PageOf:
        """List units by code, each with today's headcount."""

        def read(connection: Connection) -> PageOf:
            counted = headcounts(connection, self.today())
            return _page(
                listings.units(connection, asked),
                lambda row: unit_view(row, counted.get(row.unit_code)),
            )

        return self._read(read)

    def requisitions(self, asked: Asked) -> PageOf:
        """List requisitions newest first, each with its lines."""

        def read(connection: Connection) -> PageOf:
            found = listings.requisitions(connection, asked)
            lines = self._views(connection).requisition_lines(
                [row.requisition_id for row in found.rows]
            )
            return _page(
                found,
                lambda row: (
                    requisition_head(row) | {"lines": lines.get(row.requisition_id, [])}
                ),
            )

        return self._read(read)

    def runs(self, asked: Asked) -> PageOf:
        """List allocation runs newest first, without their lines."""
        return _page(self._read(lambda c: listings.runs(c, asked)), run_head)

    def consignments(self, asked: Asked) -> PageOf:
        """List consignments newest first, each with its lines."""

        def read(connection: Connection) -> PageOf:
            found = listings.consignments(connection, asked)
            views = self._views(connection)
            numbers = [row.consignment_number for row in found.rows]
            lines = views.consignment_lines(numbers)
            return _page(
                found,
                lambda row: (
                    consignment_head(row)
                    | {"lines": lines.get(row.consignment_number, [])}
                ),
            )

        return self._read(read)

    def headcount_history(self, unit_code: str, scope: Scope) -> list[View]:
        """Give every statement of a unit, newest day first."""
        if not scope.covers(unit_code):
            raise UnknownUnitError(unit_code)
        query = (
            HEADCOUNTS.select()
            .where(HEADCOUNTS.c.unit_code == unit_code)
            .order_by(HEADCOUNTS.c.as_of.desc(), HEADCOUNTS.c.version.desc())
        )
        rows = self._read(lambda c: c.execute(query).all())
        return [
            {
                "as_of": row.as_of.isoformat(),
                "version": row.version,
                "bands": row.bands,
                "recorded_at": instant(row.recorded_at),
            }
            for row in rows
        ]

    def quota_rules(self, on: date | None = None) -> list[View]:
        """Give the rules as they stand on a day, by code; today unless said."""
        day = on or self.today()
        history = self.quota_rule_history()
        newest: dict[str, View] = {}
        for each in history:
            if each["effective_from"] <= day.isoformat():
                newest[each["rule_code"]] = each
        return [newest[code] for code in sorted(newest)]

    def quota_rule_history(self) -> list[View]:
        """Give every version of every rule, in the order they took effect."""
        query = QUOTA_RULES.select().order_by(
            QUOTA_RULES.c.rule_code, QUOTA_RULES.c.effective_from, QUOTA_RULES.c.version
        )
        rows = self._read(lambda c: c.execute(query).all())
        return [
            {
                "rule_code": row.rule_code,
                "version": row.version,
                "effective_from": row.effective_from.isoformat(),
                **terms_of(read_rule(row).rule),
                "recorded_at": instant(row.recorded_at),
            }
            for row in rows
        ]

    def requisition_form(self, unit_code: str, needed_by: date, scope: Scope) -> View:
        """Prefill a requisition of a unit; raises UnknownUnitError."""
        if not scope.covers(unit_code):
            raise UnknownUnitError(unit_code)
        now = self._clock.now()
        return self._read(lambda c: requisition_form(c, now, unit_code, needed_by))

    def needs(self) -> View:
        """Give what was published last: version, day and items."""
        query = (
            select(
                PUBLISHED_NEEDS.c.version,
                PUBLISHED_NEEDS.c.as_of,
                PUBLISHED_NEEDS.c["items"],
            )
            .order_by(PUBLISHED_NEEDS.c.version.desc())
            .limit(1)
        )
        row = self._read(lambda c: c.execute(query).one_or_none())
        if row is None:
            return {"version": 0, "as_of": None, "items": []}
        return {"version": row[0], "as_of": row[1].isoformat(), "items": row[2]}

    def _views(self, connection: Connection) -> SqlViews:
        return SqlViews(connection, self.today())

    def _read(self, step: Callable[[Connection], Result]) -> Result:
        with self._database.reading() as connection:
            return step(connection)


def _page(found: Listed, shown: Callable[[Any], View]) -> PageOf:
    return [shown(row) for row in found.rows], found.following
