"""The answer to a scan as a card: face, word, number, place, and what to do next."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from services.inventory.application.page_views import (
    LoggedScan,
    PageQueries,
    PlaceView,
    WaitingView,
)
from services.inventory.domain.counting import OpenCounts
from services.inventory.entrypoints.blindness import hidden_from_reader
from services.inventory.entrypoints.words.scanning import short_reason
from services.inventory.entrypoints.words.terms import (
    GOOD_WORDS,
    name_of,
    place_word,
    told_refusal,
)
from services.inventory.wiring import Inventory
from shared.web import formats
from shared.web.languages import current_language
from shared.web.words import _

GOOD, CARE, HALT = "good", "care", "halt"

NEEDS: Mapping[str, tuple[str, ...]] = {
    "unknown_product": ("product", "quantity"),
    "unknown_pack": ("pack", "quantity"),
    "lot_missing": ("lot", "expiry", "quantity"),
    "expiry_missing": ("expiry", "quantity"),
    "separator_doubtful": ("lot", "expiry", "quantity"),
    "temperature_missing": ("temperature",),
    "lot_ambiguous": ("lot", "quantity"),
    "count_below_reserved": ("quantity",),
    "lot_recalled": (),
    "return_not_judged": (),
}
"""What a person is asked for, and nothing besides."""

REFUSABLE = frozenset(
    {"expired", "shelf_life_too_short", "product_refused", "lot_recalled"}
)
"""Refusals after which the goods at the door can be recorded as not taken in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an attention card asks and what is known already."""

    scan_id: UUID
    needs: Sequence[str]
    values: Mapping[str, str] = field(default_factory=dict)
    error: str = ""
    error_field: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One face of the scan card.

    ``entry`` is the line of the running list; ``line`` is the scan as it was sent,
    for the forms that send it again.
    """

    face: str
    word: str
    sub: str
    action: str
    product: str = ""
    facts: Sequence[tuple[str, str, str]] = ()
    detail: str = ""
    put_into: str = ""
    entry: LoggedScan | None = None
    asked: Asked | None = None
    line: Mapping[str, Any] = field(default_factory=dict)
    refusal_code: str = ""

    @property
    def can_be_refused(self) -> bool:
        """Tell whether the goods can be recorded as not taken in."""
        return self.action == "receive" and self.refusal_code in REFUSABLE


@dataclass(frozen=True, slots=True)
class Cards:
    """Makes cards from what the service answered.

    ``counts`` says what the reader may not see the books of.
    """

    reads: PageQueries
    counts: Callable[[], OpenCounts]

    def of(self, line: Mapping[str, Any], result: Mapping[str, Any]) -> Card:
        """Draw the answer to one scan line."""
        status = result["status"]
        scan_id = UUID(str(line["scan_id"]))
        if status in ("applied", "duplicate") and not result.get("code"):
            entry = self.reads.scan(scan_id)
            if entry and line["action"] == "count":
                entry = entry.hidden(self.counts())
            return self._good(line, entry)
        waiting = self.reads.waiting_scan(scan_id) if status != "refused" else None
        if waiting is not None:
            return self.waiting(waiting)
        return self._refused(line, result)

    def waiting(
        self,
        waiting: WaitingView,
        error: str = "",
        error_field: str = "",
        typed: Mapping[str, str] | None = None,
    ) -> Card:
        """Draw what a waiting scan lacks; ``error`` is what was wrong just now."""
        known = known_of(waiting.line)
        entry = self.reads.scan(waiting.scan_id)
        is_recalled = waiting.code == "lot_recalled"
        is_return = waiting.code == "return_not_judged"
        is_off_shelf = is_recalled or is_return
        return Card(
            face=HALT if is_recalled else CARE,
            word=_("Not on the shelf") if is_off_shelf else _("One thing is missing"),
            sub=str(short_reason(waiting.code)),
            action=waiting.line["action"],
            product=name_of(entry.names) if entry else "",
            facts=facts_of(known.get("lot"), _day(known.get("expiry"))),
            detail=_who_decides(waiting, entry) if is_return else "",
            put_into="" if is_return else self.hold_place(is_last=is_recalled),
            entry=entry,
            asked=Asked(
                scan_id=waiting.scan_id,
                needs=NEEDS.get(waiting.code, ("quantity",)),
                values=known | dict(typed or {}),
                error=error,
                error_field=error_field,
            ),
            line=waiting.line,
            refusal_code=waiting.code,
        )

    def undone(self, card_of: LoggedScan) -> Card:
        """Draw a scan that was just taken back."""
        return Card(
            face=GOOD,
            word=_("Taken back"),
            sub=_amount(card_of),
            action="",
            product=name_of(card_of.names, card_of.product_code),
            entry=card_of,
        )

    def hold_place(self, *, is_last: bool) -> str:
        """Say where boxes go that may not go on a shelf."""
        holds = [place for place in self.reads.places() if _holds(place)]
        return holds[-1 if is_last else 0].location_code if holds else ""

    def _good(self, line: Mapping[str, Any], entry: LoggedScan | None) -> Card:
        action = line["action"]
        return Card(
            face=GOOD,
            word=str(GOOD_WORDS[action]),
            sub=_amount(entry) if entry else "",
            action=action,
            product=name_of(entry.names, entry.product_code) if entry else "",
            facts=facts_of(entry.lot_number, entry.expires_on) if entry else (),
            entry=entry,
            line=line,
        )

    def _refused(self, line: Mapping[str, Any], result: Mapping[str, Any]) -> Card:
        code, told = result.get("code", ""), result.get("facts", {})
        is_goods = code in REFUSABLE
        return Card(
            face=HALT,
            word=_("Not on the shelf") if is_goods else _("Not recorded"),
            sub=str(short_reason(code)),
            action=line.get("action", ""),
            product=self._product(told.get("product_code")),
            facts=facts_of(told.get("lot_number"), _day(told.get("expires_on"))),
            detail=told_refusal(code, _facts(told), result.get("detail", "")),
            put_into=self.hold_place(is_last=True) if is_goods else "",
            line=line,
            refusal_code=code,
        )

    def _product(self, product_code: str | None) -> str:
        if not product_code:
            return ""
        found = self.reads.names([product_code]).get(product_code)
        return name_of(found.names, product_code) if found else product_code


