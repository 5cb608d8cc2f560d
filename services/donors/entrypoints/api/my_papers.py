# mypy: disable-error-code="untyped-decorator"
# flask-smorest's decorators carry no types
"""A donor's own receipts, years and letters: of the account's donor, no others."""

from typing import Any

from flask import Response

from services.donors.application.enter_address import enter_address
from services.donors.application.keep_contact import choose_letters, withdraw_consent
from services.donors.domain.digest import Cadence
from services.donors.entrypoints.api import giving_schemas as schemas
from services.donors.entrypoints.api.mine import own_donor_code
from services.donors.entrypoints.api.schemas import CommandSchema, DonorCodeSchema
from services.donors.entrypoints.commands import command
from services.donors.entrypoints.papers.giving_pdfs import receipt_pdf, year_pdf
from services.donors.wiring import Donors
from shared.kernel.clock import local_day
from shared.web.api import ApiBlueprint, Page
from shared.web.auth import allow


def add_my_paper_routes(api: ApiBlueprint, app: Donors) -> None:
    """Add ``/me/receipts``, ``/me/statement-of-year.pdf``, ``/me/letters``."""
    _add_papers(api, app)
    _add_letters(api, app)
    _add_contact(api, app)


def _add_papers(api: ApiBlueprint, app: Donors) -> None:
    @api.get("/me/receipts")
    @api.response(200, Page.of(schemas.MyReceiptSchema))
    @allow("donor")
    def my_receipts() -> dict[str, Any]:
        """List own receipts, newest first."""
        return {"items": app.papers.own(own_donor_code()).receipts, "next": None}

    @api.get("/me/receipts/<receipt_number>.pdf")
    @api.response(200, content_type="application/pdf")
    @allow("donor")
    def my_receipt_pdf(receipt_number: str) -> Response:
        """Give an own receipt as it was issued."""
        return receipt_pdf(app, receipt_number, own_donor_code())

    @api.get("/me/statement-of-year.pdf")
    @api.arguments(schemas.MyYearQuery, location="query")
    @api.response(200, content_type="application/pdf")
    @allow("donor")
    def my_statement_of_year(query: dict[str, Any]) -> Response:
        """Give the own gifts of a year, what became of them, and values."""
        year = query["year"] or local_day(app.clock.now()).year
        return year_pdf(app, own_donor_code(), year)


def _add_letters(api: ApiBlueprint, app: Donors) -> None:
    @api.get("/me/letters")
    @api.response(200, schemas.MyLettersSchema)
    @allow("donor")
    def my_letters() -> dict[str, Any]:
        """Say where, how often and in which language this donor is written to."""
        donor_code = own_donor_code()
        own, awaited = app.papers.own(donor_code), app.addresses.awaited(donor_code)
        return {
            "email": own.donor.contact_email,
            "unconfirmed_email": awaited.email if awaited else None,
            "consented_on": own.donor.consented_on,
            "language": own.donor.language,
            "cadence": own.cadence.value,
            "next_on": own.next_on,
        }

    @api.post("/me/letters")
    @api.arguments(schemas.MyCadenceSchema)
    @api.response(200, schemas.LettersSchema)
    @allow("donor")
    def post_my_letters(body: dict[str, Any]) -> Any:
        """Choose how often letters come, and the language of letters and papers."""
        donor_code, cadence = own_donor_code(), Cadence(body["cadence"])
        return app.perform(
            command("my_letters", body),
            lambda work: choose_letters(work, donor_code, cadence, body["language"]),
        )


def _add_contact(api: ApiBlueprint, app: Donors) -> None:
    @api.post("/me/contact")
    @api.arguments(schemas.MyContactSchema)
    @api.response(200, schemas.MyContactKeptSchema)
    @allow("donor")
    def post_my_contact(body: dict[str, Any]) -> Any:
        """Agree to letters to an address; a link goes there, which confirms it."""
        donor_code, email = own_donor_code(), body["email"]
        return app.perform(
            command("my_contact", body),
            lambda work: enter_address(
                work, donor_code, email, sends_links=app.letters.sends_links
            ),
        )

    @api.post("/me/contact/withdraw")
    @api.arguments(CommandSchema)
    @api.response(200, DonorCodeSchema)
    @allow("donor")
    def post_my_withdrawal(body: dict[str, Any]) -> Any:
        """Delete the own address and whatever waits for it."""
        donor_code = own_donor_code()
        return app.perform(
            command("my_withdrawal", body),
            lambda work: withdraw_consent(work, donor_code),
        )
