"""What counting refuses or leaves to a person, and why."""

from services.inventory.domain.attention import WaitsForPersonError
from shared.kernel.errors import DomainError, NotFoundError


class CountConflictError(WaitsForPersonError):
    """Two people counted the same lot without knowing of each other."""

    code = "count_conflict"

    def __init__(self, *, lot_number: str, place: str, count_sheet_number: str) -> None:
        super().__init__(
            f"Somebody else counted lot {lot_number} at {place} for "
            f"{count_sheet_number} too. A coordinator says which count is true.",
            lot_number=lot_number,
            place=place,
            count_sheet_number=count_sheet_number,
        )


class CountedBeforeError(WaitsForPersonError):
    """The same person counted the lot again and did not say what that means."""

    code = "counted_before"

    def __init__(self, *, lot_number: str, place: str, count_sheet_number: str) -> None:
        super().__init__(
            f"You counted lot {lot_number} at {place} for {count_sheet_number} "
            "before. Say whether this adds to it or replaces it.",
            lot_number=lot_number,
            place=place,
            count_sheet_number=count_sheet_number,
        )


class CountSheetUnknownError(NotFoundError):
    """There is no such count sheet."""

    code = "count_sheet_unknown"

    def __init__(self, count_sheet_number: str) -> None:
        super().__init__(
            f"There is no count sheet {count_sheet_number}. Choose one of the list.",
            count_sheet_number=count_sheet_number,
        )


class CountSheetClosedError(DomainError):
    """A finished sheet is a document; nothing is added to it."""

    code = "count_sheet_closed"

    def __init__(self, count_sheet_number: str) -> None:
        super().__init__(
            f"Count sheet {count_sheet_number} is finished. Plan a new one and count "
            "again.",
            count_sheet_number=count_sheet_number,
        )


class CountSheetsOverlapError(DomainError):
    """Two open sheets would count the same lot at the same place."""

    code = "count_sheets_overlap"

    def __init__(self, count_sheet_number: str, *, counts: str) -> None:
        super().__init__(
            f"Count sheet {count_sheet_number} is open and counts {counts}; a second "
            "sheet would count some of the same goods. Finish that one first.",
            count_sheet_number=count_sheet_number,
            counts=counts,
        )


class CountedOnOtherSheetError(DomainError):
    """Another open sheet holds a count of the lot at that place."""

    code = "counted_on_other_sheet"

    def __init__(self, count_sheet_number: str, *, lot_number: str, place: str) -> None:
        super().__init__(
            f"Lot {lot_number} at {place} was counted for {count_sheet_number}, which "
            "is still open. Count it there.",
            count_sheet_number=count_sheet_number,
            lot_number=lot_number,
            place=place,
        )


class BeingCountedError(DomainError):
    """The books of what is being counted are closed to those who count."""

    code = "being_counted"

    def __init__(self, product_code: str, count_sheet_number: str) -> None:
        super().__init__(
            f"{product_code} is being counted on {count_sheet_number}, so its numbers "
            "are hidden from those who count. Finish the sheet, or ask a coordinator.",
            product_code=product_code,
            count_sheet_number=count_sheet_number,
        )


class NotOnCountSheetError(DomainError):
    """The scan is of another place or product than the sheet counts."""

    code = "not_on_count_sheet"

    def __init__(self, count_sheet_number: str, *, counts: str) -> None:
        super().__init__(
            f"Count sheet {count_sheet_number} counts {counts} only. Choose that, or "
            "another sheet.",
            count_sheet_number=count_sheet_number,
            counts=counts,
        )


class CountUnsettledError(DomainError):
    """Second counts, conflicts or decisions are still open."""

    code = "count_unsettled"

    def __init__(
        self, count_sheet_number: str, *, second_counts: int, decisions: int
    ) -> None:
        super().__init__(
            f"{count_sheet_number} cannot be finished yet. Second counts open: "
            f"{second_counts}, decisions open: {decisions}. Settle them first.",
            count_sheet_number=count_sheet_number,
            second_counts=second_counts,
            decisions=decisions,
        )


class UncountedLotsError(DomainError):
    """Some lots were not counted, and nobody said what that means."""

    code = "uncounted_lots"

    def __init__(self, count_sheet_number: str, *, lots: int) -> None:
        super().__init__(
            f"Not counted on {count_sheet_number}: {lots}. Say that nothing is there, "
            "or that they stay uncounted.",
            count_sheet_number=count_sheet_number,
            lots=lots,
        )


class CountOvertakenError(DomainError):
    """More left the place after the count than it found."""

    code = "count_overtaken"

    def __init__(self, *, lot_number: str, place: str) -> None:
        super().__init__(
            f"More of lot {lot_number} has left {place} or is promised since the "
            "count than was found. Count it again, or free a reservation.",
            lot_number=lot_number,
            place=place,
        )


class NothingToDecideError(DomainError):
    """No count of that lot and place waits for a decision."""

    code = "nothing_to_decide"

    def __init__(self, count_sheet_number: str) -> None:
        super().__init__(
            f"No such count of {count_sheet_number} waits for a decision. Load the "
            "sheet again.",
            count_sheet_number=count_sheet_number,
        )
