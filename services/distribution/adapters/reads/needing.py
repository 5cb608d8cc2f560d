"""What the pages show of needs: calendars, growth, cover, and who else asks."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, case, func, select

from services.distribution.adapters.reads.base import Reads, Row
from services.distribution.adapters.reads.cover import COVER_SEEN, accepted_by_day
from services.distribution.adapters.reads.planning import (
    SqlPlanning,
    UnitAndProduct,
    read_received,
    read_register,
)
from services.distribution.adapters.rows.needing import (
    authorisation_view,
    authorisations,
    carry_rule_on,
    carry_rules_ever_set,
    delivery_days,
)
from services.distribution.adapters.rows.places import headcounts
from services.distribution.adapters.rows.quota_rules import SqlQuotaRules
from services.distribution.adapters.rows.requisitions import (
    lines_with_totals,
    progress_of,
)
from services.distribution.adapters.rows.reserves import reserves_on
from services.distribution.adapters.rows.stock import lots_in_stock
from services.distribution.adapters.tables.asking import (
    HEADCOUNTS,
    REQUISITION_LINES,
    REQUISITIONS,
    UNITS,
)
from services.distribution.adapters.tables.giving import ALLOTMENTS, CONSIGNMENTS
from services.distribution.adapters.tables.needing import DELIVERY_DAYS
from services.distribution.domain.allotment import AllotmentState
from services.distribution.domain.carrying import CarryRule
from services.distribution.domain.consignment import NOT_LEFT
from services.distribution.domain.cover import days_of_cover, left_over
from services.distribution.domain.dated_rules import DatedRule
from services.distribution.domain.growth import Forecast, nappies_ahead
from services.distribution.domain.planning import due
from services.distribution.domain.requisition import ASKING, RequisitionState

COMING = (AllotmentState.RESERVED, AllotmentState.IN_TRANSIT)


class NeedReads(Reads):
    """Reads about what units need and when they can have it."""

    def delivery_days(self, facility_code: str, since: date) -> list[date]:
        """Give the calendar of a facility from a day on."""
        with self._database.reading() as connection:
            return delivery_days(connection, since).get(facility_code, [])

    def on_days_off(self, facility_code: str) -> list[Row]:
        """List requisitions for days ahead that are not on the calendar, by day."""
        today, heads = self._today(), REQUISITIONS.c
        query = (
            select(
                heads.requisition_id,
                heads.unit_code,
                heads.needed_by,
                heads.delivery_on,
                heads.state,
                UNITS.c.kind,
            )
            .join(UNITS, UNITS.c.unit_code == heads.unit_code)
            .where(
                UNITS.c.facility_code == facility_code,
                heads.delivery_on >= today,
                heads.state.in_((RequisitionState.DRAFT, *ASKING)),
            )
            .order_by(heads.delivery_on, heads.unit_code, heads.requisition_id)
        )
        on = set(self.delivery_days(facility_code, today))
        return [row for row in self._rows(query) if row["delivery_on"] not in on]

    def planned_on_days_off(self, facility_code: str) -> list[Row]:
        """List consignments that have not left and go on a day taken off, by day."""
        heads, days = CONSIGNMENTS.c, DELIVERY_DAYS.c
        query = (
            select(heads.consignment_number, heads.planned_on, heads.state)
            .join(
                DELIVERY_DAYS,
                (days.facility_code == heads.facility_code)
                & (days.day == heads.planned_on),
            )
            .where(
                heads.facility_code == facility_code,
                heads.planned_on >= self._today(),
                heads.state.in_(sorted(NOT_LEFT)),
                ~days.is_on,
            )
            .order_by(heads.planned_on, heads.consignment_number)
        )
        return self._rows(query)

    def carry_rules(self) -> list[Row]:
        """List every rule about open goods, the newest first."""
        with self._database.reading() as connection:
            return [row._asdict() for row in reversed(carry_rules_ever_set(connection))]

    def carry_rule(self) -> CarryRule:
        """Give what becomes of open goods by today's rule."""
        with self._database.reading() as connection:
            return carry_rule_on(connection, self._today())

    def authorisations(self, unit_codes: Collection[str] | None = None) -> list[Row]:
        """List authorisations, the newest first."""
        with self._database.reading() as connection:
            found = authorisations(connection, unit_codes)
            return [authorisation_view(row) for row in found]

    def nappies_ahead(self, unit_code: str) -> Forecast | None:
        """Foresee the sizes a unit's infants wear; None where there are none."""
        today = self._today()
        with self._database.reading() as connection:
            counted = headcounts(connection, today, unit_code).get(unit_code)
            rules = SqlQuotaRules(connection, self._clock.now()).on(today)
            return nappies_ahead(rules.rules, counted, today) if counted else None

    def headcounts_stated(self, unit_code: str, limit: int) -> list[Row]:
        """List what was stated of a unit, corrections beside what they correct."""
        columns = HEADCOUNTS.c
        return self._rows(
            HEADCOUNTS.select()
            .where(columns.unit_code == unit_code)
            .order_by(columns.as_of.desc(), columns.version.desc())
            .limit(limit)
        )

    def rule_history(self, rule_code: str) -> list[DatedRule]:
        """List the versions of a quota rule, the newest first."""
        with self._database.reading() as connection:
            history = SqlQuotaRules(connection, self._clock.now()).history()
        return [each for each in reversed(history) if each.rule.rule_code == rule_code]

    def coming(self, requisition_id: UUID) -> dict[str, list[Row]]:
        """List by product what planned deliveries bring of a requisition."""
        mine = ALLOTMENTS.c
        has_left = mine.state == AllotmentState.IN_TRANSIT
        quantity = func.sum(case((has_left, mine.dispatched), else_=mine.quantity))
        query = (
            select(
                mine.product_code,
                CONSIGNMENTS.c.consignment_number,
                CONSIGNMENTS.c.planned_on,
                quantity.label("quantity"),
            )
            .join(
                CONSIGNMENTS,
                CONSIGNMENTS.c.consignment_number == mine.consignment_number,
            )
            .where(mine.requisition_id == requisition_id, mine.state.in_(COMING))
            .group_by(
                mine.product_code,
                CONSIGNMENTS.c.consignment_number,
                CONSIGNMENTS.c.planned_on,
            )
            .order_by(CONSIGNMENTS.c.planned_on, CONSIGNMENTS.c.consignment_number)
        )
        found: dict[str, list[Row]] = {}
        for row in self._rows(query):
            row["quantity"] = int(row["quantity"])
            found.setdefault(row["product_code"], []).append(row)
        return found

    def rivals(self, requisition_id: UUID) -> dict[str, Row]:
        """Put beside each line the depot's stock and everybody who asks for it.

        ``free`` is released and not promised, of which ``reserve`` is kept back
        by policy; ``asks`` has a row for each unit, this one's too, with what is
        due to it, what it got this month, how much it asks for, and for how many
        days what it has still lasts.
        """
        today = self._today()
        with self._database.reading() as connection:
            codes = _products_of(connection, requisition_id)
            stock = lots_in_stock(connection, codes)
            kept = reserves_on(connection, today)
            asks = _asks(connection, codes, today, self._clock.now())
        return {
            code: {
                "free": sum(lot.free for lot in stock.get(code, [])),
                "in_stock": sum(lot.in_stock for lot in stock.get(code, [])),
                "reserve": kept.get(code, 0),
                "asks": asks.get(code, []),
            }
            for code in codes
        }


