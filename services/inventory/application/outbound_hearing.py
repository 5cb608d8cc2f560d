"""What inventory does when distribution plans, sends off, hands over or counts."""

from collections.abc import Callable, Mapping
from typing import Any

from services.inventory.application.forecasting import hear_needs
from services.inventory.application.plan_picks import cancel_picks, plan_picks
from services.inventory.application.ports import Work
from services.inventory.application.release_reservation import release_reservation
from services.inventory.application.reserve_stock import reserve_stock
from services.inventory.application.settle_handover import settle_handover

OUTBOUND_USE_CASES: Mapping[str, Callable[[Any, Work], None]] = {
    "distribution.allocation_approved.v1": reserve_stock,
    "distribution.allocation_cancelled.v1": release_reservation,
    "distribution.consignment_planned.v1": plan_picks,
    "distribution.consignment_cancelled.v1": cancel_picks,
    "distribution.consignment_handed_over.v1": settle_handover,
    "distribution.needs_published.v1": hear_needs,
}
"""The use case each message of distribution starts, given its fact."""
