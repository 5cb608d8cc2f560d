"""Incidents, write-offs and destruction records for programs."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from services.inventory.application.losses.destroy_goods import (
    ConfirmDestruction,
    OpenDestruction,
    cancel_destruction,
    confirm_destruction,
    open_destruction,
)
from services.inventory.application.losses.queries import LossLineView
from services.inventory.application.losses.write_off import (
    DecideWriteOff,
    DescribeIncident,
    RecordWriteOff,
    decide_write_off,
    describe_incident,
    open_incident,
    record_write_off,
    write_off_reason,
)
from services.inventory.application.scanning.line import checked_quantity
from services.inventory.domain.counting import OpenCounts
from services.inventory.domain.incident import (
    CONFIRMING_ROLES,
    Confirmation,
    IncidentFacts,
)
from services.inventory.entrypoints.api import losses_schemas as schemas
from services.inventory.entrypoints.blindness import hidden_from_reader
from services.inventory.entrypoints.commands import account, command, is_coordinator
from services.inventory.wiring import Inventory
from shared.kernel.clock import local_day
from shared.kernel.errors import ForbiddenError
from shared.web.api import ApiBlueprint, Page
from shared.web.auth import allow, current_principal
from shared.web.paging import decode_cursor, encode_cursor

READERS = ("volunteer", "reviewer", "coordinator")


def add_loss_routes(api: ApiBlueprint, app: Inventory) -> None:
    """Add everything about goods that are gone or have to go."""
    _add_incidents(api, app)
    _add_write_offs(api, app)
    _add_decisions(api, app)
    _add_destruction_reads(api, app)
    _add_destructions(api, app)


def role_for(app: Inventory, destruction_number: str, wanted: str | None = None) -> str:
    """Choose the role a person confirms in: one the record does not have yet."""
    roles = [role for role in CONFIRMING_ROLES if current_principal().has_role(role)]
    if wanted is not None:
        if wanted not in roles:
            raise ForbiddenError(f"This account is no {wanted}. Confirm as what it is.")
        return wanted
    taken = app.losses.destruction(destruction_number).first_role
    return next((role for role in roles if role != taken), roles[0])


def _add_incidents(api: ApiBlueprint, app: Inventory) -> None:
    @api.route("/incidents", methods=["POST"])
    @api.arguments(schemas.OpenIncidentSchema)
    @api.response(200, schemas.IncidentNumberSchema)
    @allow("volunteer", "coordinator")
    def report_incident(body: dict[str, Any]) -> Any:
        """Give what happened its number."""
        facts = _facts(body)
        return app.perform(
            command("open_incident", body),
            lambda work: {"incident_number": open_incident(work, facts, account())},
        )

    @api.route("/incidents/<incident_number>/facts", methods=["POST"])
    @api.arguments(schemas.OpenIncidentSchema)
    @api.response(200, schemas.IncidentNumberSchema)
    @allow("coordinator")
    def describe(body: dict[str, Any], incident_number: str) -> Any:
        """Complete an incident that a handover opened."""
        wish = DescribeIncident(incident_number, _facts(body), account())
        return app.perform(
            command(f"describe_incident {incident_number}", body),
            lambda work: describe_incident(work, wish),
        )

    @api.route("/incidents/<incident_number>")
    @api.response(200, schemas.IncidentSchema)
    @allow(*READERS)
    def get_incident(incident_number: str) -> Any:
        """Read a loss report."""
        return app.losses.incident(incident_number)


def _facts(body: dict[str, Any]) -> IncidentFacts:
    return IncidentFacts(**{k: v for k, v in body.items() if k != "command_id"})


def _add_write_offs(api: ApiBlueprint, app: Inventory) -> None:
    @api.route("/write-offs")
    @api.arguments(schemas.WriteOffQuerySchema, location="query")
    @api.response(200, Page.of(schemas.WriteOffSchema))
    @allow(*READERS)
    def list_write_offs(query: dict[str, Any]) -> dict[str, Any]:
        """List write-offs, the newest first."""
        after, limit = decode_cursor(query["cursor"], UUID), query["limit"]
        found = app.losses.write_offs(
            query["status"], after=str(after[0]) if after else None, limit=limit + 1
        )
        shown = found[:limit]
        is_more = len(found) > limit
        following = encode_cursor([shown[-1].write_off_id]) if is_more else None
        return {"items": shown, "next": following}

    @api.route("/write-offs", methods=["POST"])
    @api.arguments(schemas.RecordWriteOffSchema)
    @api.response(200, schemas.WriteOffAnswerSchema)
    @allow("volunteer", "coordinator")
    def write_off(body: dict[str, Any]) -> Any:
        """Record a loss; a volunteer's waits for a coordinator."""
        incident = body["incident"] and IncidentFacts(**body["incident"])
        wish = RecordWriteOff(
            lot_id=body["lot_id"],
            location_code=body["location_code"],
            quantity=checked_quantity(body["quantity"]),
            reason=write_off_reason(body["reason"]),
            account=account(),
            decides=is_coordinator(),
            incident_number=body["incident_number"],
            incident=incident,
        )
        return app.perform(
            command("record_write_off", body), lambda work: record_write_off(work, wish)
        )


