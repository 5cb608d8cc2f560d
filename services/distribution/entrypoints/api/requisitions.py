# mypy: disable-error-code="untyped-decorator"
# flask-smorest's decorators carry no types
"""Requisitions for programs."""

import json
from typing import Any
from uuid import UUID, uuid5

from services.distribution.application.decide_requisition import (
    approve_requisition,
    cancel_requisition,
)
from services.distribution.application.submit_requisition import (
    SubmitRequisition,
    submit_requisition,
)
from services.distribution.domain.errors import DuplicateLineError
from services.distribution.entrypoints.api import answers, schemas
from services.distribution.entrypoints.api import schema_parts as parts
from services.distribution.entrypoints.calling import (
    NEWEST_FIRST,
    account,
    asked,
    command,
    page,
    scope,
)
from services.distribution.wiring import Distribution
from shared.web.api import ApiBlueprint, Page
from shared.web.auth import allow


def add_requisitions(api: ApiBlueprint, app: Distribution) -> None:
    """Add the routes of requisitions."""
    _add_reads(api, app)
    _add_submission(api, app)
    _add_decisions(api, app)


def _add_reads(api: ApiBlueprint, app: Distribution) -> None:
    @api.get("/requisitions")
    @api.arguments(schemas.RequisitionsQuery, location="query")
    @api.response(200, Page.of(answers.RequisitionAnswer))
    @allow("coordinator", "outreach")
    def list_requisitions(query: dict[str, Any]) -> Any:
        """List requisitions, newest first; an outreach team sees its own units'."""
        wanted = asked(query, *NEWEST_FIRST, whose=scope())
        return page(app.queries.requisitions(wanted))

    @api.get("/requisitions/<uuid:requisition_id>")
    @api.response(200, answers.RequisitionAnswer)
    @allow("coordinator", "outreach")
    def get_requisition(requisition_id: UUID) -> Any:
        """Give one requisition with how far each line has come."""
        return app.queries.requisition(requisition_id, scope())


def _add_submission(api: ApiBlueprint, app: Distribution) -> None:
    @api.post("/requisitions")
    @api.arguments(schemas.RequisitionSchema)
    @api.response(201, answers.RequisitionAnswer)
    @allow("coordinator", "outreach")
    def post_requisition(body: dict[str, Any]) -> Any:
        """Submit a requisition, or keep it as a draft."""
        wish = SubmitRequisition(
            requisition_id=body["requisition_id"],
            unit_code=body["unit_code"],
            needed_by=body["needed_by"],
            lines=[(each["product_code"], each["quantity"]) for each in body["lines"]],
            is_draft=body["draft"],
            reasons={
                each["product_code"]: each["reason"]
                for each in body["lines"]
                if each["reason"]
            },
            delivery_on=body["delivery_on"],
        )
        whose, who = scope(), account()
        return app.perform(
            command("submit_requisition", body, _command_id(body)),
            lambda work: submit_requisition(wish, work, scope=whose, account=who),
        )


def _command_id(body: dict[str, Any]) -> UUID:
    """Give the command's id; the requisition's own stands for its submission.

    A draft may be kept many times before it is submitted under the same
    requisition id, so each content of a draft is a command of its own.
    """
    given: UUID | None = body["command_id"]
    requisition_id: UUID = body["requisition_id"]
    if given is not None or not body["draft"]:
        return given or requisition_id
    return uuid5(requisition_id, json.dumps(body, default=str, sort_keys=True))


def _add_decisions(api: ApiBlueprint, app: Distribution) -> None:
    @api.post("/requisitions/<uuid:requisition_id>/approve")
    @api.arguments(schemas.ApproveRequisitionSchema)
    @api.response(200, answers.RequisitionAnswer)
    @allow("coordinator")
    def approve(body: dict[str, Any], requisition_id: UUID) -> Any:
        """Approve a requisition: it becomes a claim on the next allocation."""
        approved: dict[str, int] = {}
        for line in body["lines"]:
            if line["product_code"] in approved:
                raise DuplicateLineError(line["product_code"])
            approved[line["product_code"]] = line["approved"]
        because = {
            line["product_code"]: line["reason"]
            for line in body["lines"]
            if line["reason"]
        }
        who = account()
        return app.perform(
            command(f"approve_requisition {requisition_id}", body),
            lambda work: approve_requisition(
                requisition_id, approved, work, account=who, because=because
            ),
        )

    @api.post("/requisitions/<uuid:requisition_id>/cancel")
    @api.arguments(parts.CancelSchema)
    @api.response(200, answers.RequisitionAnswer)
    @allow("coordinator", "outreach")
    def cancel(body: dict[str, Any], requisition_id: UUID) -> Any:
        """Take a requisition back."""
        whose = scope()
        return app.perform(
            command(f"cancel_requisition {requisition_id}", body),
            lambda work: cancel_requisition(
                requisition_id, body["reason"], work, scope=whose
            ),
        )
