"""Lists a page at a time, by the key of the last row; never by counting off."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    literal,
    or_,
    select,
    true,
    tuple_,
)

from services.distribution.adapters.tables.asking import (
    FACILITIES,
    REQUISITIONS,
    UNITS,
)
from services.distribution.adapters.tables.giving import (
    CONSIGNMENT_LINES,
    CONSIGNMENTS,
    RUNS,
)
from services.distribution.domain.places import EVERY_UNIT, Scope

Key = Sequence[Any]
Filters = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sought:
    """A part of a consignment's number or waybill, or what goes to some facilities."""

    text: str
    facility_codes: Collection[str]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which rows of a list, from where on, and how many at most.

    ``filters`` holds what a column must equal, by its name; None filters nothing.
    ``sought`` narrows consignments only.
    """

    limit: int
    after: Key | None = None
    filters: Filters = field(default_factory=dict)
    scope: Scope = EVERY_UNIT
    sought: Sought | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """The rows of one page, and the key to go on after, if there is more."""

    rows: Sequence[Any]
    following: Key | None


def facilities(connection: Connection, asked: Asked) -> Listed:
    """List by code the facilities that have a unit in the caller's scope."""
    query = _filtered(FACILITIES.select(), FACILITIES.c, asked)
    if asked.scope.units is not None:
        own = _in_scope(select(UNITS.c.facility_code), UNITS.c.unit_code, asked.scope)
        query = query.where(FACILITIES.c.facility_code.in_(own))
    return _ascending(connection, query, FACILITIES.c.facility_code, asked)


def units(connection: Connection, asked: Asked) -> Listed:
    """List the units in the caller's scope, by code."""
    query = _filtered(UNITS.select(), UNITS.c, asked)
    query = _in_scope(query, UNITS.c.unit_code, asked.scope)
    return _ascending(connection, query, UNITS.c.unit_code, asked)


def requisitions(connection: Connection, asked: Asked) -> Listed:
    """List requisitions, newest first, each with its facility."""
    query = select(REQUISITIONS, UNITS.c.facility_code).join(
        UNITS, UNITS.c.unit_code == REQUISITIONS.c.unit_code
    )
    columns = {**UNITS.c, **REQUISITIONS.c}
    query = _filtered(query, columns, asked)
    query = _in_scope(query, REQUISITIONS.c.unit_code, asked.scope)
    key = (REQUISITIONS.c.recorded_at, REQUISITIONS.c.requisition_id)
    return _newest(connection, query, key, asked)


def runs(connection: Connection, asked: Asked) -> Listed:
    """List allocation runs, newest first."""
    query = _filtered(RUNS.select(), RUNS.c, asked)
    return _newest(connection, query, (RUNS.c.recorded_at, RUNS.c.run_id), asked)


def consignments(connection: Connection, asked: Asked) -> Listed:
    """List consignments, newest first; all their units are in the scope."""
    query = _filtered(CONSIGNMENTS.select(), CONSIGNMENTS.c, asked)
    query = query.where(is_sought(asked.sought))
    if asked.scope.units is not None:
        beyond = select(CONSIGNMENT_LINES.c.consignment_number).where(
            CONSIGNMENT_LINES.c.unit_code.not_in(sorted(asked.scope.units))
        )
        query = query.where(CONSIGNMENTS.c.consignment_number.not_in(beyond))
    key = (CONSIGNMENTS.c.recorded_at, CONSIGNMENTS.c.consignment_number)
    return _newest(connection, query, key, asked)


def is_sought(sought: Sought | None) -> ColumnElement[bool]:
    """Tell consignments that somebody looks for; all of them when nobody does."""
    if sought is None:
        return true()
    heads, text = CONSIGNMENTS.c, sought.text
    return or_(
        heads.consignment_number.icontains(text, autoescape=True),
        heads.waybill_number.icontains(text, autoescape=True),
        heads.facility_code.in_(sorted(sought.facility_codes)),
    )


def _filtered(query: Select[Any], columns: Any, asked: Asked) -> Select[Any]:
    for name, value in asked.filters.items():
        if value is not None:
            query = query.where(columns[name] == value)
    return query


def _in_scope(query: Select[Any], column: Any, scope: Scope) -> Select[Any]:
    return (
        query if scope.units is None else query.where(column.in_(sorted(scope.units)))
    )


def _ascending(
    connection: Connection, query: Select[Any], code: Any, asked: Asked
) -> Listed:
    if asked.after is not None:
        query = query.where(code > asked.after[0])
    rows = connection.execute(query.order_by(code).limit(asked.limit + 1)).all()
    return _cut(rows, [code.name], asked.limit)


def _newest(
    connection: Connection, query: Select[Any], key: Sequence[Any], asked: Asked
) -> Listed:
    if asked.after is not None:
        bound = [
            literal(value, column.type)
            for column, value in zip(key, asked.after, strict=True)
        ]
        query = query.where(tuple_(*key) < tuple_(*bound))
    ordered = query.order_by(*(column.desc() for column in key))
    rows = connection.execute(ordered.limit(asked.limit + 1)).all()
    return _cut(rows, [column.name for column in key], asked.limit)


def _cut(rows: Sequence[Any], key: Sequence[str], limit: int) -> Listed:
    shown = rows[:limit]
    is_last = len(rows) <= limit
    following = None if is_last else [getattr(shown[-1], name) for name in key]
    return Listed(shown, following)
