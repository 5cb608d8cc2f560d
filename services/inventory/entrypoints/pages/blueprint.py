"""The pages of inventory; ``site.py`` mounts them."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint

from services.inventory.domain.reasons import OTHER
from services.inventory.entrypoints.pages.alerts import AlertPages
from services.inventory.entrypoints.pages.attention import AttentionPages
from services.inventory.entrypoints.pages.cards import shelf_of, signed_amount
from services.inventory.entrypoints.pages.catalogue import CataloguePages
from services.inventory.entrypoints.pages.counts import CountPages
from services.inventory.entrypoints.pages.destructions import DestructionPages
from services.inventory.entrypoints.pages.exports import ExportPages
from services.inventory.entrypoints.pages.forecast import ForecastPages
from services.inventory.entrypoints.pages.imports import ImportPages
from services.inventory.entrypoints.pages.kits import KitPages
from services.inventory.entrypoints.pages.labels import LabelPages
from services.inventory.entrypoints.pages.losses import LossPages
from services.inventory.entrypoints.pages.outbound import PickPages
from services.inventory.entrypoints.pages.places import PlacePages
from services.inventory.entrypoints.pages.put_back import PutBackPages
from services.inventory.entrypoints.pages.quarantine import QuarantinePages
from services.inventory.entrypoints.pages.recall import RecallPages
from services.inventory.entrypoints.pages.receiving import ReceivingPages
from services.inventory.entrypoints.pages.returns import ReturnPages
from services.inventory.entrypoints.pages.scan import ScanPages
from services.inventory.entrypoints.pages.scanner_test import ScannerTestPages
from services.inventory.entrypoints.pages.station import StationPages
from services.inventory.entrypoints.pages.stock import StockPages
from services.inventory.entrypoints.pages.work import WorkPages
from services.inventory.entrypoints.words import terms as words
from services.inventory.entrypoints.words.reasons import REASONS_TO_CHOOSE, reason_word
from services.inventory.entrypoints.words.scanning import short_reason
from services.inventory.wiring import Inventory
from shared.web.units import counted_unit

HELPERS = {
    "name_of": words.name_of,
    "unit_word": counted_unit,
    "category_word": words.category_word,
    "place_word": words.place_word,
    "short_reason": short_reason,
    "signed_amount": signed_amount,
    "shelf_of": shelf_of,
    "earmark_words": words.earmark_words,
    "badges": words.BADGES,
    "reasons": words.REASONS,
    "ago": words.ago,
    "categories": words.CATEGORIES,
    "reasons_to_choose": REASONS_TO_CHOOSE,
    "other_reason": OTHER,
    "good_words": words.GOOD_WORDS,
    "status_filters": words.STATUS_FILTERS,
    "pick_list_states": words.PICK_LIST_STATES,
    "place_options": words.place_options,
    "gift_options": words.gift_options,
    "category_options": words.category_options,
    "unit_options": words.unit_options,
}
FILTERS: Mapping[str, Callable[..., Any]] = {
    "pack_day": words.pack_day,
    "typed_day": words.typed_day,
    "clock_time": words.clock_time,
    "part_of_bar": words.part_of_bar,
    "reason_word": reason_word,
}


def pages(service: Inventory) -> Blueprint:
    """Build the blueprint of every page a person of the warehouse sees."""
    blueprint = Blueprint("pages", __name__, template_folder="../../templates")

    @blueprint.context_processor
    def helpers() -> dict[str, Any]:
        return {**HELPERS, "new_id": service.ids.new_id}

    for name, show in FILTERS.items():
        blueprint.add_app_template_filter(show, name)
    station = ScanPages(service)
    for group in (
        station,
        StationPages(service.scan_substitutes),
        StockPages(service),
        AttentionPages(service, station),
        QuarantinePages(service),
        RecallPages(service),
        ReceivingPages(service),
        ReturnPages(service),
        KitPages(service),
        PlacePages(service),
        PickPages(service, station),
        PutBackPages(service),
        CataloguePages(service),
        ForecastPages(service),
        AlertPages(service),
        ImportPages(service),
        ExportPages(service),
        ScannerTestPages(),
        LabelPages(service),
        CountPages(service),
        LossPages(service),
        DestructionPages(service),
        WorkPages(),
    ):
        group.register(blueprint)
    return blueprint
