"""A unit asks for goods."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from services.distribution.application.own_units import open_unit
from services.distribution.application.ports import DistributionWork
from services.distribution.domain.errors import (
    DuplicateLineError,
    NotADeliveryDayError,
    QuantityOutOfRangeError,
    RequisitionStateError,
    UnknownRequisitionError,
)
from services.distribution.domain.places import Scope, Unit
from services.distribution.domain.planning import Demand, due
from services.distribution.domain.requisition import (
    QUANTITY_MAX,
    RequisitionHead,
    RequisitionState,
)


@dataclass(frozen=True, slots=True)
class SubmitRequisition:
    """What is asked for, by product; a draft may be sent again under its id.

    ``reasons`` says by product, in a code, why more is asked for than is due.
    ``delivery_on`` is a day of the facility's calendar; without one it is the
    day it is needed by, if the calendar has that.
    """

    requisition_id: UUID
    unit_code: str
    needed_by: date
    lines: Sequence[tuple[str, int]]
    is_draft: bool = False
    reasons: Mapping[str, str] = field(default_factory=dict)
    delivery_on: date | None = None


def submit_requisition(
    wish: SubmitRequisition, work: DistributionWork, *, scope: Scope, account: str
) -> dict[str, Any]:
    """Keep a requisition with what is due to the unit beside what it asks.

    Raises UnknownUnitError, UnitClosedError, UnknownProductError,
    DuplicateLineError, QuantityOutOfRangeError, NotADeliveryDayError, or
    RequisitionStateError when the id is of a requisition that is no draft any
    more.
    """
    work.places.keep_as_they_are([wish.unit_code])
    unit = open_unit(wish.unit_code, scope, work)
    _refuse_if_sent(wish, work, scope)
    asked = _checked(wish.lines)
    state = RequisitionState.DRAFT if wish.is_draft else RequisitionState.SUBMITTED
    work.requisitions.save(
        RequisitionHead(
            wish.requisition_id,
            wish.unit_code,
            wish.needed_by,
            state,
            _delivery_day(wish, unit, work),
        ),
        {
            product_code: (quantity, *_due(unit, product_code, wish, work))
            for product_code, quantity in asked.items()
        },
        account,
    )
    work.count("requisition", state)
    return work.views.requisition(wish.requisition_id, scope)


def _delivery_day(
    wish: SubmitRequisition, unit: Unit, work: DistributionWork
) -> date | None:
    days = work.calendars.days(unit.facility_code, work.today())
    if wish.delivery_on is None:
        return wish.needed_by if wish.needed_by in days else None
    if wish.delivery_on not in days:
        raise NotADeliveryDayError(unit.facility_code, wish.delivery_on)
    return wish.delivery_on


def _refuse_if_sent(
    wish: SubmitRequisition, work: DistributionWork, scope: Scope
) -> None:
    known = work.requisitions.find(wish.requisition_id)
    if known is None:
        return
    if not scope.covers(known.unit_code):
        raise UnknownRequisitionError(wish.requisition_id)
    if known.state is not RequisitionState.DRAFT:
        raise RequisitionStateError(wish.requisition_id, known.state, "sent again")


def _checked(lines: Sequence[tuple[str, int]]) -> dict[str, int]:
    asked: dict[str, int] = {}
    for product_code, quantity in lines:
        if product_code in asked:
            raise DuplicateLineError(product_code)
        if not 1 <= quantity <= QUANTITY_MAX:
            raise QuantityOutOfRangeError(product_code, 1, QUANTITY_MAX)
        asked[product_code] = quantity
    return asked


def _due(
    unit: Unit, product_code: str, wish: SubmitRequisition, work: DistributionWork
) -> tuple[int | None, Mapping[str, Any]]:
    due, basis = due_to_unit(unit, product_code, wish.needed_by, work)
    if product_code in wish.reasons:
        basis["asked_because"] = wish.reasons[product_code]
    return due, basis


def due_to_unit(
    unit: Unit, product_code: str, needed_by: date, work: DistributionWork
) -> tuple[int | None, dict[str, Any]]:
    """Give what is due in a whole month; None where no rule speaks of it.

    The arithmetic stands beside it. Raises UnknownProductError.
    """
    demand = Demand(
        unit=unit,
        facility=work.places.facility(unit.facility_code),
        product=work.stock.product(product_code),
        headcount=work.places.headcount(unit.unit_code, needed_by),
        still_open=0,
        received=0,
        received_before=0,
        last_served_on=None,
    )
    found = due(demand, work.rules.on(needed_by))
    is_ruled = found.basis["hint"] != "no_rule"
    return (found.entitlement if is_ruled else None), dict(found.basis)
