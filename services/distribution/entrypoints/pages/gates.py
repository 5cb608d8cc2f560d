"""What each gate lets be written down of its receiving officer."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from services.distribution.application.set_gate import set_receiver_policy
from services.distribution.domain.handover import ReceiverPolicy
from services.distribution.entrypoints.calling import account
from services.distribution.entrypoints.pages.forms import (
    command,
    may_decide,
    new_id,
    service,
    text_field,
)
from services.distribution.entrypoints.words.terms import RECEIVER_POLICIES
from shared.kernel.errors import MalformedError
from shared.web.auth import allow
from shared.web.pages import toast
from shared.web.parts import parts
from shared.web.words import _

gates = Blueprint("gates", __name__, url_prefix="/gates")


@gates.get("/")
@allow("coordinator")
def index() -> str:
    """List the facilities with what may be kept at each gate."""
    return render_template(
        "distribution/gates.html",
        gates=service().gate_reads.gates(),
        policies=RECEIVER_POLICIES,
        may_decide=may_decide(),
        new_id=new_id,
        counted_at=parts().clock.now(),
    )


@gates.post("/<facility_code>")
@allow("coordinator")
def change(facility_code: str) -> Response:
    """Keep another policy for handovers from now on."""
    wanted = text_field("receiver_policy", 20)
    if wanted not in RECEIVER_POLICIES:
        raise MalformedError("Choose what may be kept.", field="receiver_policy")
    who = account()
    service().perform(
        command(f"set_receiver_policy {facility_code}", {"receiver_policy": wanted}),
        lambda work: set_receiver_policy(
            facility_code, ReceiverPolicy(wanted), work, account=who
        ),
    )
    toast(_("Kept for handovers from now on."))
    return redirect(url_for("gates.index"), 303)
