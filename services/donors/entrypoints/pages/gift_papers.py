"""One gift's papers: values, receipt, thanks and who paid; typed input is kept."""

from collections.abc import Callable, Mapping

from flask import Blueprint, render_template, request, url_for

from services.donors.application.fund_gift import fund_gift
from services.donors.application.set_values import set_values
from services.donors.application.thank_donor import WAYS, take_thanks_back
from services.donors.domain.fulfilment import fulfilments
from services.donors.domain.value import Basis, UnitValue
from services.donors.entrypoints.api.giving_work import receipt, thank, value_from
from services.donors.entrypoints.pages.acting import Shown, done
from services.donors.entrypoints.pages.forms import (
    Form,
    amount_of,
    day_of,
    form_command,
)
from services.donors.entrypoints.papers.giving import BASES
from services.donors.entrypoints.papers.giving_pdfs import add_pdfs
from services.donors.entrypoints.words.giving import WAYS_OF_THANKS
from services.donors.entrypoints.words.letters import GiftLetters
from services.donors.entrypoints.words.terms import donor_word, unit_word
from services.donors.wiring import Donors
from shared.kernel.clock import local_day
from shared.kernel.errors import MalformedError
from shared.web.auth import allow
from shared.web.languages import current_language
from shared.web.words import gettext as _

AMOUNT = "amount-"
"""What the field of a product's value is called, before its code."""


def gift_paper_pages(app: Donors) -> Blueprint:
    """Make the page of a gift's papers and what its forms do."""
    made = Blueprint("papers", __name__, template_folder="../../templates")
    _add_page(made, app)
    _add_posts(made, app)
    add_pdfs(made, app)
    return made


def _add_page(made: Blueprint, app: Donors) -> None:
    @made.get("/gifts/<gift_number>/papers")
    @allow("coordinator")
    def gift_papers(gift_number: str) -> str:
        """Show a gift's values, receipts, thanks and who paid for it."""
        return _page(app, gift_number)


def _page(app: Donors, gift_number: str, error: str | None = None) -> str:
    [paper] = app.giving.papers([gift_number])
    catalogue = app.queries.catalogue()
    codes = [each.product_code for each in fulfilments([paper.account])]
    language = current_language()
    words = {code: catalogue.words(code, language) for code in codes}
    known = app.papers.last_values(paper.account.donor_code)
    return render_template(
        "donors/gift_papers.html",
        paper=paper,
        donor_name=donor_word(paper.donor.donor_code, paper.donor.name),
        products=[(code, words[code].name) for code in codes],
        units={code: unit_word(words[code].unit_of_issue) for code in codes},
        offered=_offered(known, [code for code in codes if code not in paper.values]),
        usual=next(iter(known.values()), None),
        bases=[(each.value, word) for each, word in BASES.items()],
        base_words=BASES,
        letter=GiftLetters().thanks(paper, catalogue),
        ways=WAYS_OF_THANKS,
        contracts=app.giving.contracts(paper.account.donor_code),
        sends_mail=app.letters.sends_mail,
        today=local_day(app.clock.now()),
        commands=[app.ids.new_id() for _each in ACTS],
        error=error,
        form=request.form,
    )


def _offered(known: Mapping[str, UnitValue], codes: list[str]) -> Mapping[str, str]:
    """Offer what a product was worth last, where it was stated in the same currency."""
    usual = next(iter(known.values()), None)
    return {
        code: str(known[code].amount)
        for code in codes
        if usual and code in known and known[code].currency == usual.currency
    }


def _keep_values(app: Donors, gift_number: str) -> str:
    values = values_of(request.form)
    app.perform(
        form_command(f"set_values {gift_number}", request.form),
        lambda work: set_values(work, gift_number, values),
    )
    return _("The values are kept.")


def _issue_receipt(app: Donors, gift_number: str) -> str:
    command = form_command(f"receipt {gift_number}", request.form)
    answer = receipt(app, command, gift_number)
    return _("Receipt: %(number)s", number=answer["receipt_number"])


def _thank(app: Donors, gift_number: str) -> str:
    way = request.form.get("way", "")
    if way not in WAYS:
        raise MalformedError("Choose how to thank.", field="way")
    command = form_command(f"thank {gift_number}", request.form)
    thank(app, command, gift_number, way, app.queries.catalogue)
    return _("Thanked for %(number)s.", number=gift_number)


def _take_thanks_back(app: Donors, gift_number: str) -> str:
    app.perform(
        form_command(f"unthank {gift_number}", request.form),
        lambda work: take_thanks_back(work, gift_number),
    )
    return _("Gift %(number)s waits for thanks again.", number=gift_number)


def _book_to_contract(app: Donors, gift_number: str) -> str:
    number = request.form.get("contract_number") or None
    app.perform(
        form_command(f"fund_gift {gift_number}", request.form),
        lambda work: fund_gift(work, gift_number, number),
    )
    return _("Who paid for it is kept.")


ACTS: Mapping[str, Callable[[Donors, str], str]] = {
    "values": _keep_values,
    "receipt": _issue_receipt,
    "thanks": _thank,
    "unthank": _take_thanks_back,
    "contract": _book_to_contract,
}
"""What each form of the page does; it says how it went."""


def _add_posts(made: Blueprint, app: Donors) -> None:
    for name, act in ACTS.items():

        @made.post(f"/gifts/<gift_number>/{name}", endpoint=f"post_{name}")
        @allow("coordinator")
        def post(gift_number: str, act: Callable[[Donors, str], str] = act) -> Shown:
            """Do what the form wishes, or show it again with what it held."""
            return done(
                lambda: act(app, gift_number),
                url_for("papers.gift_papers", gift_number=gift_number),
                lambda error: _page(app, gift_number, error),
            )


def values_of(form: Form) -> Mapping[str, UnitValue]:
    """Read the values of many products in one currency; empty fields are passed over.

    Raises MalformedError and what a value refuses.
    """
    basis = form.get("basis", "")
    if basis not in set(Basis):
        raise MalformedError("Give the basis of the values.", field="basis")
    body = {
        "currency": form.get("currency", ""),
        "basis": basis,
        "rate": amount_of(form, "rate"),
        "rate_source": form.get("rate_source", ""),
        "rate_on": day_of(form, "rate_on"),
    }
    found = {
        name.removeprefix(AMOUNT): value_from({**body, "amount": amount})
        for name in form
        if name.startswith(AMOUNT) and (amount := amount_of(form, name)) is not None
    }
    if not found:
        raise MalformedError("Give the value of at least one product.", field="amount")
    return found
