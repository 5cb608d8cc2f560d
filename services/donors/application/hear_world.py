"""What the other services tell of products, units and needs."""

from services.donors.application.ports import Work
from shared.contracts.distribution_v1 import NeedsPublished, UnitRegistered
from shared.contracts.envelope import Envelope
from shared.contracts.inventory_v1 import ProductRegistered


def hear_product_registered(
    work: Work, fact: ProductRegistered, _envelope: Envelope
) -> None:
    """Keep the newest state of a product; its holders see the new name."""
    if work.world.keep_product(fact):
        work.changes.note_holders(fact.product_code)


def hear_unit_registered(work: Work, fact: UnitRegistered, _envelope: Envelope) -> None:
    """Keep the newest state of a unit: which facilities can use an earmark."""
    work.world.keep_unit(fact)


def hear_needs_published(work: Work, fact: NeedsPublished, _envelope: Envelope) -> None:
    """Keep the newest list of needs."""
    work.world.keep_needs(fact)
