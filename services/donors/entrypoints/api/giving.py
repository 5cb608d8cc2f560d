# mypy: disable-error-code="untyped-decorator"
# flask-smorest's decorators carry no types
"""Values, receipts, thanks, pledges, contracts and letters for programs."""

from dataclasses import asdict
from typing import Any

from flask import Response

from services.donors.application.end_pledge import end_pledge
from services.donors.application.fund_gift import fund_gift, keep_contract
from services.donors.application.keep_contact import (
    choose_letters,
    keep_contact,
    withdraw_consent,
)
from services.donors.application.move_pledge import move_pledge
from services.donors.application.set_values import set_values
from services.donors.domain.contract import Contract, FundingSource
from services.donors.domain.digest import Cadence
from services.donors.domain.donor import Contact
from services.donors.domain.earmark import Standing
from services.donors.entrypoints.api import giving_schemas as schemas
from services.donors.entrypoints.api.giving_work import (
    gaps_by_source,
    groups_of,
    period,
    receipt,
    thank,
    value_from,
)
from services.donors.entrypoints.api.schemas import CommandSchema, DonorCodeSchema
from services.donors.entrypoints.commands import command
from services.donors.entrypoints.papers.giving_pdfs import (
    receipt_pdf,
    thanks_pdf,
    year_pdf,
)
from services.donors.wiring import Donors
from shared.kernel.clock import local_day
from shared.web.api import ApiBlueprint, Page
from shared.web.auth import allow


def add_giving_routes(api: ApiBlueprint, app: Donors) -> None:
    """Add everything the coordinator's programs do beside gifts and pledges."""
    _add_values(api, app)
    _add_pledges(api, app)
    _add_thanks(api, app)
    _add_papers(api, app)
    _add_funding(api, app)
    _add_fulfilment(api, app)
    _add_earmarks(api, app)
    _add_letters(api, app)


def _add_values(api: ApiBlueprint, app: Donors) -> None:
    @api.post("/gifts/<gift_number>/values")
    @api.arguments(schemas.NewValueSchema)
    @api.response(200, schemas.ValueSchema)
    @allow("coordinator")
    def post_value(body: dict[str, Any], gift_number: str) -> Any:
        """Say what one unit of a gift's product is worth, by estimate."""
        code = body["product_code"]
        values = {code: value_from(body)}
        kept = app.perform(
            command(f"set_value {gift_number}", body),
            lambda work: set_values(work, gift_number, values),
        )
        return {**kept, "product_code": code}

    @api.post("/gifts/<gift_number>/receipt")
    @api.arguments(CommandSchema)
    @api.response(200, schemas.ReceiptNumberSchema)
    @allow("coordinator")
    def post_receipt(body: dict[str, Any], gift_number: str) -> Any:
        """Issue an in-kind receipt for what came."""
        return receipt(app, command(f"receipt {gift_number}", body), gift_number)


def _add_pledges(api: ApiBlueprint, app: Donors) -> None:
    @api.post("/pledges/<pledge_number>/due-day")
    @api.arguments(schemas.NewPledgeDaySchema)
    @api.response(200, schemas.PledgeDaySchema)
    @allow("coordinator")
    def post_pledge_day(body: dict[str, Any], pledge_number: str) -> Any:
        """Give a pledge that has not ended another day."""
        return app.perform(
            command(f"move_pledge {pledge_number}", body),
            lambda work: move_pledge(work, pledge_number, body["due_on"]),
        )

    @api.post("/pledges/<pledge_number>/end")
    @api.arguments(schemas.PledgeEndSchema)
    @api.response(200, schemas.PledgeStateSchema)
    @allow("coordinator")
    def post_pledge_end(body: dict[str, Any], pledge_number: str) -> Any:
        """End a pledge: with the gift it became, or as withdrawn."""
        return app.perform(
            command(f"end_pledge {pledge_number}", body),
            lambda work: end_pledge(work, pledge_number, body["gift_number"]),
        )


def _add_thanks(api: ApiBlueprint, app: Donors) -> None:
    @api.get("/thanks/waiting")
    @api.response(200, Page.of(schemas.WaitingSchema))
    @allow("coordinator")
    def waiting_for_thanks() -> dict[str, Any]:
        """List the gifts whose donors nobody has thanked yet."""
        items = [
            {
                "gift_number": paper.account.gift_number,
                "donor_code": paper.account.donor_code,
                "announced_on": paper.account.announced_on,
                "received": sum(lot.totals.received for lot in paper.account.lots),
                "refused": sum(each.quantity for each in paper.account.refusals),
                "may_be_mailed": paper.donor.contact_email is not None,
            }
            for paper in app.giving.waiting_for_thanks()
        ]
        return {"items": items, "next": None}

    @api.post("/gifts/<gift_number>/thanks")
    @api.arguments(schemas.NewThanksSchema)
    @api.response(200, schemas.ThanksSchema)
    @allow("coordinator")
    def post_thanks(body: dict[str, Any], gift_number: str) -> Any:
        """Thank for a gift: by mail, on paper, or in person."""
        wish = command(f"thank {gift_number}", body)
        return thank(app, wish, gift_number, body["way"], app.queries.catalogue)


