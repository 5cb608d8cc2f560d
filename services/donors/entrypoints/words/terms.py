"""Words for codes: reasons, happenings, groups, bands, categories and units."""

from collections.abc import Mapping
from typing import Any

from services.donors.domain.donor import ANONYMOUS_CODE, DonorKind
from services.donors.domain.happening import HappeningKind
from services.donors.domain.level import Band
from services.donors.domain.lot_state import LotStatus
from shared.web.saying import said
from shared.web.units import SEVERAL_KINDS
from shared.web.words import LazyText, _l

REASONS: Mapping[str, LazyText] = {
    "EXPIRED": _l("expired"),
    "DAMAGED": _l("damaged"),
    "COLD_CHAIN": _l("spoiled by warmth"),
    "LOST": _l("lost"),
    "STOLEN": _l("stolen"),
    "RECALLED_DESTROYED": _l("recalled and destroyed"),
    "SAMPLE": _l("used as a sample"),
    "COUNT": _l("missing in a count"),
    "COUNT_MINUS": _l("missing in a count"),
    "SHORT_DATED": _l("too few days left"),
    "SHELF_LIFE": _l("too few days left"),
    "CONTROLLED": _l("controlled medicine"),
    "NOT_ACCEPTED": _l("not accepted by the programme"),
    "REFUSED_PRODUCT": _l("not accepted by the programme"),
    "OPENED": _l("opened pack"),
    "UNREADABLE": _l("date cannot be read"),
    "SHELF_LIFE_TOO_SHORT": _l("too few days left"),
    "PRODUCT_REFUSED": _l("not accepted by the programme"),
    "LOT_RECALLED": _l("called back by its maker"),
}
"""By code in capitals; the scan station names the rule that refused, in small ones."""


HAPPENINGS: Mapping[HappeningKind, LazyText] = {
    HappeningKind.RECEIVED: _l("Received: %(what)s"),
    HappeningKind.RECEIPT_CORRECTED: _l("Taken back from received: %(what)s"),
    HappeningKind.REFUSED: _l("Not taken in: %(what)s"),
    HappeningKind.RESERVED: _l("Reserved for a delivery: %(what)s"),
    HappeningKind.DISPATCHED: _l("Sent: %(what)s"),
    HappeningKind.ACCEPTED: _l("Accepted: %(what)s"),
    HappeningKind.REFUSED_AT_GATE: _l("Not let through at the gate: %(what)s"),
    HappeningKind.DAMAGED_ON_THE_WAY: _l("Damaged on the way: %(what)s"),
    HappeningKind.LOST_ON_THE_WAY: _l("Lost on the way: %(what)s"),
    HappeningKind.WRITTEN_OFF: _l("Lost: %(what)s"),
    HappeningKind.RECALLED: _l("Recalled, kept apart: %(what)s"),
}

GROUPS: Mapping[str, LazyText] = {
    "women": _l("women"),
    "children": _l("children"),
    "boys": _l("boys"),
    "girls": _l("girls"),
    "mothers": _l("mothers"),
    "release": _l("people about to be released"),
    "medical": _l("medical units"),
    "community": _l("community places"),
}

STEPS: Mapping[str, LazyText] = {
    "announced": _l("announced"),
    "received": _l("received"),
    "refused": _l("not taken in"),
    "sent": _l("sent"),
    "accepted": _l("accepted"),
    "lost": _l("lost"),
    "returned": _l("returned to you"),
}

LOT_STATUSES: Mapping[LotStatus, LazyText] = {
    LotStatus.RELEASED: _l("ready to be given"),
    LotStatus.QUARANTINED: _l("waiting for the medical reviewer"),
    LotStatus.RECALLED: _l("recalled, kept apart"),
    LotStatus.AWAITING_GIFT: _l("waiting for its papers"),
    LotStatus.EXPIRED: _l("expired"),
}

BANDS: Mapping[Band, LazyText] = {
    Band.OUT: _l("none left"),
    Band.UNDER_2_WEEKS: _l("under 2 weeks"),
    Band.TWO_TO_4_WEEKS: _l("2 to 4 weeks"),
    Band.FOUR_TO_8_WEEKS: _l("4 to 8 weeks"),
    Band.OVER_8_WEEKS: _l("over 8 weeks"),
    Band.NO_NEED_KNOWN: _l("no need known"),
}

CATEGORIES: Mapping[str, LazyText] = {
    "hygiene": _l("Hygiene"),
    "menstrual": _l("Menstrual hygiene"),
    "infant": _l("Infant supplies"),
    "medicine": _l("Medicine"),
    "education": _l("Learning"),
    "clothing": _l("Clothing"),
    "treat": _l("Treats"),
    "kit": _l("Kits"),
}

UNITS: Mapping[str, LazyText] = {
    "bar": _l("bars"),
    "bottle": _l("bottles"),
    SEVERAL_KINDS: _l("items"),
    "jar": _l("jars"),
    "kit": _l("kits"),
    "pack": _l("packs"),
    "pair": _l("pairs"),
    "piece": _l("pieces"),
    "roll": _l("rolls"),
    "tin": _l("tins"),
    "tube": _l("tubes"),
}

KINDS: Mapping[DonorKind, LazyText] = {
    DonorKind.ORGANISATION: _l("Organisation"),
    DonorKind.PERSON: _l("Person"),
    DonorKind.ANONYMOUS: _l("Anonymous"),
}


def reason_word(reason: str) -> str:
    """Say a reason; one we have no word for is shown as it is written."""
    return str(_word_of(reason) or _as_written(reason))


def reason_in(reason: str, language: str) -> str:
    """Say a reason in a language, whoever reads the page it is made on."""
    word = _word_of(reason)
    return said(word, language) if word else _as_written(reason)


def _word_of(reason: str) -> LazyText | None:
    return REASONS.get(reason.upper())


def _as_written(reason: str) -> str:
    return reason.replace("_", " ").lower()


def group_word(group: str) -> str:
    """Say a group of units."""
    return str(GROUPS.get(group, group))


def category_word(category: str) -> str:
    """Say a category of goods."""
    return str(CATEGORIES.get(category, category))


def unit_word(unit_of_issue: str) -> str:
    """Say a unit of issue as heads of tables do, and beside sums in tens."""
    return str(UNITS.get(unit_of_issue, unit_of_issue))


def donor_word(donor_code: str, name: str) -> str:
    """Name a donor; nobody is named in the reader's language."""
    return str(KINDS[DonorKind.ANONYMOUS]) if donor_code == ANONYMOUS_CODE else name


def names_of_donors(queries: Any) -> dict[str, str]:
    """Map every donor's code to the name."""
    known = queries.names_of_donors()
    return {code: donor_word(code, name) for code, name in known.items()}
