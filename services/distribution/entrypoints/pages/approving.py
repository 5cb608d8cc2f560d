"""Requisitions approved together, each just as it was asked for."""

from uuid import UUID

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from services.distribution.application.decide_requisition import approve_requisition
from services.distribution.entrypoints import calling
from services.distribution.entrypoints.pages.forms import id_of, service
from shared.kernel.errors import DomainError
from shared.web.auth import allow
from shared.web.pages import toast
from shared.web.problems import problem_text
from shared.web.words import _

approving = Blueprint("approving", __name__, url_prefix="/requisitions")

COMMAND = "command-"
"""A field of the form is this and the id of a requisition: each is a command."""


@approving.post("/approve-ticked")
@allow("coordinator")
def ticked() -> Response:
    """Approve the ticked ones, each for itself: one refusal holds up no other."""
    chosen = [id_of(text) for text in request.form.getlist("ticked")]
    refusals = [said for each in chosen if (said := _refusal_of(each))]
    approved = len(chosen) - len(refusals)
    if not chosen:
        toast(_("Nothing was ticked."))
    else:
        toast(" ".join([_("Approved: %(count)s.", count=approved), *refusals]))
    return redirect(url_for("requisitions.index", state="submitted"), 303)


def _refusal_of(requisition_id: UUID) -> str:
    """Approve one as asked; say why not, or nothing."""
    command_id = id_of(request.form.get(f"{COMMAND}{requisition_id}", ""))
    action = f"approve_requisition {requisition_id}"
    who = calling.account()
    try:
        service().perform(
            calling.command(action, {"lines": {}, "because": {}}, command_id),
            lambda work: approve_requisition(requisition_id, {}, work, account=who),
        )
    except DomainError as refusal:
        return problem_text(refusal)
    return ""