def _add_papers(api: ApiBlueprint, app: Donors) -> None:
    @api.get("/gifts/<gift_number>/acknowledgement.pdf")
    @allow("coordinator")
    def acknowledgement_pdf(gift_number: str) -> Response:
        """Give the letter of thanks on paper."""
        return thanks_pdf(app, gift_number)

    @api.get("/receipts/<receipt_number>.pdf")
    @allow("coordinator")
    def get_receipt_pdf(receipt_number: str) -> Response:
        """Give an in-kind receipt as it was issued."""
        return receipt_pdf(app, receipt_number)

    @api.get("/donors/<donor_code>/statement-of-year.pdf")
    @api.arguments(schemas.YearQuery, location="query")
    @allow("coordinator")
    def statement_of_year_pdf(query: dict[str, Any], donor_code: str) -> Response:
        """Give a donor's year: its gifts, what became of them, and values."""
        return year_pdf(app, donor_code, query["year"])


def _add_funding(api: ApiBlueprint, app: Donors) -> None:
    @api.get("/contracts")
    @api.response(200, schemas.ContractsSchema)
    @allow("coordinator")
    def list_contracts() -> dict[str, Any]:
        """List funding contracts by start, and the gaps each source leaves."""
        contracts = app.giving.contracts()
        found = gaps_by_source(contracts, local_day(app.clock.now()))
        uncovered = [{"source": source.value, **asdict(gap)} for source, gap in found]
        items = [asdict(contract) for contract in contracts]
        return {"items": items, "gaps": uncovered, "next": None}

    @api.post("/contracts")
    @api.arguments(schemas.NewContractSchema)
    @api.response(201, schemas.ContractNumberSchema)
    @allow("coordinator")
    def post_contract(body: dict[str, Any]) -> Any:
        """Keep a funding contract."""
        facts = {name: body[name] for name in body if name != "command_id"}
        facts["source"] = FundingSource(body["source"])
        contract = Contract(contract_number="", **facts)
        return app.perform(
            command("keep_contract", body), lambda work: keep_contract(work, contract)
        )

    @api.post("/gifts/<gift_number>/contract")
    @api.arguments(schemas.GiftContractSchema)
    @api.response(200, schemas.FundedSchema)
    @allow("coordinator")
    def post_gift_contract(body: dict[str, Any], gift_number: str) -> Any:
        """Say which contract of its donor paid for a gift."""
        return app.perform(
            command(f"fund_gift {gift_number}", body),
            lambda work: fund_gift(work, gift_number, body["contract_number"]),
        )


def _add_fulfilment(api: ApiBlueprint, app: Donors) -> None:
    @api.get("/fulfilment")
    @api.arguments(schemas.PeriodQuery, location="query")
    @api.response(200, Page.of(schemas.FulfilmentSchema))
    @allow("coordinator")
    def get_fulfilment(query: dict[str, Any]) -> dict[str, Any]:
        """Add up what became of the gifts of a period, by donor and source."""
        found = groups_of(app, *period(app, query["since"], query["until"]))
        items = [
            {
                **asdict(each.totals),
                "donor_code": each.donor_code,
                "source": each.source.value,
                "gifts": each.gifts,
                "announced": each.announced,
                "refused": each.refused,
                "still_to_come": each.still_to_come,
            }
            for each in found
        ]
        return {"items": items, "next": None}


def _add_earmarks(api: ApiBlueprint, app: Donors) -> None:
    @api.get("/earmarks/outlook")
    @api.arguments(schemas.OutlookQuery, location="query")
    @api.response(200, schemas.OutlookSchema)
    @allow("coordinator")
    def get_outlook(query: dict[str, Any]) -> dict[str, Any]:
        """Say what an earmark may cause, before it is set."""
        goods = []
        if query["product_code"] and query["quantity"]:
            named = query["product_code"], query["quantity"], query["expires_on"]
            goods = [Standing(*named)]
        found = app.giving.warnings(query["group"] or None, goods)
        return {"items": [asdict(each) for each in found], "next": None}

    @api.get("/earmarks/at-risk")
    @api.response(200, Page.of(schemas.RiskyGiftSchema))
    @allow("coordinator")
    def get_earmarks_at_risk() -> dict[str, Any]:
        """List gifts in stock whose earmark may leave them unused."""
        items = [
            {
                "gift_number": each.account.gift_number,
                "donor_code": each.account.donor_code,
                "earmark": list(each.account.earmark or ()),
                "warnings": [asdict(one) for one in each.warnings],
            }
            for each in app.giving.earmarks_at_risk()
        ]
        return {"items": items, "next": None}


def _add_letters(api: ApiBlueprint, app: Donors) -> None:
    @api.post("/donors/<donor_code>/contact")
    @api.arguments(schemas.NewContactSchema)
    @api.response(200, DonorCodeSchema)
    @allow("coordinator")
    def post_contact(body: dict[str, Any], donor_code: str) -> Any:
        """Keep a donor's address with the day of consent."""
        contact = Contact(body["email"], body["consented_on"])
        return app.perform(
            command(f"contact {donor_code}", body),
            lambda work: keep_contact(work, donor_code, contact),
        )

    @api.post("/donors/<donor_code>/contact/withdraw")
    @api.arguments(CommandSchema)
    @api.response(200, DonorCodeSchema)
    @allow("coordinator")
    def post_withdrawal(body: dict[str, Any], donor_code: str) -> Any:
        """Delete a donor's address and whatever waits for it."""
        return app.perform(
            command(f"withdraw {donor_code}", body),
            lambda work: withdraw_consent(work, donor_code),
        )

    @api.post("/donors/<donor_code>/letters")
    @api.arguments(schemas.CadenceSchema)
    @api.response(200, schemas.LettersSchema)
    @allow("coordinator")
    def post_cadence(body: dict[str, Any], donor_code: str) -> Any:
        """Say how often a donor is written to."""
        cadence = Cadence(body["cadence"])
        return app.perform(
            command(f"letters {donor_code}", body),
            lambda work: choose_letters(work, donor_code, cadence),
        )
