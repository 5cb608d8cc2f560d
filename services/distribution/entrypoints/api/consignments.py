# mypy: disable-error-code="untyped-decorator"
# flask-smorest's decorators carry no types
"""Consignments and handovers for programs."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from services.distribution.application.hand_over import hand_over
from services.distribution.application.load_consignment import (
    describe_transport,
    tick_off,
)
from services.distribution.application.plan_consignment import (
    cancel_consignment,
    move_consignment,
    plan_consignment,
)
from services.distribution.application.set_gate import set_receiver_policy
from services.distribution.domain.consignment import DriverRole, Transport
from services.distribution.domain.handover import (
    GateLine,
    HandOver,
    Receiver,
    ReceiverPolicy,
    ReceiverRole,
    RefusalReason,
)
from services.distribution.entrypoints.api import answers_delivering as answers
from services.distribution.entrypoints.api import schema_parts as parts
from services.distribution.entrypoints.api import schemas_giving
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
    _add_changing(api, app)
    _add_loading(api, app)
    _add_gates(api, app)
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
                transport=way_of(body),
            ),
        )


def _add_changing(api: ApiBlueprint, app: Distribution) -> None:
    @api.post(NUMBER + "/move")
    @api.arguments(schemas_giving.GoesOnSchema)
    @api.response(200, answers.ConsignmentAnswer)
    @allow("coordinator")
    def move(body: dict[str, Any], consignment_number: str) -> Any:
        """Let a consignment that has not left go on another day."""
        return app.perform(
            command(f"move_consignment {consignment_number}", body),
            lambda work: move_consignment(consignment_number, body["planned_on"], work),
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


def _add_loading(api: ApiBlueprint, app: Distribution) -> None:
    @api.put(NUMBER + "/transport")
    @api.arguments(schemas_giving.TransportSchema)
    @api.response(200, answers.ConsignmentAnswer)
    @allow("coordinator")
    def put_transport(body: dict[str, Any], consignment_number: str) -> Any:
        """Keep vehicle, driver's role, packages, weight and seals."""
        transport = transport_of(body)
        return app.perform(
            command(f"describe_transport {consignment_number}", body),
            lambda work: describe_transport(consignment_number, transport, work),
        )

    @api.post(NUMBER + "/packing-scans")
    @api.arguments(schemas_giving.PackingScanSchema)
    @api.response(200, answers.ConsignmentAnswer)
    @allow("coordinator", "outreach")
    def post_packing_scan(body: dict[str, Any], consignment_number: str) -> Any:
        """Tick off what the label of a bag or of a lot stands for."""
        whose = scope()
        return app.perform(
            command(f"tick_off {consignment_number}", body),
            lambda work: tick_off(
                consignment_number,
                body["raw"],
                body["quantity"],
                work,
                scope=whose,
                tick_id=body["command_id"],
            ),
        )


def way_of(body: Mapping[str, Any]) -> Transport:
    """Read vehicle and driver's role; either may be unknown yet."""
    role = body["driver_role"]
    return Transport(body["vehicle"], DriverRole(role) if role else None)


def transport_of(body: Mapping[str, Any]) -> Transport:
    """Read what a request says of the way, packages and seals with it."""
    return replace(
        way_of(body),
        packages=body["packages"],
        gross_weight_grams=body["gross_weight_grams"],
        bags={
            (line["unit_code"], line["product_code"], line["lot_id"]): tuple(
                line["bag_ids"]
            )
            for line in body["bags"]
        },
    )


def _add_gates(api: ApiBlueprint, app: Distribution) -> None:
    @api.put("/facilities/<string:facility_code>/gate")
    @api.arguments(schemas_giving.GatePolicySchema)
    @api.response(200, answers.GateAnswer)
    @allow("coordinator")
    def put_gate(body: dict[str, Any], facility_code: str) -> Any:
        """Say whether role and service number of a receiving officer are kept."""
        policy, who = ReceiverPolicy(body["receiver_policy"]), account()
        return app.perform(
            command(f"set_receiver_policy {facility_code}", body),
            lambda work: set_receiver_policy(facility_code, policy, work, account=who),
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
            receiver=receiver_of(body),
            is_from_paper=body["is_from_paper"],
        )
        whose, who = scope(), account()
        return app.perform(
            command(f"hand_over {consignment_number}", body),
            lambda work: hand_over(seen, work, scope=whose, account=who),
        )


def receiver_of(body: Mapping[str, Any]) -> Receiver:
    """Read what a request says of who took the goods."""
    role = body["receiver_role"]
    return Receiver(ReceiverRole(role) if role else None, body["receiver_number"])


def _gate_line(line: dict[str, Any]) -> GateLine:
    given = line["refusal_reason"]
    reason = RefusalReason.read(given) if given else None
    return GateLine(**{**line, "refusal_reason": reason})
