"""What if: other weights, another reserve, a cap; two proposals side by side."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from services.distribution.domain.comparison import Comparison
from services.distribution.domain.conditions import (
    PLAIN,
    Conditions,
    MalformedConditionError,
    read_weight,
)
from services.distribution.domain.run import RunLine
from services.distribution.entrypoints.pages.forms import (
    command,
    new_id,
    service,
    whole,
)
from services.distribution.entrypoints.pages.run_product import run_or_404
from services.distribution.entrypoints.pages.run_view import Shares, shares_of
from services.distribution.entrypoints.words.consequences import (
    sentence,
    weightiest_first,
)
from shared.kernel.errors import DomainError
from shared.web.auth import allow
from shared.web.pages import toast
from shared.web.parts import parts
from shared.web.problems import problem_text, status_of
from shared.web.words import _

what_if = Blueprint("what_if", __name__, url_prefix="/runs/<uuid:run_id>/products")

WEIGHT, CAP = "weight-", "cap-"
"""A field of the form is one of these and the code of a unit."""


@dataclass(frozen=True, slots=True)
class Side:
    """The figures of one of two proposals."""

    shares: Shares
    given: int


@what_if.get("/<product_code>/what-if")
@allow("coordinator")
def show(run_id: UUID, product_code: str) -> str | tuple[str, int]:
    """Show the proposal beside what the conditions of the address would give."""
    kept = _kept(run_id, product_code)
    try:
        wished = _conditions(request.args) if request.args else kept
        found = service().compare(run_id, product_code, wished)
    except MalformedConditionError as refusal:
        found = service().compare(run_id, product_code, kept)
        page = _page(run_id, product_code, found, problem_text(refusal))
        return page, status_of(refusal)
    return _page(run_id, product_code, found, "")


@what_if.post("/<product_code>/what-if")
@allow("coordinator")
def take(run_id: UUID, product_code: str) -> Response | tuple[str, int]:
    """Put the other proposal in place of this one; nothing is promised yet."""
    try:
        conditions = _conditions(request.form)
        body = {"product_code": product_code, "conditions": conditions.as_json()}
        wish = command(f"share_again {run_id} {product_code}", body)
        service().share_again(wish, run_id, {product_code: conditions})
    except DomainError as refusal:
        found = service().compare(run_id, product_code, _kept(run_id, product_code))
        page = _page(run_id, product_code, found, problem_text(refusal))
        return page, status_of(refusal)
    toast(_("Shared out again under these conditions."))
    there = url_for("overrides.product", run_id=run_id, product_code=product_code)
    return redirect(there, 303)


def _kept(run_id: UUID, product_code: str) -> Conditions:
    head = run_or_404(run_id)
    return Conditions.from_json(head["conditions"].get(product_code, {}))


def _conditions(typed: Mapping[str, str]) -> Conditions:
    """Read the form; what is empty is not set. Raises MalformedConditionError."""
    return Conditions(
        reserve=_units("reserve", typed.get("reserve", "")) or 0,
        weights={
            unit_code: weight
            for unit_code, text in _of_units(typed, WEIGHT)
            if (weight := read_weight(unit_code, text)) != 1
        },
        caps={
            unit_code: cap
            for unit_code, text in _of_units(typed, CAP)
            if (cap := _units(unit_code, text)) is not None
        },
    )


def _of_units(typed: Mapping[str, str], kind: str) -> Iterable[tuple[str, str]]:
    for name, text in typed.items():
        if name.startswith(kind) and text.strip():
            yield name.removeprefix(kind), text


def _units(name: str, text: str) -> int | None:
    if not text.strip():
        return None
    value = whole(text)
    if value is None:
        raise MalformedConditionError(name, "a whole number")
    return value


def _page(run_id: UUID, product_code: str, found: Comparison, refusal: str) -> str:
    head = run_or_404(run_id)
    return render_template(
        "distribution/what_if.html",
        run=head,
        product_code=product_code,
        product=service().page_reads.products().get(product_code),
        found=found,
        consequence=sentence,
        consequences=weightiest_first(found.consequences),
        is_plain=found.conditions == PLAIN,
        now=_side(found.now),
        then=_side(found.then),
        command_id=new_id(),
        refusal=refusal,
        counted_at=parts().clock.now(),
        is_proposed=head["state"] == "proposed",
        weight_field=WEIGHT,
        cap_field=CAP,
    )


def _side(lines: Iterable[RunLine]) -> Side:
    kept = list(lines)
    return Side(shares_of(kept), sum(line.quantity for line in kept))