def cards_of(service: Inventory) -> Cards:
    """Make what draws cards for whoever asks."""
    return Cards(service.page_reads, partial(hidden_from_reader, service))


def facts_of(
    lot_number: str | None, expires_on: date | None
) -> Sequence[tuple[str, str, str]]:
    """List lot and expiry as label, kind and value; what is not known is left out."""
    facts = []
    if lot_number:
        facts.append((_("Lot"), "code", lot_number))
    if expires_on:
        facts.append((_("Use by"), "day", expires_on.isoformat()))
    return facts


def known_of(line: Mapping[str, Any]) -> dict[str, str]:
    """Give what a waiting scan knows already, under the names of the form."""
    decoded = line.get("decoded") or {}
    known = {
        "product": line.get("product_code"),
        "lot": line.get("lot_number") or decoded.get("lot"),
        "expiry": line.get("expires_on")
        or decoded.get("expiry")
        or decoded.get("best_before"),
        "quantity": line.get("quantity"),
        "pack": line.get("pack_quantity"),
        "gtin": decoded.get("gtin") or decoded.get("content_gtin"),
    }
    return {name: str(value) for name, value in known.items() if value is not None}


def _who_decides(waiting: WaitingView, entry: LoggedScan | None) -> str:
    lot_number = entry.lot_number if entry else None
    told = {
        "lot_number": lot_number,
        "location_code": waiting.line.get("to_location_code"),
    }
    return told_refusal(waiting.code, told, waiting.detail)


def signed_amount(entry: LoggedScan) -> str:
    """Say how a scan changed the store: +36, −4, or the number that moved."""
    if entry.quantity is None:
        return ""
    source, target = (_is_place(entry.source), _is_place(entry.target))
    sign = {(False, True): "+", (True, False): "−"}.get((source, target), "")
    return sign + formats.number(entry.quantity, current_language())


def shelf_of(entry: LoggedScan) -> str:
    """Say at which shelf a scan happened: where the goods went, else came from."""
    ends = [entry.target, entry.source]
    return next((place_word(end) for end in ends if _is_place(end)), "")


def _is_place(account: str | None) -> bool:
    return bool(account) and str(account).startswith("location:")


def _amount(entry: LoggedScan) -> str:
    if entry.quantity is None:
        is_equal = entry.status == "applied" and entry.movement_id is None
        return _("As in the books") if is_equal else ""
    where = " → ".join(
        place_word(account)
        for account in (entry.source, entry.target)
        if account and _is_place(account)
    )
    return f"{signed_amount(entry)} · {where}" if where else signed_amount(entry)


def _facts(told: Mapping[str, Any]) -> dict[str, Any]:
    """Bring dates back from text, so that they are written as the reader does."""
    return {name: _day(fact) or fact for name, fact in told.items()}


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None


def _holds(place: PlaceView) -> bool:
    return place.kind == "hold" and place.location_code != "RETURNS"
