"""Webhooks for people: begin one, read what it told, send something again."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from services.donors.entrypoints.api.mine import own_donor_code
from services.donors.entrypoints.api.webhooks import gift_for_programs
from services.donors.wiring import Donors
from shared.web.auth import allow


def add_webhook_pages(made: Blueprint, app: Donors) -> None:
    """Add the list and the page of one webhook."""
    _add_list(made, app)
    _add_one(made, app)


def _add_list(made: Blueprint, app: Donors) -> None:
    @made.get("/webhooks")
    @allow("donor")
    def webhooks() -> str:
        """List the addresses that are told, and offer one more."""
        return render_template(
            "donors/webhooks.html", webhooks=app.webhooks.of(own_donor_code())
        )

    @made.post("/webhooks")
    @allow("donor")
    def begin_webhook() -> str:
        """Begin one and show its secret, this once."""
        url = request.form.get("url", "").strip()
        webhook_id, secret = app.webhooks.begin(
            own_donor_code(), url, gift_for_programs
        )
        return render_template(
            "donors/webhook_secret.html", webhook_id=webhook_id, secret=secret, url=url
        )


def _add_one(made: Blueprint, app: Donors) -> None:
    @made.get("/webhooks/<uuid:webhook_id>")
    @allow("donor")
    def webhook(webhook_id: UUID) -> str:
        """Show what one address was told."""
        code = own_donor_code()
        deliveries = app.webhooks.deliveries(code, webhook_id)
        (shown,) = [
            each for each in app.webhooks.of(code) if each.webhook_id == webhook_id
        ]
        return render_template(
            "donors/webhook.html", webhook=shown, deliveries=deliveries
        )

    @made.post("/webhooks/<uuid:webhook_id>/end")
    @allow("donor")
    def end_my_webhook(webhook_id: UUID) -> Response:
        """Tell this address nothing more."""
        app.webhooks.end(own_donor_code(), webhook_id)
        return redirect(url_for("pages.webhooks"), 303)

    @made.post("/webhooks/<uuid:webhook_id>/deliveries/<uuid:delivery_id>")
    @allow("donor")
    def send_again(webhook_id: UUID, delivery_id: UUID) -> Response:
        """Send something again."""
        app.webhooks.send_again(own_donor_code(), webhook_id, delivery_id)
        return redirect(url_for("pages.webhook", webhook_id=webhook_id), 303)
