"""The words of inventory's pages for what programs call by code."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from services.inventory.application.page_views import GiftView, PlaceView
from services.inventory.domain.lot import LotStatus
from services.inventory.domain.movement import AccountKind, kind_of, place_of
from services.inventory.entrypoints.words.refusals import MALFORMED_TEXTS
from shared.kernel.clock import ALMATY
from shared.kernel.errors import DomainError
from shared.web import formats
from shared.web.languages import current_language
from shared.web.problems import translated
from shared.web.units import counted_unit
from shared.web.words import LazyText, _, _l

CATEGORIES: Mapping[str, LazyText] = {
    "hygiene": _l("Hygiene"),
    "menstrual": _l("Menstrual hygiene"),
    "infant": _l("Infants"),
    "medicine": _l("Medicine"),
    "clothing": _l("Clothing"),
    "education": _l("School things"),
    "kit": _l("Kits"),
    "treat": _l("Holiday treats"),
}

STATUS_FILTERS: Mapping[str, LazyText] = {
    "available": _l("Free to give"),
    "expiring": _l("Expires soon"),
    "quarantined": _l("In quarantine"),
    "awaiting_gift": _l("Waiting for the gift"),
    "expired": _l("Expired"),
    "recalled": _l("Recalled"),
}

BADGES: Mapping[str, tuple[str, str, LazyText]] = {
    LotStatus.RELEASED: ("ok", "okc", _l("Free to give")),
    LotStatus.QUARANTINED: ("hold", "lock", _l("In quarantine")),
    LotStatus.RECALLED: ("stop", "recall", _l("Recalled")),
    LotStatus.AWAITING_GIFT: ("hold", "gift", _l("Waiting for the gift")),
    LotStatus.EXPIRED: ("stop", "ban", _l("Expired")),
    "expiring": ("warn", "clock", _l("Expires soon")),
    "hold": ("hold", "lock", _l("On a hold table")),
    "dispatch": ("info", "truck", _l("Picked")),
}

GOOD_WORDS: Mapping[str, LazyText] = {
    "receive": _l("Taken in"),
    "refuse": _l("Recorded as refused"),
    "move": _l("Moved"),
    "count": _l("Counted"),
    "pick": _l("Picked"),
    "return": _l("Taken back"),
}

REASONS: Mapping[str, LazyText] = {
    "RECEIPT": _l("Receipt"),
    "RETURN_FROM_FACILITY": _l("Came back from a unit"),
    "FOUND": _l("Found"),
    "KIT_BUILT": _l("Kit built"),
    "COUNT_PLUS": _l("Count: more than in the books"),
    "OPENING": _l("Opening stock"),
    "PICK": _l("Picked"),
    "DISPATCH": _l("Dispatched"),
    "HANDOVER": _l("Accepted at the gate"),
    "GATE_REFUSAL": _l("Not let through at the gate"),
    "KIT_USED": _l("Used in a kit"),
    "KIT_TAKEN_APART": _l("Kit taken apart"),
    "EXPIRED": _l("Expired"),
    "DAMAGED": _l("Damaged"),
    "COLD_CHAIN": _l("Got too warm or too cold"),
    "LOST": _l("Lost"),
    "STOLEN": _l("Stolen"),
    "RECALLED_DESTROYED": _l("Recalled and destroyed"),
    "SAMPLE": _l("Sample"),
    "COUNT_MINUS": _l("Count: less than in the books"),
    "RETURN_TO_DONOR": _l("Back to the donor"),
    "DONATED_ON": _l("Given on"),
    "MOVE": _l("Moved"),
    "REVERSAL": _l("Taken back"),
}

ACCOUNTS: Mapping[AccountKind, LazyText] = {
    AccountKind.SUPPLY: _l("from outside"),
    AccountKind.TRANSIT: _l("on the way"),
    AccountKind.DELIVERED: _l("accepted"),
    AccountKind.ASSEMBLY: _l("in a kit"),
    AccountKind.LOSS: _l("lost"),
    AccountKind.RETURNED: _l("back to the donor"),
}

GROUPS: Mapping[str, LazyText] = {
    "women": _l("women"),
    "men": _l("men"),
    "children": _l("children"),
    "girls": _l("girls"),
    "boys": _l("boys"),
    "release": _l("people before release"),
    "medical": _l("medical units"),
}

PICK_LIST_STATES: Mapping[str, tuple[str, str, LazyText]] = {
    "open": ("info", "pick", _l("Open")),
    "dispatched": ("ok", "truck", _l("Dispatched")),
    "cancelled": ("", "ban", _l("Cancelled")),
}


def name_of(names: Mapping[str, str], product_code: str | None = "") -> str:
    """Name a product in the reader's language, else Russian, English or its code."""
    for language in (current_language(), "ru", "en"):
        if names.get(language):
            return names[language]
    return product_code or ""


