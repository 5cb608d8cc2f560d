"""What a donor is given on paper: thanks, receipts, the list of a year."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, url_for

from services.donors.application.giving_ports import Receipt
from services.donors.domain.donor import DonorKind
from services.donors.entrypoints.papers.giving import (
    Follow,
    acknowledgement,
    packed,
    receipt_paper,
    yearly_statement,
)
from services.donors.wiring import Donors
from shared.kernel.errors import MalformedError
from shared.web.auth import allow
from shared.web.papers import pdf


def add_pdfs(made: Blueprint, app: Donors) -> None:
    """Add the addresses of the papers; years can be had for all donors at once."""

    @made.get(
        "/gifts/<gift_number>/acknowledgement.pdf", endpoint="acknowledgement_pdf"
    )
    @allow("coordinator")
    def thanks(gift_number: str) -> Response:
        """Give the letter of thanks on paper."""
        return thanks_pdf(app, gift_number)

    @made.get("/receipts/<receipt_number>.pdf", endpoint="receipt_pdf")
    @allow("coordinator")
    def receipt(receipt_number: str) -> Response:
        """Give a receipt as it was issued."""
        return receipt_pdf(app, receipt_number)

    @made.get("/people/<donor_code>/<int:year>.pdf", endpoint="year_pdf")
    @allow("coordinator")
    def year(donor_code: str, year: int) -> Response:
        """Give a donor's year."""
        return year_pdf(app, donor_code, year)

    @made.get("/people/all-<int:year>.zip")
    @allow("coordinator")
    def years_zip(year: int) -> Response:
        """Give the year of every donor who gave something, as one ZIP."""
        return packed(_years(app, year), f"statements {year}")


def thanks_pdf(app: Donors, gift_number: str) -> Response:
    """Answer the letter of thanks for a gift. Raises UnknownGiftError."""
    [paper] = app.giving.papers([gift_number])
    made = acknowledgement(paper, app.queries.catalogue(), app.clock.now())
    return pdf(made, f"thanks {gift_number}")


def receipt_pdf(
    app: Donors, receipt_number: str, donor_code: str | None = None
) -> Response:
    """Answer a receipt as it was issued; with a donor's code only an own one.

    Raises UnknownReceiptError alike for another's and for none.
    """
    found, donor = app.giving.receipt(receipt_number, donor_code)
    made = made_receipt(app, found, donor, app.queries.catalogue())
    return pdf(made, receipt_number)


def made_receipt(app: Donors, receipt: Receipt, donor: Any, catalogue: Any) -> bytes:
    """Make a receipt; who has no name gets the code that opens the gift."""
    follow = None
    if donor.kind == DonorKind.ANONYMOUS.value:
        address = f"{app.public_url or ''}{url_for('receipt.ask')}"
        follow = Follow(address, app.receipt_codes.of(receipt.receipt_number))
    return receipt_paper(receipt, donor, catalogue, follow)


def year_pdf(app: Donors, donor_code: str, year: int) -> Response:
    """Answer a donor's year. Raises UnknownDonorError."""
    papers = app.giving.papers_of_year(_checked_year(year), donor_code)
    donor, catalogue = app.giving.donor(donor_code), app.queries.catalogue()
    made = yearly_statement(papers, donor, year, catalogue, app.clock.now())
    return pdf(made, f"{donor_code} {year}")


def _years(app: Donors, year: int) -> Mapping[str, bytes]:
    """Make the year of every donor who gave something in it."""
    papers: dict[str, list[Any]] = defaultdict(list)
    for paper in app.giving.papers_of_year(_checked_year(year)):
        papers[paper.account.donor_code].append(paper)
    catalogue, now = app.queries.catalogue(), app.clock.now()
    return {
        f"{code} {year}": yearly_statement(given, given[0].donor, year, catalogue, now)
        for code, given in sorted(papers.items())
    }


def _checked_year(year: int) -> int:
    if not 2000 <= year <= 2999:  # noqa: PLR2004  what dates can be worked with
        raise MalformedError("Give a year such as 2026.", field="year")
    return year
