"""A gift followed by the receipt alone: for who gave without a name or an account."""

from http import HTTPStatus

from flask import Blueprint, render_template, request

from services.donors.domain.fulfilment import GiftAccount
from services.donors.domain.giving_errors import UnknownReceiptError
from services.donors.entrypoints.dashboard import gift_view
from services.donors.wiring import Donors
from shared.web.auth import EVERYONE, allow, without_csrf
from shared.web.languages import current_language

NUMBER_CHARS_MAX = 20
CODE_CHARS_MAX = 40


def receipt_pages(app: Donors) -> Blueprint:
    """Make the page; number and code are posted, so no address ever holds them."""
    made = Blueprint("receipt", __name__, template_folder="../../templates")

    @made.get("/receipt")
    @allow(EVERYONE)
    def ask() -> str:
        """Ask for the number and the code of a receipt."""
        return _asking()

    @made.post("/receipt")
    @allow(EVERYONE)
    @without_csrf
    def show() -> str | tuple[str, int]:
        """Show what became of the gift, as a donor may see it today."""
        number = request.form.get("number", "").strip().upper()[:NUMBER_CHARS_MAX]
        code = request.form.get("code", "")[:CODE_CHARS_MAX]
        try:
            account = _followed(app, number, code)
        except UnknownReceiptError:
            return _asking(is_unknown=True), HTTPStatus.NOT_FOUND
        view = gift_view(account, app.queries.catalogue(), current_language())
        return render_template(
            "donors/receipt.html",
            gift=view,
            view={"shown": view},
            counted_at=app.clock.now(),
        )

    return made


def _asking(*, is_unknown: bool = False) -> str:
    return render_template(
        "donors/receipt.html", gift=None, form=request.form, is_unknown=is_unknown
    )


def _followed(app: Donors, number: str, code: str) -> GiftAccount:
    if not app.receipt_codes.is_true(number, code):
        raise UnknownReceiptError(number)
    return app.papers.followed(number)
