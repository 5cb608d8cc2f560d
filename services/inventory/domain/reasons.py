"""Why people decide about goods: codes to choose from, told to each in their words.

Lists stand in for free text (DOMAIN.md 5.4). Where a call has always taken words of
its caller's, it goes on taking them, of goods alone (``shared/kernel/free_text.py``).
"""

from enum import StrEnum


class ReleaseReason(StrEnum):
    """Why a lot that was held may be given out; published, never renamed."""

    PACKING_WHOLE = "packing_whole"
    PAPERS_COMPLETE = "papers_complete"
    KEPT_AS_PRINTED = "kept_as_printed"
    HELD_IN_ERROR = "held_in_error"


class HoldReason(StrEnum):
    """Why a lot is held back; published, never renamed."""

    PACKING_DAMAGED = "packing_damaged"
    PAPERS_MISSING = "papers_missing"
    KEPT_WRONG = "kept_wrong"
    LOOKS_WRONG = "looks_wrong"
    UNREADABLE = "unreadable"
    WARNING = "warning"


class DiscardReason(StrEnum):
    """Why a waiting scan is laid aside; published, never renamed."""

    TEST = "test"
    SCANNED_TWICE = "scanned_twice"
    WRONG_GOODS = "wrong_goods"
    TAKEN_ALONG = "taken_along"


class ShortReason(StrEnum):
    """Why lines of a pick list stay open; published, never renamed."""

    NOT_FOUND = "not_found"
    UNFIT = "unfit"
    NO_ROOM = "no_room"
    NEXT_TIME = "next_time"


OTHER = "other"
"""What a form sends where none of its list fits; the words beside it count then."""
