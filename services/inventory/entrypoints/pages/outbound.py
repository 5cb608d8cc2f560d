"""Pick lists: walk, scan, dispatch; the waybill that travels with the goods."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from services.inventory.application.outbound.dispatch_goods import (
    DispatchGoods,
    dispatch_goods,
)
from services.inventory.application.outbound.queries import PickListView
from services.inventory.domain.outbound_errors import LinesStillOpenError
from services.inventory.entrypoints.commands import command
from services.inventory.entrypoints.pages.cards import Card, cards_of
from services.inventory.entrypoints.pages.forms import (
    account,
    chosen_reason,
    form_id,
    is_htmx,
    scan_line,
)
from services.inventory.entrypoints.pages.scan import ScanPages
from services.inventory.entrypoints.pages.scan_context import ScanContext
from services.inventory.entrypoints.words.terms import refusal_text
from services.inventory.wiring import Inventory
from shared.kernel.errors import DomainError
from shared.web.auth import allow
from shared.web.pages import toast
from shared.web.paging import decode_cursor, encode_cursor
from shared.web.problems import status_of
from shared.web.words import _

LISTS_SHOWN = 30
STATUSES = ("open", "dispatched", "cancelled")


class PickPages:
    """``/inventory/pick-lists``; the scan station stands inside each list."""

    def __init__(self, service: Inventory, station: ScanPages) -> None:
        self._service = service
        self._reads = service.page_reads
        self._cards = cards_of(service)
        self._station = station

    def register(self, pages: Blueprint) -> None:
        """Put the pick lists' addresses on the blueprint."""
        pages.add_url_rule("/pick-lists", "pick_lists", self.show)
        one = "/pick-lists/<pick_list_number>"
        pages.add_url_rule(one, "pick_list", self.show_one)
        pages.add_url_rule(f"{one}/pick", "pick_once", self.pick, methods=["POST"])
        pages.add_url_rule(
            f"{one}/dispatch", "pick_dispatch", self.dispatch, methods=["POST"]
        )

    @allow("volunteer", "reviewer", "coordinator")
    def show(self) -> str:
        """List pick lists of one status by number."""
        status = request.args.get("status", "open")
        after = decode_cursor(request.args.get("cursor"), str)
        found = self._service.outbound.pick_lists(
            status if status in STATUSES else None,
            after=after[0] if after else None,
            limit=LISTS_SHOWN + 1,
        )
        shown = found[:LISTS_SHOWN]
        is_more = len(found) > LISTS_SHOWN
        return render_template(
            "inventory/pick_lists.html",
            pick_lists=shown,
            status=status,
            left_over=len(self._service.outbound.left_over()),
            following=encode_cursor([shown[-1].pick_list_number]) if is_more else None,
            counted_at=self._service.clock.now(),
        )

    @allow("volunteer", "reviewer", "coordinator")
    def show_one(self, pick_list_number: str) -> str:
        """Show a list: to pick from while it is open, else what left."""
        return self._page(self._service.outbound.pick_list(pick_list_number))

    @allow("volunteer", "coordinator")
    def pick(self, pick_list_number: str) -> str:
        """Take one pick from the form."""
        now, new_id = self._service.clock.now(), self._service.ids.new_id()
        line = scan_line(request.form, new_id, now) | {
            "action": "pick",
            "pick_list_number": pick_list_number,
        }
        result = self._service.scan(account(), [line])[0]
        card = self._cards.of(line, result)
        pick_list = self._service.outbound.pick_list(pick_list_number)
        if is_htmx():
            return self._station.fragment([card], **self._station.around(pick_list))
        return self._page(pick_list, card=card)

    @allow("volunteer", "coordinator")
    def dispatch(self, pick_list_number: str) -> Any:
        """Send off what was picked; open lines need a reason."""
        body: dict[str, Any] = {
            "command_id": form_id("command_id"),
            "pick_list_number": pick_list_number,
        }
        is_asked = "short_reason" in request.form
        try:
            reason = chosen_reason("short_reason") if is_asked else None
            wish = DispatchGoods(account(), pick_list_number, reason)
            body["short_reason"] = reason
            done = self._service.perform(
                command("dispatch", body), lambda work: dispatch_goods(wish, work)
            )
        except DomainError as refusal:
            pick_list = self._service.outbound.pick_list(pick_list_number)
            asks_why = (
                isinstance(refusal, LinesStillOpenError)
                or refusal.facts.get("field") == "short_reason"
            )
            told = refusal_text(refusal)
            page = self._page(pick_list, dispatch_error=told, asks_why=asks_why)
            return page, status_of(refusal)
        toast(_("Dispatched under %(waybill)s.", waybill=done["waybill_number"]))
        here = url_for("pages.pick_list", pick_list_number=pick_list_number)
        return redirect(here, 303)

    def _page(
        self, pick_list: PickListView, *, card: Card | None = None, **said: Any
    ) -> str:
        around = self._station.around(pick_list)
        if pick_list.status != "open":
            waybill = (
                self._service.outbound.waybill(pick_list.consignment_number)
                if pick_list.waybill_number
                else None
            )
            return render_template(
                "inventory/pick_list_closed.html",
                waybill=waybill,
                waybill_names=self._reads.names(
                    {line.product_code for line in waybill.lines} if waybill else ()
                ),
                counted_at=self._service.clock.now(),
                **around,
            )
        context = ScanContext(mode="pick", pick_list_number=pick_list.pick_list_number)
        return self._station.page(context, card, **said, **around)
