# mypy: disable-error-code="untyped-decorator"
# flask-smorest's decorators carry no types
"""Donors for programs: what the coordinator writes and reads (API.md, donors)."""

from typing import Any

from services.donors.application.announce_gift import AnnounceGift, announce_gift
from services.donors.application.correct_donor import correct_donor
from services.donors.application.make_pledge import MakePledge, make_pledge
from services.donors.application.name_donor import name_donor
from services.donors.application.register_donor import register_donor
from services.donors.application.searches import GiftSearch, PledgeSearch
from services.donors.application.set_earmark import set_earmark
from services.donors.domain.donor import Contact, Donor, DonorKind
from services.donors.domain.promise import Line
from services.donors.entrypoints.answers import gift_answer, lines_answer
from services.donors.entrypoints.api import schemas
from services.donors.entrypoints.api.destinations import add_destination_routes
from services.donors.entrypoints.api.giving import add_giving_routes
from services.donors.entrypoints.api.levels import add_level_routes
from services.donors.entrypoints.api.mine import add_my_routes
from services.donors.entrypoints.api.my_papers import add_my_paper_routes
from services.donors.entrypoints.api.paging import MOMENT_AND_NUMBER, cursor_of
from services.donors.entrypoints.api.webhooks import add_webhook_routes
from services.donors.entrypoints.commands import command
from services.donors.entrypoints.live import Dashboards
from services.donors.wiring import Donors
from shared.web.api import ApiBlueprint, Page
from shared.web.auth import allow
from shared.web.languages import current_language
from shared.web.paging import PagingSchema, decode_cursor


def blueprint(app: Donors, dashboards: Dashboards) -> ApiBlueprint:
    """Make every ``/api/v1`` route of donors."""
    api = ApiBlueprint("donors", "donors", url_prefix="/api/v1")
    _add_donors(api, app)
    _add_correction(api, app)
    _add_pledges(api, app)
    _add_gifts(api, app)
    _add_gift_changes(api, app)
    add_giving_routes(api, app)
    add_level_routes(api, app)
    add_my_routes(api, app, dashboards)
    add_my_paper_routes(api, app)
    add_webhook_routes(api, app)
    add_destination_routes(api, app)
    return api


def _add_donors(api: ApiBlueprint, app: Donors) -> None:
    @api.get("/donors")
    @api.arguments(PagingSchema, location="query")
    @api.response(200, Page.of(schemas.DonorSchema))
    @allow("coordinator")
    def list_donors(query: dict[str, Any]) -> dict[str, Any]:
        """List the donors by code."""
        after = decode_cursor(query["cursor"], str)
        rows, following = app.queries.donors(query["limit"], after)
        return {"items": rows, "next": cursor_of(following)}

    @api.post("/donors")
    @api.arguments(schemas.NewDonorSchema)
    @api.response(201, schemas.DonorCodeSchema)
    @allow("coordinator")
    def post_donor(body: dict[str, Any]) -> Any:
        """Register a donor."""
        contact = Contact(**body["contact"]) if body["contact"] else None
        donor = Donor(
            donor_code=body["donor_code"],
            name=body["name"],
            kind=DonorKind(body["kind"]),
            language=body["language"],
            contact=contact,
        )
        command_id = body["command_id"] or app.ids.new_id()
        return app.perform(
            command("register_donor", body, command_id),
            lambda work: register_donor(work, donor),
        )


def _add_correction(api: ApiBlueprint, app: Donors) -> None:
    @api.post("/donors/<donor_code>/correction")
    @api.arguments(schemas.DonorCorrectionSchema)
    @api.response(200, schemas.DonorCodeSchema)
    @allow("coordinator")
    def post_correction(body: dict[str, Any], donor_code: str) -> Any:
        """Correct the name and kind a donor was registered with."""
        name, kind = body["name"], DonorKind(body["kind"])
        return app.perform(
            command(f"correct_donor {donor_code}", body),
            lambda work: correct_donor(work, donor_code, name, kind),
        )


