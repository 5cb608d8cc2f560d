"""What counts: the totals inventory states of each lot, and goods refused.

Every other message explains; only these two change a donor's numbers.
"""

from services.donors.application.ports import Gift, Left, Work
from services.donors.domain.donor import ANONYMOUS, ANONYMOUS_CODE
from services.donors.domain.fulfilment import Refusal
from services.donors.domain.lot_state import LotState, LotStatus
from services.donors.domain.totals import Totals
from shared.contracts.distribution_v1 import AllocationApproved
from shared.contracts.envelope import Envelope
from shared.contracts.inventory_v1 import GoodsRefused, StockChanged, WalkInGiftOpened
from shared.kernel.clock import local_day

MICROSECONDS = 1_000_000


def hear_stock_changed(work: Work, fact: StockChanged, envelope: Envelope) -> None:
    """Keep the newest state of a lot, whatever order states arrive in.

    Raises UnbalancedTotalsError for totals that do not add up.
    """
    state = LotState(
        lot_id=fact.lot_id,
        version=fact.version,
        changed_on=local_day(envelope.recorded_at),
        gift_number=fact.gift_number,
        product_code=fact.product_code,
        lot_status=LotStatus(fact.lot_status),
        expires_on=fact.expires_on,
        received_on=fact.received_on,
        earmark=fact.earmark,
        available=fact.available,
        totals=_totals(fact),
    )
    if fact.contents:
        contents = {part.lot_id: part.quantity for part in fact.contents}
        work.lots.keep_contents(fact.lot_id, contents)
    if work.lots.keep(state):
        note_unless_late(work, fact.gift_number, fact.product_code)


def hear_goods_refused(work: Work, fact: GoodsRefused, envelope: Envelope) -> None:
    """Add to what was refused of a gift, once for each refusal."""
    refusal = Refusal(fact.product_code, fact.quantity, fact.reason)
    day = local_day(envelope.recorded_at)
    work.story.refuse(fact.refusal_id, fact.gift_number, refusal, day)
    note_unless_late(work, fact.gift_number, fact.product_code)


def hear_walk_in_gift_opened(
    work: Work, fact: WalkInGiftOpened, envelope: Envelope
) -> None:
    """Open a gift of the anonymous donor for goods that came without a number."""
    if work.gifts.find(fact.gift_number) is not None:
        return
    work.donors.add(ANONYMOUS, work.now)
    work.gifts.add(
        Gift(
            gift_number=fact.gift_number,
            donor_code=ANONYMOUS_CODE,
            earmark=None,
            earmark_version=0,
            is_walk_in=True,
            announced_at=envelope.occurred_at,
        )
    )
    work.changes.note(ANONYMOUS_CODE)


def hear_allocation_approved(
    work: Work, fact: AllocationApproved, envelope: Envelope
) -> None:
    """Keep why free goods were not given: it answers why they are still here."""
    told_at = envelope.recorded_at
    version = int(told_at.timestamp() * MICROSECONDS)
    touched = work.lots.leave(
        [
            Left(each.lot_id, local_day(told_at), version, each.reason)
            for each in fact.left
        ]
    )
    for gift_number, product_code in sorted(touched):
        note_unless_late(work, gift_number, product_code)


def note_unless_late(work: Work, gift_number: str, product_code: str) -> None:
    """Wake the donor's open dashboards, unless these goods are shown late.

    A wake-up at the moment of an event would tell the moment, even without a
    number.
    """
    donor_code = work.world.may_wake(gift_number, product_code)
    if donor_code is not None:
        work.changes.note(donor_code)


def _totals(fact: StockChanged) -> Totals:
    return Totals(
        received=fact.received,
        in_stock=fact.in_stock,
        reserved=fact.reserved,
        in_transit=fact.in_transit,
        accepted=fact.accepted,
        lost=fact.lost,
        returned=fact.returned,
        lost_by_reason={
            reason: fact.lost_by_reason[reason]
            for reason in sorted(fact.lost_by_reason)
        },
    )
