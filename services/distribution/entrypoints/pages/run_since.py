"""What moved since a run was worked out, and proposing it again."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from services.distribution.domain.conditions import Conditions
from services.distribution.domain.errors import UnknownRunError
from services.distribution.domain.period import first_of_month
from services.distribution.domain.run import RunState
from services.distribution.domain.since import Since
from services.distribution.entrypoints.pages.forms import (
    command,
    new_id,
    service,
    today,
)
from shared.kernel.errors import DomainError
from shared.web.auth import allow
from shared.web.pages import toast
from shared.web.problems import problem_text
from shared.web.words import _

since = Blueprint("since", __name__, url_prefix="/runs/<uuid:run_id>")


@dataclass(frozen=True, slots=True)
class News:
    """What to tell of a run that is looked at again, and what can be done."""

    since: Since
    product_codes: tuple[str, ...]
    is_proposed: bool
    again_id: str


def news_of(head: Mapping[str, Any], product_code: str | None = None) -> News | None:
    """Say what moved since, perhaps of one product; None where nothing did.

    A run that was called off, or whose month is over, is left in peace.
    """
    is_over = head["handover_on"] < first_of_month(today())
    if head["state"] == RunState.CANCELLED or is_over:
        return None
    found = service().page_reads.since(head["run_id"], product_code)
    is_proposed = head["state"] == RunState.PROPOSED
    shown = Since(found.closed if is_proposed else (), found.moved)
    if shown.is_nothing:
        return None
    moved_codes = {each.product_code for each in shown.moved}
    codes = _all_of(head, product_code) if shown.closed else moved_codes
    return News(shown, tuple(sorted(codes)), is_proposed, new_id())


def _all_of(head: Mapping[str, Any], product_code: str | None) -> set[str]:
    """Name every product: one that closed may have a line of each."""
    if product_code is not None:
        return {product_code}
    rows = service().page_reads.run_lines(head["run_id"])
    return {row["line"].product_code for row in rows}


@since.post("/again")
@allow("coordinator")
def again(run_id: UUID) -> Response:
    """Share products of a proposal out again, under the conditions they have."""
    head = service().page_reads.run(run_id)
    if head is None:
        raise UnknownRunError(run_id)
    codes = sorted(set(request.form.getlist("product_codes")))
    kept = {
        code: Conditions.from_json(head["conditions"].get(code, {})) for code in codes
    }
    try:
        service().share_again(
            command(f"share_again {run_id}", {"product_codes": codes}), run_id, kept
        )
    except DomainError as refusal:
        toast(problem_text(refusal))
    else:
        toast(_("Proposed again with the figures of now."))
    return redirect(url_for("runs.show", run_id=run_id), 303)