def _add_pledges(api: ApiBlueprint, app: Donors) -> None:
    @api.get("/pledges")
    @api.arguments(PagingSchema, location="query")
    @api.response(200, Page.of(schemas.PledgeSchema))
    @allow("coordinator")
    def list_pledges(query: dict[str, Any]) -> dict[str, Any]:
        """List the pledges, newest first."""
        after = decode_cursor(query["cursor"], *MOMENT_AND_NUMBER)
        found = app.pledges.page(PledgeSearch(), query["limit"], after)
        items = [_pledge_answer(row) for row in found.rows]
        return {"items": items, "next": cursor_of(found.next_key)}

    @api.post("/pledges")
    @api.arguments(schemas.NewPledgeSchema)
    @api.response(201, schemas.PledgeNumberSchema)
    @allow("coordinator")
    def post_pledge(body: dict[str, Any]) -> Any:
        """Make a pledge."""
        wish = MakePledge(body["donor_code"], body["due_on"], _lines(body["lines"]))
        return app.perform(
            command("make_pledge", body), lambda work: make_pledge(work, wish)
        )


def _add_gifts(api: ApiBlueprint, app: Donors) -> None:
    @api.get("/gifts")
    @api.arguments(schemas.GiftQuery, location="query")
    @api.response(200, Page.of(schemas.ProgrammeGiftSchema))
    @allow("coordinator")
    def list_gifts(query: dict[str, Any]) -> dict[str, Any]:
        """List the gifts with what became of them, newest first."""
        after = decode_cursor(query["cursor"], *MOMENT_AND_NUMBER)
        search = GiftSearch(donor_code=query["donor_code"])
        page = app.queries.gifts(query["limit"], after, search)
        catalogue, language = app.queries.catalogue(), current_language()
        items = [gift_answer(each, catalogue, language) for each in page.accounts]
        return {"items": items, "next": cursor_of(page.next_key)}

    @api.post("/gifts")
    @api.arguments(schemas.NewGiftSchema)
    @api.response(201, schemas.GiftNumberSchema)
    @allow("coordinator")
    def post_gift(body: dict[str, Any]) -> Any:
        """Announce a gift, so that it may be received and allocated."""
        wish = AnnounceGift(
            donor_code=body["donor_code"],
            expected=_lines(body["expected"]),
            earmark=body["earmark"],
            pledge_number=body["pledge_number"],
        )
        return app.perform(
            command("announce_gift", body), lambda work: announce_gift(work, wish)
        )

    @api.get("/gifts/<gift_number>")
    @api.response(200, schemas.ProgrammeGiftSchema)
    @allow("coordinator")
    def get_gift(gift_number: str) -> dict[str, Any]:
        """Give one gift with what became of it."""
        account = app.queries.gift(gift_number)
        return gift_answer(account, app.queries.catalogue(), current_language())


def _add_gift_changes(api: ApiBlueprint, app: Donors) -> None:
    @api.post("/gifts/<gift_number>/earmark")
    @api.arguments(schemas.NewEarmarkSchema)
    @api.response(200, schemas.EarmarkSchema)
    @allow("coordinator")
    def post_earmark(body: dict[str, Any], gift_number: str) -> Any:
        """Set the earmark of all that is still undecided of a gift."""
        return app.perform(
            command(f"set_earmark {gift_number}", body),
            lambda work: set_earmark(work, gift_number, body["earmark"]),
        )

    @api.post("/gifts/<gift_number>/donor")
    @api.arguments(schemas.NamedDonorSchema)
    @api.response(200, schemas.GiftDonorSchema)
    @allow("coordinator")
    def post_donor_of_gift(body: dict[str, Any], gift_number: str) -> Any:
        """Name the donor of a walk-in gift."""
        return app.perform(
            command(f"name_donor {gift_number}", body),
            lambda work: name_donor(work, gift_number, body["donor_code"]),
        )


def _pledge_answer(row: Any) -> dict[str, Any]:
    return {
        "pledge_number": row.pledge_number,
        "donor_code": row.donor_code,
        "due_on": row.due_on,
        "pledged_at": row.pledged_at,
        "lines": lines_answer(row.lines),
        "state": row.state.value,
        "gift_number": row.gift_number,
    }


def _lines(lines: list[dict[str, Any]]) -> list[Line]:
    return [Line(line["product_code"], line["quantity"]) for line in lines]
