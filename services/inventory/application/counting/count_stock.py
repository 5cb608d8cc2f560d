"""Set the books of a place to what was counted there."""

from dataclasses import replace
from uuid import UUID

from services.inventory.application.ports.work import Count, Work
from services.inventory.application.scanning.goods import (
    Applied,
    ScannedGoods,
    account_at,
    lot_at,
    movement_of,
)
from services.inventory.domain.attention import CountBelowReservedError
from services.inventory.domain.ledger import LotAccounts
from services.inventory.domain.movement import SUPPLY, Movement, Reason, loss

COUNT_LOSS = loss(Reason.COUNT_MINUS)


def count_stock(work: Work, goods: ScannedGoods) -> Applied:
    """Record a count outside any sheet; the difference is booked under its id.

    Units that turn up undo the lot's earlier count losses first; the rest counts
    as received (DOMAIN.md 2.2).
    """
    account = account_at(work, goods.line.location_code, "location_code")
    accounts = lot_at(work, goods, account)
    balance = accounts.balance(account)
    if goods.units < balance.reserved:
        raise CountBelowReservedError(
            lot_number=accounts.lot.lot_number,
            counted=goods.units,
            reserved=balance.reserved,
        )
    posted = _differences(work, goods, accounts, account)
    work.records.add_count(
        Count(
            count_id=goods.line.scan_id,
            lot_id=accounts.lot.lot_id,
            account=account,
            expected=balance.on_hand,
            counted=goods.units,
            counted_at=goods.line.occurred_at,
            recorded_by=goods.account,
        ),
        work.clock.now(),
    )
    return Applied(accounts.lot.lot_id, posted[0].movement_id if posted else None)


def turn_up(
    work: Work, accounts: LotAccounts, draft: Movement, reason: Reason
) -> list[Movement]:
    """Post units that turned up: first out of count losses, then from outside."""
    lost = min(draft.quantity, accounts.balance(COUNT_LOSS).on_hand)
    parts = ((COUNT_LOSS, lost), (SUPPLY, draft.quantity - lost))
    return [
        work.ledger.post(
            replace(
                draft,
                movement_id=work.ids.new_id(),
                source=source,
                quantity=quantity,
                reason=reason,
            )
        )
        for source, quantity in parts
        if quantity
    ]


def _differences(
    work: Work, goods: ScannedGoods, accounts: LotAccounts, account: str
) -> list[Movement]:
    difference = goods.units - accounts.balance(account).on_hand
    if difference == 0:
        return []
    draft = _draft(work, goods, accounts.lot.lot_id, account, abs(difference))
    if difference > 0:
        return turn_up(work, accounts, draft, Reason.COUNT_PLUS)
    return [
        work.ledger.post(
            replace(draft, source=account, target=COUNT_LOSS, reason=Reason.COUNT_MINUS)
        )
    ]


def _draft(
    work: Work, goods: ScannedGoods, lot_id: UUID, account: str, quantity: int
) -> Movement:
    counted = replace(goods, units=quantity)
    return replace(
        movement_of(work, counted, lot_id, SUPPLY, account),
        document=str(goods.line.scan_id),
    )