def category_word(code: str) -> str:
    """Name a category; one nobody translated is shown as its code."""
    return str(CATEGORIES.get(code, code))


def place_word(account: str | None) -> str:
    """Name an account of the ledger: a location's code, or what it stands for.

    The unit behind ``delivered`` is not named: a stock card hangs in the store.
    """
    if not account:
        return ""
    kind = kind_of(account)
    if kind is AccountKind.LOCATION:
        return place_of(account)
    return str(ACCOUNTS[kind])


def ago(then: datetime, now: datetime) -> str:
    """Say how long something has waited, in the largest fitting unit."""
    hours = int((now - then).total_seconds() // 3600)
    if hours < 1:
        return _("less than an hour")
    if hours < 48:  # noqa: PLR2004  two days are still easier to feel in hours
        return _("%(hours)s h", hours=hours)
    return _("%(days)s days", days=hours // 24)


def earmark_words(groups: Iterable[str]) -> str:
    """Name the groups a gift is meant for."""
    return ", ".join(str(GROUPS.get(group, group)) for group in groups)


def place_options(places: Iterable[PlaceView]) -> list[tuple[str, str]]:
    """List locations to choose from; the name is left out where it adds nothing."""
    return [(one.location_code, _place_option(one)) for one in places]


def _place_option(place: PlaceView) -> str:
    if place.location_code in place.name:
        return place.location_code
    return f"{place.location_code} · {place.name}"


def gift_options(gifts: Iterable[GiftView]) -> list[tuple[str, str]]:
    """List announced gifts to choose from."""
    return [
        (
            gift.gift_number,
            " · ".join(filter(None, (gift.gift_number, gift.donor_code))),
        )
        for gift in gifts
    ]


def pack_day(text: str | date | None) -> str:
    """Write a day that came as text, as the reader's language does."""
    if not text:
        return ""
    day = date.fromisoformat(text) if isinstance(text, str) else text
    return formats.day(day, current_language())


def typed_day(text: str) -> str:
    """Write a day as it is typed from a pack; what is no day stays as it is."""
    try:
        return date.fromisoformat(text).strftime("%d.%m.%Y")
    except ValueError:
        return text


def clock_time(instant: datetime) -> str:
    """Write the time of day in Almaty."""
    return instant.astimezone(ALMATY).strftime("%H:%M")


def category_options() -> list[tuple[str, str]]:
    """List the categories to choose from."""
    return [(code, str(word)) for code, word in CATEGORIES.items()]


def unit_options(units: Iterable[str]) -> list[tuple[str, str]]:
    """List units of issue to choose from."""
    return [(unit, counted_unit(unit, 1)) for unit in units]


def part_of_bar(part: tuple[str, str, int]) -> tuple[str, int]:
    """Give colour and length of a part whose word stands in the legend."""
    return part[0], part[2]


def refusal_text(refusal: DomainError) -> str:
    """Say a refusal in the reader's language, also one of a single field."""
    return told_refusal(refusal.code, refusal.facts, refusal.detail)


def told_refusal(code: str, facts: Mapping[str, Any], detail: str) -> str:
    """Say the refusal of a code; of what is malformed, what its field needs."""
    text = MALFORMED_TEXTS.get(str(facts.get("field"))) if code == "malformed" else None
    return str(text) if text else translated(code, facts, detail)
