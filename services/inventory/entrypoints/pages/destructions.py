"""Destruction records: started at a press, confirmed by two people of two roles."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from services.inventory.application.losses.destroy_goods import (
    ConfirmDestruction,
    OpenDestruction,
    cancel_destruction,
    confirm_destruction,
    open_destruction,
)
from services.inventory.domain.incident import CONFIRMING_ROLES, Confirmation
from services.inventory.entrypoints.api.losses import role_for
from services.inventory.entrypoints.pages.forms import account
from services.inventory.entrypoints.pages.losses import perform
from services.inventory.entrypoints.pages.people import initials
from services.inventory.entrypoints.words import counting as texts
from services.inventory.entrypoints.words.terms import refusal_text
from services.inventory.wiring import Inventory
from shared.kernel.errors import DomainError
from shared.web.auth import allow, current_principal
from shared.web.pages import toast
from shared.web.problems import status_of
from shared.web.words import _


class DestructionPages:
    """``/inventory/destructions``; nothing moves before the second confirmation."""

    def __init__(self, service: Inventory) -> None:
        self._service = service

    def register(self, pages: Blueprint) -> None:
        """Put the records' addresses on the blueprint."""
        pages.add_url_rule(
            "/destructions", "destruction_start", self.start, methods=["POST"]
        )
        one = "/destructions/<destruction_number>"
        pages.add_url_rule(one, "destruction", self.show)
        for name, view in (("confirm", self.confirm), ("cancel", self.cancel)):
            pages.add_url_rule(
                f"{one}/{name}", f"destruction_{name}", view, methods=["POST"]
            )

    @allow("volunteer", "reviewer", "coordinator")
    def start(self) -> Any:
        """Put everything expired or recalled on a new record."""
        wish = OpenDestruction(request.form.get("method", ""), account())
        done = perform(
            self._service,
            "open_destruction",
            lambda work: open_destruction(work, wish),
        )
        return self._back(done["destruction_number"])

    @allow("volunteer", "reviewer", "coordinator")
    def show(self, destruction_number: str) -> str:
        """Show a record with its lines and confirmations."""
        return self._page(destruction_number)

    @allow("volunteer", "reviewer", "coordinator")
    def confirm(self, destruction_number: str) -> Any:
        """Confirm that the goods were destroyed."""
        role = role_for(self._service, destruction_number, request.form.get("role"))
        wish = ConfirmDestruction(destruction_number, Confirmation(account(), role))
        try:
            done = perform(
                self._service,
                f"confirm_destruction {destruction_number}",
                lambda work: confirm_destruction(work, wish),
            )
        except DomainError as refusal:
            page = self._page(destruction_number, error=refusal_text(refusal))
            return page, status_of(refusal)
        if done["status"] == "destroyed":
            toast(_("Confirmed twice. The goods have left the books."))
        else:
            toast(_("Confirmed. Another person with another role confirms it too."))
        return self._back(destruction_number)

    @allow("coordinator")
    def cancel(self, destruction_number: str) -> Any:
        """Give an open record up."""
        try:
            perform(
                self._service,
                f"cancel_destruction {destruction_number}",
                lambda work: cancel_destruction(work, destruction_number),
            )
        except DomainError as refusal:
            page = self._page(destruction_number, error=refusal_text(refusal))
            return page, status_of(refusal)
        toast(_("Given up; nothing moved."))
        return redirect(url_for("pages.losses"), 303)

    def _back(self, number: str) -> Any:
        here = url_for("pages.destruction", destruction_number=number)
        return redirect(here, 303)

    def _page(self, number: str, error: str = "") -> str:
        record = self._service.losses.destruction(number)
        principal = current_principal()
        roles = [
            role
            for role in CONFIRMING_ROLES
            if principal.has_role(role) and role != record.first_role
        ]
        return render_template(
            "inventory/destruction.html",
            record=record,
            names=self._service.page_reads.names(
                line.product_code for line in record.lines
            ),
            roles=roles if record.first_by != account() else [],
            role_words=texts.ROLE_WORDS,
            methods=texts.METHOD_WORDS,
            states=texts.DESTRUCTION_STATES,
            initials=initials(),
            error=error,
            counted_at=self._service.clock.now(),
        )
