"""What distribution refuses, and why."""

from collections.abc import Iterable
from datetime import date
from typing import Any
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


class UnitClosedError(DomainError):
    """A closed unit asks for nothing and gets nothing."""

    code = "unit_closed"

    def __init__(self, unit_code: str) -> None:
        super().__init__(
            f"Unit {unit_code} is closed. Open it again or leave it out.",
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


class UnknownRunError(NotFoundError):
    """No allocation run has this id."""

    code = "unknown_run"

    def __init__(self, run_id: UUID) -> None:
        super().__init__(f"There is no allocation run {run_id}.", run_id=str(run_id))


class RunNotOpenError(DomainError):
    """Only a proposal can be changed or approved, and only once."""

    code = "run_not_open"

    def __init__(self, run_id: UUID, state: str) -> None:
        super().__init__(
            f"Allocation run {run_id} is {state}, no longer a proposal. "
            "Start a new run for what is still open.",
            run_id=str(run_id),
            state=state,
        )


class NotOnRunError(NotFoundError):
    """The run has no line for this unit and product."""

    code = "not_on_run"

    def __init__(self, unit_code: str, product_code: str) -> None:
        super().__init__(
            f"The run has no line for {product_code} to {unit_code}. "
            "Only lines of the proposal can be overridden.",
            unit_code=unit_code,
            product_code=product_code,
        )


class NotEnoughFreeError(DomainError):
    """An override needs more than the lots that suit the unit still hold."""

    code = "not_enough_free"

    def __init__(
        self, unit_code: str, product_code: str, *, asked: int, free: int
    ) -> None:
        super().__init__(
            f"Asked {asked} of {product_code} for {unit_code}, only {free} can be "
            "given beside the other lines. Lower another line first.",
            unit_code=unit_code,
            product_code=product_code,
            asked=asked,
            free=free,
        )


class MoreThanOpenError(DomainError):
    """An allocation would pass what is approved and still open."""

    code = "more_than_open"

    def __init__(
        self, unit_code: str, product_code: str, *, asked: int, still_open: int
    ) -> None:
        super().__init__(
            f"Asked {asked} of {product_code} for {unit_code}, but only {still_open} "
            "are approved and still open. Approve a requisition for the rest.",
            unit_code=unit_code,
            product_code=product_code,
            asked=asked,
            open=still_open,
        )


class MoreThanDueError(DomainError):
    """Another run has served the unit meanwhile; this one would pass its due."""

    code = "more_than_due"

    def __init__(
        self, unit_code: str, product_code: str, *, asked: int, due: int
    ) -> None:
        super().__init__(
            f"{unit_code} was to get {asked} of {product_code}, but only {due} are "
            "still due this month. Cancel this run and start a new one.",
            unit_code=unit_code,
            product_code=product_code,
            asked=asked,
            due=due,
        )


class NotAdmittedError(DomainError):
    """The gate of the facility does not let this product through."""

    code = "not_admitted"

    def __init__(self, facility_code: str, product_code: str) -> None:
        super().__init__(
            f"{facility_code} does not admit {product_code}. Leave it out.",
            facility_code=facility_code,
            product_code=product_code,
        )


class LotsAlreadyPromisedError(DomainError):
    """Another approved run took the lots this proposal counted on."""

    code = "lots_already_promised"

    def __init__(self, product_code: str, lot_id: UUID, asked: int, free: int) -> None:
        super().__init__(
            f"The run needs {asked} of a lot of {product_code}, but another approved "
            f"run leaves only {free}. Start a new run.",
            product_code=product_code,
            lot_id=str(lot_id),
            asked=asked,
            free=free,
        )


class LotsWithdrawnError(DomainError):
    """Stock was taken, blocked or recalled between proposal and approval."""

    code = "lots_withdrawn"

    def __init__(self, product_code: str, lot_id: UUID, asked: int, free: int) -> None:
        super().__init__(
            f"The run needs {asked} of a lot of {product_code}, but the warehouse has "
            f"only {free} of it free now. Start a new run.",
            product_code=product_code,
            lot_id=str(lot_id),
            asked=asked,
            free=free,
        )


class NothingToApproveError(DomainError):
    """A run that gives nobody anything cannot be approved."""

    code = "nothing_to_approve"

    def __init__(self, run_id: UUID) -> None:
        super().__init__(
            f"Allocation run {run_id} gives nobody anything. Cancel it.",
            run_id=str(run_id),
        )


class RunOnConsignmentError(DomainError):
    """Part of the run is on a consignment, so the run cannot be cancelled."""

    code = "run_on_consignment"

    def __init__(self, run_id: UUID, consignment_number: str) -> None:
        super().__init__(
            f"Goods of this run are on consignment {consignment_number}. "
            "Cancel that first, if it has not left.",
            run_id=str(run_id),
            consignment_number=consignment_number,
        )


class NothingToSendError(DomainError):
    """Nothing is reserved for the facility that is not on a consignment yet."""

    code = "nothing_to_send"

    def __init__(self, facility_code: str) -> None:
        super().__init__(
            f"Nothing is reserved for {facility_code} that is not already on a "
            "consignment. Approve an allocation run first, or wait for the "
            "warehouse to confirm it.",
            facility_code=facility_code,
        )


class UnknownConsignmentError(NotFoundError):
    """No consignment has this number, or not all its units are the caller's own."""

    code = "unknown_consignment"

    def __init__(self, consignment_number: str) -> None:
        super().__init__(
            f"There is no consignment {consignment_number} here.",
            consignment_number=consignment_number,
        )


class ConsignmentStateError(DomainError):
    """The consignment has gone past, or not reached, the step that is wished."""

    code = "consignment_state"

    def __init__(self, consignment_number: str, state: str, wish: str) -> None:
        super().__init__(
            f"Consignment {consignment_number} is {state}, so it cannot be {wish}.",
            consignment_number=consignment_number,
            state=state,
        )


class AlreadyHandedOverError(DomainError):
    """Somebody recorded the handover before; a second one must correct it."""

    code = "already_handed_over"

    def __init__(self, consignment_number: str, handover_id: UUID) -> None:
        super().__init__(
            f"Consignment {consignment_number} is already handed over. "
            "Look at what was recorded; send a correction if it is wrong.",
            consignment_number=consignment_number,
            handover_id=str(handover_id),
        )


class NotTheLastHandoverError(DomainError):
    """A correction names a handover that is not the one that counts now."""

    code = "not_the_last_handover"

    def __init__(self, corrects: UUID) -> None:
        super().__init__(
            f"Handover {corrects} is not the one that counts for this consignment. "
            "Look at the latest and correct that.",
            corrects=str(corrects),
        )


class HandoverLinesError(DomainError):
    """A handover names exactly the lines that were dispatched."""

    code = "handover_lines"

    def __init__(self, unit_code: str, product_code: str, lot_id: UUID) -> None:
        super().__init__(
            f"{product_code} for {unit_code}, lot {lot_id}, is missing from the "
            "handover or was not dispatched. Name every dispatched line once.",
            unit_code=unit_code,
            product_code=product_code,
            lot_id=str(lot_id),
        )


class DoesNotAddUpError(DomainError):
    """Accepted, refused, damaged and short make what was dispatched, per line."""

    code = "does_not_add_up"

    def __init__(
        self, unit_code: str, product_code: str, *, dispatched: int, found: int
    ) -> None:
        super().__init__(
            f"{product_code} for {unit_code}: {dispatched} were dispatched, the line "
            f"accounts for {found}. Say what became of each.",
            unit_code=unit_code,
            product_code=product_code,
            dispatched=dispatched,
            found=found,
        )


class RefusalReasonMissingError(MalformedError):
    """What the gate refuses, it refuses for a reason."""

    code = "refusal_reason_missing"

    def __init__(self, product_code: str, reasons: Iterable[str]) -> None:
        super().__init__(
            f"Say why {product_code} was refused: one of {', '.join(reasons)}.",
            product_code=product_code,
        )


class OccurredInFutureError(MalformedError):
    """Something cannot have happened later than now."""

    code = "occurred_in_future"

    def __init__(self, occurred_at: Any) -> None:
        super().__init__(
            f"{occurred_at} lies in the future. Check the clock of the device.",
            occurred_at=str(occurred_at),
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


class NeverGivenError(DomainError):
    """A product the rules forbid to give away, whoever asks (DOMAIN 3)."""

    code = "never_given"

    def __init__(self, product_code: str) -> None:
        super().__init__(
            f"{product_code} is never given away by an allocation run. "
            "Ask the medical reviewer for an authorisation.",
            product_code=product_code,
        )
