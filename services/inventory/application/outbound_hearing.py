"""What inventory does when distribution plans, moves, hands over or counts."""

from collections.abc import Callable, Mapping
from typing import Any

from services.inventory.application.ahead.forecasting import hear_needs
from services.inventory.application.holding.release_reservation import (
    release_reservation,
)
from services.inventory.application.holding.reserve_stock import reserve_stock
from services.inventory.application.outbound.plan_picks import (
    cancel_picks,
    move_picks,
    plan_picks,
)
from services.inventory.application.outbound.settle_handover import settle_handover
from services.inventory.application.ports.work import Work

OUTBOUND_USE_CASES: Mapping[str, Callable[[Any, Work], None]] = {
    "distribution.allocation_approved.v1": reserve_stock,
    "distribution.allocation_cancelled.v1": release_reservation,
    "distribution.consignment_planned.v1": plan_picks,
    "distribution.consignment_moved.v1": move_picks,
    "distribution.consignment_cancelled.v1": cancel_picks,
    "distribution.consignment_handed_over.v1": settle_handover,
    "distribution.needs_published.v1": hear_needs,
}
"""The use case each message of distribution starts, given its fact."""
