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

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Wish:
    """The override that is open on a page; empty when none is."""

    unit_code: str = ""
    quantity: str = ""
    reason: str = ""
    note: str = ""
    error: str = ""
    effect: Effect | None = None


def run_or_404(run_id: UUID) -> Row:
    """Give a run's head; raises UnknownRunError."""
    found = service().page_reads.run(run_id)
    if found is None:
        raise UnknownRunError(run_id)
    return found


def product_page(run_id: UUID, product_code: str, wish: Wish) -> str:
    """Write the page of one product, with an override open where one is wished."""
    head = run_or_404(run_id)
    rows = _rows_of(head)
    if product_code not in rows:
        raise UnknownRunError(run_id)
    answers = service().page_reads.run_products(run_id)
    codes = list(rows)
    place = codes.index(product_code)
    products = service().page_reads.products()
    return render_template(
        "distribution/run_product.html",
        run=head,
        view=_view(head, product_code, rows[product_code], answers.get(product_code)),
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


def finish(head: Row) -> dict[str, Any]:
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


def views_of(head: Row) -> list[ProductView]:
    """Give the picture of each product of a run, in the order of the codes."""
    answers = service().page_reads.run_products(head["run_id"])
    rows = _rows_of(head)
    return [_view(head, code, rows[code], answers.get(code)) for code in rows]


def _rows_of(head: Row) -> dict[str, list[Row]]:
    rows: dict[str, list[Row]] = {}
    for row in service().page_reads.run_lines(head["run_id"]):
        rows.setdefault(row["line"].product_code, []).append(row)
    return rows


def _view(
    head: Row, product_code: str, rows: list[Row], answer: Row | None
) -> ProductView:
    unused = head["unused"].get(product_code, [])
    return product_view(product_code, rows, unused, answer)
