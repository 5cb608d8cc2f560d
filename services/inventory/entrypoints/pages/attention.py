"""Scans that wait for a person: finish them, or lay them aside with a reason."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from services.inventory.application.page_views import WaitingView
from services.inventory.application.ports.returns import ReturnedGoods
from services.inventory.application.queries import (
    AttentionItem,
    AttentionPlace,
    WaitingGoods,
)
from services.inventory.application.scanning.resolve_attention import (
    NotWaitingError,
    ResolveAttention,
)
from services.inventory.entrypoints.blindness import hidden_from_reader
from services.inventory.entrypoints.commands import is_coordinator
from services.inventory.entrypoints.pages.cards import Card, cards_of
from services.inventory.entrypoints.pages.forms import (
    account,
    chosen_reason,
    entered,
    form_id,
    is_htmx,
    whole,
)
from services.inventory.entrypoints.pages.scan import ScanPages
from services.inventory.entrypoints.words.returns import CONDITIONS
from services.inventory.entrypoints.words.terms import refusal_text
from services.inventory.wiring import Inventory
from shared.kernel.clock import local_day
from shared.kernel.errors import DomainError, MalformedError
from shared.web.auth import allow
from shared.web.bodies import takes_up_to
from shared.web.pages import toast
from shared.web.paging import decode_cursor, encode_cursor
from shared.web.problems import status_of
from shared.web.words import _, _l

ITEMS_SHOWN = 30
PRODUCTS_OFFERED = 500
TYPED = {
    "product_code": "product",
    "lot_number": "lot",
    "expires_on": "expiry",
    "quantity": "quantity",
    "pack_quantity": "pack",
    "temperature_celsius": "temperature",
}
FIELD_OF = {
    "printed_date": "expires_on",
    "expiry_missing": "expires_on",
    "expired": "expires_on",
    "shelf_life_too_short": "expires_on",
    "lot_missing": "lot_number",
    "lot_recalled": "lot_number",
    "lot_ambiguous": "lot_number",
    "separator_doubtful": "lot_number",
    "unknown_lot": "lot_number",
    "unknown_product": "product_code",
    "unknown_pack": "pack_quantity",
    "temperature_missing": "temperature_celsius",
    "quantity_out_of_range": "quantity",
    "count_below_reserved": "quantity",
    "insufficient_stock": "quantity",
}
"""Under which field a refusal is shown."""

PHOTO_BYTES_MAX = 3_000_000
SETTLED = {
    "applied": _l("Recorded."),
    "proposed": _l("Kept. A coordinator confirms how many a pack holds."),
    "attention": _l("The code is known from now on. One more thing is missing."),
}
"""What a person is told about a scan they settled, by how it ended."""


class AttentionPages:
    """``/inventory/attention``; an error gives the form back as it was filled in."""

    def __init__(self, service: Inventory, station: ScanPages) -> None:
        self._service = service
        self._reads = service.page_reads
        self._cards = cards_of(service)
        self._station = station

    def register(self, pages: Blueprint) -> None:
        """Put the attention list's addresses on the blueprint."""
        pages.add_url_rule("/attention", "attention", self.show)
        one = "/attention/<uuid:scan_id>"
        pages.add_url_rule(one, "attention_one", self.show_one)
        pages.add_url_rule(
            f"{one}/resolve", "attention_resolve", self.resolve, methods=["POST"]
        )
        pages.add_url_rule(
            f"{one}/photo", "attention_photo", self.keep_photo, methods=["POST"]
        )
        pages.add_url_rule(
            f"{one}/discard", "attention_discard", self.discard, methods=["POST"]
        )

    @allow("volunteer", "reviewer", "coordinator")
    def show(self) -> str:
        """List what waits, the oldest first."""
        after = AttentionPlace(
            *(decode_cursor(request.args.get("cursor"), str, int) or ())
        )
        items = self._service.queries.attention(after=after, limit=ITEMS_SHOWN + 1)
        is_more = len(items) > ITEMS_SHOWN
        shown = items[:ITEMS_SHOWN]
        goods = self._service.queries.waiting_goods()
        named = {each.product_code for each in goods if each.product_code}
        return render_template(
            "inventory/attention.html",
            items=shown,
            goods=goods,
            names=self._reads.names(_codes(shown) | named),
            following=encode_cursor(_behind(shown, after)) if is_more else None,
            counted_at=self._service.clock.now(),
            now=self._service.clock.now(),
        )

    @allow("volunteer", "reviewer", "coordinator")
    def show_one(self, scan_id: UUID) -> str:
        """Show one waiting scan and ask for what it lacks."""
        return self._page(self._cards.waiting(self._waiting(scan_id)))

    @allow("volunteer", "coordinator")
    def resolve(self, scan_id: UUID) -> Any:
        """Finish a scan with what was entered."""
        try:
            wish = ResolveAttention(
                scan_id, account(), _entered(), None, by_coordinator=is_coordinator()
            )
            result = self._service.resolve(form_id("command_id"), wish)
        except DomainError as refusal:
            return self._again(self._waiting(scan_id), refusal)
        if is_htmx():
            line = {"scan_id": str(scan_id), "action": result["action"]}
            card = self._cards.of(line, result)
            return self._station.fragment([card], gone=[scan_id])
        toast(str(SETTLED[result["status"]]))
        if result["status"] == "attention":
            return redirect(url_for("pages.attention_one", scan_id=scan_id), 303)
        return redirect(url_for("pages.attention"), 303)

    @takes_up_to(PHOTO_BYTES_MAX)
    @allow("volunteer", "coordinator")
    def keep_photo(self, scan_id: UUID) -> Response:
        """Keep a photograph of goods that wait."""
        sent = request.files.get("photo")
        if sent is None or not sent.filename:
            raise MalformedError("Choose a photograph first.", field="photo")
        self._service.keep_photo(scan_id, account(), sent.read())
        toast(_("The photograph is kept until the scan is settled."))
        return redirect(url_for("pages.attention_one", scan_id=scan_id), 303)

    @allow("volunteer", "coordinator")
    def discard(self, scan_id: UUID) -> Any:
        """Lay a scan aside for good, with a reason."""
        try:
            reason = chosen_reason("discard_reason")
            wish = ResolveAttention(scan_id, account(), {}, reason)
            self._service.resolve(form_id("command_id"), wish)
        except DomainError as refusal:
            card = self._cards.waiting(self._waiting(scan_id))
            return self._page(card, refusal_text(refusal)), status_of(refusal)
        toast(_("Laid aside. The reason is kept with the scan."))
        return redirect(url_for("pages.attention"), 303)

    def _again(self, waiting: WaitingView, refusal: DomainError) -> Any:
        typed = {
            name: request.form[field]
            for field, name in TYPED.items()
            if field in request.form
        }
        named = str(refusal.facts.get("field", ""))
        card = self._cards.waiting(
            waiting,
            error=refusal_text(refusal),
            error_field=FIELD_OF.get(refusal.code, named),
            typed=typed,
        )
        if is_htmx():
            return self._station.fragment([card], added=())
        return self._page(card), status_of(refusal)

    def _page(self, card: Card, discard_error: str = "") -> str:
        products = self._service.queries.products(
            "", "", after=None, limit=PRODUCTS_OFFERED
        )
        return render_template(
            "inventory/attention_one.html",
            card=card,
            goods=self._goods_of(card),
            came_back=self._came_back(card),
            conditions=CONDITIONS,
            products=products,
            discard_error=discard_error,
            counted_at=self._service.clock.now(),
        )

    def _goods_of(self, card: Card) -> WaitingGoods | None:
        """Find the goods of the same unknown code, wherever they stand."""
        line = card.line
        decoded = line.get("decoded") or {}
        known_as = decoded.get("gtin") or decoded.get("content_gtin")
        goods = self._service.queries.waiting_goods()
        scan_id = card.asked.scan_id if card.asked else None
        return next(
            (
                each
                for each in goods
                if each.scan_id == scan_id or (known_as and each.gtin == known_as)
            ),
            None,
        )

    def _came_back(self, card: Card) -> Sequence[ReturnedGoods]:
        """Find the goods on the returns table that a coordinator is asked about."""
        if card.refusal_code != "return_not_judged" or card.entry is None:
            return ()
        asked = (card.entry.product_code, card.entry.lot_number)
        today = local_day(self._service.clock.now())
        hidden = hidden_from_reader(self._service)
        return [
            each.hidden(hidden)
            for each in self._service.returns.returns(today)
            if (each.product_code, each.lot_number) == asked
        ]

    def _waiting(self, scan_id: UUID) -> WaitingView:
        waiting = self._reads.waiting_scan(scan_id)
        if waiting is None:
            raise NotWaitingError(scan_id)
        return waiting


def _entered() -> dict[str, Any]:
    numbers = {
        name: whole(typed)
        for name in ("quantity", "pack_quantity")
        if (typed := request.form.get(name, "").strip())
    }
    return {**entered(request.form), **numbers}


def _codes(items: list[AttentionItem] | Any) -> set[str]:
    return {code for item in items if (code := item.line.get("product_code"))}


def _behind(items: Any, after: AttentionPlace) -> tuple[str, int]:
    """Say where a page ended: gifts come first, then scans."""
    gifts = [item.line["gift_number"] for item in items if item.position is None]
    positions = [item.position for item in items if item.position is not None]
    return (
        max(gifts, default=after.gift_number),
        max(positions, default=after.position),
    )
