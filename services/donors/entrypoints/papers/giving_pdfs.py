"""What a donor is given on paper: thanks, receipts, the list of a year."""

from flask import Blueprint
from werkzeug.wrappers import Response

from services.donors.entrypoints.papers.giving import (
    acknowledgement,
    packed,
    pdf,
    receipt_paper,
    yearly_statement,
)
from services.donors.entrypoints.words.terms import names_of_donors
from services.donors.wiring import Donors
from shared.kernel.errors import MalformedError
from shared.web.auth import allow


def add_pdfs(made: Blueprint, app: Donors) -> None:
    """Add the addresses of the papers; years can be had for all donors at once."""

    @made.get("/gifts/<gift_number>/acknowledgement.pdf")
    @allow("coordinator")
    def acknowledgement_pdf(gift_number: str) -> Response:
        """Give the letter of thanks on paper."""
        [paper] = app.giving.papers([gift_number])
        made = acknowledgement(paper, app.queries.catalogue(), app.clock.now())
        return pdf(made, f"thanks {gift_number}")

    @made.get("/receipts/<receipt_number>.pdf")
    @allow("coordinator")
    def receipt_pdf(receipt_number: str) -> Response:
        """Give a receipt as it was issued."""
        found, donor = app.giving.receipt(receipt_number)
        return pdf(receipt_paper(found, donor, app.queries.catalogue()), receipt_number)

    @made.get("/people/<donor_code>/<int:year>.pdf")
    @allow("coordinator")
    def year_pdf(donor_code: str, year: int) -> Response:
        """Give a donor's year."""
        return pdf(year_of(app, donor_code, year), f"{donor_code} {year}")

    @made.get("/people/all-<int:year>.zip")
    @allow("coordinator")
    def years_zip(year: int) -> Response:
        """Give the year of every donor who gave something, as one ZIP."""
        codes = [
            code for code in names_of_donors(app.queries) if _gave(app, code, year)
        ]
        files = {f"{code} {year}": year_of(app, code, year) for code in codes}
        return packed(files, f"statements {year}")


def year_of(app: Donors, donor_code: str, year: int) -> bytes:
    """Make a donor's yearly list. Raises UnknownDonorError."""
    if not 2000 <= year <= 2999:  # noqa: PLR2004  what dates can be worked with
        raise MalformedError("Give a year such as 2026.", field="year")
    papers = app.giving.papers_of_year(donor_code, year)
    donor = app.giving.donor(donor_code)
    now = app.clock.now()
    return yearly_statement(papers, donor, year, app.queries.catalogue(), now)


def _gave(app: Donors, donor_code: str, year: int) -> bool:
    return bool(app.giving.papers_of_year(donor_code, year))
