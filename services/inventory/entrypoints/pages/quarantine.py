"""The reviewer's page: what waits for a decision, release, hold back, recall."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from services.inventory.application.holding.hold_lots import (
    DecideOnLot,
    quarantine_lot,
    release_lot,
)
from services.inventory.application.holding.recall_lots import RecallLots, recall_lots
from services.inventory.application.ports.work import Work
from services.inventory.domain.errors import UnknownLotError
from services.inventory.entrypoints.blindness import hidden_from_reader
from services.inventory.entrypoints.commands import command
from services.inventory.entrypoints.pages.forms import (
    REASON_CHARS_MAX,
    account,
    chosen_reason,
    form_id,
)
from services.inventory.entrypoints.pages.people import initials
from services.inventory.entrypoints.words.terms import refusal_text
from services.inventory.wiring import Inventory
from shared.kernel.clock import local_day
from shared.kernel.errors import DomainError, MalformedError
from shared.web.auth import allow
from shared.web.pages import toast
from shared.web.problems import status_of
from shared.web.words import _

Decide = Callable[[Work, DecideOnLot], Any]


class QuarantinePages:
    """``/inventory/quarantine``; every decision carries its reason."""

    def __init__(self, service: Inventory) -> None:
        self._service = service
        self._reads = service.page_reads

    def register(self, pages: Blueprint) -> None:
        """Put the quarantine's addresses on the blueprint."""
        pages.add_url_rule("/quarantine", "quarantine", self.show)
        one = "/lots/<uuid:lot_id>"
        pages.add_url_rule(one, "lot", self.lot)
        for name, view in (("release", self.release), ("hold", self.hold)):
            pages.add_url_rule(f"{one}/{name}", f"lot_{name}", view, methods=["POST"])
        pages.add_url_rule("/recalls", "recall", self.recall, methods=["POST"])

    @allow("volunteer", "reviewer", "coordinator")
    def show(self) -> str:
        """List what is in quarantine, the longest waiting first."""
        return self._page()

    @allow("volunteer", "reviewer", "coordinator")
    def lot(self, lot_id: UUID) -> str:
        """Show one lot and what can be decided about it."""
        return self._lot_page(lot_id)

    @allow("reviewer")
    def release(self, lot_id: UUID) -> Any:
        """Let a lot be given out."""
        return self._decide("release_lot", release_lot, lot_id, _("Released."))

    @allow("reviewer")
    def hold(self, lot_id: UUID) -> Any:
        """Hold a lot back wherever it is."""
        return self._decide("quarantine_lot", quarantine_lot, lot_id, _("Held back."))

    @allow("reviewer")
    def recall(self) -> Any:
        """Block a lot number for good and list everybody who got some."""
        form = request.form
        try:
            wish = RecallLots(
                _needed("product_code"),
                _needed("lot_number"),
                _needed("reason"),
                account(),
            )
            done = self._service.perform(
                command("recall_lots", _body("product_code", "lot_number", "reason")),
                lambda work: recall_lots(work, wish),
            )
        except DomainError as refusal:
            page = self._page(recall_error=refusal_text(refusal), form=form)
            return page, status_of(refusal)
        return self._page(recalled=done, form=form)

    def _decide(
        self, name: str, use_case: Decide, lot_id: UUID, said: str
    ) -> str | Response | tuple[str, int]:
        try:
            wish = DecideOnLot(lot_id, chosen_reason("reason"), account())
            self._service.perform(
                command(f"{name} {lot_id}", _body("reason", "reason_words")),
                lambda work: use_case(work, wish),
            )
        except DomainError as refusal:
            page = self._lot_page(lot_id, error=refusal_text(refusal))
            return page, status_of(refusal)
        toast(said)
        return redirect(url_for("pages.quarantine"), 303)

    def _page(self, recall_error: str = "", form: Any = None, **more: Any) -> str:
        now = self._service.clock.now()
        hidden = hidden_from_reader(self._service)
        held = self._reads.held(local_day(now))
        return render_template(
            "inventory/quarantine.html",
            stocks=[stock.hidden(hidden) for stock in held],
            recall_error=recall_error,
            form=form if form is not None else request.args,
            counted_at=now,
            today=local_day(now),
            **{"recalled": None, **more},
        )

    def _lot_page(self, lot_id: UUID, error: str = "") -> str:
        now = self._service.clock.now()
        hidden = hidden_from_reader(self._service)
        lots = [lot.hidden(hidden) for lot in self._reads.lot(lot_id, local_day(now))]
        if not lots:
            raise UnknownLotError(lot_id)
        stock = self._reads.names([lots[0].product_code])[lots[0].product_code]
        return render_template(
            "inventory/lot.html",
            lots=lots,
            stock=stock,
            decisions=self._reads.decisions(lot_id),
            initials=initials(),
            error=error,
            form=request.form,
            counted_at=now,
        )


def _needed(name: str) -> str:
    text = request.form.get(name, "").strip()[:REASON_CHARS_MAX]
    if text:
        return text
    raise MalformedError(f"{name} has to be filled in.", field=name)


def _body(*names: str) -> dict[str, Any]:
    texts = {name: request.form.get(name, "").strip() for name in names}
    return {"command_id": form_id("command_id"), **texts}
