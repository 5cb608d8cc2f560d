"""What inventory shows of itself to people: menu, words, pages and API."""

from collections.abc import Sequence

from flask import Blueprint

from services.inventory.entrypoints.api.blueprint import blueprint
from services.inventory.entrypoints.pages.blueprint import pages
from services.inventory.entrypoints.pages.papers import documents
from services.inventory.entrypoints.words.refusals import REFUSAL_TEXTS
from services.inventory.wiring import Inventory
from shared.web.navigation import entry
from shared.web.parts import WebParts
from shared.web.words import _l

__all__ = ["NAVIGATION", "REFUSAL_TEXTS", "TITLE", "blueprints"]

TITLE = "Inventory"

NAVIGATION = [
    entry("/inventory/quarantine", _l("Quarantine"), "reviewer"),
    entry("/inventory/scan", _l("Scan"), "volunteer"),
    entry("/inventory/stock", _l("Stock"), "volunteer", "reviewer", "coordinator"),
    entry("/inventory/attention", _l("Attention"), "volunteer"),
    entry("/inventory/work", _l("Warehouse"), "volunteer", "reviewer", "coordinator"),
    entry("/inventory/pick-lists", _l("Pick lists"), "volunteer"),
]
"""The coordinator has four entries in distribution and one in donors; six fit the
bar. The rest of the warehouse's pages are cards of ``site_work.py``."""


def blueprints(service: Inventory, _: WebParts) -> Sequence[Blueprint]:
    """Give everything inventory answers: programs first, then people, then paper."""
    return [
        blueprint(service),
        pages(service),
        documents(service),
    ]
