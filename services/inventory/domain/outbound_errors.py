"""What reserving, picking, dispatching and settling refuse, and why."""

from collections.abc import Sequence
from uuid import UUID

from shared.kernel.errors import DomainError, NotFoundError


class RunNotHeardOfError(DomainError):
    """A cancellation came before the approval it cancels; it is tried again."""

    code = "run_not_heard_of"
    transient = True

    def __init__(self, run_id: UUID) -> None:
        super().__init__(
            f"Allocation run {run_id} has not been heard of yet. "
            "Nothing is released until its approval arrives.",
            run_id=str(run_id),
        )


class HoldsMissingError(DomainError):
    """A consignment names goods that are not held yet; it is tried again."""

    code = "holds_missing"
    transient = True

    def __init__(
        self, consignment_number: str, *, lot_id: UUID, asked: int, held: int
    ) -> None:
        super().__init__(
            f"Consignment {consignment_number} asks for {asked} of lot {lot_id}, "
            f"only {held} are held for it. Its reservation is still on its way.",
            consignment_number=consignment_number,
            lot_id=str(lot_id),
            asked=asked,
            held=held,
        )


class ConsignmentNotHeardOfError(DomainError):
    """A consignment is moved or cancelled before its plan came; it is tried again."""

    code = "consignment_not_heard_of"
    transient = True

    def __init__(self, consignment_number: str) -> None:
        super().__init__(
            f"Consignment {consignment_number} has not been heard of yet. "
            "It is moved or cancelled as soon as its plan arrives.",
            consignment_number=consignment_number,
        )


class PickListUnknownError(NotFoundError):
    """No pick list has this number."""

    code = "pick_list_unknown"

    def __init__(self, pick_list_number: str) -> None:
        super().__init__(
            f"There is no pick list {pick_list_number}. "
            "Choose one from the list of open pick lists.",
            pick_list_number=pick_list_number,
        )


class PickListClosedError(DomainError):
    """The pick list was dispatched or cancelled; nothing more is picked for it."""

    code = "pick_list_closed"

    def __init__(self, pick_list_number: str, status: str) -> None:
        super().__init__(
            f"Pick list {pick_list_number} is {status}. "
            "Put the goods back and choose an open pick list.",
            pick_list_number=pick_list_number,
            status=status,
        )


class NotOnPickListError(DomainError):
    """The scanned product is not asked for by this pick list."""

    code = "not_on_pick_list"

    def __init__(self, pick_list_number: str, product_code: str) -> None:
        super().__init__(
            f"Pick list {pick_list_number} does not ask for {product_code}. "
            "Put it back.",
            pick_list_number=pick_list_number,
            product_code=product_code,
        )


class LotNeededError(DomainError):
    """The code does not say which lot was taken, and it is never guessed."""

    code = "lot_needed"

    def __init__(self, product_code: str, lot_numbers: Sequence[str]) -> None:
        super().__init__(
            f"The code of {product_code} does not say its lot. "
            f"The pick list asks for {', '.join(lot_numbers)}: say which you took.",
            product_code=product_code,
            lot_numbers=list(lot_numbers),
        )


class LotNotAskedForError(DomainError):
    """Another lot of the product was taken than the list asks for."""

    code = "lot_not_asked_for"

    def __init__(self, product_code: str, taken: str, asked: Sequence[str]) -> None:
        super().__init__(
            f"Lot {taken} of {product_code} was taken, the pick list asks for "
            f"{', '.join(asked) or 'no more'}. "
            "Take that lot, or say why this one goes instead.",
            product_code=product_code,
            taken=taken,
            asked=list(asked),
        )


class LotCannotReplaceError(DomainError):
    """The other lot is held back, promised away or given for other people."""

    code = "lot_cannot_replace"

    def __init__(self, taken: str, why: str) -> None:
        super().__init__(
            f"Lot {taken} cannot go instead: {why}. Take the lot asked for.",
            taken=taken,
            why=why,
        )


class MoreThanAskedError(DomainError):
    """More was scanned than the line still asks for."""

    code = "more_than_asked"

    def __init__(self, product_code: str, *, scanned: int, still_asked: int) -> None:
        super().__init__(
            f"{scanned} of {product_code} were scanned, the line still asks for "
            f"{still_asked}. Put the rest back.",
            product_code=product_code,
            scanned=scanned,
            still_asked=still_asked,
        )


class LinesStillOpenError(DomainError):
    """A pick list with unpicked lines is dispatched only with a reason."""

    code = "lines_still_open"

    def __init__(self, pick_list_number: str, *, lines: int, quantity: int) -> None:
        super().__init__(
            f"Pick list {pick_list_number} still has {lines} open lines with "
            f"{quantity} units. Pick them, or give a reason for leaving them.",
            pick_list_number=pick_list_number,
            lines=lines,
            quantity=quantity,
        )


class NothingPickedError(DomainError):
    """A consignment with nothing in it does not leave."""

    code = "nothing_picked"

    def __init__(self, pick_list_number: str) -> None:
        super().__init__(
            f"Nothing of pick list {pick_list_number} was picked. "
            "Pick its lines, or ask the coordinator to cancel the consignment.",
            pick_list_number=pick_list_number,
        )


class UnfitLotPickedError(DomainError):
    """A lot was held back, recalled or expired after it was picked."""

    code = "unfit_lot_picked"

    def __init__(self, pick_list_number: str, lot_numbers: Sequence[str]) -> None:
        super().__init__(
            f"Pick list {pick_list_number} has picked goods that may not leave: "
            f"lots {', '.join(lot_numbers)}. Undo their picks and put them on hold.",
            pick_list_number=pick_list_number,
            lot_numbers=list(lot_numbers),
        )


class DispatchNotHeardOfError(DomainError):
    """A handover came for a consignment that has not left yet; it is tried again."""

    code = "dispatch_not_heard_of"
    transient = True

    def __init__(self, consignment_number: str) -> None:
        super().__init__(
            f"Consignment {consignment_number} has not been dispatched here yet.",
            consignment_number=consignment_number,
        )


class HandoverNotHeardOfError(DomainError):
    """A correction came before the handover it corrects; it is tried again."""

    code = "handover_not_heard_of"
    transient = True

    def __init__(self, handover_id: UUID) -> None:
        super().__init__(
            f"Handover {handover_id}, which this one corrects, is not known yet.",
            handover_id=str(handover_id),
        )


class HandoverAlreadyCorrectedError(DomainError):
    """A handover is corrected once; a further correction names the correction."""

    code = "handover_already_corrected"

    def __init__(self, handover_id: UUID, corrected_by: UUID) -> None:
        super().__init__(
            f"Handover {handover_id} was already replaced by {corrected_by}. "
            "Correct that one instead.",
            handover_id=str(handover_id),
            corrected_by=str(corrected_by),
        )


class SettlementMismatchError(DomainError):
    """A handover accounts for more of a line than is still in transit."""

    code = "settlement_mismatch"

    def __init__(
        self, consignment_number: str, *, lot_id: UUID, stated: int, in_transit: int
    ) -> None:
        super().__init__(
            f"The handover of {consignment_number} states {stated} of lot {lot_id}, "
            f"only {in_transit} are in transit for that line. "
            "Correct the handover and send it again.",
            consignment_number=consignment_number,
            lot_id=str(lot_id),
            stated=stated,
            in_transit=in_transit,
        )
