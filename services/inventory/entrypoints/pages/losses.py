"""Losses: what waits, what has to be destroyed, and a form for each reason."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for

from services.inventory.application.counting.adjust_stock import INCIDENTS
from services.inventory.application.losses.write_off import (
    DecideWriteOff,
    DescribeIncident,
    RecordWriteOff,
    decide_write_off,
    describe_incident,
    record_write_off,
    write_off_reason,
)
from services.inventory.application.ports.work import Work
from services.inventory.application.queries import StockFilter
from services.inventory.application.scanning.line import checked_quantity
from services.inventory.domain.incident import IncidentFacts
from services.inventory.entrypoints.blindness import hidden_from_reader
from services.inventory.entrypoints.commands import is_coordinator
from services.inventory.entrypoints.pages.dates import printed_date
from services.inventory.entrypoints.pages.forms import account, form_id, whole
from services.inventory.entrypoints.pages.people import initials
from services.inventory.entrypoints.words import counting as texts
from services.inventory.entrypoints.words.terms import refusal_text
from services.inventory.wiring import Inventory
from shared.database.commands import Command
from shared.kernel.clock import local_day
from shared.kernel.errors import DomainError, MalformedError, NotFoundError
from shared.web.auth import allow
from shared.web.pages import toast
from shared.web.problems import status_of
from shared.web.words import _

SHOWN = 30
LOTS_OFFERED = 500


def perform(service: Inventory, action: str, use_case: Callable[[Work], Any]) -> Any:
    """Run the command of a form once; every field but the token is its body."""
    left_out = {"command_id", "csrf_token"}
    body = {
        name: request.form.getlist(name)
        for name in request.form
        if name not in left_out
    }
    once = Command(form_id("command_id"), account(), action, body)
    return service.perform(once, use_case)


class LossPages:
    """``/inventory/losses``; nobody approves what they received or recorded."""

    def __init__(self, service: Inventory) -> None:
        self._service = service
        self._reads = service.page_reads

    def register(self, pages: Blueprint) -> None:
        """Put the losses' addresses on the blueprint."""
        pages.add_url_rule("/losses", "losses", self.show)
        pages.add_url_rule("/losses/new", "loss_new", self.new)
        pages.add_url_rule("/losses", "loss_record", self.record, methods=["POST"])
        pages.add_url_rule(
            "/losses/<uuid:write_off_id>/decision",
            "loss_decide",
            self.decide,
            methods=["POST"],
        )
        one = "/incidents/<incident_number>"
        pages.add_url_rule(one, "incident", self.incident)
        pages.add_url_rule(one, "incident_describe", self.describe, methods=["POST"])

    @allow("volunteer", "reviewer", "coordinator")
    def show(self) -> str:
        """Show what waits for approval, what must be destroyed, and the forms."""
        return self._list()

    @allow("volunteer", "coordinator")
    def new(self) -> str:
        """Ask for product, lot and number, one question after the other."""
        return self._form()

    @allow("volunteer", "coordinator")
    def record(self) -> Any:
        """Record a loss; a volunteer's waits for a coordinator."""
        try:
            wish = self._wish()
            done = perform(
                self._service,
                "record_write_off",
                lambda work: record_write_off(work, wish),
            )
        except DomainError as refusal:
            return self._form(error=refusal_text(refusal)), status_of(refusal)
        if done["status"] == "waiting":
            toast(_("Recorded. It leaves the books when a coordinator approves it."))
        else:
            toast(_("Written off."))
        number = done.get("incident_number")
        if number:
            return redirect(url_for("pages.incident", incident_number=number), 303)
        return redirect(url_for("pages.losses"), 303)

    @allow("coordinator")
    def decide(self, write_off_id: UUID) -> Any:
        """Approve or reject a write-off that waits."""
        is_approved = request.form.get("answer") == "approve"
        wish = DecideWriteOff(write_off_id, account(), is_approved)
        try:
            perform(
                self._service,
                f"decide_write_off {write_off_id}",
                lambda work: decide_write_off(work, wish),
            )
        except DomainError as refusal:
            return self._list(error=refusal_text(refusal)), status_of(refusal)
        toast(_("Written off.") if is_approved else _("Rejected; nothing moved."))
        return redirect(url_for("pages.losses"), 303)

    @allow("volunteer", "reviewer", "coordinator")
    def incident(self, incident_number: str) -> str:
        """Show a loss report, or ask for what a handover could not say."""
        return self._incident(incident_number)

    @allow("coordinator")
    def describe(self, incident_number: str) -> Any:
        """Complete a report that a handover opened."""
        try:
            facts = _facts(request.form.get("cause", ""))
            wish = DescribeIncident(incident_number, facts, account())
            perform(
                self._service,
                f"describe_incident {incident_number}",
                lambda work: describe_incident(work, wish),
            )
        except DomainError as refusal:
            page = self._incident(incident_number, error=refusal_text(refusal))
            return page, status_of(refusal)
        toast(_("The loss report is complete."))
        return redirect(url_for("pages.incident", incident_number=incident_number), 303)

    def _incident(self, incident_number: str, error: str = "") -> str:
        report = self._service.losses.incident(incident_number)
        waiting = [
            each for each in self._waiting() if each.incident_number == incident_number
        ]
        return render_template(
            "inventory/incident.html",
            report=report,
            waiting=waiting,
            names=self._reads.names(
                [line.product_code for line in report.lines]
                + [each.line.product_code for each in waiting]
            ),
            words=texts.INCIDENT_WORDS,
            initials=initials(),
            form=request.form,
            error=error,
            today=local_day(self._service.clock.now()),
            counted_at=self._service.clock.now(),
        )

    def _wish(self) -> RecordWriteOff:
        form = request.form
        reason = write_off_reason(form.get("reason", ""))
        lot_id, _found, place = form.get("lot", "").partition("@")
        try:
            lot = UUID(lot_id)
        except ValueError:
            raise MalformedError("Choose the lot.", field="lot") from None
        return RecordWriteOff(
            lot_id=lot,
            location_code=place,
            quantity=checked_quantity(whole(form.get("quantity", ""))),
            reason=reason,
            account=account(),
            decides=is_coordinator(),
            incident=_facts(reason) if reason in INCIDENTS else None,
        )

    def _waiting(self) -> Any:
        return self._service.losses.write_offs("waiting", after=None, limit=500)

    def _list(self, error: str = "") -> str:
        losses, now = self._service.losses, self._service.clock.now()
        waiting = self._waiting()
        decided = [
            each
            for each in losses.write_offs(None, after=None, limit=SHOWN)
            if each.status != "waiting"
        ]
        due = losses.to_destroy(local_day(now))
        codes = [each.line.product_code for each in (*waiting, *decided)]
        return render_template(
            "inventory/losses.html",
            waiting=waiting,
            decided=decided,
            due=due,
            hidden=hidden_from_reader(self._service),
            records=losses.destructions(None, after=None, limit=SHOWN),
            incidents=losses.incidents(after=None, limit=SHOWN),
            names=self._reads.names([*codes, *(each.product_code for each in due)]),
            initials=initials(),
            mine=account(),
            error=error,
            counted_at=now,
            **_words(),
        )

    def _form(self, error: str = "") -> str:
        given = request.values
        reason = given.get("reason", "")
        if reason not in texts.LOSS_FORMS:
            raise NotFoundError(f"There is no form for {reason}.")
        code = given.get("product_code", "")
        stock = self._service.queries.stock(StockFilter(), limit=LOTS_OFFERED)
        lots = [
            each
            for each in self._service.queries.stock(
                StockFilter(product_code=code), limit=LOTS_OFFERED
            )
            if code and each.on_hand > each.reserved
        ]
        codes = sorted({each.product_code for each in stock})
        return render_template(
            "inventory/loss_form.html",
            reason=reason,
            needs_incident=reason in INCIDENTS,
            product_code=code,
            codes=codes,
            lots=lots,
            hidden=hidden_from_reader(self._service),
            names=self._reads.names([*codes, code]),
            form=request.form,
            error=error,
            today=local_day(self._service.clock.now()),
            counted_at=self._service.clock.now(),
            **_words(),
        )


def _facts(reason: str) -> IncidentFacts:
    form = request.form
    happened_on = printed_date(form.get("happened_on", ""))
    if happened_on is None:
        raise MalformedError("Enter the day it happened.", field="happened_on")
    value = form.get("value_tenge", "").strip()
    return IncidentFacts(
        cause=reason.lower(),
        discovered=form.get("discovered", ""),
        facts=form.get("facts", ""),
        action=form.get("action", ""),
        happened_on=happened_on,
        value_tenge=checked_quantity(whole(value), lowest=0) if value else None,
    )


def _words() -> dict[str, Any]:
    return {
        "forms": texts.LOSS_FORMS,
        "words": texts.INCIDENT_WORDS,
        "methods": texts.METHOD_WORDS,
        "write_off_states": texts.WRITE_OFF_STATES,
        "destruction_states": texts.DESTRUCTION_STATES,
    }
