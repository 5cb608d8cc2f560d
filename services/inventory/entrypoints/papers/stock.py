"""The stock card on paper: a product's movements and what was here after each."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from services.inventory.application.page_views import ProductStock
from services.inventory.application.queries import CardLine
from services.inventory.entrypoints.words.terms import (
    REASONS,
    category_word,
    name_of,
    place_word,
)
from shared.web.papers import detail, frame, lines, moment, number
from shared.web.units import counted_unit
from shared.web.words import _

DOCUMENT_LENGTH_MAX = 30
"""Longer ones are ids of messages, which nobody looks up on paper."""


def stock_card_facts(
    stock: ProductStock,
    card: Sequence[CardLine],
    initials: Callable[[str | None], str],
    printed_at: datetime,
) -> dict[str, Any]:
    """Lay a card out oldest first, as a card of cardboard is read."""
    name = name_of(stock.names, stock.product_code)
    return {
        **frame(_("Stock card"), stock.product_code, printed_at),
        "name": name,
        "details": [
            detail(_("Category"), category_word(stock.category)),
            detail(_("Counted in"), counted_unit(stock.unit_of_issue, 1)),
            detail(_("Here in all"), number(stock.on_hand)),
            detail(_("Free"), number(stock.available)),
            detail(_("Reserved"), number(stock.reserved)),
            detail(_("Held back"), number(stock.held)),
        ],
        "lines": lines(
            [
                _("When"),
                _("Lot"),
                _("From, to"),
                _("Paper"),
                _("What"),
                _("In"),
                _("Out"),
                _("Moved"),
                _("Balance"),
                _("Initials"),
            ],
            [_row(line, initials) for line in reversed(card)],
        ),
    }


def _row(line: CardLine, initials: Callable[[str | None], str]) -> Sequence[str]:
    document = line.document or ""
    said = str(REASONS.get(line.reason, line.reason))
    return [
        moment(line.occurred_at),
        line.lot_number,
        f"{place_word(line.source)} → {place_word(line.target)}",
        document if len(document) < DOCUMENT_LENGTH_MAX else "",
        f"{said} ({_('taken back later')})" if line.reversed_by else said,
        number(line.change) if line.change > 0 else "",
        number(-line.change) if line.change < 0 else "",
        number(line.quantity) if line.change == 0 else "",
        number(line.balance),
        initials(line.recorded_by),
    ]
