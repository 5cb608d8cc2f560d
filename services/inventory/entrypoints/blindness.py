"""Whoever counts sees no book of what is being counted, on no page and in no table."""

from services.inventory.domain.counting import OpenCounts, counts_blind
from services.inventory.domain.counting_errors import BeingCountedError
from services.inventory.wiring import Inventory
from shared.web.auth import current_principal


def hidden_from_reader(service: Inventory) -> OpenCounts:
    """Say what to hide from whoever asks; nothing from who does not count blind."""
    if not counts_blind(current_principal().roles):
        return OpenCounts()
    return service.counting.open_counts()


def refuse_counted(service: Inventory, product_code: str) -> None:
    """Raise BeingCountedError where a product's whole card would tell its book."""
    sheet = hidden_from_reader(service).of_product(product_code)
    if sheet is not None:
        raise BeingCountedError(product_code, sheet)
