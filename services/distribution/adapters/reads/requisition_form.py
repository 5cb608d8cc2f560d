"""A requisition filled in beforehand: what is due, less what has come already."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from services.distribution.adapters.reads.cover import COVER_SEEN, accepted_by_day
from services.distribution.adapters.reads.planning import (
    Register,
    SqlPlanning,
    open_quantities,
    read_received,
    read_register,
)
from services.distribution.adapters.rows.needing import delivery_days
from services.distribution.adapters.rows.quota_rules import SqlQuotaRules
from services.distribution.domain.cover import Delivery, left_over
from services.distribution.domain.errors import UnknownUnitError
from services.distribution.domain.period import first_of_month
from services.distribution.domain.planning import DueDemand, due
from shared.kernel.clock import local_day


def requisition_form(
    connection: Connection, now: datetime, unit_code: str, needed_by: date
) -> dict[str, Any]:
    """Suggest what a unit may ask for in the month of a day.

    One line per product a rule speaks of: what is due and the arithmetic, what
    the unit has got or is getting, what is asked for and still open, what it has
    left from earlier months, and the rest, which is the suggestion. Products the
    gate does not admit are listed
    with a suggestion of 0, so that nobody wonders where they are.
    """
    register = read_register(connection, needed_by)
    if unit_code not in register.units:
        raise UnknownUnitError(unit_code)
    rules = SqlQuotaRules(connection, now)
    found = _dues(connection, rules, register, unit_code, needed_by)
    book = rules.on(needed_by)
    came = accepted_by_day(connection, [unit_code], needed_by - COVER_SEEN)
    lines = []
    for each in found:
        code = each.demand.product.product_code
        lasting = [] if book.is_once(code) else came.get((unit_code, code), [])
        lines.append(_line(each, lasting, needed_by))
    return {
        "unit_code": unit_code,
        "facility_code": register.units[unit_code].facility_code,
        "needed_by": needed_by.isoformat(),
        "headcount": _headcount(register, unit_code),
        "delivery_days": [
            day.isoformat()
            for day in delivery_days(connection, local_day(now)).get(
                register.units[unit_code].facility_code, []
            )
        ],
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


def due_row(found: DueDemand, came: Sequence[Delivery], on: date) -> dict[str, Any]:
    """Say what is due of one product, what came, and what of that is left.

    ``entitlement`` is None where no rule speaks of the product; ``left_over`` is
    what earlier months' deliveries have left by the norm.
    """
    demand, basis = found.demand, found.basis
    is_ruled = basis["hint"] != "no_rule"
    return {
        "product": demand.product,
        "entitlement": found.entitlement if is_ruled else None,
        "hint": basis["hint"],
        "basis": basis,
        "heads": sum(term["heads"] for term in basis.get("terms", ())),
        "received": demand.received,
        "is_admitted": found.is_admitted,
        "last_on": max((each.day for each in came), default=None),
        "left_over": from_before(came, found.entitlement, on) if is_ruled else 0,
    }


def from_before(came: Sequence[Delivery], due_in_month: int, on: date) -> int:
    """Say what is left on a day of what came before its month, whole units only."""
    earlier = [each for each in came if each.day < first_of_month(on)]
    return int(left_over(earlier, due_in_month, on))


def _line(
    found: DueDemand, came: Sequence[Delivery], needed_by: date
) -> dict[str, Any]:
    demand = found.demand
    before = from_before(came, found.entitlement, needed_by)
    left = found.entitlement - demand.received - demand.still_open - before
    last = demand.last_served_on
    return {
        "product_code": demand.product.product_code,
        "names": demand.product.names,
        "unit_of_issue": demand.product.unit_of_issue,
        "flags": sorted(demand.product.flags),
        "entitlement": found.entitlement,
        "received": demand.received,
        "open": demand.still_open,
        "left_over": before,
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
