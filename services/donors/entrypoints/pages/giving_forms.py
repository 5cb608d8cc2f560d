"""Forms of one gift's papers, of a donor's contact, and of ended pledges."""

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from services.donors.application.end_pledge import end_pledge
from services.donors.application.fund_gift import fund_gift
from services.donors.application.keep_contact import (
    choose_letters,
    keep_contact,
    withdraw_consent,
)
from services.donors.application.set_value import set_value
from services.donors.application.thank_donor import WAYS
from services.donors.domain.donor import Contact
from services.donors.domain.fulfilment import fulfilments
from services.donors.domain.value import Basis
from services.donors.entrypoints.api.giving_work import receipt, thank, value_from
from services.donors.entrypoints.pages.forms import cadence_of, day_of, form_command
from services.donors.entrypoints.papers.giving import BASES
from services.donors.entrypoints.papers.giving_pdfs import add_pdfs
from services.donors.entrypoints.words.giving import CADENCES
from services.donors.entrypoints.words.letters import GiftLetters
from services.donors.entrypoints.words.terms import names_of_donors
from services.donors.wiring import Donors
from shared.kernel.clock import local_day
from shared.kernel.errors import DomainError, MalformedError
from shared.web.auth import allow
from shared.web.languages import LANGUAGE_NAMES, current_language
from shared.web.pages import toast
from shared.web.problems import problem_text
from shared.web.words import gettext as _

YEARS_SHOWN = 3

Act = Callable[[Donors, str], str]
"""Does what a form wishes to one gift or donor, and says so."""


def giving_forms(app: Donors) -> Blueprint:
    """Make the pages of one gift's papers and of one donor."""
    made = Blueprint("papers", __name__, template_folder="../../templates")
    _add_gift_papers(made, app)
    _add_gift_posts(made, app)
    _add_donor_page(made, app)
    _add_donor_posts(made, app)
    add_pdfs(made, app)
    return made


def _add_gift_papers(made: Blueprint, app: Donors) -> None:
    @made.get("/gifts/<gift_number>/papers")
    @allow("coordinator")
    def gift_papers(gift_number: str) -> str:
        """Show a gift's values, receipts, thanks and who paid for it."""
        [paper] = app.giving.papers([gift_number])
        catalogue = app.queries.catalogue()
        codes = [each.product_code for each in fulfilments([paper.account])]
        language = current_language()
        names = names_of_donors(app.queries)
        return render_template(
            "donors/gift_papers.html",
            paper=paper,
            donor_name=names[paper.account.donor_code],
            products=[(code, catalogue.words(code, language).name) for code in codes],
            bases=[(each.value, word) for each, word in BASES.items()],
            base_words=BASES,
            letter=GiftLetters().thanks(paper, catalogue),
            contracts=app.giving.contracts(paper.account.donor_code),
            sends_mail=app.letters.sends_mail,
            today=local_day(app.clock.now()),
            commands=[app.ids.new_id() for _each in range(4)],
        )


def _keep_value(app: Donors, gift_number: str) -> str:
    value = value_from(_value_body(request.form))
    code = request.form.get("product_code", "")
    app.perform(
        form_command(f"set_value {gift_number}", request.form),
        lambda work: set_value(work, gift_number, code, value),
    )
    return _("The value is kept.")


def _issue_receipt(app: Donors, gift_number: str) -> str:
    command = form_command(f"receipt {gift_number}", request.form)
    answer = receipt(app, command, gift_number)
    return _("Receipt: %(number)s", number=answer["receipt_number"])


def _thank(app: Donors, gift_number: str) -> str:
    way = request.form.get("way", "")
    if way not in WAYS:
        raise MalformedError("Choose how to thank.", field="way")
    thank(app, form_command(f"thank {gift_number}", request.form), gift_number, way)
    return _("Thanked for %(number)s.", number=gift_number)


def _book_to_contract(app: Donors, gift_number: str) -> str:
    number = request.form.get("contract_number") or None
    app.perform(
        form_command(f"fund_gift {gift_number}", request.form),
        lambda work: fund_gift(work, gift_number, number),
    )
    return _("Who paid for it is kept.")


