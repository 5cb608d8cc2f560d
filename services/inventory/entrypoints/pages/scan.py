"""The scan station: one field, one answer, the list of what was scanned."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from services.inventory.application.outbound.queries import PickListView
from services.inventory.application.outbound.reverse_movement import (
    ReverseMovement,
    reverse_movement,
)
from services.inventory.application.page_views import LoggedScan
from services.inventory.application.scanning.line import scan_id_of
from services.inventory.application.scanning.resolve_attention import ResolveAttention
from services.inventory.entrypoints.blindness import hidden_from_reader
from services.inventory.entrypoints.commands import is_coordinator
from services.inventory.entrypoints.pages.cards import Card, cards_of
from services.inventory.entrypoints.pages.forms import (
    account,
    form_id,
    is_htmx,
    scan_line,
)
from services.inventory.entrypoints.pages.scan_context import (
    ScanContext,
    context_of,
    shell_facts,
)
from services.inventory.entrypoints.words.scanning import short_reason
from services.inventory.entrypoints.words.terms import refusal_text
from services.inventory.wiring import Inventory
from shared.database.commands import Command
from shared.kernel.clock import ALMATY, local_day
from shared.kernel.errors import DomainError, ForbiddenError, MalformedError
from shared.web.auth import allow
from shared.web.packing import packed
from shared.web.pages import toast
from shared.web.returning import safe_path
from shared.web.security import allow_wasm
from shared.web.words import _

LINES_SHOWN = 20
GIFTS_OFFERED = 30


class ScanPages:
    """``/inventory/scan``; works without script too, one form a scan."""

    def __init__(self, service: Inventory) -> None:
        self._service = service
        self._reads = service.page_reads
        self._cards = cards_of(service)

    def register(self, pages: Blueprint) -> None:
        """Put the station's addresses on the blueprint."""
        pages.add_url_rule("/scan", "scan", self.show)
        pages.add_url_rule("/scan", "scan_once", self.scan, methods=["POST"])
        pages.add_url_rule(
            "/scan/look", "scan_look", self.look, methods=["GET", "POST"]
        )
        pages.add_url_rule("/scan/card", "scan_card", self.card, methods=["POST"])
        pages.add_url_rule(
            "/scan/quantity", "scan_quantity", self.requantify, methods=["POST"]
        )
        pages.add_url_rule("/scan/undo", "scan_undo", self.undo, methods=["POST"])
        pages.add_url_rule(
            "/scan/refused", "scan_refused", self.refuse, methods=["POST"]
        )

    @allow("volunteer", "coordinator")
    def show(self) -> str | Response:
        """Show the station in one of its modes."""
        context = self.context(request.args)
        if context.mode == "look":
            return self.page(context, look=self._look(request.args.get("raw", "")))
        page = self.page(context)
        return page if request.args.keys() - {"mode"} else packed(page)

    @allow("volunteer", "coordinator", "auditor")
    def look(self) -> str:
        """Say what a code is without an address that holds it: it may hold secrets."""
        context = self.context({"mode": "look"})
        return self.page(context, look=self._look(request.form.get("raw", "")))

    @allow("volunteer", "coordinator")
    def scan(self) -> str:
        """Take one scan from the form."""
        line = self._line()
        return self._answered(line, self._scanned(line))

    @allow("volunteer", "coordinator")
    def card(self) -> str:
        """Draw answers the script already has; changes nothing."""
        try:
            answers = json.loads(request.form["answers"])
            cards = [self._cards.of(one["line"], one["result"]) for one in answers]
        except (ValueError, KeyError, TypeError) as problem:
            raise MalformedError("These are no answers to scans.") from problem
        number = request.form.get("pick_list_number")
        if not number:
            return self.fragment(cards)
        around = self.around(self._service.outbound.pick_list(number))
        return self.fragment(cards, **around)

    @allow("volunteer", "coordinator")
    def requantify(self) -> str:
        """Take a receipt back and record it anew with another quantity."""
        line = self._line()
        self._reverse(_("another quantity"))
        if line["quantity"] == 0:
            return self._taken_back()
        return self._answered(line, self._scanned(line), replaced=[self._reversed()])

    @allow("volunteer", "coordinator")
    def undo(self) -> str | Response:
        """Take a scan back; its line stays, struck through."""
        self._reverse(_("undone at the scan station"))
        if "card" in request.form and is_htmx():
            return self._taken_back()
        if is_htmx():
            return render_template(
                "inventory/_undone.html", entry=self._reversed(), totals=self.totals()
            )
        toast(_("Taken back."))
        return redirect(safe_path(request.form.get("next"), url_for("pages.scan")), 303)

    @allow("volunteer", "coordinator")
    def refuse(self) -> str:
        """Record goods that were not taken in, under their gift."""
        sent = _sent_scan()
        code = request.form.get("code", "")
        line = {
            **_without_decoded(sent),
            "scan_id": str(form_id("scan_id")),
            "action": "refuse",
            "reason": code or "refused",
            "occurred_at": self._now(),
        }
        result = self._scanned(line)
        if result["status"] == "applied":
            self._lay_aside(sent, code)
        return self._answered(line, result)

    def context(self, given: Mapping[str, str]) -> ScanContext:
        """Read the context of an address; a place is always chosen."""
        return context_of(given, self._reads.places())

    def page(self, context: ScanContext, card: Card | None = None, **more: Any) -> str:
        """Render the whole station; its camera needs WebAssembly."""
        allow_wasm()
        known = {
            "places": self._reads.places(),
            "gifts": self._reads.gifts(GIFTS_OFFERED),
            "log": self.log(),
            "totals": self.totals(),
            "card": card,
            "counted_at": self._service.clock.now(),
        }
        return render_template(
            "inventory/scan.html",
            substitutes=self._service.scan_substitutes,
            is_shell=False,
            **{**shell_facts(context), **known, **more},
        )

    def fragment(self, cards: Sequence[Card], **more: Any) -> str:
        """Render the last card, with every line it adds to the list.

        ``replaced`` are lines to draw anew, ``gone`` ids of lines to remove.
        """
        usual = {"pick_list": None, "added": cards, "replaced": (), "gone": ()}
        return render_template(
            "inventory/_answer.html",
            card=cards[-1] if cards else None,
            totals=self.totals(),
            **{**usual, **more},
        )

    def around(self, pick_list: PickListView) -> dict[str, Any]:
        """Give what is shown of a pick list beside its scans."""
        return {
            "pick_list": pick_list,
            "names": self._reads.names(line.product_code for line in pick_list.lines),
            "wanted": sum(line.quantity for line in pick_list.lines),
            "picked": sum(line.picked for line in pick_list.lines),
        }

    def log(self) -> Sequence[LoggedScan]:
        """List what this person scanned today."""
        today = local_day(self._service.clock.now())
        midnight = datetime.combine(today, time(), ALMATY)
        scans = self._reads.scans(account(), midnight, LINES_SHOWN)
        if not any(entry.is_count for entry in scans):
            return scans
        hidden = hidden_from_reader(self._service)
        return [entry.hidden(hidden) for entry in scans]

    def totals(self) -> Any:
        """Add up what this person received today."""
        return self._reads.totals(account(), local_day(self._service.clock.now()))

    def _answered(
        self, line: Mapping[str, Any], result: Mapping[str, Any], **more: Any
    ) -> str:
        card = self._cards.of(line, result)
        if is_htmx():
            return self.fragment([card], **more)
        return self.page(self.context({**line, "mode": line["action"]}), card)

    def _taken_back(self) -> str:
        entry = self._reversed()
        card = self._cards.undone(entry)
        if is_htmx():
            return self.fragment([card], added=(), replaced=[entry])
        return self.page(self.context(request.form), card)

    def _reversed(self) -> LoggedScan:
        entry = self._reads.logged_movement(form_id("movement_id"))
        assert entry is not None, "it was reversed just now"
        return entry.hidden(hidden_from_reader(self._service))

    def _line(self) -> dict[str, Any]:
        now = self._service.clock.now()
        return scan_line(request.form, self._service.ids.new_id(), now)

    def _scanned(self, line: Mapping[str, Any]) -> dict[str, Any]:
        [answer] = self._service.scan(
            account(), [line], by_coordinator=is_coordinator()
        )
        return answer

    def _reverse(self, reason: str) -> None:
        """Undo a scan: a volunteer their own, a coordinator anybody's."""
        entry = self._reads.logged_movement(form_id("movement_id"))
        is_own = entry is not None and entry.recorded_by == account()
        if not is_own and not is_coordinator():
            raise ForbiddenError(
                "Somebody else recorded this. Ask that person or a coordinator."
            )
        wish = ReverseMovement(form_id("movement_id"), reason, account())
        command = Command(
            command_id=form_id("command_id"),
            account=account(),
            action="reverse",
            body={"movement_id": str(wish.movement_id), "reason": reason},
        )
        self._service.perform(command, lambda work: reverse_movement(work, wish))

    def _lay_aside(self, sent: Mapping[str, Any], code: str) -> None:
        """Take a scan that waited off the list, now that it is refused."""
        scan_id = scan_id_of(sent)
        if self._reads.waiting_scan(scan_id) is not None:
            wish = ResolveAttention(scan_id, account(), {}, str(short_reason(code)))
            self._service.resolve(self._service.ids.new_id(), wish)

    def _look(self, raw: str) -> dict[str, Any] | None:
        """Say what a code is and where its product stands; None before a scan."""
        if not raw.strip():
            return None
        try:
            decoded = self._service.decode(raw)
        except DomainError as fault:
            return {"error": refusal_text(fault), "code": fault.code}
        product = decoded.get("product") or {}
        today = local_day(self._service.clock.now())
        code = product.get("product_code")
        stock = self._reads.stock_of(code, today) if code else None
        if stock:
            stock = stock.hidden(hidden_from_reader(self._service))
        return {"decoded": decoded, "stock": stock}

    def _now(self) -> str:
        return self._service.clock.now().isoformat()


def _sent_scan() -> dict[str, Any]:
    """Read the scan a card was drawn for."""
    try:
        sent = json.loads(request.form.get("line", ""))
    except ValueError:
        sent = None
    if not isinstance(sent, dict):
        raise MalformedError("This is no scan.", field="line")
    return sent


def _without_decoded(line: Mapping[str, Any]) -> dict[str, Any]:
    """Give a kept scan its trade item number back as its code."""
    kept = {name: value for name, value in line.items() if name != "decoded"}
    decoded = line.get("decoded") or {}
    gtin = decoded.get("gtin") or decoded.get("content_gtin")
    return {**kept, "raw": gtin} if gtin and "raw" not in kept else kept
