"""Distribution for programs (API.md, distribution)."""

from services.distribution.entrypoints.api.conditions import add_conditions
from services.distribution.entrypoints.api.consignments import add_consignments
from services.distribution.entrypoints.api.gate import add_gate
from services.distribution.entrypoints.api.needing import add_needing
from services.distribution.entrypoints.api.places import add_places
from services.distribution.entrypoints.api.quota import add_quota_rules
from services.distribution.entrypoints.api.requisitions import add_requisitions
from services.distribution.entrypoints.api.runs import add_runs
from services.distribution.wiring import Distribution
from shared.web.api import ApiBlueprint


def blueprint(app: Distribution) -> ApiBlueprint:
    """Make every ``/api/v1`` route of distribution."""
    api = ApiBlueprint("distribution", "distribution", url_prefix="/api/v1")
    for add in (
        add_places,
        add_quota_rules,
        add_requisitions,
        add_needing,
        add_runs,
        add_conditions,
        add_consignments,
        add_gate,
    ):
        add(api, app)
    return api
