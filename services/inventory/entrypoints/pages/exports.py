"""Tables to take away: stock, lots, expiry, movements; as CSV or XLSX."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from flask import Blueprint, Response, render_template, request

from services.inventory.application.ahead.forecasting import (
    LotAhead,
    ProductAhead,
    expiring,
)
from services.inventory.application.catalogue.exporting import (
    MovementFilter,
    MovementLine,
    every_movement,
)
from services.inventory.entrypoints.blindness import hidden_from_reader
from services.inventory.entrypoints.pages.dates import YEARS
from services.inventory.entrypoints.words.terms import REASONS, name_of
from services.inventory.wiring import Inventory
from shared.kernel.clock import ALMATY, local_day
from shared.kernel.errors import MalformedError
from shared.web.auth import allow
from shared.web.sheets import FORMS, Rows, sheet

READERS = ("volunteer", "reviewer", "coordinator")

MOVEMENT_COLUMNS = (
    "occurred_at",
    "recorded_at",
    "product_code",
    "lot_number",
    "expires_on",
    "gift_number",
    "reason",
    "document",
    "from",
    "to",
    "quantity",
    "change",
    "recorded_by",
    "movement_id",
    "reverses",
)
LOT_COLUMNS = (
    "product_code",
    "name",
    "unit_of_issue",
    "lot_number",
    "expires_on",
    "days_left",
    "received_on",
    "gift_number",
    "usable",
    "held",
    "expired_or_recalled",
    "not_usable_in_time",
    "last_day_to_give",
)


class ExportPages:
    """``/inventory/exports`` and the tables themselves; reads only."""

    def __init__(self, service: Inventory) -> None:
        self._service = service

    def register(self, pages: Blueprint) -> None:
        """Put the tables' addresses on the blueprint."""
        pages.add_url_rule("/exports", "exports", self.show)
        pages.add_url_rule(f"/movements.{FORMS}", "movements_table", self.movements)
        pages.add_url_rule(f"/lots.{FORMS}", "lots_table", self.lots)
        pages.add_url_rule(f"/expiry.{FORMS}", "expiry_table", self.expiry)

    @allow(*READERS)
    def show(self) -> str:
        """Offer every table with its choices."""
        return render_template(
            "inventory/exports.html",
            reasons=[("", ""), *REASONS.items()],
            products=self._service.queries.products(limit=500),
            counted_at=self._service.clock.now(),
        )

    @allow(*READERS)
    def movements(self, form: str) -> Response:
        """Give the movements of some days, of a product, for a reason."""
        hidden = hidden_from_reader(self._service)
        lines = every_movement(self._service.exports, movement_filter())
        rows = (
            _movement_row(line)
            for line in lines
            if not hidden.of_product(line.product_code)
        )
        return self._table("movements", MOVEMENT_COLUMNS, rows, form)

    @allow(*READERS)
    def lots(self, form: str) -> Response:
        """Give every lot that stands here."""
        products = ahead_for_reader(self._service)
        pairs = [(each, lot) for each in products for lot in each.lots]
        return self._table("lots", LOT_COLUMNS, map(_lot_row, pairs), form)

    @allow(*READERS)
    def expiry(self, form: str) -> Response:
        """Give the lots whose last day is near or over."""
        pairs = expiring(ahead_for_reader(self._service))
        return self._table("expiry", LOT_COLUMNS, map(_lot_row, pairs), form)

    def _table(
        self, name: str, columns: Sequence[str], rows: Rows, form: str
    ) -> Response:
        today = local_day(self._service.clock.now())
        return sheet(f"{name}-{today.isoformat()}", columns, rows, form)


def ahead_for_reader(service: Inventory) -> Sequence[ProductAhead]:
    """Look ahead without the products whose books the reader may not see."""
    hidden = hidden_from_reader(service)
    return [
        each
        for each in service.forecasting.ahead()
        if not hidden.of_product(each.product.product_code)
    ]


def movement_filter() -> MovementFilter:
    """Read the choices from the address; MalformedError for a day that is none."""
    return MovementFilter(
        product_code=request.args.get("product_code", "")[:40],
        reason=request.args.get("reason", "")[:40],
        first_day=_day("from"),
        last_day=_day("to"),
    )


def _day(name: str) -> date | None:
    text = request.args.get(name, "").strip()
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.year not in YEARS:
        raise MalformedError(
            f"{text[:20]} is no day. Write it as 2026-11-22.", field=name
        )
    return day


def _movement_row(line: MovementLine) -> Sequence[Any]:
    return (
        _local(line.occurred_at),
        _local(line.recorded_at),
        line.product_code,
        line.lot_number,
        line.expires_on,
        line.gift_number,
        line.reason,
        line.document,
        line.source,
        line.target,
        line.quantity,
        line.change,
        line.recorded_by,
        str(line.movement_id),
        str(line.reverses) if line.reverses else None,
    )


def _local(instant: datetime) -> datetime:
    return instant.astimezone(ALMATY).replace(microsecond=0)


def _lot_row(pair: tuple[ProductAhead, LotAhead]) -> Sequence[Any]:
    product, each = pair
    lot = each.lot
    return (
        lot.product_code,
        name_of(product.product.names, lot.product_code),
        product.product.unit_of_issue,
        lot.lot_number,
        lot.expires_on,
        each.days_left,
        lot.received_on,
        lot.gift_number,
        lot.usable,
        lot.held,
        lot.barred,
        each.left,
        each.outlook.last_day if each.outlook else None,
    )
