# mypy: disable-error-code="untyped-decorator"
# flask-smorest's decorators carry no types
"""Allocation runs for programs."""

from typing import Any
from uuid import UUID

from services.distribution.application.approve_run import approve_run
from services.distribution.application.cancel_run import cancel_run
from services.distribution.application.offer_substitute import (
    Offer,
    offer_substitute,
)
from services.distribution.application.override_lines import override_lines
from services.distribution.application.propose_run import RunWish
from services.distribution.domain.conditions import Conditions
from services.distribution.domain.run import Override
from services.distribution.entrypoints.api import (
    answers,
    schemas_giving,
    schemas_needing,
)
from services.distribution.entrypoints.api import schema_parts as parts
from services.distribution.entrypoints.calling import (
    NEWEST_FIRST,
    account,
    asked,
    command,
    page,
)
from services.distribution.wiring import Distribution
from shared.web.api import ApiBlueprint, Page
from shared.web.auth import allow


def add_runs(api: ApiBlueprint, app: Distribution) -> None:
    """Add the routes of allocation runs."""
    _add_reads(api, app)
    _add_proposal(api, app)
    _add_decisions(api, app)


def _add_reads(api: ApiBlueprint, app: Distribution) -> None:
    @api.get("/allocation-runs")
    @api.arguments(schemas_giving.RunsQuery, location="query")
    @api.response(200, Page.of(answers.RunHeadAnswer))
    @allow("coordinator")
    def list_runs(query: dict[str, Any]) -> Any:
        """List allocation runs, newest first."""
        return page(app.queries.runs(asked(query, *NEWEST_FIRST)))

    @api.get("/allocation-runs/<uuid:run_id>")
    @api.response(200, answers.RunAnswer)
    @allow("coordinator")
    def get_run(run_id: UUID) -> Any:
        """Give one run with every line and its reasons."""
        return app.queries.run(run_id)

    @api.get("/allocation-runs/<uuid:run_id>/changes")
    @api.response(200, answers.SinceAnswer)
    @allow("coordinator")
    def get_changes(run_id: UUID) -> Any:
        """Say which units closed and whose due moved since it was worked out."""
        return app.page_reads.since(run_id)


def _add_proposal(api: ApiBlueprint, app: Distribution) -> None:
    @api.post("/allocation-runs")
    @api.arguments(schemas_giving.RunSchema)
    @api.response(201, answers.RunAnswer)
    @allow("coordinator")
    def post_run(body: dict[str, Any]) -> Any:
        """Propose a fair split of what is free among what is approved and open."""
        codes = body["product_codes"]
        wish = RunWish(
            run_id=body["run_id"],
            handover_on=body["handover_on"] or app.queries.today(),
            product_codes=None if codes is None else tuple(dict.fromkeys(codes)),
            conditions={
                code: Conditions.from_json(each)
                for code, each in body["conditions"].items()
            },
        )
        return app.propose(command("propose_run", body, wish.run_id), wish)

    @api.route("/allocation-runs/<uuid:run_id>/lines", methods=["PATCH"])
    @api.arguments(schemas_giving.OverrideSchema)
    @api.response(200, answers.OverriddenAnswer)
    @allow("coordinator")
    def patch_lines(body: dict[str, Any], run_id: UUID) -> Any:
        """Override lines with a reason; the proposed number stays beside it."""
        overrides = [Override.read(**line) for line in body["lines"]]
        return app.perform(
            command(f"override_lines {run_id}", body),
            lambda work: override_lines(run_id, overrides, work),
        )

    @api.post("/allocation-runs/<uuid:run_id>/lines/preview")
    @api.arguments(schemas_giving.PreviewSchema)
    @api.response(200, answers.DecisionAnswer)
    @allow("coordinator")
    def preview_lines(body: dict[str, Any], run_id: UUID) -> Any:
        """Say whose number overriding would change, and how; nothing is kept."""
        looked_at = [Override.read(**line) for line in body["lines"]]
        return app.preview(run_id, looked_at)


def _add_decisions(api: ApiBlueprint, app: Distribution) -> None:
    @api.post("/allocation-runs/<uuid:run_id>/substitutes")
    @api.arguments(schemas_needing.OfferSchema)
    @api.response(200, answers.RequisitionAnswer)
    @allow("coordinator")
    def offer_instead(body: dict[str, Any], run_id: UUID) -> Any:
        """Offer a unit something else for what a proposal leaves open."""
        kept = {key: value for key, value in body.items() if key != "command_id"}
        offer = Offer(run_id, **kept)
        return app.perform(
            command(f"offer_substitute {run_id}", body),
            lambda work: offer_substitute(offer, work),
        )

    @api.post("/allocation-runs/<uuid:run_id>/approve")
    @api.arguments(parts.CommandSchema)
    @api.response(200, answers.RunAnswer)
    @allow("coordinator")
    def approve(body: dict[str, Any], run_id: UUID) -> Any:
        """Promise the lots and ask the warehouse to reserve them."""
        who = account()
        return app.perform(
            command(f"approve_run {run_id}", body),
            lambda work: approve_run(run_id, work, account=who),
        )

    @api.post("/allocation-runs/<uuid:run_id>/cancel")
    @api.arguments(parts.CancelSchema)
    @api.response(200, answers.RunAnswer)
    @allow("coordinator")
    def cancel(body: dict[str, Any], run_id: UUID) -> Any:
        """Call a run off; what it still holds is free again."""
        return app.perform(
            command(f"cancel_run {run_id}", body),
            lambda work: cancel_run(run_id, body["reason"], work),
        )
