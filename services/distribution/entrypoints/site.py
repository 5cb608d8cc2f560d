"""The web face of distribution: its routes, its menu and its refusals in words."""

from collections.abc import Sequence

from flask import Blueprint

from services.distribution.entrypoints.api.blueprint import blueprint
from services.distribution.entrypoints.pages.blueprint import page_blueprints
from services.distribution.entrypoints.words.refusals import REFUSAL_TEXTS
from services.distribution.wiring import Distribution
from shared.web.navigation import NavigationEntry, entry
from shared.web.parts import WebParts
from shared.web.words import _l

__all__ = ["NAVIGATION", "REFUSAL_TEXTS", "TITLE", "blueprints"]

TITLE = "Distribution"

NAVIGATION: Sequence[NavigationEntry] = (
    entry("/distribution/", _l("Home"), "coordinator", "auditor"),
    entry("/distribution/", _l("My units"), "outreach"),
    entry(
        "/distribution/requisitions",
        _l("Requisitions"),
        "coordinator",
        "outreach",
        "auditor",
    ),
    entry(
        "/distribution/authorisations",
        _l("Authorisations"),
        "reviewer",
    ),
    entry("/distribution/runs", _l("Allocation"), "coordinator", "auditor"),
    entry(
        "/distribution/consignments",
        _l("Deliveries"),
        "coordinator",
        "outreach",
        "auditor",
    ),
)
"""At most four for a coordinator: inventory and donors add theirs, six fit."""


def blueprints(service: Distribution, _parts: WebParts) -> Sequence[Blueprint]:
    """Make the routes of distribution; the pages find their service in the app."""
    return [blueprint(service), *page_blueprints(service)]
