"""What was recorded at the gate: by whom, what was corrected, what was signed."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from services.distribution.entrypoints.calling import account, scope
from services.distribution.entrypoints.pages.consignments import consignment_or_404
from services.distribution.entrypoints.pages.forms import new_id, service, uuid_field
from services.distribution.entrypoints.pages.gate import gate_facts
from services.distribution.entrypoints.words.terms import REFUSAL_REASONS
from shared.kernel.errors import DomainError
from shared.web.auth import allow, current_principal
from shared.web.bodies import takes_up_to
from shared.web.pages import toast
from shared.web.parts import parts
from shared.web.problems import problem_text, status_of
from shared.web.words import _

receipts = Blueprint(
    "receipts", __name__, url_prefix="/consignments/<consignment_number>/handover"
)

PHOTO_FORM_BYTES_MAX = 8_000_000
"""A photograph as telephones make it, where no script makes it smaller first."""

MANY = 12
"""More lines than this are no list to read, but one to search."""

ENDS = ("accepted", "refused", "damaged", "short")


class Change(NamedTuple):
    """One number of a line that a correction changed."""

    unit_code: str
    product_code: str
    end: str
    before: int
    after: int


@receipts.get("/receipt")
@allow("coordinator", "outreach")
def show(consignment_number: str) -> str:
    """Show what counts now, every record before it, and the photographs."""
    return _page(consignment_number, "")


@receipts.post("/photos")
@takes_up_to(PHOTO_FORM_BYTES_MAX)
@allow("coordinator", "outreach")
def add_photo(consignment_number: str) -> Response | tuple[str, int]:
    """Keep a photograph of the signed waybill, sent as a form."""
    sent = request.files.get("photo")
    try:
        service().photos.keep(
            uuid_field("photo_id"),
            consignment_number,
            sent.read() if sent else b"",
            scope=scope(),
            account=account(),
        )
    except DomainError as refused:
        page = _page(consignment_number, problem_text(refused))
        return page, status_of(refused)
    toast(_("The photograph is kept, locked."))
    there = url_for("receipts.show", consignment_number=consignment_number)
    return redirect(there, 303)


def _page(consignment_number: str, refusal: str) -> str:
    found = consignment_or_404(consignment_number)
    reads = service().gate_reads
    names = _names()
    differing, whole = _sorted_out(found["lines"])
    photos = [
        {**photo, "looks": _named(reads.photo_reads(photo["photo_id"]), names)}
        for photo in reads.photos(consignment_number)
    ]
    return render_template(
        "distribution/receipt.html",
        consignment=found,
        differing=differing,
        whole=whole,
        records=_records(found["handovers"], names),
        photos=photos,
        photo_id=new_id(),
        may_look=current_principal().has_role("coordinator", "outreach"),
        products=service().page_reads.products(),
        reasons=REFUSAL_REASONS,
        refusal=refusal,
        gate_facts=gate_facts(),
        counted_at=parts().clock.now(),
    )


def _sorted_out(lines: Sequence[Mapping[str, Any]]) -> tuple[list[Any], list[Any]]:
    """Of many lines, part those to look at from those accepted as they were sent."""
    sent = [line for line in lines if line["dispatched"]]
    if len(sent) <= MANY:
        return sent, []
    whole = [line for line in sent if line["accepted"] == line["dispatched"]]
    return [line for line in sent if line not in whole], whole


def _names() -> Mapping[str, str]:
    """Name the accounts of staff; nobody else has one."""
    return {
        str(one.account_id): one.profile.display_name
        for one in parts().identity.accounts()
    }


def _named(
    rows: Sequence[Mapping[str, Any]], names: Mapping[str, str]
) -> list[dict[str, Any]]:
    return [{**row, "who": names.get(row["account"], "–")} for row in rows]


def _records(
    handovers: Sequence[Mapping[str, Any]], names: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Give every record, the one that counts first, with what it changed."""
    by_id: dict[UUID, Mapping[str, Any]] = {
        one["handover_id"]: one for one in handovers
    }
    made = [
        {
            **one,
            "who": names.get(one["recorded_by"], "–"),
            "changes": changes(by_id.get(one["corrects"]), one),
        }
        for one in handovers
    ]
    return made[::-1]


def changes(
    before: Mapping[str, Any] | None, after: Mapping[str, Any]
) -> Sequence[Change]:
    """List the numbers in which a correction differs from what it replaced."""
    if before is None:
        return []
    known = {_key(line): line for line in before["lines"]}
    return [
        Change(line["unit_code"], line["product_code"], end, was, line[end])
        for line in after["lines"]
        for end in ENDS
        if (was := known.get(_key(line), {}).get(end, 0)) != line[end]
    ]


def _key(line: Mapping[str, Any]) -> tuple[str, str, str]:
    return line["unit_code"], line["product_code"], line["lot_id"]
