"""What a team's phone keeps, so that it works at a gate without a network.

Phones are lost and shared. What identifies a shelter beyond its code is not given to
them, nor a headcount, nor who received anything.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select

from services.distribution.adapters.reads import listings
from services.distribution.adapters.reads.base import Reads, Row
from services.distribution.adapters.reads.closing import closed_takers
from services.distribution.adapters.reads.gate import GateReads
from services.distribution.adapters.reads.listings import Asked
from services.distribution.adapters.reads.pages import PageReads
from services.distribution.adapters.reads.views import SqlViews
from services.distribution.adapters.rows.needing import delivery_days
from services.distribution.adapters.tables.giving import HANDOVERS
from services.distribution.domain.consignment import ConsignmentState
from services.distribution.domain.places import Scope
from services.distribution.domain.suggestion import due_left, suggested, usual_day
from shared.database.database import Database
from shared.kernel.clock import Clock

KEPT_MAX = 60
"""How many deliveries a phone keeps: more than one team ever has on the way."""

CORRECTED_WITHIN = timedelta(days=14)
"""Mistakes of a handover are found when the paper is filed, within days."""

DAYS_SHOWN = 8

_SENT = (
    *("unit_code", "product_code", "lot_id", "lot_number", "expires_on"),
    *("quantity", "bag_ids"),
)
_ENDED = ("accepted", "refused", "refusal_reason", "damaged", "short")


@dataclass(frozen=True, slots=True)
class _Found:
    """A consignment, its lines, and the handover that counts, all of one moment.

    ``handover`` is None until there is one, else its id and when it was recorded.
    """

    head: Any
    lines: Sequence[Mapping[str, Any]]
    handover: Any


class PhoneReads(Reads):
    """Reads for the phone of a team, put together from what its pages read."""

    def __init__(
        self, database: Database, clock: Clock, pages: PageReads, gate: GateReads
    ) -> None:
        super().__init__(database, clock)
        self._pages = pages
        self._gate = gate

    def snapshot(self, scope: Scope) -> Row:
        """Give the deliveries, units and products of a team.

        A coordinator, who has every unit, gets deliveries alone.
        """
        units = self._units(scope)
        sent = self._consignments(scope, ConsignmentState.IN_TRANSIT)
        handed = self._consignments(
            scope, ConsignmentState.HANDED_OVER, self._clock.now() - CORRECTED_WITHIN
        )
        places = {row["facility_code"]: row for row in self._gate.gates()}
        known = {row["unit_code"]: row for row in self._pages.units()}
        deliveries = [_delivery(each, places, known) for each in sent]
        handed_over = [_handed_over(each, places, known) for each in handed]
        named = {
            line["product_code"]
            for each in (*units, *deliveries, *handed_over)
            for line in each["lines"]
        }
        return {
            "deliveries": deliveries,
            "handed_over": handed_over,
            "units": units,
            "products": self._products(named),
        }

    def _consignments(
        self, scope: Scope, state: ConsignmentState, since: datetime | None = None
    ) -> list[_Found]:
        """Read consignments of a state whose units are all in the scope.

        Lines and the handover they come from are of one moment, for a correction
        names the handover it has seen.
        """
        wanted = Asked(KEPT_MAX, None, {"state": state}, scope)
        with self._database.reading() as connection:
            heads = [
                head
                for head in listings.consignments(connection, wanted).rows
                if since is None or head.handed_over_at >= since
            ]
            numbers = [head.consignment_number for head in heads]
            lines = SqlViews(connection, self._today()).consignment_lines(numbers)
            last = _last_handovers(connection, numbers)
        return [
            _Found(head, lines.get(n, ()), last.get(n))
            for head, n in zip(heads, numbers, strict=True)
        ]

    def _units(self, scope: Scope) -> list[Row]:
        if scope.units is None:
            return []
        rows = [
            each for each in self._pages.units(scope.units) if not each["is_closed"]
        ]
        codes = {row["facility_code"] for row in rows}
        with self._database.reading() as connection:
            calendars = delivery_days(connection, self._today())
        days = {code: calendars.get(code, []) for code in codes}
        needed = {code: usual_day(days[code], self._today()) for code in codes}
        dues: dict[str, list[Row]] = {}
        for day in set(needed.values()):
            then = [r["unit_code"] for r in rows if needed[r["facility_code"]] == day]
            dues |= self._pages.dues_of(then, day)
        return [
            _unit(
                row,
                dues[row["unit_code"]],
                days=days[row["facility_code"]],
                needed_by=needed[row["facility_code"]],
            )
            for row in rows
        ]

    def _products(self, codes: set[str]) -> Row:
        return {
            code: {
                "names": dict(product.names),
                "unit_of_issue": product.unit_of_issue,
                "category": product.category,
            }
            for code, product in self._pages.products().items()
            if code in codes
        }


def _last_handovers(
    connection: Connection, numbers: Collection[str]
) -> Mapping[str, Any]:
    """Give by consignment the handover that no other takes the place of."""
    later = HANDOVERS.alias()
    rows = connection.execute(
        select(
            HANDOVERS.c.consignment_number,
            HANDOVERS.c.handover_id,
            HANDOVERS.c.recorded_at,
        )
        .outerjoin(later, later.c.corrects == HANDOVERS.c.handover_id)
        .where(
            HANDOVERS.c.consignment_number.in_(sorted(numbers)),
            later.c.handover_id.is_(None),
        )
    )
    return {row.consignment_number: row for row in rows}


def _delivery(
    found: _Found, places: Mapping[str, Row], units: Mapping[str, Row]
) -> Row:
    """Tell a consignment with its place and its lines."""
    head, place = found.head, places[found.head.facility_code]
    return {
        "consignment_number": head.consignment_number,
        "waybill_number": head.waybill_number,
        "planned_on": head.planned_on.isoformat(),
        "handed_over_at": head.handed_over_at,
        "place": _place(place),
        "receiver_policy": place["receiver_policy"],
        "lines": [
            _line(line, units[line["unit_code"]])
            for line in found.lines
            if line["quantity"]
        ],
    }


def _handed_over(
    found: _Found, places: Mapping[str, Row], units: Mapping[str, Row]
) -> Row:
    """Tell a consignment that was handed over, with the record that counts."""
    closed = {code: row["closed_at"] for code, row in units.items() if row["is_closed"]}
    return {
        **_delivery(found, places, units),
        "handed_over_at": found.head.handed_over_at.isoformat(),
        "handover_id": str(found.handover.handover_id),
        "closed_takers": closed_takers(found.lines, closed, found.handover.recorded_at),
    }


def _place(row: Row) -> Any:
    """Name a facility; one of the community goes by its code alone."""
    return row["facility_code"] if row["audience"] == "community" else row["name"]


def _kind(row: Row) -> str | None:
    """Say what sort of unit it is; of the community not even that."""
    return None if row["audience"] == "community" else row["kind"]


def _unit(
    row: Row, dues: Sequence[Row], *, days: Sequence[date], needed_by: date
) -> Row:
    return {
        "unit_code": row["unit_code"],
        "kind": _kind(row),
        "place": _place({**row, "audience": row["facility_audience"]}),
        "needed_by": needed_by.isoformat(),
        "delivery_on": needed_by.isoformat() if needed_by in days else None,
        "delivery_days": [day.isoformat() for day in days[:DAYS_SHOWN]],
        "lines": [_due(due) for due in dues if not due["product"].is_never_given],
    }


def _line(line: Mapping[str, Any], unit: Row) -> Row:
    """Tell a line, of what sort its unit is, and whether that closed meanwhile."""
    ends = _ENDED if line["accepted"] is not None else ()
    told = {name: line[name] for name in (*_SENT, *ends)}
    return {
        **told,
        "is_recalled": line["is_recalled"],
        "kind": _kind(unit),
        "is_closed": unit["is_closed"],
    }


def _due(row: Row) -> Row:
    due = due_left(row["entitlement"], row["received"])
    last_on = row["last_on"]
    return {
        "product_code": row["product"].product_code,
        "entitlement": row["entitlement"],
        "received": row["received"],
        "waiting": row["waiting"],
        "left_over": row["left_over"],
        "last_on": last_on and last_on.isoformat(),
        "due_left": due,
        "suggested": suggested(
            due if row["is_admitted"] else 0,
            left_over=row["left_over"],
            waiting=row["waiting"],
        ),
        "is_admitted": row["is_admitted"],
    }
