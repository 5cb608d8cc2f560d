# mypy: disable-error-code="untyped-decorator"
# flask-smorest's decorators carry no types
"""Consignments and handovers for programs."""

from datetime import datetime
from typing import Any

from services.distribution.application.hand_over import HandOver, hand_over
from services.distribution.application.plan_consignment import (
    cancel_consignment,
    plan_consignment,
)
from services.distribution.domain.handover import GateLine, RefusalReason
from services.distribution.entrypoints import answers, schemas_giving
from services.distribution.entrypoints import schema_parts as parts
from services.distribution.entrypoints.calling import (
    account,
    asked,
    command,
    page,
    scope,
)
from services.distribution.wiring import Distribution
from shared.web.api import ApiBlueprint, Page
from shared.web.auth import allow

NUMBER = "/consignments/<string:consignment_number>"


def add_consignments(api: ApiBlueprint, app: Distribution) -> None:
    """Add the routes of consignments."""
    _add_reads(api, app)
    _add_planning(api, app)
    _add_handover(api, app)


def _add_reads(api: ApiBlueprint, app: Distribution) -> None:
    @api.get("/consignments")
    @api.arguments(schemas_giving.ConsignmentsQuery, location="query")
    @api.response(200, Page.of(answers.ConsignmentAnswer))
    @allow("coordinator", "outreach")
    def list_consignments(query: dict[str, Any]) -> Any:
        """List consignments, newest first; outreach sees those wholly its own."""
        wanted = asked(query, datetime, str, whose=scope())
        return page(app.queries.consignments(wanted))

    @api.get(NUMBER)
    @api.response(200, answers.ConsignmentAnswer)
    @allow("coordinator", "outreach")
    def get_consignment(consignment_number: str) -> Any:
        """Give one consignment with its lines and handovers."""
        return app.queries.consignment(consignment_number, scope())


def _add_planning(api: ApiBlueprint, app: Distribution) -> None:
    @api.post("/consignments")
    @api.arguments(schemas_giving.ConsignmentSchema)
    @api.response(201, answers.ConsignmentAnswer)
    @allow("coordinator")
    def post_consignment(body: dict[str, Any]) -> Any:
        """Put everything reserved for a facility on its way together."""
        who = account()
        return app.perform(
            command("plan_consignment", body),
            lambda work: plan_consignment(
                body["facility_code"],
                body["planned_on"],
                body["unit_codes"],
                work,
                account=who,
            ),
        )

    @api.post(NUMBER + "/cancel")
    @api.arguments(parts.CancelSchema)
    @api.response(200, answers.ConsignmentAnswer)
    @allow("coordinator")
    def cancel(body: dict[str, Any], consignment_number: str) -> Any:
        """Take a consignment back that has not left."""
        return app.perform(
            command(f"cancel_consignment {consignment_number}", body),
            lambda work: cancel_consignment(consignment_number, body["reason"], work),
        )


def _add_handover(api: ApiBlueprint, app: Distribution) -> None:
    @api.post(NUMBER + "/handover")
    @api.arguments(schemas_giving.HandoverSchema)
    @api.response(200, answers.ConsignmentAnswer)
    @allow("coordinator", "outreach")
    def post_handover(body: dict[str, Any], consignment_number: str) -> Any:
        """Record what the gate accepted and refused, and what came broken or short."""
        seen = HandOver(
            handover_id=body["command_id"],
            consignment_number=consignment_number,
            occurred_at=body["occurred_at"],
            lines=[_gate_line(line) for line in body["lines"]],
            corrects=body["corrects"],
        )
        whose, who = scope(), account()
        return app.perform(
            command(f"hand_over {consignment_number}", body),
            lambda work: hand_over(seen, work, scope=whose, account=who),
        )


def _gate_line(line: dict[str, Any]) -> GateLine:
    given = line["refusal_reason"]
    reason = RefusalReason.read(given) if given else None
    return GateLine(**{**line, "refusal_reason": reason})
