"""What policy keeps back of products, and since when."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from services.distribution.application.keep_reserve import keep_reserve
from services.distribution.domain.reserve import Reserve, ReserveReason
from services.distribution.entrypoints.calling import account
from services.distribution.entrypoints.pages.forms import (
    command,
    day_of,
    new_id,
    number_error,
    service,
    text_field,
    today,
    whole,
)
from services.distribution.entrypoints.words.terms import RESERVE_REASONS
from shared.kernel.errors import DomainError
from shared.web.auth import allow
from shared.web.pages import toast
from shared.web.problems import problem_text, status_of
from shared.web.words import _

reserves = Blueprint("reserves", __name__, url_prefix="/reserves")


@reserves.get("/")
@allow("coordinator")
def index() -> str:
    """List what is kept back today and from later days on, and a form to change it."""
    return _page({}, {})


@reserves.post("/")
@allow("coordinator")
def keep() -> Response | tuple[str, int]:
    """Keep so much of a product back from a day on."""
    values = request.form.to_dict()
    since = day_of(text_field("since", 20))
    errors = {
        "quantity": number_error(text_field("quantity", 12)),
        "since": "" if since else _("Enter a day."),
        "reason": "" if text_field("reason") in RESERVE_REASONS else _("Say why."),
    }
    if since is None or any(errors.values()):
        return _page(values, errors), 422
    reserve = Reserve(
        text_field("product_code", 60),
        whole(text_field("quantity", 12)) or 0,
        since,
        ReserveReason(text_field("reason")),
    )
    body = {name: text for name, text in values.items() if name != "csrf_token"}
    try:
        service().perform(
            command("keep_reserve", body),
            lambda work: keep_reserve(reserve, work, account=account()),
        )
    except DomainError as refusal:
        return _page(values, {"since": problem_text(refusal)}), status_of(refusal)
    toast(_("Reserve kept."))
    return redirect(url_for("reserves.index"), 303)


def _page(values: dict[str, str], errors: dict[str, str]) -> str:
    reads = service().page_reads
    ever = reads.reserves()
    return render_template(
        "distribution/reserves.html",
        kept=reads.kept_back(),
        ahead=_ahead(ever),
        ever=ever,
        products=reads.products(),
        values={"since": today().isoformat(), "quantity": "0", **values},
        reasons=RESERVE_REASONS,
        errors=errors,
        command_id=new_id(),
    )


def _ahead(newest_first: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give what is set for later days, soonest first; of one day the last counts."""
    since = today()
    found: dict[tuple[Any, str], dict[str, Any]] = {}
    for row in newest_first:
        if row["effective_from"] > since:
            key = row["effective_from"], row["product_code"]
            found.setdefault(key, row)
    return [found[key] for key in sorted(found)]
