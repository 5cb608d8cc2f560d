"""Counting: what is due, a blind sheet to walk with, the results of a finished one."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from services.inventory.application.counting.queries import CountSheetView
from services.inventory.application.counting.sheets import (
    DecideCount,
    FinishCount,
    PlanCount,
    RuleOnCount,
    decide_count,
    finish_count,
    plan_count,
    rule_on_count,
)
from services.inventory.application.outbound.reverse_movement import (
    ReverseMovement,
    reverse_movement,
)
from services.inventory.application.ports.work import Work
from services.inventory.application.scanning.line import checked_quantity
from services.inventory.entrypoints.pages.forms import (
    account,
    form_id,
    scan_line,
    whole,
)
from services.inventory.entrypoints.pages.people import initials
from services.inventory.entrypoints.words.counting import (
    LINE_STATES,
    OUTCOMES,
    QUESTIONS,
)
from services.inventory.entrypoints.words.terms import refusal_text, told_refusal
from services.inventory.wiring import Inventory
from shared.database.commands import Command
from shared.kernel.clock import local_day
from shared.kernel.errors import DomainError
from shared.web.auth import allow
from shared.web.pages import toast
from shared.web.paging import decode_cursor, encode_cursor
from shared.web.problems import status_of
from shared.web.words import _

SHEETS_SHOWN = 30
PRODUCTS_OFFERED = 500


class CountPages:
    """``/inventory/counts``; no page of an open sheet tells what the books say."""

    def __init__(self, service: Inventory) -> None:
        self._service = service
        self._reads = service.page_reads

    def register(self, pages: Blueprint) -> None:
        """Put the counts' addresses on the blueprint."""
        pages.add_url_rule("/counts", "counts", self.show)
        pages.add_url_rule("/counts", "count_plan", self.plan, methods=["POST"])
        one = "/counts/<count_sheet_number>"
        pages.add_url_rule(one, "count_sheet", self.show_one)
        for name, view in (
            ("lines", self.enter),
            ("decisions", self.decide),
            ("rulings", self.rule),
            ("finish", self.finish),
            ("undo", self.undo),
        ):
            pages.add_url_rule(f"{one}/{name}", f"count_{name}", view, methods=["POST"])

    @allow("volunteer", "reviewer", "coordinator")
    def show(self) -> str:
        """List what is due and the sheets, open ones before finished ones."""
        return self._list()

    @allow("coordinator")
    def plan(self) -> Any:
        """Open a sheet for each place or product that was chosen."""
        wishes = [
            *(PlanCount(account(), code) for code in _chosen("location_code")),
            *(
                PlanCount(account(), product_code=code)
                for code in _chosen("product_code")
            ),
        ]
        wishes = wishes or [PlanCount(account())]
        try:
            done = self._perform(
                "plan_counts", lambda work: [plan_count(work, each) for each in wishes]
            )
        except DomainError as refusal:
            return self._list(error=refusal_text(refusal)), status_of(refusal)
        toast(_("Count sheets made: %(count)s", count=len(done)))
        if len(done) > 1:
            return redirect(url_for("pages.counts"), 303)
        return self._back(done[0]["count_sheet_number"])

    @allow("volunteer", "reviewer", "coordinator")
    def show_one(self, count_sheet_number: str) -> str:
        """Show a sheet: to count on while it is open, else its results."""
        return self._page(count_sheet_number)

    @allow("volunteer", "coordinator")
    def enter(self, count_sheet_number: str) -> Any:
        """Take one count from the list."""
        now, new_id = self._service.clock.now(), self._service.ids.new_id()
        line = scan_line(request.form, new_id, now) | {
            "action": "count",
            "count_sheet_number": count_sheet_number,
        }
        mode = request.form.get("count_mode")
        result = self._service.scan(
            account(), [{**line, **({"count_mode": mode} if mode else {})}]
        )[0]
        if result["status"] == "refused":
            told = told_refusal(result["code"], result["facts"], result["detail"])
            return self._page(count_sheet_number, error=told), 409
        toast(_said(result))
        return self._back(count_sheet_number, line.get("lot_id"))

    @allow("coordinator")
    def decide(self, count_sheet_number: str) -> Any:
        """Take one of two counts, or another number, for true."""

        def decide(work: Work) -> Any:
            wish = DecideCount(
                count_sheet_number,
                form_id("lot_id"),
                request.form.get("location_code", ""),
                checked_quantity(whole(request.form.get("counted", "")), lowest=0),
                account(),
            )
            return decide_count(work, wish)

        return self._settle(count_sheet_number, "decide_count", decide, _("Decided."))

    @allow("coordinator")
    def rule(self, count_sheet_number: str) -> Any:
        """Say what a count is that stands against another one."""
        answer = request.form.get("answer", "")
        wish = RuleOnCount(count_sheet_number, form_id("waiting_id"), answer, account())
        return self._settle(
            count_sheet_number,
            "rule_on_count",
            lambda work: rule_on_count(work, wish),
            _("Decided."),
        )

    @allow("coordinator")
    def finish(self, count_sheet_number: str) -> Any:
        """Book every difference at once."""
        uncounted = request.form.get("uncounted") or None
        wish = FinishCount(count_sheet_number, account(), uncounted)
        try:
            done = self._perform(
                f"finish_count {count_sheet_number}",
                lambda work: finish_count(work, wish),
            )
        except DomainError as refusal:
            page = self._page(count_sheet_number, finish_error=refusal_text(refusal))
            return page, status_of(refusal)
        if done["status"] == "open":
            toast(_("Entered as nothing found. Each needs a second count."))
        else:
            toast(_("Booked. Differences: %(count)s", count=done["differences"]))
        return self._back(count_sheet_number)

    @allow("coordinator")
    def undo(self, count_sheet_number: str) -> Any:
        """Take a booked difference back."""
        wish = ReverseMovement(form_id("movement_id"), _("count taken back"), account())
        return self._settle(
            count_sheet_number,
            "reverse_movement",
            lambda work: reverse_movement(work, wish),
            _("Taken back."),
        )

    def _settle(
        self, number: str, action: str, use_case: Callable[[Work], Any], said: str
    ) -> Any:
        try:
            self._perform(f"{action} {number}", use_case)
        except DomainError as refusal:
            page = self._page(number, error=refusal_text(refusal))
            return page, status_of(refusal)
        toast(said)
        return self._back(number)

    def _perform(self, action: str, use_case: Callable[[Work], Any]) -> Any:
        left_out = {"command_id", "csrf_token"}
        body = {
            name: request.form.getlist(name)
            for name in request.form
            if name not in left_out
        }
        once = Command(form_id("command_id"), account(), action, body)
        return self._service.perform(once, use_case)

    def _back(self, number: str, lot_id: str | None = None) -> Any:
        anchor = f"lot-{lot_id}" if lot_id else None
        here = url_for("pages.count_sheet", count_sheet_number=number, _anchor=anchor)
        return redirect(here, 303)

    def _list(self, error: str = "") -> str:
        now = self._service.clock.now()
        cursor = decode_cursor(request.args.get("cursor"), str)
        finished = self._service.counting.sheets(
            "finished", after=cursor[0] if cursor else None, limit=SHEETS_SHOWN + 1
        )
        shown = finished[:SHEETS_SHOWN]
        is_more = len(finished) > SHEETS_SHOWN
        due = self._service.counting.due(local_day(now))
        opened = self._service.counting.sheets("open", after=None, limit=500)
        products = self._service.queries.products(
            "", "", after=None, limit=PRODUCTS_OFFERED
        )
        return render_template(
            "inventory/counts.html",
            due=due,
            opened=opened,
            finished=shown,
            names=self._reads.names(
                [*due.medicines, *(each.product_code for each in products)]
            ),
            products=products,
            places=self._reads.places(),
            error=error,
            following=encode_cursor([shown[-1].count_sheet_number])
            if is_more
            else None,
            counted_at=now,
        )

    def _page(self, number: str, **errors: str) -> str:
        sheet = self._service.counting.sheet(number)
        template = "count_sheet" if sheet.status == "open" else "count_results"
        return render_template(
            f"inventory/{template}.html",
            sheet=sheet,
            names=self._reads.names(_codes(sheet)),
            mine=account(),
            initials=initials(),
            line_states=LINE_STATES,
            outcomes=OUTCOMES,
            questions=QUESTIONS,
            counted_at=self._service.clock.now(),
            **{"error": "", "finish_error": "", **errors},
        )


def _chosen(name: str) -> list[str]:
    return [code for code in request.form.getlist(name) if code]


def _codes(sheet: CountSheetView) -> set[str]:
    codes = {line.product_code for line in sheet.lines}
    waiting = {each.product_code for each in sheet.waiting if each.product_code}
    return codes | waiting | ({sheet.product_code} if sheet.product_code else set())


def _said(result: dict[str, Any]) -> str:
    """Say what became of a count; never what the books hold."""
    if result["status"] == "attention":
        return str(QUESTIONS.get(result["code"], _("Kept. A person looks at it.")))
    if result.get("code") == "second_count_needed":
        return _("Recorded. Another person counts this lot once more.")
    return _("Recorded.")
