"""What is refused about places, rules and requisitions."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from shared.kernel.errors import DomainError, MalformedError, NotFoundError


class UnknownFacilityError(NotFoundError):
    """No facility has this code."""

    code = "unknown_facility"

    def __init__(self, facility_code: str) -> None:
        super().__init__(
            f"There is no facility {facility_code}. Register the facility first.",
            facility_code=facility_code,
        )


class UnknownUnitError(NotFoundError):
    """No unit has this code, or it is not among the caller's own."""

    code = "unknown_unit"

    def __init__(self, unit_code: str) -> None:
        super().__init__(
            f"There is no unit {unit_code} here. Check the code of the unit.",
            unit_code=unit_code,
        )


class CodeTakenError(DomainError):
    """A facility or unit of this code is registered already."""

    code = "code_taken"

    def __init__(self, taken_code: str) -> None:
        super().__init__(
            f"{taken_code} is registered already. Change it in the list, or choose "
            "another code.",
            taken_code=taken_code,
        )


class UnitClosedError(DomainError):
    """A closed unit asks for nothing and gets nothing."""

    code = "unit_closed"

    def __init__(self, unit_code: str) -> None:
        super().__init__(
            f"Unit {unit_code} is closed. Leave it out, or let a coordinator open it "
            "again.",
            unit_code=unit_code,
        )


class UnknownBandError(MalformedError):
    """A headcount or a rule names a band that does not exist."""

    code = "unknown_band"

    def __init__(self, band: str, bands: Iterable[str]) -> None:
        known = ", ".join(bands)
        super().__init__(
            f"There is no band {band[:80]!r}. The bands are {known}.", band=band[:80]
        )


class CountOutOfRangeError(MalformedError):
    """A headcount is a whole number that a place can hold."""

    code = "count_out_of_range"

    def __init__(self, band: str, count_max: int) -> None:
        super().__init__(
            f"The count of {band} is not a whole number from 0 to {count_max}.",
            band=band,
            maximum=count_max,
        )


class MalformedRuleError(MalformedError):
    """A quota rule contradicts itself or leaves something out."""

    code = "malformed_rule"

    def __init__(self, rule_code: str, problem: str) -> None:
        super().__init__(f"Rule {rule_code}: {problem}", rule_code=rule_code)


class UnknownProductError(NotFoundError):
    """Distribution has not heard of this product (yet)."""

    code = "unknown_product"
    may_be_on_its_way = True

    def __init__(self, product_code: str) -> None:
        super().__init__(
            f"There is no product {product_code}. A product registered a moment ago "
            "is known shortly; otherwise check the code.",
            product_code=product_code,
        )


class QuantityOutOfRangeError(MalformedError):
    """A line asks for less than one or more than a million units of issue."""

    code = "quantity_out_of_range"

    def __init__(self, product_code: str, minimum: int, maximum: int) -> None:
        super().__init__(
            f"The quantity of {product_code} is not a whole number from {minimum} "
            f"to {maximum}.",
            product_code=product_code,
            minimum=minimum,
            maximum=maximum,
        )


class DuplicateLineError(MalformedError):
    """The same thing is named twice where once is meant."""

    code = "duplicate_line"

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} is named twice. Put it on one line.", line=what)


class UnknownRequisitionError(NotFoundError):
    """No requisition has this id, or it is not of the caller's own units."""

    code = "unknown_requisition"

    def __init__(self, requisition_id: UUID) -> None:
        super().__init__(
            f"There is no requisition {requisition_id} here.",
            requisition_id=str(requisition_id),
        )


class RequisitionStateError(DomainError):
    """The requisition has gone past, or not reached, the step that is wished."""

    code = "requisition_state"

    def __init__(self, requisition_id: UUID, state: str, wish: str) -> None:
        super().__init__(
            f"Requisition {requisition_id} is {state}, so it cannot be {wish}.",
            requisition_id=str(requisition_id),
            state=state,
        )


class RequisitionInUseError(DomainError):
    """Goods are promised or on their way for the requisition."""

    code = "requisition_in_use"

    def __init__(self, requisition_id: UUID) -> None:
        super().__init__(
            f"Goods are promised or on their way for requisition {requisition_id}. "
            "Cancel the allocation run or hand the goods over first.",
            requisition_id=str(requisition_id),
        )


class NotOnRequisitionError(MalformedError):
    """An approval names a product the requisition does not ask for."""

    code = "not_on_requisition"

    def __init__(self, product_code: str) -> None:
        super().__init__(
            f"The requisition does not ask for {product_code}. "
            "Approve only what is on it.",
            product_code=product_code,
        )


class NothingApprovedError(DomainError):
    """An approval leaves every line at zero."""

    code = "nothing_approved"

    def __init__(self) -> None:
        super().__init__(
            "Every line would be approved with 0. Cancel the requisition instead."
        )


class EffectiveTooEarlyError(DomainError):
    """A rule changes from today on; what was worked out before stays true."""

    code = "effective_too_early"

    def __init__(self, effective_from: date, today: date) -> None:
        super().__init__(
            f"A rule cannot change from {effective_from}, before today, {today}.",
            effective_from=effective_from.isoformat(),
            today=today.isoformat(),
        )


class NotADeliveryDayError(DomainError):
    """The facility's calendar has no delivery on that day."""

    code = "not_a_delivery_day"

    def __init__(self, facility_code: str, day: date) -> None:
        super().__init__(
            f"{facility_code} takes no delivery on {day}. Choose a day of its "
            "calendar, or ask the coordinator to add one.",
            facility_code=facility_code,
            day=day.isoformat(),
        )


class PastDeliveryDayError(DomainError):
    """A calendar is changed for days to come only."""

    code = "past_delivery_day"

    def __init__(self, day: date) -> None:
        super().__init__(
            f"{day} is over. Choose today or a later day.", day=day.isoformat()
        )


class NotSubstitutableError(DomainError):
    """Nothing of the line is open, or the substitute cannot take its place."""

    code = "not_substitutable"

    def __init__(self, product_code: str, substitute_code: str, why: str) -> None:
        super().__init__(
            f"{substitute_code} cannot take the place of {product_code}: {why}",
            product_code=product_code,
            substitute_code=substitute_code,
        )


class NotByAuthorisationError(DomainError):
    """The product is given by norms and runs, not by authorisation."""

    code = "not_by_authorisation"

    def __init__(self, product_code: str) -> None:
        super().__init__(
            f"{product_code} needs no authorisation. Ask for it on a requisition.",
            product_code=product_code,
        )


class AuthorisationRangeError(MalformedError):
    """An authorisation is for a few infants and a few weeks."""

    code = "authorisation_range"

    def __init__(self, field: str, maximum: int) -> None:
        super().__init__(
            f"{field} is not a whole number from 1 to {maximum}.",
            field=field,
            maximum=maximum,
        )


class UnknownAuthorisationError(NotFoundError):
    """No authorisation has this id, or it is not for the caller's own unit."""

    code = "unknown_authorisation"

    def __init__(self, authorisation_id: UUID) -> None:
        super().__init__(
            f"There is no authorisation {authorisation_id} here.",
            authorisation_id=str(authorisation_id),
        )


class AuthorisationOverError(DomainError):
    """A purchase is noted once and corrected by number, while its weeks run."""

    code = "authorisation_over"

    def __init__(self, authorisation_id: UUID) -> None:
        super().__init__(
            f"Authorisation {authorisation_id} has ended, or another number is noted "
            "for it. Look at it again: while it runs, that number can be corrected.",
            authorisation_id=str(authorisation_id),
        )
