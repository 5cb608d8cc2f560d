"""At the gate: what was accepted, and what became of the rest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from services.distribution.application.hand_over import hand_over
from services.distribution.domain.handover import (
    GateLine,
    HandOver,
    Receiver,
    ReceiverRole,
    RefusalReason,
)
from services.distribution.domain.requisition import QUANTITY_MAX
from services.distribution.entrypoints.calling import account, scope
from services.distribution.entrypoints.pages.consignments import consignment_or_404
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
from services.distribution.entrypoints.pages.gate import gate_facts
from services.distribution.entrypoints.words.terms import (
    RECEIVER_ROLES,
    REFUSAL_REASONS,
)
from shared.kernel.clock import ALMATY
from shared.kernel.errors import DomainError
from shared.web.auth import allow
from shared.web.pages import toast
from shared.web.parts import parts
from shared.web.problems import problem_text, status_of
from shared.web.words import _

handovers = Blueprint(
    "handovers", __name__, url_prefix="/consignments/<consignment_number>/handover"
)

ENDS = ("accepted", "refused", "damaged", "short")
NOON = time(12)
Row = Mapping[str, Any]
NO_HANDOVER: Row = {"handover_id": "", "receiver_role": "", "receiver_number": ""}


@dataclass
class Entry:
    """What stands in the fields of one line, and what is wrong with it."""

    row: Row
    values: dict[str, str] = field(default_factory=dict)
    reason: str = ""
    error: str = ""

    @property
    def sent(self) -> int:
        """What left for the gate."""
        return int(self.row["dispatched"] or 0)

    @property
    def is_expired(self) -> bool:
        """Tell whether the last day of use is over today."""
        expires_on = self.row["expires_on"]
        return expires_on is not None and expires_on < today()

    @property
    def told(self) -> int:
        """What is accounted for."""
        return sum(whole(text) or 0 for text in self.values.values())


@handovers.get("/")
@allow("coordinator", "outreach")
def gate(consignment_number: str) -> str:
    """Show what was sent: all accepted is one press, parts are the second."""
    found = consignment_or_404(consignment_number)
    return _page(found, [_recorded(row) for row in _sent(found)])


@handovers.post("/")
@allow("coordinator", "outreach")
def record(consignment_number: str) -> Response | tuple[str, int]:
    """Record the handover; sent twice it counts once."""
    found = consignment_or_404(consignment_number)
    if request.form.get("intent") == "all":
        entries = [_all_accepted(row) for row in _sent(found)]
    else:
        entries = [_typed(row, place) for place, row in enumerate(_sent(found))]
        for entry in entries:
            entry.error = _error_of(entry)
    if any(entry.error for entry in entries):
        return _page(found, entries, _("Some lines do not add up yet.")), 422
    try:
        _hand_over(consignment_number, entries)
    except DomainError as refusal:
        page = _page(found, entries, problem_text(refusal))
        return page, status_of(refusal)
    toast(_("Handed over: %(number)s", number=consignment_number))
    there = url_for("receipts.show", consignment_number=consignment_number)
    return redirect(there, 303)


def _hand_over(consignment_number: str, entries: Sequence[Entry]) -> None:
    lines = [_gate_line(entry) for entry in entries]
    corrects = request.form.get("corrects", "")
    paper_at = _paper_moment()
    seen = HandOver(
        handover_id=uuid_field("command_id"),
        consignment_number=consignment_number,
        occurred_at=paper_at or parts().clock.now(),
        lines=lines,
        corrects=UUID(corrects) if _is_uuid(corrects) else None,
        receiver=_receiver(),
        is_from_paper=paper_at is not None,
    )
    body = {
        "corrects": corrects,
        "receiver": [seen.receiver.role, seen.receiver.service_number],
        "paper": paper_at.isoformat() if paper_at else None,
        "lines": [
            [*map(str, line.key), line.accepted, line.refused, line.damaged, line.short]
            for line in lines
        ],
    }
    whose, who = scope(), account()
    service().perform(
        command(f"hand_over {consignment_number}", body),
        lambda work: hand_over(seen, work, scope=whose, account=who),
    )


def _receiver() -> Receiver:
    role = text_field("receiver_role", 20)
    return Receiver(
        ReceiverRole(role) if role in RECEIVER_ROLES else None,
        text_field("receiver_number", 40) or None,
    )


def _paper_moment() -> datetime | None:
    """Read the moment that stands on a late paper; noon where it says only a day."""
    day = day_of(text_field("paper_on", 20))
    if day is None:
        return None
    try:
        hour = time.fromisoformat(text_field("paper_at", 5))
    except ValueError:
        hour = NOON
    return datetime.combine(day, hour, ALMATY)


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _sent(found: Row) -> list[Row]:
    return [row for row in found["lines"] if row["dispatched"]]


def _all_accepted(row: Row) -> Entry:
    return Entry(row, {**dict.fromkeys(ENDS, "0"), "accepted": str(row["dispatched"])})


def _why_back(row: Row) -> RefusalReason | None:
    """Say why goods go back to the warehouse, whatever the gate would let through."""
    if row["is_closed"]:
        return RefusalReason.UNIT_CLOSED
    return RefusalReason.TOO_NEAR_EXPIRY if Entry(row).is_expired else None


def _recorded(row: Row) -> Entry:
    """Begin with what counts now, else with all accepted but what must not be given."""
    if any(row[end] for end in ENDS):
        values = {end: str(row[end]) for end in ENDS}
        return Entry(row, values, row["refusal_reason"] or "")
    if why := _why_back(row):
        values = {**dict.fromkeys(ENDS, "0"), "refused": str(row["dispatched"])}
        return Entry(row, values, why)
    return _all_accepted(row)


def _typed(row: Row, place: int) -> Entry:
    values = {end: text_field(f"{end}-{place}", 12) or "0" for end in ENDS}
    return Entry(row, values, text_field(f"reason-{place}", 40))


def _error_of(entry: Entry) -> str:
    for text in entry.values.values():
        if problem := number_error(text, maximum=QUANTITY_MAX):
            return problem
    if entry.told != entry.sent:
        return _(
            "Sent %(sent)s, recorded %(told)s. Count again and add the rest to one "
            "of the four.",
            sent=entry.sent,
            told=entry.told,
        )
    if whole(entry.values["refused"]) and entry.reason not in REFUSAL_REASONS:
        return _("Choose why it was not let through.")
    return ""


def _gate_line(entry: Entry) -> GateLine:
    counts = {end: whole(text) or 0 for end, text in entry.values.items()}
    return GateLine(
        unit_code=entry.row["unit_code"],
        product_code=entry.row["product_code"],
        lot_id=entry.row["lot_id"],
        accepted=counts["accepted"],
        refused=counts["refused"],
        refusal_reason=RefusalReason.read(entry.reason) if counts["refused"] else None,
        damaged=counts["damaged"],
        short=counts["short"],
    )


def _comes_back(found: Row) -> bool:
    """Say whether some goods must not be given: then not everything is accepted."""
    return any(_why_back(row) for row in _sent(found))


def _page(found: Row, entries: Sequence[Entry], refusal: str = "") -> str:
    """Write the page; what was refused or is to be corrected is shown in parts."""
    before = found["handovers"][-1] if found["handovers"] else NO_HANDOVER
    last = before["handover_id"]
    wants_parts = "parts" in request.args or request.form.get("intent") == "parts"
    return render_template(
        "distribution/handover.html",
        consignment=found,
        entries=entries,
        products=service().page_reads.products(),
        reasons=REFUSAL_REASONS,
        refusal=refusal,
        in_parts=bool(wants_parts or last or _comes_back(found)),
        corrects=last,
        command_id=request.form.get("command_id") if refusal else new_id(),
        receiver_policy=service().gate_reads.receiver_policy(found["facility_code"]),
        receiver_roles=RECEIVER_ROLES,
        receiver_role=request.form.get("receiver_role", before["receiver_role"] or ""),
        receiver_number=request.form.get(
            "receiver_number", before["receiver_number"] or ""
        ),
        paper_on=text_field("paper_on", 20),
        paper_at=text_field("paper_at", 5),
        gate_facts=gate_facts(),
        counted_at=parts().clock.now(),
    )
