# mypy: disable-error-code="untyped-decorator"
# flask-smorest's decorators carry no types
"""Quota rules and published needs for programs."""

from typing import Any

from services.distribution.application.change_quota_rules import change_quota_rules
from services.distribution.domain.quota import QuotaRule, Size
from services.distribution.entrypoints.api import answers, schemas
from services.distribution.entrypoints.calling import account, command
from services.distribution.wiring import Distribution
from shared.web.api import ApiBlueprint
from shared.web.auth import allow
from shared.web.paging import cut_page


def add_quota_rules(api: ApiBlueprint, app: Distribution) -> None:
    """Add the routes of quota rules."""

    @api.get("/quota-rules")
    @api.arguments(schemas.RulesQuery, location="query")
    @api.response(200, answers.RulesAnswer)
    @allow("coordinator")
    def get_rules(query: dict[str, Any]) -> Any:
        """Give the rules as they stand, or every version of them."""
        history = app.queries.quota_rule_history
        found = history() if query["history"] else app.queries.quota_rules(query["on"])
        return cut_page(found, query, "rule_code", "version")

    @api.put("/quota-rules")
    @api.arguments(schemas.QuotaRulesSchema)
    @api.response(200, answers.RulesChangedAnswer)
    @allow("coordinator")
    def put_rules(body: dict[str, Any]) -> Any:
        """Add or replace rules from a day on; what was before stays in history."""
        rules = [_rule(each) for each in body["rules"]]
        who = account()
        return app.perform(
            command("change_quota_rules", body),
            lambda work: change_quota_rules(
                rules, body["effective_from"], work, account=who
            ),
        )

    @api.get("/needs")
    @api.response(200, answers.NeedsAnswer)
    @allow("coordinator")
    def get_needs() -> Any:
        """Give the programme-wide needs as they were published last."""
        return app.queries.needs()


def _rule(body: dict[str, Any]) -> QuotaRule:
    sizes = tuple(Size(**each) for each in body["sizes"])
    return QuotaRule(**{**body, "bands": tuple(body["bands"]), "sizes": sizes})
