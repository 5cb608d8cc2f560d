"""What is refused about allocation runs."""

from uuid import UUID

from shared.kernel.errors import DomainError, NotFoundError


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
            "still due this month. Share the product out again.",
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
            f"run leaves only {free}. Share the product out again.",
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
            f"only {free} of it free now. Share the product out again.",
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


class NeverGivenError(DomainError):
    """A product the rules forbid to give away, whoever asks (DOMAIN 3)."""

    code = "never_given"

    def __init__(self, product_code: str) -> None:
        super().__init__(
            f"{product_code} is never given away by an allocation run. "
            "Ask the medical reviewer for an authorisation.",
            product_code=product_code,
        )
