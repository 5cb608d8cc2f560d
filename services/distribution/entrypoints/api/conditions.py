# mypy: disable-error-code="untyped-decorator"
# flask-smorest's decorators carry no types
"""Conditions of a run and what policy keeps back, for programs."""

from datetime import date
from typing import Any
from uuid import UUID

from services.distribution.application.keep_reserve import keep_reserve
from services.distribution.domain.conditions import Conditions
from services.distribution.domain.reserve import Reserve, ReserveReason
from services.distribution.entrypoints.api import answers, schemas_giving
from services.distribution.entrypoints.calling import account, command
from services.distribution.wiring import Distribution
from shared.web.api import ApiBlueprint
from shared.web.auth import allow


def add_conditions(api: ApiBlueprint, app: Distribution) -> None:
    """Add the routes of what-if, of taking it over, and of reserves."""
    _add_what_if(api, app)
    _add_reserves(api, app)


def _add_what_if(api: ApiBlueprint, app: Distribution) -> None:
    @api.post("/allocation-runs/<uuid:run_id>/products/<product_code>/what-if")
    @api.arguments(schemas_giving.WhatIfSchema)
    @api.response(200, answers.WhatIfAnswer)
    @allow("coordinator")
    def try_conditions(body: dict[str, Any], run_id: UUID, product_code: str) -> Any:
        """Say what a product would be under other conditions; nothing is kept."""
        conditions = Conditions.from_json(body["conditions"])
        return app.what_if(run_id, product_code, conditions)

    @api.route(
        "/allocation-runs/<uuid:run_id>/products/<product_code>/conditions",
        methods=["PUT"],
    )
    @api.arguments(schemas_giving.TakeSchema)
    @api.response(200, answers.RunAnswer)
    @allow("coordinator")
    def take_conditions(body: dict[str, Any], run_id: UUID, product_code: str) -> Any:
        """Share a product of a proposal out again, under these conditions."""
        conditions = Conditions.from_json(body["conditions"])
        action = f"share_again {run_id} {product_code}"
        by_product = {product_code: conditions}
        return app.share_again(command(action, body), run_id, by_product)


def _add_reserves(api: ApiBlueprint, app: Distribution) -> None:
    @api.get("/reserves")
    @api.response(200, answers.ReservesAnswer)
    @allow("coordinator")
    def list_reserves() -> Any:
        """List every reserve ever set, the newest first."""
        return {"items": app.page_reads.reserves()}

    @api.route("/reserves", methods=["PUT"])
    @api.arguments(schemas_giving.ReserveSchema)
    @api.response(200, answers.ReserveAnswer)
    @allow("coordinator")
    def put_reserve(body: dict[str, Any]) -> Any:
        """Keep so much of a product back from a day on; 0 ends it."""
        since: date = body["effective_from"] or app.queries.today()
        reason = ReserveReason(body["reason"])
        reserve = Reserve(body["product_code"], body["quantity"], since, reason)
        return app.perform(
            command("keep_reserve", body),
            lambda work: keep_reserve(reserve, work, account=account()),
        )