def _add_decisions(api: ApiBlueprint, app: Inventory) -> None:
    def decide(body: dict[str, Any], write_off_id: UUID, *, is_approved: bool) -> Any:
        wish = DecideWriteOff(write_off_id, account(), is_approved)
        once = command(f"decide_write_off {write_off_id} {is_approved}", body)
        return app.perform(once, lambda work: decide_write_off(work, wish))

    @api.route("/write-offs/<uuid:write_off_id>/approve", methods=["POST"])
    @api.arguments(schemas.CommandSchema)
    @api.response(200, schemas.WriteOffAnswerSchema)
    @allow("coordinator")
    def approve(body: dict[str, Any], write_off_id: UUID) -> Any:
        """Book a write-off that waits."""
        return decide(body, write_off_id, is_approved=True)

    @api.route("/write-offs/<uuid:write_off_id>/reject", methods=["POST"])
    @api.arguments(schemas.CommandSchema)
    @api.response(200, schemas.WriteOffAnswerSchema)
    @allow("coordinator")
    def reject(body: dict[str, Any], write_off_id: UUID) -> Any:
        """Leave the goods in the books."""
        return decide(body, write_off_id, is_approved=False)


def _add_destruction_reads(api: ApiBlueprint, app: Inventory) -> None:
    @api.route("/destructions")
    @api.arguments(schemas.DestructionQuerySchema, location="query")
    @api.response(200, Page.of(schemas.DestructionSchema))
    @allow(*READERS)
    def list_destructions(query: dict[str, Any]) -> dict[str, Any]:
        """List destruction records, the newest first."""
        after, limit = decode_cursor(query["cursor"], str), query["limit"]
        found = app.losses.destructions(
            query["status"], after=after[0] if after else None, limit=limit + 1
        )
        shown = found[:limit]
        is_more = len(found) > limit
        following = encode_cursor([shown[-1].destruction_number]) if is_more else None
        return {"items": shown, "next": following}

    @api.route("/destructions/due")
    @api.response(200, schemas.ToDestroySchema)
    @allow(*READERS)
    def to_destroy() -> Any:
        """List what is expired or recalled and waits for a record."""
        hidden = hidden_from_reader(app)
        due = app.losses.to_destroy(local_day(app.clock.now()))
        return {"items": [_told(line, hidden) for line in due]}

    @api.route("/destructions/<destruction_number>")
    @api.response(200, schemas.DestructionSchema)
    @allow(*READERS)
    def get_destruction(destruction_number: str) -> Any:
        """Read one destruction record."""
        return app.losses.destruction(destruction_number)


def _told(line: LossLineView, hidden: OpenCounts) -> dict[str, Any]:
    sheet = hidden.of_lot(line.product_code, line.location_code)
    told = {**asdict(line), "counted_on": sheet}
    return {**told, "quantity": None} if sheet else told


def _add_destructions(api: ApiBlueprint, app: Inventory) -> None:
    @api.route("/destructions", methods=["POST"])
    @api.arguments(schemas.OpenDestructionSchema)
    @api.response(200, schemas.OpenedDestructionSchema)
    @allow("volunteer", "reviewer", "coordinator")
    def start(body: dict[str, Any]) -> Any:
        """Start a record; nothing moves before two people confirmed it."""
        wish = OpenDestruction(body["method"], account(), body["lot_ids"])
        return app.perform(
            command("open_destruction", body), lambda work: open_destruction(work, wish)
        )

    one = "/destructions/<destruction_number>"

    @api.route(f"{one}/confirm", methods=["POST"])
    @api.arguments(schemas.ConfirmDestructionSchema)
    @api.response(200, schemas.DestructionStatusSchema)
    @allow("volunteer", "reviewer", "coordinator")
    def confirm(body: dict[str, Any], destruction_number: str) -> Any:
        """Confirm that the goods were destroyed; the second person books it."""
        once = command(f"confirm_destruction {destruction_number}", body)
        role = role_for(app, destruction_number, body["role"])
        wish = ConfirmDestruction(destruction_number, Confirmation(account(), role))
        return app.perform(once, lambda work: confirm_destruction(work, wish))

    @api.route(f"{one}/cancel", methods=["POST"])
    @api.arguments(schemas.CommandSchema)
    @api.response(200, schemas.DestructionStatusSchema)
    @allow("coordinator")
    def cancel(body: dict[str, Any], destruction_number: str) -> Any:
        """Give an open record up."""
        once = command(f"cancel_destruction {destruction_number}", body)
        return app.perform(
            once, lambda work: cancel_destruction(work, destruction_number)
        )
