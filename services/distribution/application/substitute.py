"""A coordinator offers another product for what cannot be had."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.distribution.application.ports import DistributionWork
from services.distribution.application.submit_requisition import due_to_unit
from services.distribution.domain.errors import (
    NotAdmittedError,
    NotOnRequisitionError,
    NotSubstitutableError,
    QuantityOutOfRangeError,
    RequisitionStateError,
    UnknownRequisitionError,
)
from services.distribution.domain.places import EVERY_UNIT
from services.distribution.domain.requisition import (
    LIVE,
    QUANTITY_MAX,
    RequisitionHead,
)


@dataclass(frozen=True, slots=True)
class Substitution:
    """So much of another product for what is open of a line, and why.

    ``in_place_of`` is how much of the first is then waited for no more; without it,
    all that is open.
    """

    requisition_id: UUID
    product_code: str
    substitute_code: str
    quantity: int
    reason: str
    in_place_of: int | None = None


def substitute(wish: Substitution, work: DistributionWork) -> dict[str, Any]:
    """Close what is open of a line and open a line of the substitute instead.

    What was promised or given of the first stays. Raises
    UnknownRequisitionError, RequisitionStateError, NotOnRequisitionError,
    NotSubstitutableError, NotAdmittedError, UnknownProductError or
    QuantityOutOfRangeError.
    """
    head = work.requisitions.find(wish.requisition_id)
    if head is None:
        raise UnknownRequisitionError(wish.requisition_id)
    if head.state not in LIVE:
        raise RequisitionStateError(wish.requisition_id, head.state, "changed")
    still_open = _check(wish, head, work)
    closed = still_open if wish.in_place_of is None else wish.in_place_of
    work.requisitions.lower(wish.requisition_id, wish.product_code, by=closed)
    due, basis = due_to_unit(
        work.places.unit(head.unit_code), wish.substitute_code, head.needed_by, work
    )
    work.requisitions.substitute(
        wish.requisition_id,
        wish.product_code,
        wish.substitute_code,
        quantity=wish.quantity,
        entitlement=due,
        basis={**basis, "substituted_because": wish.reason},
    )
    work.count("requisition", "substituted")
    return work.views.requisition(wish.requisition_id, EVERY_UNIT)


def _check(wish: Substitution, head: RequisitionHead, work: DistributionWork) -> int:
    """Refuse what cannot be; give what is open of the line."""
    if not 1 <= wish.quantity <= QUANTITY_MAX:
        raise QuantityOutOfRangeError(wish.substitute_code, 1, QUANTITY_MAX)
    lines = work.requisitions.progress_by_product(wish.requisition_id)
    if wish.product_code not in lines:
        raise NotOnRequisitionError(wish.product_code)
    product = work.stock.product(wish.substitute_code)
    unit = work.places.unit(head.unit_code)
    facility = work.places.facility(unit.facility_code)
    if not facility.admits(product):
        raise NotAdmittedError(facility.facility_code, wish.substitute_code)
    still_open = lines[wish.product_code].still_open
    why = _obstacle(wish, still_open, set(lines))
    if product.is_never_given:
        why = "it is never given. Ask the medical reviewer."
    if why:
        raise NotSubstitutableError(wish.product_code, wish.substitute_code, why)
    return still_open


def _obstacle(wish: Substitution, still_open: int, on_it: set[str]) -> str:
    if wish.substitute_code in on_it:
        return "the requisition asks for it already."
    return "" if still_open else "nothing of it is open."
