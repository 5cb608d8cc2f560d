"""What inventory refuses about goods received notes; see docs/errors.md."""

from shared.kernel.errors import DomainError, MalformedError, NotFoundError


class NoteUnknownError(NotFoundError):
    """There is no such goods received note."""

    code = "note_unknown"

    def __init__(self, grn_number: str) -> None:
        super().__init__(
            f"There is no goods received note {grn_number}. Choose one from the list.",
            grn_number=grn_number,
        )


class NoteFinishedError(DomainError):
    """The note was finished; further receipts open the next one."""

    code = "note_finished"

    def __init__(self, grn_number: str) -> None:
        super().__init__(
            f"Note {grn_number} is finished. What comes now goes on a new note.",
            grn_number=grn_number,
        )


class NoteStillOpenError(DomainError):
    """A note is checked once it is finished, not before."""

    code = "note_still_open"

    def __init__(self, grn_number: str) -> None:
        super().__init__(
            f"Note {grn_number} is still being counted. Finish it first.",
            grn_number=grn_number,
        )


class NoteNeedsAnotherPersonError(DomainError):
    """Whoever counted cannot check as well."""

    code = "note_needs_another_person"

    def __init__(self, grn_number: str) -> None:
        super().__init__(
            f"You counted the goods of {grn_number}. Ask somebody else to check it.",
            grn_number=grn_number,
        )


class NoteCheckedError(DomainError):
    """The note was checked before."""

    code = "note_checked"

    def __init__(self, grn_number: str) -> None:
        super().__init__(
            f"Note {grn_number} was checked already. Nothing was changed.",
            grn_number=grn_number,
        )


class MoreDamagedThanReceivedError(DomainError):
    """No more can have arrived damaged than arrived."""

    code = "more_damaged_than_received"

    def __init__(self, *, lot_number: str, damaged: int, received: int) -> None:
        super().__init__(
            f"Of lot {lot_number} {received} stand on this note as whole, you named "
            f"{damaged} as damaged. Count again.",
            lot_number=lot_number,
            damaged=damaged,
            received=received,
        )


class NotAHoldPlaceError(MalformedError):
    """What arrived damaged is put where nothing is given out from."""

    code = "not_a_hold_place"

    def __init__(self, location_code: str) -> None:
        super().__init__(
            f"{location_code} is no place for goods on hold. Choose one that is.",
            location_code=location_code,
            field="to_location_code",
        )


class HeldGoodsStayHeldError(DomainError):
    """Medicine in quarantine moves from one hold place to another only."""

    code = "held_goods_stay_held"

    def __init__(self, *, lot_number: str, location_code: str) -> None:
        super().__init__(
            f"Lot {lot_number} waits for the reviewer and cannot go to "
            f"{location_code}. Put it on a hold place until it is released.",
            lot_number=lot_number,
            location_code=location_code,
        )


class PlaceKindFixedError(DomainError):
    """What a place is for cannot change while goods may stand on it."""

    code = "place_kind_fixed"

    def __init__(self, location_code: str, kind: str) -> None:
        super().__init__(
            f"{location_code} is a place of the kind {kind}. Make a new place and move "
            "the goods there.",
            location_code=location_code,
            kind=kind,
        )
