"""Reasons to choose from, and those that are stored, in words."""

import re
from collections.abc import Mapping

from services.inventory.domain.reasons import (
    DiscardReason,
    HoldReason,
    ReleaseReason,
    ShortReason,
)
from shared.web import formats
from shared.web.languages import current_language
from shared.web.words import LazyText, _, _l

RELEASE_REASONS: Mapping[str, LazyText] = {
    ReleaseReason.PACKING_WHOLE: _l("Packing whole, leaflet can be read"),
    ReleaseReason.PAPERS_COMPLETE: _l("The papers are complete"),
    ReleaseReason.KEPT_AS_PRINTED: _l("Was kept as printed on the pack"),
    ReleaseReason.HELD_IN_ERROR: _l("Was held back by mistake"),
}
HOLD_REASONS: Mapping[str, LazyText] = {
    HoldReason.PACKING_DAMAGED: _l("Packing damaged"),
    HoldReason.PAPERS_MISSING: _l("Papers are missing"),
    HoldReason.KEPT_WRONG: _l("Was kept too warm, too cold or damp"),
    HoldReason.LOOKS_WRONG: _l("Looks or smells other than it should"),
    HoldReason.UNREADABLE: _l("Lot or date cannot be read"),
    HoldReason.WARNING: _l("Maker or authority warns"),
}
DISCARD_REASONS: Mapping[str, LazyText] = {
    DiscardReason.TEST: _l("It was a test"),
    DiscardReason.SCANNED_TWICE: _l("The same box was scanned twice"),
    DiscardReason.WRONG_GOODS: _l("The wrong goods were scanned"),
    DiscardReason.TAKEN_ALONG: _l("Whoever brought it took it along again"),
}
SHORT_REASONS: Mapping[str, LazyText] = {
    ShortReason.NOT_FOUND: _l("Not at its place"),
    ShortReason.UNFIT: _l("Damaged or too old to give"),
    ShortReason.NO_ROOM: _l("No room in the vehicle"),
    ShortReason.NEXT_TIME: _l("Goes with the next delivery"),
}
REASONS_TO_CHOOSE: Mapping[str, Mapping[str, LazyText]] = {
    "release": RELEASE_REASONS,
    "quarantine": HOLD_REASONS,
    "discard": DISCARD_REASONS,
    "short": SHORT_REASONS,
}
"""By what is decided; the lists are published at ``GET /reasons``."""

_WORDS = {
    code: word for words in REASONS_TO_CHOOSE.values() for code, word in words.items()
}


_COLD_CHAIN = re.compile(r"cold chain: (-?[0-9.]+) °C at receipt")
"""As ``receive_goods`` writes it."""


def reason_word(stored: str | None) -> str:
    """Say a stored reason; what somebody wrote in own words stays as it is.

    A kit held because of one of its parts names that part before the reason.
    """
    if not stored:
        return ""
    reading = _COLD_CHAIN.fullmatch(stored)
    if reading:
        celsius = formats.number(float(reading[1]), current_language(), places=1)
        return _("The cold chain broke: %(celsius)s °C at receipt", celsius=celsius)
    part, colon, code = stored.rpartition(": ")
    return f"{part}{colon}{_WORDS.get(code, code)}"
