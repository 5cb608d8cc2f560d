"""The coordinator's pages of thanks, periods, earmarks at risk and contracts."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from functools import cache
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from services.donors.application.fund_gift import drop_contract, keep_contract
from services.donors.application.thank_donor import MAIL
from services.donors.domain.contract import Contract, FundingSource
from services.donors.domain.giving_errors import NothingToReceiptError
from services.donors.entrypoints.api.giving_work import (
    gaps_by_source,
    groups_of,
    period,
    receipt,
    thank,
)
from services.donors.entrypoints.dashboard import gift_view
from services.donors.entrypoints.pages.acting import Shown, done, shown_again
from services.donors.entrypoints.pages.forms import amount_of, day_of, form_command
from services.donors.entrypoints.papers.giving import (
    acknowledgement,
    packed,
)
from services.donors.entrypoints.papers.giving_pdfs import made_receipt
from services.donors.entrypoints.words.giving import SOURCES, warning_text
from services.donors.entrypoints.words.refusals import refusal_text
from services.donors.entrypoints.words.terms import names_of_donors
from services.donors.wiring import Donors
from shared.database.commands import Command
from shared.kernel.clock import local_day
from shared.kernel.errors import DomainError, MalformedError
from shared.web.auth import allow, current_principal
from shared.web.languages import current_language
from shared.web.pages import toast
from shared.web.words import gettext as _
from shared.web.words import ngettext

BULK_MAX = 200


def giving_pages(app: Donors) -> Blueprint:
    """Make the pages; the auditor may read them."""
    made = Blueprint("giving", __name__, template_folder="../../templates")
    _add_thanks(made, app)
    _add_bulk(made, app)
    _add_fulfilment(made, app)
    _add_earmarks(made, app)
    _add_contracts(made, app)
    return made


def _add_thanks(made: Blueprint, app: Donors) -> None:
    @made.get("/thanks")
    @allow("coordinator")
    def thanks() -> str:
        """List the gifts that wait for thanks."""
        catalogue, language = app.queries.catalogue(), current_language()
        papers = app.giving.waiting_for_thanks()
        return render_template(
            "donors/thanks.html",
            waiting=[
                (paper, gift_view(paper.account, catalogue, language))
                for paper in papers
            ],
            names=names_of_donors(app.queries),
            sends_mail=app.letters.sends_mail,
            all_ticked=request.args.get("tick") == "all",
            command_id=app.ids.new_id(),
        )


def _add_bulk(made: Blueprint, app: Donors) -> None:
    @made.post("/thanks")
    @allow("coordinator")
    def post_thanks() -> Shown:
        """Do one thing for all ticked gifts: write, print, or note as thanked."""
        numbers = request.form.getlist("gift_number")[:BULK_MAX]
        act = request.form.get("act", "")
        if not numbers:
            toast(_("Tick at least one gift."))
            return redirect(url_for("giving.thanks"), 303)
        if act == "letters":
            return packed(_letters(app, numbers), "thanks")
        if act == "receipts":
            return packed(_receipts(app, numbers), "receipts")
        if act not in {"mail", "paper", "spoken"}:
            raise MalformedError("Choose what to do with the gifts.", field="act")
        _thank_all(app, numbers, act)
        return redirect(url_for("giving.thanks"), 303)


def _thank_all(app: Donors, numbers: list[str], way: str) -> None:
    done, refused = 0, []
    catalogue = cache(app.queries.catalogue)
    for number in numbers:
        try:
            if way == MAIL:
                _receipt_if_any(app, number)
            command = _bulk_command(app, f"thank {number}")
            thank(app, command, number, way, catalogue)
            done += 1
        except DomainError as problem:
            refused.append(f"{number}: {refusal_text(problem)}")
    said = ngettext("Thanked for %(num)s gift.", "Thanked for %(num)s gifts.", done)
    toast(" ".join([said, *refused]))


def _receipt_if_any(app: Donors, number: str) -> None:
    """Issue the receipt a letter names; goods that may not be told yet have none."""
    with suppress(NothingToReceiptError):
        receipt(app, _bulk_command(app, f"receipt {number}"), number)


def _bulk_command(app: Donors, action: str) -> Command:
    account = str(current_principal().account_id)
    return Command(app.ids.new_id(), account, action, {})


def _letters(app: Donors, numbers: list[str]) -> Mapping[str, bytes]:
    catalogue, now = app.queries.catalogue(), app.clock.now()
    return {
        paper.account.gift_number: acknowledgement(paper, catalogue, now)
        for paper in app.giving.papers(numbers)
    }


def _receipts(app: Donors, numbers: list[str]) -> Mapping[str, bytes]:
    """Issue what can be receipted; what came to nothing is left out."""
    for number in numbers:
        _receipt_if_any(app, number)
    catalogue = app.queries.catalogue()
    return {
        paper.receipt.receipt_number: made_receipt(
            app, paper.receipt, paper.donor, catalogue
        )
        for paper in app.giving.papers(numbers)
        if paper.receipt
    }


def _add_fulfilment(made: Blueprint, app: Donors) -> None:
    @made.get("/fulfilment")
    @allow("coordinator")
    def fulfilment() -> Shown:
        """Add up what became of gifts, by donor, funding source and period."""

        def of_period() -> str:
            wish = day_of(request.args, "since"), day_of(request.args, "until")
            return _fulfilment_page(app, *period(app, *wish))

        this_year = period(app, None, None)
        return shown_again(
            of_period, lambda error: _fulfilment_page(app, *this_year, error)
        )


def _fulfilment_page(
    app: Donors, since: date, until: date, error: str | None = None
) -> str:
    return render_template(
        "donors/fulfilment.html",
        groups=groups_of(app, since, until),
        since=since,
        until=until,
        asked=request.args,
        sources={each.value: word for each, word in SOURCES.items()},
        names=names_of_donors(app.queries),
        error=error,
        counted_at=app.clock.now(),
    )


def _add_earmarks(made: Blueprint, app: Donors) -> None:
    @made.get("/earmarks")
    @allow("coordinator")
    def earmarks() -> str:
        """List gifts in stock whose earmark may leave them unused."""
        catalogue, language = app.queries.catalogue(), current_language()
        return render_template(
            "donors/earmarks.html",
            gifts=[
                (
                    gift_view(each.account, catalogue, language),
                    [warning_text(one, catalogue) for one in each.warnings],
                )
                for each in app.giving.earmarks_at_risk()
            ],
            names=names_of_donors(app.queries),
            counted_at=app.clock.now(),
        )


def _add_contracts(made: Blueprint, app: Donors) -> None:
    @made.get("/contracts")
    @allow("coordinator")
    def contracts() -> str:
        """List funding contracts with the gaps between them."""
        return _contracts_page(app)

    @made.post("/contracts")
    @allow("coordinator")
    def post_contract() -> Shown:
        """Keep a contract."""

        def keep() -> str:
            contract = _contract_of(request.form)
            answer = app.perform(
                form_command("keep_contract", request.form),
                lambda work: keep_contract(work, contract),
            )
            return _("Kept: %(number)s", number=answer["contract_number"])

        back = url_for("giving.contracts")
        return done(keep, back, lambda error: _contracts_page(app, error))

    @made.post("/contracts/<contract_number>/drop")
    @allow("coordinator")
    def post_contract_drop(contract_number: str) -> Shown:
        """Forget a contract that was kept by mistake."""

        def drop() -> str:
            app.perform(
                form_command(f"drop_contract {contract_number}", request.form),
                lambda work: drop_contract(work, contract_number),
            )
            return _("Dropped: %(number)s", number=contract_number)

        back = url_for("giving.contracts")
        return done(drop, back, lambda error: _contracts_page(app, error))


def _contracts_page(app: Donors, error: str | None = None) -> str:
    contracts = app.giving.contracts()
    today = local_day(app.clock.now())
    return render_template(
        "donors/contracts.html",
        contracts=contracts,
        paid=app.papers.paid_for(),
        new_id=app.ids.new_id,
        gaps=gaps_by_source(contracts, today),
        today=today,
        sources={each.value: word for each, word in SOURCES.items()},
        choices=[
            (each.value, word)
            for each, word in SOURCES.items()
            if each is not FundingSource.NONE
        ],
        names=names_of_donors(app.queries),
        error=error,
        form=request.form,
        command_id=app.ids.new_id(),
    )


def _contract_of(form: Any) -> Contract:
    starts_on, ends_on = day_of(form, "starts_on"), day_of(form, "ends_on")
    source = form.get("source", "")
    if starts_on is None or ends_on is None:
        raise MalformedError("Give the first and the last day.", field="starts_on")
    if source not in set(FundingSource):
        raise MalformedError("Choose who pays.", field="source")
    amount = amount_of(form, "amount")
    return Contract(
        contract_number="",
        donor_code=form.get("donor_code", ""),
        source=FundingSource(source),
        title=form.get("title", "").strip(),
        starts_on=starts_on,
        ends_on=ends_on,
        amount=amount,
        currency=form.get("currency", "KZT").strip().upper() if amount else None,
    )
