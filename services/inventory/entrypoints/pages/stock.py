"""What is in the warehouse: products with their lots, stock cards, the table."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, render_template, request

from services.inventory.application.page_views import ProductStock, StockFilter
from services.inventory.application.queries import CardPlace
from services.inventory.entrypoints.blindness import hidden_from_reader
from services.inventory.entrypoints.words.terms import name_of
from services.inventory.wiring import Inventory
from shared.kernel.clock import local_day
from shared.kernel.errors import NotFoundError
from shared.web.auth import allow
from shared.web.paging import decode_cursor, encode_cursor
from shared.web.sheets import sheet

PRODUCTS_SHOWN = 30
MOVEMENTS_SHOWN = 50
PRODUCTS_EXPORTED_AT_ONCE = 200
READERS = ("volunteer", "reviewer", "coordinator")

COLUMNS = (
    "product_code",
    "name",
    "unit_of_issue",
    "lot_number",
    "expires_on",
    "lot_status",
    "gift_number",
    "earmark",
    "location_code",
    "on_hand",
    "reserved",
    "available",
)
HIDDEN = (None, None, None)
"""The numbers of a lot its reader counts."""


class StockPages:
    """``/inventory/stock`` and the cards behind it; reads only."""

    def __init__(self, service: Inventory) -> None:
        self._service = service
        self._reads = service.page_reads

    def register(self, pages: Blueprint) -> None:
        """Put the stock's addresses on the blueprint."""
        pages.add_url_rule("/stock", "stock", self.show)
        pages.add_url_rule("/stock.<any(csv, xlsx):form>", "stock_table", self.export)
        pages.add_url_rule("/stock/<product_code>", "stock_card", self.card)

    @allow(*READERS)
    def show(self) -> str:
        """List products that are here, a page at a time."""
        wanted, today = _filter(), local_day(self._service.clock.now())
        after = decode_cursor(request.args.get("cursor"), str)
        found = self._reads.stock(
            wanted, today, after=after[0] if after else None, limit=PRODUCTS_SHOWN + 1
        )
        hidden = hidden_from_reader(self._service)
        shown = [stock.hidden(hidden) for stock in found[:PRODUCTS_SHOWN]]
        is_more = len(found) > PRODUCTS_SHOWN
        counts = self._reads.counts(today)
        return render_template(
            "inventory/stock.html",
            stocks=shown,
            following=encode_cursor([shown[-1].product_code]) if is_more else None,
            counts=counts,
            total=sum(counts.categories.values()),
            wanted=wanted,
            waiting=self._reads.waiting_count(),
            counted_at=self._service.clock.now(),
        )

    @allow(*READERS)
    def export(self, form: str) -> Response:
        """Give the whole filtered list as a table for a spreadsheet."""
        today = local_day(self._service.clock.now())
        hidden = hidden_from_reader(self._service)
        rows = (
            row
            for stock in self._everything(_filter())
            for row in _rows(stock.hidden(hidden))
        )
        return sheet(f"stock-{today.isoformat()}", COLUMNS, rows, form)

    @allow(*READERS)
    def card(self, product_code: str) -> str:
        """Show one product's lots and movements, newest first."""
        stock = self._reads.stock_of(product_code, local_day(self._service.clock.now()))
        if stock is None:
            raise NotFoundError(f"There is no product {product_code}.")
        stock = stock.hidden(hidden_from_reader(self._service))
        after = decode_cursor(request.args.get("cursor"), datetime, int, int)
        lines = self._service.queries.stock_card(
            product_code,
            after=CardPlace(*after) if after else None,
            limit=MOVEMENTS_SHOWN + 1,
        )
        following = None
        if len(lines) > MOVEMENTS_SHOWN:
            last, beyond = lines[MOVEMENTS_SHOWN - 1], lines[MOVEMENTS_SHOWN]
            following = encode_cursor((last.occurred_at, last.position, beyond.balance))
        return render_template(
            "inventory/stock_card.html",
            stock=stock,
            lines=() if stock.counted_on else lines[:MOVEMENTS_SHOWN],
            following=None if stock.counted_on else following,
            is_first=after is None,
            counted_at=self._service.clock.now(),
        )

    def _everything(self, wanted: StockFilter) -> Iterator[ProductStock]:
        today = local_day(self._service.clock.now())
        after = None
        while found := self._reads.stock(
            wanted, today, after=after, limit=PRODUCTS_EXPORTED_AT_ONCE
        ):
            yield from found
            after = found[-1].product_code


def _filter() -> StockFilter:
    return StockFilter(
        query=request.args.get("query", "")[:100],
        category=request.args.get("category", ""),
        status=request.args.get("status", ""),
    )


def _rows(stock: ProductStock) -> Iterator[Sequence[Any]]:
    for lot in stock.lots:
        yield (
            stock.product_code,
            name_of(stock.names, stock.product_code),
            stock.unit_of_issue,
            lot.lot_number,
            lot.expires_on,
            lot.status.value,
            lot.gift_number,
            " ".join(lot.earmark or ()),
            lot.location_code,
            *(HIDDEN if lot.counted_on else (lot.on_hand, lot.reserved, lot.available)),
        )
