"""The page of one product of a run, as it is shown after every step."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import render_template

from services.distribution.domain.errors import UnknownRunError
from services.distribution.entrypoints.pages.forms import new_id, service, today
from services.distribution.entrypoints.pages.run_since import news_of
from services.distribution.entrypoints.pages.run_view import (
    Effect,
    ProductView,
    product_view,
)
from services.distribution.entrypoints.words.consequences import sentence
from services.distribution.entrypoints.words.terms import (
    CANCEL_REASONS,
    OVERRIDE_REASONS,
)
from shared.web.parts import parts


@dataclass(frozen=True, slots=True)
class Wish:
    """The override that is open on a page; empty when none is."""

    unit_code: str = ""
    quantity: str = ""
    reason: str = ""
    note: str = ""
    error: str = ""
    effect: Effect | None = None


def run_or_404(run_id: UUID) -> dict[str, Any]:
    """Give a run's head; raises UnknownRunError."""
    found = service().page_reads.run(run_id)
    if found is None:
        raise UnknownRunError(run_id)
    return found


def product_page(run_id: UUID, product_code: str, wish: Wish) -> str:
    """Write the page of one product, with an override open where one is wished."""
    head = run_or_404(run_id)
    views = views_of(head)
    codes = [view.product_code for view in views]
    if product_code not in codes:
        raise UnknownRunError(run_id)
    place = codes.index(product_code)
    products = service().page_reads.products()
    return render_template(
        "distribution/run_product.html",
        run=head,
        view=views[place],
        news=news_of(head, product_code),
        offered=service().page_reads.offered_for(product_code),
        before=codes[place - 1] if place else None,
        after=codes[place + 1] if place + 1 < len(codes) else None,
        products=products,
        product=products.get(product_code),
        product_code=product_code,
        counted_at=parts().clock.now(),
        **finish(head),
        wish=wish,
        consequence=sentence,
        override_reasons=OVERRIDE_REASONS,
        override_id=new_id(),
    )


def finish(head: dict[str, Any]) -> dict[str, Any]:
    """Give what the action bar needs."""
    return {
        "approve_id": new_id(),
        "cancel_id": new_id(),
        "cancel_reasons": CANCEL_REASONS,
        "is_proposed": head["state"] == "proposed",
        "is_waiting": head["state"] == "approved",
        "follow_id": new_id(),
        "follow_run_id": new_id(),
        "follow_on": max(date.fromisoformat(str(head["handover_on"])), today()),
    }


def views_of(head: dict[str, Any]) -> list[ProductView]:
    """Give the picture of each product of a run, in the order of the codes."""
    reads = service().page_reads
    answers = reads.run_products(head["run_id"])
    by_product: dict[str, list[dict[str, Any]]] = {}
    for row in reads.run_lines(head["run_id"]):
        by_product.setdefault(row["line"].product_code, []).append(row)
    return [
        product_view(code, rows, head["unused"].get(code, []), answers.get(code))
        for code, rows in by_product.items()
    ]
