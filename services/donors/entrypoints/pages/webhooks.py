"""Webhooks for people: begin one, read what it told, send something again."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from services.donors.domain.webhook import TRIES_MAX
from services.donors.entrypoints.api.mine import own_donor_code
from services.donors.entrypoints.api.webhooks import gift_for_programs
from services.donors.entrypoints.pages.acting import Shown, shown_again
from services.donors.entrypoints.words.webhooks import answer_word
from services.donors.wiring import Donors
from shared.web.auth import allow
from shared.web.pages import toast
from shared.web.words import gettext as _


def add_webhook_pages(made: Blueprint, app: Donors) -> None:
    """Add the list and the page of one webhook."""
    _add_list(made, app)
    _add_one(made, app)


def _add_list(made: Blueprint, app: Donors) -> None:
    @made.get("/webhooks")
    @allow("donor")
    def webhooks() -> str:
        """List the addresses that are told, and offer one more."""
        return _list(app)

    @made.post("/webhooks")
    @allow("donor")
    def begin_webhook() -> Shown:
        """Begin one and show its secret, this once."""
        url = request.form.get("url", "").strip()

        def begin() -> str:
            webhook_id, secret = app.webhooks.begin(
                own_donor_code(), url, gift_for_programs
            )
            return render_template(
                "donors/webhook_secret.html",
                webhook_id=webhook_id,
                secret=secret,
                url=url,
            )

        return shown_again(begin, lambda error: _list(app, error))


def _list(app: Donors, error: str | None = None) -> str:
    code = own_donor_code()
    return render_template(
        "donors/webhooks.html",
        webhooks=app.webhooks.of(code),
        given_up=app.webhooks.given_up(code),
        error=error,
        url=request.form.get("url", ""),
    )


def _add_one(made: Blueprint, app: Donors) -> None:
    @made.get("/webhooks/<uuid:webhook_id>")
    @allow("donor")
    def webhook(webhook_id: UUID) -> str:
        """Show what one address was told."""
        return _one(app, webhook_id)

    @made.post("/webhooks/<uuid:webhook_id>/end")
    @allow("donor")
    def end_my_webhook(webhook_id: UUID) -> Response:
        """Tell this address nothing more."""
        app.webhooks.end(own_donor_code(), webhook_id)
        return redirect(url_for("pages.webhook", webhook_id=webhook_id), 303)

    @made.post("/webhooks/<uuid:webhook_id>/deliveries/<uuid:delivery_id>")
    @allow("donor")
    def send_again(webhook_id: UUID, delivery_id: UUID) -> Response:
        """Send something again."""
        app.webhooks.send_again(own_donor_code(), webhook_id, delivery_id)
        toast(_("It is sent again in a moment."))
        return redirect(url_for("pages.webhook", webhook_id=webhook_id), 303)


def _one(app: Donors, webhook_id: UUID) -> str:
    code = own_donor_code()
    deliveries = app.webhooks.deliveries(code, webhook_id)
    (shown,) = [each for each in app.webhooks.of(code) if each.webhook_id == webhook_id]
    return render_template(
        "donors/webhook.html",
        webhook=shown,
        deliveries=[
            (each, answer_word(each.last_status, each.last_problem))
            for each in deliveries
        ],
        tries_max=TRIES_MAX,
    )
