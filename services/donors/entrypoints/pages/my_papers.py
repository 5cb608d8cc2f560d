"""A donor's papers and letters: receipts, years, pledges, and how we write."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from services.donors.application.enter_address import enter_address
from services.donors.application.keep_contact import choose_letters, withdraw_consent
from services.donors.application.searches import PledgeSearch
from services.donors.domain.digest import Cadence
from services.donors.entrypoints.api.mine import own_donor_code
from services.donors.entrypoints.pages.acting import Shown, done
from services.donors.entrypoints.pages.forms import cadence_of, form_command
from services.donors.entrypoints.pages.pledges import promised
from services.donors.entrypoints.papers.giving_pdfs import receipt_pdf, year_pdf
from services.donors.entrypoints.words.giving import CADENCES
from services.donors.wiring import Donors
from shared.kernel.errors import MalformedError
from shared.web.auth import allow
from shared.web.languages import LANGUAGE_NAMES, current_language
from shared.web.words import gettext as _

PLEDGES_MAX = 100
"""More than one donor promises in years; older ones are left out."""


def my_paper_pages(app: Donors) -> Blueprint:
    """Make the page and what it leads to; all of it is the signed-in donor's own."""
    made = Blueprint("my_papers", __name__, template_folder="../../templates")
    _add_page(made, app)
    _add_pdfs(made, app)
    return made


def _add_page(made: Blueprint, app: Donors) -> None:
    @made.get("/papers")
    @allow("donor")
    def papers() -> str:
        """Show what a donor may open, and the wishes for letters."""
        return _page(app)

    for name, act in ACTS.items():

        @made.post(f"/papers/{name}", endpoint=f"post_{name}")
        @allow("donor")
        def post(act: Callable[[Donors, str], str] = act) -> Shown:
            """Do what the form wishes, or show it again with what it held."""
            code = own_donor_code()
            return done(
                lambda: act(app, code),
                url_for("my_papers.papers"),
                lambda error: _page(app, error),
            )


def _page(app: Donors, error: str | None = None) -> str:
    donor_code = own_donor_code()
    return render_template(
        "donors/my_papers.html",
        own=app.papers.own(donor_code),
        pledges=_own_pledges(app, donor_code),
        awaited=app.addresses.awaited(donor_code),
        cadences=[(each.value, word) for each, word in CADENCES.items()],
        languages=[(code, name) for code, _short, name in LANGUAGE_NAMES],
        sends_links=app.letters.sends_links,
        error=error,
        form=request.form,
        new_id=app.ids.new_id,
    )


def _own_pledges(app: Donors, donor_code: str) -> Sequence[tuple[Any, Any]]:
    """Give the donor's newest pledges with their lines in words."""
    search = PledgeSearch(donor_code=donor_code)
    catalogue, language = app.queries.catalogue(), current_language()
    return [
        (row, promised(row.lines, catalogue, language))
        for row in app.pledges.page(search, PLEDGES_MAX, None).rows
    ]


def _keep_letters(app: Donors, donor_code: str) -> str:
    cadence: Cadence = cadence_of(request.form)
    language = request.form.get("language", "")
    app.perform(
        form_command("my_letters", request.form),
        lambda work: choose_letters(work, donor_code, cadence, language),
    )
    return _("Your wish is kept.")


def _keep_address(app: Donors, donor_code: str) -> str:
    if "agrees" not in request.form:
        raise MalformedError("Tick that you agree to letters.", field="agrees")
    email = request.form.get("email", "").strip()
    answer = app.perform(
        form_command("my_contact", request.form),
        lambda work: enter_address(
            work, donor_code, email, sends_links=app.letters.sends_links
        ),
    )
    if answer["is_confirmed"]:
        return _("We write to %(email)s from now on.", email=email)
    return _("We send a link to %(email)s. Open it to confirm.", email=email)


def _withdraw(app: Donors, donor_code: str) -> str:
    app.perform(
        form_command("my_withdrawal", request.form),
        lambda work: withdraw_consent(work, donor_code),
    )
    return _("Your address is deleted, and no letter goes there.")


ACTS: Mapping[str, Callable[[Donors, str], str]] = {
    "letters": _keep_letters,
    "address": _keep_address,
    "withdraw": _withdraw,
}


def _add_pdfs(made: Blueprint, app: Donors) -> None:
    @made.get("/papers/receipts/<receipt_number>.pdf")
    @allow("donor")
    def my_receipt(receipt_number: str) -> Response:
        """Give an own receipt as it was issued; another's is not there."""
        return receipt_pdf(app, receipt_number, own_donor_code())

    @made.get("/papers/<int:year>.pdf")
    @allow("donor")
    def my_year(year: int) -> Response:
        """Give the own gifts of a year."""
        return year_pdf(app, own_donor_code(), year)
