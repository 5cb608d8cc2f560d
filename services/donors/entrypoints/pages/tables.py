"""Where the coordinator's tables are had, as CSV or XLSX."""

from collections.abc import Sequence

from flask import Blueprint, Response, request

from services.donors.entrypoints.api.giving_work import period
from services.donors.entrypoints.pages.coordinator import search_of
from services.donors.entrypoints.pages.forms import day_of
from services.donors.entrypoints.pages.table_rows import (
    FULFILMENT_COLUMNS,
    GIFT_COLUMNS,
    PLEDGE_COLUMNS,
    RECEIPT_COLUMNS,
    ROWS_MAX,
    Rows,
    Tables,
)
from services.donors.wiring import Donors
from shared.web.auth import allow
from shared.web.sheets import sheet

Table = tuple[Sequence[str], Rows]


def table_pages(app: Donors) -> Blueprint:
    """Make the addresses of the tables; the auditor may take them too."""
    made = Blueprint("tables", __name__)

    @made.get("/tables/gifts.<any(csv, xlsx):form>")
    @allow("coordinator")
    def gifts(form: str) -> Response:
        """Give the gifts that the list is narrowed to, a row for each product."""
        found = app.queries.gifts(ROWS_MAX, None, search_of(request.args))
        return sheet("gifts", GIFT_COLUMNS, Tables(app).gifts(found.accounts), form)

    @made.get("/tables/pledges.<any(csv, xlsx):form>")
    @allow("coordinator")
    def pledges(form: str) -> Response:
        """Give every pledge with its state, a row for each product."""
        return sheet("pledges", PLEDGE_COLUMNS, Tables(app).pledges(), form)

    @made.get("/tables/receipts.<any(csv, xlsx):form>")
    @allow("coordinator")
    def receipts(form: str) -> Response:
        """Give the register of receipts, a row for each line."""
        return sheet("receipts", RECEIPT_COLUMNS, Tables(app).receipts(), form)

    @made.get("/tables/fulfilment.<any(csv, xlsx):form>")
    @allow("coordinator")
    def fulfilment(form: str) -> Response:
        """Give what became of the gifts of a period, by donor and source."""
        wish = day_of(request.args, "since"), day_of(request.args, "until")
        rows = Tables(app).fulfilment(*period(app, *wish))
        return sheet("fulfilment", FULFILMENT_COLUMNS, rows, form)

    return made