GIFT_ACTS: Mapping[str, Act] = {
    "values": _keep_value,
    "receipt": _issue_receipt,
    "thanks": _thank,
    "contract": _book_to_contract,
}


def _add_gift_posts(made: Blueprint, app: Donors) -> None:
    for name, act in GIFT_ACTS.items():

        @made.post(f"/gifts/<gift_number>/{name}", endpoint=f"post_{name}")
        @allow("coordinator")
        def post(gift_number: str, act: Act = act) -> Response:
            """Do what the form wishes and show the gift's papers again."""
            _tell(lambda: act(app, gift_number))
            address = url_for("papers.gift_papers", gift_number=gift_number)
            return redirect(address, 303)


def _add_donor_page(made: Blueprint, app: Donors) -> None:
    @made.get("/people/<donor_code>")
    @allow("coordinator")
    def person(donor_code: str) -> str:
        """Show one donor: contact, letters, receipts and yearly lists."""
        today = local_day(app.clock.now())
        own = app.papers.own(donor_code)
        return render_template(
            "donors/person.html",
            own=own,
            donor=own.donor,
            donor_name=names_of_donors(app.queries)[donor_code],
            languages={code: name for code, _short, name in LANGUAGE_NAMES},
            cadences=[(each.value, word) for each, word in CADENCES.items()],
            years=[today.year - back for back in range(YEARS_SHOWN)],
            sends_mail=app.letters.sends_mail,
            sends_digests=app.letters.sends_digests,
            today=today,
            commands=[app.ids.new_id() for _each in range(3)],
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
    app.perform(
        form_command(f"letters {donor_code}", request.form),
        lambda work: choose_letters(work, donor_code, cadence),
    )
    return _("How often letters go out is kept.")


DONOR_ACTS: Mapping[str, Act] = {
    "contact": _keep_contact,
    "withdraw": _withdraw,
    "letters": _choose_letters,
}


def _add_donor_posts(made: Blueprint, app: Donors) -> None:
    for name, act in DONOR_ACTS.items():

        @made.post(f"/people/<donor_code>/{name}", endpoint=f"post_donor_{name}")
        @allow("coordinator")
        def post(donor_code: str, act: Act = act) -> Response:
            """Do what the form wishes and show the donor again."""
            _tell(lambda: act(app, donor_code))
            return redirect(url_for("papers.person", donor_code=donor_code), 303)

    @made.post("/pledges/<pledge_number>/end")
    @allow("coordinator")
    def post_pledge_end(pledge_number: str) -> Response:
        """End a pledge: it came as a gift, or was withdrawn."""
        _tell(lambda: _end_pledge(app, pledge_number))
        return redirect(url_for("coordinator.pledges"), 303)


def _end_pledge(app: Donors, pledge_number: str) -> str:
    number = request.form.get("gift_number", "").strip().upper() or None
    app.perform(
        form_command(f"end_pledge {pledge_number}", request.form),
        lambda work: end_pledge(work, pledge_number, number),
    )
    return _("Pledge %(number)s has ended.", number=pledge_number)


def _tell(act: Callable[[], str]) -> None:
    """Do something and say how it went, on the page it is shown on."""
    try:
        toast(act())
    except DomainError as refusal:
        toast(problem_text(refusal))


def amount_of(form: Any, name: str) -> Decimal | None:
    """Read an amount with a comma or a point; null when it was left empty."""
    text = "".join(form.get(name, "").split()).replace(",", ".")
    if not text:
        return None
    try:
        return Decimal(text)
    except InvalidOperation as problem:
        raise MalformedError(
            f"{text!r} is not an amount. Write it as 1250.50.", field=name
        ) from problem


def _value_body(form: Any) -> dict[str, Any]:
    amount, basis = amount_of(form, "amount"), form.get("basis", "")
    if amount is None or basis not in set(Basis):
        raise MalformedError("Give the value and its basis.", field="amount")
    return {
        "amount": amount,
        "currency": form.get("currency", ""),
        "basis": basis,
        "rate": amount_of(form, "rate"),
        "rate_source": form.get("rate_source", ""),
        "rate_on": day_of(form, "rate_on"),
    }
