"""The one way to breast-milk substitutes: by number of infants and weeks alone."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from services.distribution.application.authorise import (
    authorise,
    end_authorisation,
    note_purchase,
)
from services.distribution.domain.authorisation import (
    BOUGHT_MAX,
    INFANTS_MAX,
    WEEKS_MAX,
    Authorisation,
)
from services.distribution.entrypoints.calling import account, authorised_for
from services.distribution.entrypoints.pages.forms import (
    command,
    day_of,
    new_id,
    number_error,
    service,
    text_field,
    today,
    uuid_field,
    whole,
)
from shared.kernel.errors import DomainError
from shared.web.auth import allow
from shared.web.pages import toast
from shared.web.problems import problem_text, status_of
from shared.web.words import _

authorising = Blueprint("authorising", __name__, url_prefix="/authorisations")

Answer = Response | tuple[str, int]


@authorising.get("/")
@allow("reviewer", "coordinator", "outreach")
def index() -> str:
    """List authorisations; a reviewer opens another one here."""
    return _page({}, {})


@authorising.post("/")
@allow("reviewer")
def open_one() -> Answer:
    """Open an authorisation; nobody is named in it."""
    values = request.form.to_dict()
    since = day_of(text_field("starts_on", 20))
    errors = {
        "infants": number_error(
            text_field("infants", 10), minimum=1, maximum=INFANTS_MAX
        ),
        "weeks": number_error(text_field("weeks", 10), minimum=1, maximum=WEEKS_MAX),
        "unit_code": "" if text_field("unit_code") else _("Choose one."),
        "product_code": "" if text_field("product_code") else _("Choose one."),
        "starts_on": "" if since else _("Enter a day."),
    }
    if since is None or any(errors.values()):
        return _page(values, errors), 422
    wish = Authorisation(
        uuid_field("command_id"),
        text_field("unit_code", 40),
        text_field("product_code", 60),
        whole(text_field("infants", 10)) or 0,
        whole(text_field("weeks", 10)) or 0,
        since,
    )
    body = {name: text for name, text in values.items() if name != "csrf_token"}
    who = account()
    try:
        service().perform(
            command("authorise", body), lambda work: authorise(wish, work, account=who)
        )
    except DomainError as refusal:
        return _page(values, {"unit_code": problem_text(refusal)}), status_of(refusal)
    toast(_("Authorised. The coordinator buys it."))
    return redirect(url_for("authorising.index"), 303)


@authorising.post("/<uuid:authorisation_id>/purchase")
@allow("coordinator")
def buy(authorisation_id: UUID) -> Answer:
    """Note how much was bought, or correct what is noted; 0 takes it back."""
    typed, corrects = text_field("bought", 10), whole(text_field("corrects", 10)) or 0
    least, values = 0 if corrects else 1, {"bought": typed}
    if problem := number_error(typed, minimum=least, maximum=BOUGHT_MAX):
        return _page(values, {str(authorisation_id): problem}), 422
    bought, who = whole(typed) or 0, account()
    body = {"bought": bought, "corrects": corrects}
    try:
        service().perform(
            command(f"note_purchase {authorisation_id}", body),
            lambda work: note_purchase(
                authorisation_id, bought, work, account=who, corrects=corrects
            ),
        )
    except DomainError as refusal:
        errors = {str(authorisation_id): problem_text(refusal)}
        return _page(values, errors), status_of(refusal)
    toast(_("Purchase noted."))
    return redirect(url_for("authorising.index"), 303)


@authorising.post("/<uuid:authorisation_id>/end")
@allow("reviewer")
def end(authorisation_id: UUID) -> Answer:
    """End an authorisation early."""
    try:
        service().perform(
            command(f"end_authorisation {authorisation_id}", {}),
            lambda work: end_authorisation(authorisation_id, work),
        )
    except DomainError as refusal:
        errors = {str(authorisation_id): problem_text(refusal)}
        return _page({}, errors), status_of(refusal)
    toast(_("The authorisation has ended."))
    return redirect(url_for("authorising.index"), 303)


def _page(values: Mapping[str, str], errors: Mapping[str, str]) -> str:
    reads = service().page_reads
    products = reads.products()
    now = today().isoformat()
    return render_template(
        "distribution/authorisations.html",
        authorisations=[
            _shown(row, now) for row in reads.authorisations(authorised_for())
        ],
        products=products,
        offered={c: p for c, p in products.items() if p.is_never_given},
        unit_codes=[u["unit_code"] for u in reads.units() if not u["is_closed"]]
        if authorised_for() is None
        else [],
        values={"starts_on": now, **values},
        errors=errors,
        command_id=new_id(),
        step_id=new_id(),
    )


def _shown(row: Mapping[str, Any], now: str) -> dict[str, Any]:
    return {**row, "runs": row["ended_on"] is None and row["last_day"] >= now}