def _products_of(connection: Connection, requisition_id: UUID) -> list[str]:
    lines = REQUISITION_LINES.c
    query = select(lines.product_code).where(lines.requisition_id == requisition_id)
    return sorted(connection.scalars(query))


def _asks(
    connection: Connection, product_codes: Collection[str], today: date, now: Any
) -> dict[str, list[Row]]:
    register = read_register(connection, today)
    received = read_received(connection, today)
    deliveries = accepted_by_day(connection, None, today - COVER_SEEN)
    rules = SqlQuotaRules(connection, now)
    book, planning = rules.on(today), SqlPlanning(connection, rules)
    wanted = _wanted(connection, product_codes)
    found: dict[str, list[Row]] = {}
    for (unit_code, product_code), asked in sorted(wanted.items()):
        demand = planning.demand(
            register.units[unit_code],
            product_code,
            asked,
            register=register,
            received=received,
            rules=book,
        )
        entitlement = due(demand, book).entitlement
        left = left_over(
            deliveries.get((unit_code, product_code), []), entitlement, today
        )
        found.setdefault(product_code, []).append(
            {
                "unit_code": unit_code,
                "kind": register.units[unit_code].kind,
                "due": entitlement,
                "received": received.in_month.get((unit_code, product_code), 0),
                "asked": asked,
                "cover": days_of_cover(left, entitlement),
            }
        )
    return found


def _wanted(
    connection: Connection, product_codes: Collection[str]
) -> Mapping[UnitAndProduct, int]:
    """Sum what is asked for and open, submitted requisitions as they ask."""
    query = lines_with_totals().where(
        REQUISITION_LINES.c.product_code.in_(sorted(product_codes)),
        REQUISITIONS.c.state.in_(ASKING),
        REQUISITIONS.c.unit_code.in_(
            select(UNITS.c.unit_code).where(~UNITS.c.is_closed)
        ),
    )
    wanted: dict[UnitAndProduct, int] = {}
    for row in connection.execute(query):
        is_submitted = row.state == RequisitionState.SUBMITTED
        asked = row.requested if is_submitted else progress_of(row).still_open
        if asked:
            key = (row.unit_code, row.product_code)
            wanted[key] = wanted.get(key, 0) + asked
    return wanted
