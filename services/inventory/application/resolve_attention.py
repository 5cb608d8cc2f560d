"""Finish what a scan lacked, or lay it aside with a reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.inventory.application.goods import Action, Applied
from services.inventory.application.ports import WaitingScan, Work
from services.inventory.application.read_scans import goods_of, known_products
from services.inventory.application.scan_record import restored
from shared.kernel.errors import NotFoundError


class NotWaitingError(NotFoundError):
    """No scan of this id waits for a person any more."""

    code = "scan_not_waiting"

    def __init__(self, scan_id: UUID) -> None:
        super().__init__(
            f"Scan {scan_id} does not wait for anybody. Load the list again.",
            scan_id=str(scan_id),
        )


@dataclass(frozen=True, slots=True)
class ResolveAttention:
    """What a person says about a waiting scan: what it lacked, or why it is void.

    ``entered`` holds fields of a scan line, JSON-ready; what is absent stays.
    """

    scan_id: UUID
    account: str
    entered: Mapping[str, Any]
    discard_reason: str | None = None


def resolve_attention(
    work: Work, wish: ResolveAttention, actions: Mapping[str, Action]
) -> dict[str, Any]:
    """Apply a waiting scan with what was entered, or discard it.

    The goods are booked for whoever scanned them. What is still lacking refuses
    with the code the scan waits under; the scan then goes on waiting.
    """
    waiting = work.scans.waiting(wish.scan_id)
    if waiting is None:
        raise NotWaitingError(wish.scan_id)
    if wish.discard_reason:
        result: dict[str, Any] = {"status": "discarded"}
    else:
        applied = _apply(work, waiting, wish, actions)
        ids = {"lot_id": applied.lot_id, "movement_id": applied.movement_id}
        known = {name: str(value) for name, value in ids.items() if value}
        result = {"status": "applied", **known}
    work.scans.resolve(
        wish.scan_id,
        result,
        resolved_at=work.clock.now(),
        resolved_by=wish.account,
        discard_reason=wish.discard_reason,
    )
    return {"scan_id": str(wish.scan_id), **result}


def _apply(
    work: Work,
    waiting: WaitingScan,
    wish: ResolveAttention,
    actions: Mapping[str, Action],
) -> Applied:
    scan = restored(waiting, **wish.entered)
    products = known_products(work, [scan])
    goods = goods_of(scan, waiting.account, products)
    return actions[goods.line.action](work, goods)
