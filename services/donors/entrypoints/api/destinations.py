# mypy: disable-error-code="untyped-decorator"
# flask-smorest's decorators carry no types
"""Where a donor's goods went, masked and frozen, as JSON and as files."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from flask import Response

from services.donors.application.freeze_month import FreezeMonth, freeze_month
from services.donors.domain.errors_of_months import UnknownMonthError
from services.donors.domain.masking.freezing import ToldLine
from services.donors.entrypoints.api import told_schemas as schemas
from services.donors.entrypoints.api.mine import own_donor_code
from services.donors.entrypoints.commands import command
from services.donors.entrypoints.papers.destinations import (
    distribution_table,
    state_report,
    statement,
)
from services.donors.entrypoints.papers.in_kind import in_kind_table
from services.donors.wiring import Donors
from shared.web.api import ApiBlueprint
from shared.web.auth import allow, current_principal
from shared.web.sheets import FORMS


def add_destination_routes(api: ApiBlueprint, app: Donors) -> None:
    """Add what donors are told, and how the coordinator freezes it."""
    _add_my_routes(api, app)
    _add_my_files(api, app)
    _add_month_routes(api, app)
    _add_looks(api, app)
    _add_freezing(api, app)


def told_answer(lines: Iterable[ToldLine]) -> list[dict[str, Any]]:
    """Write told lines as JSON; a reason that hints is not told as such."""
    return [
        {
            "kind": each.kind.value,
            "first": each.first,
            "last": each.last,
            "product_code": each.line.product_code,
            "category": each.line.category,
            "audience": each.line.audience,
            "quantity": each.line.quantity,
            "people": each.line.people,
            "received": each.received,
            "lost": each.lost,
            "suppressed": [reason.value for reason in each.line.reasons_told],
        }
        for each in lines
    ]


def month_of(text: str) -> date:
    """Read a month such as ``2026-10``; raises UnknownMonthError."""
    try:
        return datetime.strptime(text, "%Y-%m").replace(day=1).date()  # noqa: DTZ007  a month has no zone
    except ValueError:
        raise UnknownMonthError(text) from None


def _add_my_routes(api: ApiBlueprint, app: Donors) -> None:
    @api.get("/me/destinations")
    @api.response(200, schemas.DestinationsSchema)
    @allow("donor")
    def my_destinations() -> dict[str, Any]:
        """Give what of this donor's goods went where, as it was frozen."""
        found = app.snapshots.destinations(own_donor_code())
        return {
            "donor_code": found.donor.donor_code,
            "months": [
                {
                    "month": frozen.month.strftime("%Y-%m"),
                    "frozen_at": frozen.frozen_at,
                    "threshold": frozen.threshold,
                    "lines": told_answer(lines),
                }
                for frozen, lines in found.months
            ],
        }


def _add_my_files(api: ApiBlueprint, app: Donors) -> None:
    @api.get(f"/me/distribution.{FORMS}")
    @api.response(200, content_type="text/csv")
    @allow("donor")
    def my_distribution(form: str) -> Response:
        """Give the same as a table whose second row is the HXL row."""
        return distribution_table(app, own_donor_code(), form)

    @api.get(f"/me/in-kind.{FORMS}")
    @api.response(200, content_type="text/csv")
    @allow("donor")
    def my_in_kind(form: str) -> Response:
        """Give own gifts and pledges with the fields a report to FTS asks for."""
        return in_kind_table(app, own_donor_code(), form)

    @api.get("/me/statement.pdf")
    @api.response(200, content_type="application/pdf")
    @allow("donor")
    def my_statement() -> Response:
        """Give own totals, the way as a picture, and where goods went, to print."""
        code = own_donor_code()
        return statement(app.queries.book(code), app.snapshots.destinations(code))


def _add_month_routes(api: ApiBlueprint, app: Donors) -> None:
    @api.get("/months")
    @api.response(200, schemas.MonthsSchema)
    @allow("coordinator")
    def months() -> dict[str, Any]:
        """List the frozen months and the one whose turn it is."""
        found = app.snapshots.calendar()
        return {
            "due": None if found.due is None else found.due.strftime("%Y-%m"),
            "threshold": found.threshold,
            "frozen": [each.month.strftime("%Y-%m") for each in found.frozen],
        }


def _add_looks(api: ApiBlueprint, app: Donors) -> None:
    @api.get("/months/preview")
    @api.arguments(schemas.PreviewQuery, location="query")
    @api.response(200, schemas.MonthPreviewSchema)
    @allow("coordinator")
    def month_preview(query: dict[str, Any]) -> dict[str, Any]:
        """Show what freezing the month whose turn it is would tell."""
        shown = app.snapshots.preview(query["threshold"])
        return {
            "month": shown.month.strftime("%Y-%m"),
            "threshold": shown.threshold,
            "from_day": shown.from_day,
            "is_due": shown.is_due,
            "fingerprint": shown.fingerprint,
            "donors": _donors_answer(
                (donor, each.lines) for donor, each in shown.snapshots.items()
            ),
        }

    @api.get("/months/<month>")
    @api.response(200, schemas.FrozenMonthSchema)
    @allow("coordinator")
    def frozen_month(month: str) -> dict[str, Any]:
        """Give a frozen month with what each donor is told."""
        found = app.snapshots.frozen(month_of(month))
        return {
            "month": month,
            "threshold": found.frozen.threshold,
            "frozen_by": found.frozen.frozen_by,
            "frozen_at": found.frozen.frozen_at,
            "donors": _donors_answer(found.lines.items()),
        }


def _add_freezing(api: ApiBlueprint, app: Donors) -> None:
    @api.post("/months")
    @api.arguments(schemas.FreezeSchema)
    @api.response(201, schemas.FrozenSchema)
    @allow("coordinator")
    def post_month(body: dict[str, Any]) -> Any:
        """Freeze a month as it was previewed; it can never be changed again."""
        wish = FreezeMonth(
            body["month"].replace(day=1), body["threshold"], body["fingerprint"]
        )
        account = str(current_principal().account_id)
        return app.perform(
            command("freeze_month", {**body, "month": str(wish.month)}),
            lambda work: freeze_month(work, wish, account),
        )

    @api.get(f"/distribution.{FORMS}")
    @api.response(200, content_type="text/csv")
    @allow("coordinator")
    def distribution(form: str) -> Response:
        """Give the told lines of all donors added up, for a state body."""
        return state_report(app, form)


def _donors_answer(
    lines_of: Iterable[tuple[str, Iterable[ToldLine]]],
) -> list[dict[str, Any]]:
    return [
        {"donor_code": donor, "lines": told_answer(lines)} for donor, lines in lines_of
    ]
