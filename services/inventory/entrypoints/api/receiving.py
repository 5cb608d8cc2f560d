"""Goods received notes and places for programs."""

from datetime import timedelta
from typing import Any

from services.inventory.application.catalogue.arrange_places import (
    ArrangePlace,
    arrange_place,
)
from services.inventory.application.ports.work import Place
from services.inventory.application.receiving.finish_note import (
    CheckNote,
    FinishNote,
    check_note,
    finish_note,
)
from services.inventory.application.receiving.set_damaged_aside import (
    SetDamagedAside,
    set_damaged_aside,
)
from services.inventory.entrypoints.api import receiving_schemas as schemas
from services.inventory.entrypoints.api.schemas import LocationSchema, MovedSchema
from services.inventory.entrypoints.commands import account, command
from services.inventory.wiring import Inventory
from shared.kernel.clock import local_day
from shared.web.api import ApiBlueprint, Page
from shared.web.auth import allow
from shared.web.paging import PagingSchema

READERS = ("volunteer", "reviewer", "coordinator")
WRITERS = ("volunteer", "coordinator")
NOTES_KEPT_DAYS = 30
"""For so long the list shows notes that are checked; older ones by their number."""


def add_receiving_routes(api: ApiBlueprint, app: Inventory) -> None:
    """Add what is said of a delivery beside its scans."""
    _add_reads(api, app)
    _add_note_steps(api, app)
    _add_damage(api, app)
    _add_places(api, app)


def _add_reads(api: ApiBlueprint, app: Inventory) -> None:
    @api.route("/receiving-notes")
    @api.arguments(PagingSchema, location="query")
    @api.response(200, Page.of(schemas.NoteRowSchema))
    @allow(*READERS)
    def list_notes(query: dict[str, Any]) -> dict[str, Any]:
        """List notes not checked yet and those of the last month, newest first."""
        since = local_day(app.clock.now()) - timedelta(days=NOTES_KEPT_DAYS)
        found = app.receiving.notes(since=since, limit=query["limit"])
        return {"items": found, "next": None}

    @api.route("/receiving-notes/<grn_number>")
    @api.response(200, schemas.NoteSchema)
    @allow(*READERS)
    def get_note(grn_number: str) -> Any:
        """Read a note: what was counted, damaged and refused, and what was expected."""
        return app.receiving.note(grn_number)

    @api.route("/gifts/<gift_number>/expected")
    @api.response(200, Page.of(schemas.ExpectedSchema))
    @allow(*READERS)
    def get_expected(gift_number: str) -> dict[str, Any]:
        """Compare what was announced of a gift with what came."""
        return {"items": app.receiving.expected(gift_number), "next": None}


def _add_note_steps(api: ApiBlueprint, app: Inventory) -> None:
    @api.route("/receiving-notes/<grn_number>/finish", methods=["POST"])
    @api.arguments(schemas.FinishSchema)
    @api.response(200, schemas.NoteStateSchema)
    @allow(*WRITERS)
    def finish(body: dict[str, Any], grn_number: str) -> Any:
        """Close a note; further receipts of its gift open the next one."""
        wish = FinishNote(
            grn_number, account(), body["donor_document"], body["condition"]
        )
        once = command(f"finish_note {grn_number}", body)
        return app.perform(once, lambda work: finish_note(work, wish))

    @api.route("/receiving-notes/<grn_number>/check", methods=["POST"])
    @api.arguments(schemas.CheckSchema)
    @api.response(200, schemas.NoteStateSchema)
    @allow(*READERS)
    def check(body: dict[str, Any], grn_number: str) -> Any:
        """Put a second name under a finished note."""
        wish = CheckNote(grn_number, account())
        once = command(f"check_note {grn_number}", body)
        return app.perform(once, lambda work: check_note(work, wish))


def _add_damage(api: ApiBlueprint, app: Inventory) -> None:
    @api.route("/receiving-notes/<grn_number>/damaged", methods=["POST"])
    @api.arguments(schemas.DamagedSchema)
    @api.response(200, MovedSchema)
    @allow(*WRITERS)
    def damaged(body: dict[str, Any], grn_number: str) -> Any:
        """Set aside what arrived damaged, or give it back."""
        wish = SetDamagedAside(
            grn_number=grn_number,
            lot_id=body["lot_id"],
            location_code=body["location_code"],
            quantity=body["quantity"],
            condition=body["condition"],
            account=account(),
            to_location_code=body["to_location_code"],
        )
        once = command(f"set_damaged_aside {grn_number}", body)
        return app.perform(once, lambda work: set_damaged_aside(work, wish))


def _add_places(api: ApiBlueprint, app: Inventory) -> None:
    @api.route("/locations", methods=["POST"])
    @api.arguments(schemas.PlaceSchema)
    @api.response(200, LocationSchema)
    @allow("coordinator")
    def post_location(body: dict[str, Any]) -> Any:
        """Add a location, rename it or give it its step of the walk."""
        place = Place(
            body["location_code"], body["name"], body["kind"], body["sequence"]
        )
        wish = ArrangePlace(place, account())
        return app.perform(
            command("arrange_place", body), lambda work: arrange_place(work, wish)
        )
