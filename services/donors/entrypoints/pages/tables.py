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
    Tables,
)
from services.donors.wiring import Donors
from shared.web.auth import allow
from shared.web.sheets import FORMS, Rows, read_whole, sheet


def table_pages(app: Donors) -> Blueprint:
    """Make the addresses of the tables; the auditor may take them too."""
    made = Blueprint("tables", __name__)

    @made.get(f"/tables/gifts.{FORMS}")
    @allow("coordinator")
    def gifts(form: str) -> Response:
        """Give the gifts that the list is narrowed to, a row for each product."""
        rows = Tables(app).gifts(search_of(request.args))
        return _whole("gifts", GIFT_COLUMNS, rows, form)

    @made.get(f"/tables/pledges.{FORMS}")
    @allow("coordinator")
    def pledges(form: str) -> Response:
        """Give every pledge with its state, a row for each product."""
        return _whole("pledges", PLEDGE_COLUMNS, Tables(app).pledges(), form)

    @made.get(f"/tables/receipts.{FORMS}")
    @allow("coordinator")
    def receipts(form: str) -> Response:
        """Give the register of receipts, a row for each line."""
        return _whole("receipts", RECEIPT_COLUMNS, Tables(app).receipts(), form)

    @made.get(f"/tables/fulfilment.{FORMS}")
    @allow("coordinator")
    def fulfilment(form: str) -> Response:
        """Give what became of the gifts of a period, by donor and source."""
        wish = day_of(request.args, "since"), day_of(request.args, "until")
        rows = Tables(app).fulfilment(*period(app, *wish))
        return _whole("fulfilment", FULFILMENT_COLUMNS, rows, form)

    return made


def _whole(name: str, columns: Sequence[str], rows: Rows, form: str) -> Response:
    return sheet(name, columns, read_whole(rows), form)
