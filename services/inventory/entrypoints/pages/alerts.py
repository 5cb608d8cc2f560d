"""What needs somebody now: a page, a strip on first pages, and the wish for letters."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from services.inventory.application.ahead.watching import AUDIENCE, Reader
from services.inventory.entrypoints.pages.forms import account
from services.inventory.entrypoints.words.alerts import shown
from services.inventory.wiring import Inventory
from shared.web.auth import allow, current_principal
from shared.web.languages import current_language
from shared.web.pages import toast
from shared.web.words import _

READERS = ("volunteer", "reviewer", "coordinator")
STRIP_SHOWN = 3


class AlertPages:
    """``/inventory/alerts``."""

    def __init__(self, service: Inventory) -> None:
        self._desk = service.alerts
        self._clock = service.clock

    def register(self, pages: Blueprint) -> None:
        """Put the addresses on the blueprint."""
        pages.add_url_rule("/alerts", "alerts", self.show)
        pages.add_url_rule("/alerts/strip", "alerts_strip", self.strip)
        pages.add_url_rule("/alerts/mail", "alerts_mail", self.choose, methods=["POST"])

    @allow(*READERS)
    def show(self) -> str:
        """List what needs this person's roles, and offer letters."""
        return render_template(
            "inventory/alerts.html",
            alerts=self._mine(),
            sends_mail=self._desk.sends_mail,
            is_told=self._desk.is_told(account()),
            may_be_told=current_principal().has_role(*READERS),
            counted_at=self._clock.now(),
        )

    @allow(*READERS)
    def strip(self) -> str:
        """Give the first few for another page, nothing when there is none."""
        alerts = self._mine()
        return render_template(
            "inventory/alerts_strip.html",
            alerts=alerts[:STRIP_SHOWN],
            count=len(alerts),
        )

    @allow(*READERS)
    def choose(self) -> Any:
        """Keep or end the wish to be told, at the address of the account."""
        if request.form.get("told") == "1":
            self._desk.tell(_reader())
            toast(_("You will be told by e-mail, first of all that is open now."))
        else:
            self._desk.tell_no_more(account())
            toast(_("No more letters will come."))
        return redirect(url_for("pages.alerts"), 303)

    def _mine(self) -> list[Any]:
        language = current_language()
        alerts = self._desk.open_for(current_principal().roles)
        return [(each, shown(each, language)) for each in alerts]


def _reader() -> Reader:
    principal = current_principal()
    useful = frozenset().union(*AUDIENCE.values())
    return Reader(
        account=account(),
        email=principal.email,
        language=current_language(),
        roles=tuple(sorted(principal.roles & useful)),
    )
