"""Allocation runs: propose, look, override, approve."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from services.distribution.application.approve_run import approve_run
from services.distribution.application.cancel_run import cancel_run
from services.distribution.application.propose_run import RunWish
from services.distribution.domain.conditions import Conditions
from services.distribution.domain.run import RunState
from services.distribution.entrypoints.calling import account
from services.distribution.entrypoints.pages.forms import (
    command,
    day_of,
    new_id,
    service,
    text_field,
    today,
    uuid_field,
)
from services.distribution.entrypoints.pages.run_product import (
    finish,
    run_or_404,
    views_of,
)
from services.distribution.entrypoints.pages.run_since import news_of
from services.distribution.entrypoints.pages.run_view import ProductView
from services.distribution.entrypoints.pages.what_if import CAP, WEIGHT
from services.distribution.entrypoints.words.terms import CANCEL_REASONS, RUN_STATES
from shared.kernel.errors import DomainError
from shared.web.auth import allow
from shared.web.pages import toast
from shared.web.paging import decode_cursor, encode_cursor
from shared.web.parts import parts
from shared.web.problems import problem_text, status_of
from shared.web.words import _

runs = Blueprint("runs", __name__, url_prefix="/runs")

PAGE_ROWS = 30
USUAL_NOTICE = timedelta(days=5)
"""How far ahead a hand-over is taken to lie until somebody says otherwise."""


@runs.get("/")
@allow("coordinator")
def index() -> str:
    """List runs, the newest first."""
    state = request.args.get("state", "")
    chosen = (state,) if state in RUN_STATES else ()
    after = decode_cursor(request.args.get("cursor"), datetime, UUID)
    rows = service().page_reads.runs(chosen, after, PAGE_ROWS + 1)
    last = rows[PAGE_ROWS - 1] if len(rows) > PAGE_ROWS else None
    return render_template(
        "distribution/runs.html",
        runs=rows[:PAGE_ROWS],
        state=state if chosen else "",
        states=RUN_STATES,
        following=last and encode_cursor([last["recorded_at"], last["run_id"]]),
        counted_at=parts().clock.now(),
    )


@runs.get("/new")
@allow("coordinator")
def new() -> str:
    """Ask which goods are to be shared out, and for which day.

    The address may name goods and a day: so what the warehouse could not reserve
    is shared out again.
    """
    usual = max(day_of(request.args.get("handover_on", "")) or date.min, today())
    if "handover_on" not in request.args:
        usual = today() + USUAL_NOTICE
    return _new_form(set(request.args.getlist("product_codes")), usual.isoformat(), "")


@runs.post("/")
@allow("coordinator")
def propose() -> Response | tuple[str, int]:
    """Work out a proposal; nothing is promised to anybody yet."""
    typed = text_field("handover_on", 20)
    codes = tuple(sorted(set(request.form.getlist("product_codes"))))
    handover_on = day_of(typed)
    if handover_on is None or handover_on < today():
        refusal = _("Choose today or a later day.")
        return _new_form(set(codes), typed, refusal), 422
    run_id = uuid_field("run_id")
    body = {"handover_on": handover_on.isoformat(), "product_codes": codes}
    wish = RunWish(run_id, handover_on, codes or None)
    try:
        service().propose(command("propose_run", body), wish)
    except DomainError as refusal_error:
        page = _new_form(set(codes), typed, problem_text(refusal_error))
        return page, status_of(refusal_error)
    return redirect(url_for("runs.show", run_id=run_id), 303)


def _new_form(codes: set[str], handover_on: str, refusal: str) -> str:
    reads = service().page_reads
    return render_template(
        "distribution/run_new.html",
        waiting=reads.waiting_products(),
        products=reads.products(),
        codes=codes,
        handover_on=handover_on,
        refusal=refusal,
        run_id=new_id(),
        command_id=new_id(),
        counted_at=parts().clock.now(),
    )


@runs.get("/<uuid:run_id>")
@allow("coordinator")
def show(run_id: UUID) -> Response | str:
    """Show a run product by product; a run over one product is its page."""
    head = run_or_404(run_id)
    views = views_of(head)
    if len(views) == 1:
        only = views[0].product_code
        return redirect(
            url_for("overrides.product", run_id=run_id, product_code=only), 303
        )
    return _run_page(head, views, "")


@runs.post("/<uuid:run_id>/approve")
@allow("coordinator")
def approve(run_id: UUID) -> Response | tuple[str, int]:
    """Promise the lots and ask the warehouse to hold them."""
    who = account()
    try:
        service().perform(
            command(f"approve_run {run_id}", {}),
            lambda work: approve_run(run_id, work, account=who),
        )
    except DomainError as refusal:
        head = run_or_404(run_id)
        text, again = problem_text(refusal), _again(head, refusal)
        page = _run_page(head, views_of(head), text, again)
        return page, status_of(refusal)
    toast(_("Approved. The warehouse is asked to reserve these lots."))
    return redirect(url_for("runs.show", run_id=run_id), 303)


@runs.post("/<uuid:run_id>/cancel")
@allow("coordinator")
def cancel(run_id: UUID) -> Response | tuple[str, int]:
    """Call a run off, with a reason from the list."""
    reason = text_field("reason", 40)
    try:
        if reason not in CANCEL_REASONS:
            head = run_or_404(run_id)
            page = _run_page(head, views_of(head), _("Choose why it is cancelled."))
            return page, 422
        service().perform(
            command(f"cancel_run {run_id}", {"reason": reason}),
            lambda work: cancel_run(run_id, reason, work),
        )
    except DomainError as refusal:
        head = run_or_404(run_id)
        return _run_page(head, views_of(head), problem_text(refusal)), status_of(
            refusal
        )
    toast(_("The run is cancelled. What it held is free again."))
    return redirect(url_for("runs.show", run_id=run_id), 303)


@dataclass(frozen=True, slots=True)
class Again:
    """The one product of a proposal that is to be shared out again, and why."""

    product_code: str
    conditions: Conditions
    refusal: str
    command_id: str
    weight_field: str = WEIGHT
    cap_field: str = CAP


def _again(head: Mapping[str, Any], refusal: DomainError) -> Again | None:
    """Offer the way on where approval fails at one product of a proposal."""
    code = refusal.facts.get("product_code")
    if code is None or head["state"] != RunState.PROPOSED:
        return None
    kept = Conditions.from_json(head["conditions"].get(code, {}))
    return Again(str(code), kept, problem_text(refusal), new_id())


def _run_page(
    head: dict[str, Any],
    views: Sequence[ProductView],
    refusal: str,
    again: Again | None = None,
) -> str:
    return render_template(
        "distribution/run.html",
        run=head,
        views=views,
        again=again,
        news=news_of(head),
        products=service().page_reads.products(),
        refusal=refusal,
        counted_at=parts().clock.now(),
        **finish(head),
    )
