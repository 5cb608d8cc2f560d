"""One donor for the coordinator: contact, letters, receipts and years."""

from collections.abc import Callable, Mapping

from flask import Blueprint, render_template, request, url_for

from services.donors.application.correct_donor import correct_donor
from services.donors.application.keep_contact import (
    choose_letters,
    keep_contact,
    withdraw_consent,
)
from services.donors.domain.donor import ANONYMOUS_CODE, Contact
from services.donors.entrypoints.pages.acting import Shown, done
from services.donors.entrypoints.pages.forms import (
    cadence_of,
    day_of,
    form_command,
    kind_of,
)
from services.donors.entrypoints.words.giving import CADENCES
from services.donors.entrypoints.words.terms import KINDS, donor_word
from services.donors.wiring import Donors
from shared.kernel.clock import local_day
from shared.web.auth import allow
from shared.web.languages import LANGUAGE_NAMES
from shared.web.words import gettext as _


def donor_pages(app: Donors) -> Blueprint:
    """Make the page of a donor and what its forms do."""
    made = Blueprint("donor", __name__, template_folder="../../templates")

    @made.get("/people/<donor_code>")
    @allow("coordinator")
    def person(donor_code: str) -> str:
        """Show one donor: contact, letters, receipts and yearly lists."""
        return _page(app, donor_code)

    for name, act in ACTS.items():

        @made.post(f"/people/<donor_code>/{name}", endpoint=f"post_{name}")
        @allow("coordinator")
        def post(donor_code: str, act: Callable[[Donors, str], str] = act) -> Shown:
            """Do what the form wishes, or show it again with what it held."""
            return done(
                lambda: act(app, donor_code),
                url_for("donor.person", donor_code=donor_code),
                lambda error: _page(app, donor_code, error),
            )

    return made


def _page(app: Donors, donor_code: str, error: str | None = None) -> str:
    own = app.papers.own(donor_code)
    return render_template(
        "donors/person.html",
        own=own,
        donor=own.donor,
        awaited=app.addresses.awaited(donor_code),
        donor_name=donor_word(donor_code, own.donor.name),
        languages={code: name for code, _short, name in LANGUAGE_NAMES},
        kinds=[(each.value, word) for each, word in KINDS.items()],
        is_nobodys=donor_code == ANONYMOUS_CODE,
        cadences=[(each.value, word) for each, word in CADENCES.items()],
        sends_mail=app.letters.sends_mail,
        sends_links=app.letters.sends_links,
        today=local_day(app.clock.now()),
        commands=[app.ids.new_id() for _each in ACTS],
        error=error,
        form=request.form,
    )


def _keep_contact(app: Donors, donor_code: str) -> str:
    email = request.form.get("contact_email", "").strip()
    contact = Contact(email, day_of(request.form, "consented_on"))
    app.perform(
        form_command(f"contact {donor_code}", request.form),
        lambda work: keep_contact(work, donor_code, contact),
    )
    return _("The contact is kept.")


def _withdraw(app: Donors, donor_code: str) -> str:
    app.perform(
        form_command(f"withdraw {donor_code}", request.form),
        lambda work: withdraw_consent(work, donor_code),
    )
    return _("The contact is deleted, and no letter goes there.")


def _choose_letters(app: Donors, donor_code: str) -> str:
    cadence = cadence_of(request.form)
    language = request.form.get("language") or None
    app.perform(
        form_command(f"letters {donor_code}", request.form),
        lambda work: choose_letters(work, donor_code, cadence, language),
    )
    return _("How often letters go out is kept.")


def _correct(app: Donors, donor_code: str) -> str:
    name, kind = request.form.get("name", "").strip(), kind_of(request.form)
    app.perform(
        form_command(f"correct_donor {donor_code}", request.form),
        lambda work: correct_donor(work, donor_code, name, kind),
    )
    return _("Name and kind are corrected. Issued receipts stay as they are.")


ACTS: Mapping[str, Callable[[Donors, str], str]] = {
    "contact": _keep_contact,
    "withdraw": _withdraw,
    "letters": _choose_letters,
    "correction": _correct,
}
"""What each form of the page does; it says how it went."""
