"""Finish what a scan lacked, or lay it aside with a reason."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from services.inventory.application.ports.work import WaitingScan, Work
from services.inventory.application.scanning.answers import (
    Answer,
    applied_answer,
    waiting_answer,
)
from services.inventory.application.scanning.goods import Action
from services.inventory.application.scanning.learn_code import is_unknown, learn_code
from services.inventory.application.scanning.line import checked_quantity
from services.inventory.application.scanning.read_scans import (
    ReadScan,
    goods_of,
    known_products,
)
from services.inventory.application.scanning.record import restored, written
from services.inventory.domain.attention import UnknownPackError, WaitsForPersonError
from shared.kernel.errors import DomainError, NotFoundError
from shared.kernel.free_text import check_free_text
from shared.kernel.gs1 import GTIN


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
    ``by_coordinator``: whoever says it may say how many units a code means, and judge
    what came back.
    """

    scan_id: UUID
    account: str
    entered: Mapping[str, Any]
    discard_reason: str | None = None
    by_coordinator: bool = False


@dataclass(frozen=True, slots=True)
class _Settling:
    """One wish on its way through the waiting scans of its code."""

    work: Work
    wish: ResolveAttention
    actions: Mapping[str, Action]

    def apply(self, scan: ReadScan, account: str) -> Answer:
        # of other scans of the code the coordinator saw nothing
        judged = self.wish.by_coordinator and scan.line.scan_id == self.wish.scan_id
        products = known_products(self.work, [scan])
        goods = goods_of(scan, account, products, is_judged=judged)
        second = judged and self.wish.account != account
        goods = replace(goods, is_consented=second)
        return applied_answer(self.actions[goods.line.action](self.work, goods))

    def finish(self, scan_id: UUID, result: Answer) -> None:
        self.work.scans.resolve(
            scan_id,
            result,
            resolved_at=self.work.clock.now(),
            resolved_by=self.wish.account,
            discard_reason=self.wish.discard_reason,
        )


def resolve_attention(
    work: Work, wish: ResolveAttention, actions: Mapping[str, Action]
) -> dict[str, Any]:
    """Apply a waiting scan with what was entered, or discard it.

    The goods are booked for whoever scanned them. What is still lacking refuses
    with its code; the scan then goes on waiting. A person who says what an unknown
    code is teaches the catalogue, and every waiting scan of that code is tried
    again; how many units a code means has to be confirmed by a coordinator.
    """
    waiting = work.scans.waiting(wish.scan_id)
    if waiting is None:
        raise NotWaitingError(wish.scan_id)
    settling = _Settling(work, wish, actions)
    if wish.discard_reason:
        check_free_text("discard_reason", wish.discard_reason)
        result: Answer = {"status": "discarded"}
        settling.finish(wish.scan_id, result)
    else:
        result = _settle(settling, waiting)
    return {
        "scan_id": str(wish.scan_id),
        "action": waiting.line["action"],
        **result,
    }


def _settle(settling: _Settling, waiting: WaitingScan) -> Answer:
    scan = restored(waiting, **settling.wish.entered)
    if not is_unknown(settling.work, scan):
        return _finished(settling, waiting, scan)
    if scan.is_proposed_pack and not settling.wish.by_coordinator:
        return _propose(settling.work, waiting, scan)
    if learn_code(settling.work, scan):
        result = _tried(settling, waiting, scan, WaitsForPersonError)
        return {**result, **_settle_others(settling, waiting, scan, {})}
    result = _finished(settling, waiting, _counted_in_units(scan))
    if not GTIN(scan.gtin or "").is_restricted:
        return result
    said = {
        "product_code": scan.line.product_code,
        "pack_quantity": scan.line.pack_quantity,
    }
    return {**result, **_settle_others(settling, waiting, scan, said)}


def _finished(settling: _Settling, waiting: WaitingScan, scan: ReadScan) -> Answer:
    result = settling.apply(scan, waiting.account)
    settling.finish(waiting.scan_id, result)
    return result


def _propose(work: Work, waiting: WaitingScan, scan: ReadScan) -> Answer:
    """Keep what a volunteer says of a code for a coordinator to confirm.

    Raises UnknownProductError while nobody has said whose code it is.
    """
    try:
        known_products(work, [scan]).of(scan)
    except UnknownPackError as need:
        work.scans.wait_on(_lacking(waiting, scan, need), waiting_answer(need))
    return {"status": "proposed"}


def _settle_others(
    settling: _Settling, waiting: WaitingScan, scan: ReadScan, said: Mapping[str, Any]
) -> Answer:
    """Try every other scan of the code again; what still lacks something waits."""
    results = {
        other.scan_id: _tried(
            settling, other, _counted_in_units(restored(other, **said)), DomainError
        )
        for other in settling.work.scans.waiting_of_gtin(str(scan.gtin))
        if other.scan_id != waiting.scan_id
    }
    applied = [
        str(scan_id)
        for scan_id, result in results.items()
        if result["status"] == "applied"
    ]
    return {"also_applied": applied} if applied else {}


def _tried(
    settling: _Settling,
    waiting: WaitingScan,
    scan: ReadScan,
    kept_by: type[DomainError],
) -> Answer:
    """Finish a scan, or keep it waiting under the reason it has now."""
    try:
        with settling.work.attempt():
            return _finished(settling, waiting, scan)
    except kept_by as need:
        result = waiting_answer(need)
        settling.work.scans.wait_on(_lacking(waiting, scan, need), result)
        return result


def _lacking(waiting: WaitingScan, scan: ReadScan, need: DomainError) -> WaitingScan:
    return replace(waiting, code=need.code, detail=need.detail, line=written(scan))


def _counted_in_units(scan: ReadScan) -> ReadScan:
    """Multiply by what a person says one pack holds, where no code may say it.

    Numbers of other companies are in no catalogue, so it has to be in the line.
    """
    said = scan.line.pack_quantity
    if said is None or not scan.gtin or not GTIN(scan.gtin).is_restricted:
        return scan
    units = checked_quantity(scan.line.quantity * said)
    line = replace(scan.line, quantity=units, pack_quantity=None)
    return replace(scan, line=line)
