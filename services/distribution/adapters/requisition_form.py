"""A requisition filled in beforehand: what is due, less what has come already."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from services.distribution.adapters.planning import (
    Register,
    SqlPlanning,
    open_quantities,
    read_received,
    read_register,
)
from services.distribution.adapters.quota_rules import SqlQuotaRules
from services.distribution.domain.errors import UnknownUnitError
from services.distribution.domain.planning import DueDemand, due


def requisition_form(
    connection: Connection, now: datetime, unit_code: str, needed_by: date
) -> dict[str, Any]:
    """Suggest what a unit may ask for in the month of a day.

    One line per product a rule speaks of: what is due and the arithmetic, what
    the unit has got or is getting, what is asked for and still open, and the
    rest, which is the suggestion. Products the gate does not admit are listed
    with a suggestion of 0, so that nobody wonders where they are.
    """
    register = read_register(connection, needed_by)
    if unit_code not in register.units:
        raise UnknownUnitError(unit_code)
    found = _dues(
        connection, SqlQuotaRules(connection, now), register, unit_code, needed_by
    )
    lines = [_line(each) for each in found]
    return {
        "unit_code": unit_code,
        "facility_code": register.units[unit_code].facility_code,
        "needed_by": needed_by.isoformat(),
        "headcount": _headcount(register, unit_code),
        "lines": lines,
        "others": _others(register, {line["product_code"] for line in lines}),
    }


def _dues(
    connection: Connection,
    rules: SqlQuotaRules,
    register: Register,
    unit_code: str,
    needed_by: date,
) -> Iterator[DueDemand]:
    """Give what is due, and what would be if the unit stated a count."""
    book = rules.on(needed_by)
    planning = SqlPlanning(connection, rules)
    received = read_received(connection, needed_by)
    waiting = open_quantities(connection, None, [unit_code])
    for product_code in book.product_codes:
        if product_code not in register.products:
            continue
        demand = planning.demand(
            register.units[unit_code],
            product_code,
            waiting.get((unit_code, product_code), 0),
            register=register,
            received=received,
            rules=book,
        )
        found = due(demand, book)
        if found.entitlement or found.basis["hint"] == "no_stated_count":
            yield found


def _line(found: DueDemand) -> dict[str, Any]:
    demand = found.demand
    left = found.entitlement - demand.received - demand.still_open
    last = demand.last_served_on
    return {
        "product_code": demand.product.product_code,
        "names": demand.product.names,
        "unit_of_issue": demand.product.unit_of_issue,
        "flags": sorted(demand.product.flags),
        "entitlement": found.entitlement,
        "received": demand.received,
        "open": demand.still_open,
        "suggested": max(0, left) if found.is_admitted else 0,
        "is_admitted": found.is_admitted,
        "last_served_on": last and last.isoformat(),
        "basis": found.basis,
    }


def _headcount(register: Register, unit_code: str) -> dict[str, Any] | None:
    counted = register.headcounts.get(unit_code)
    if counted is None:
        return None
    return {
        "as_of": counted.as_of.isoformat(),
        "bands": dict(counted.bands),
        "heads": counted.heads,
    }


def _others(register: Register, shown: set[str]) -> list[dict[str, Any]]:
    """List what else may be asked for: no rule speaks of it, or nothing is due."""
    return [
        {
            "product_code": code,
            "names": product.names,
            "unit_of_issue": product.unit_of_issue,
        }
        for code, product in sorted(register.products.items())
        if code not in shown and not product.is_never_given
    ]
