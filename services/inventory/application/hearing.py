"""What inventory does when donors announces a gift or changes its earmark."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from services.inventory.application.kits.mark_kits import mark_kits
from services.inventory.application.ports.work import Work
from services.inventory.domain.gift import Gift
from shared.contracts.donors_v1 import EarmarkSet, ExpectedLine, GiftAnnounced


def expect_gift(fact: GiftAnnounced, work: Work) -> None:
    """Know a gift; what was received before its announcement is free now.

    An earmark that was set since goes before the one announced, in whatever
    order the two arrive.
    """
    gift = work.gifts.lock(fact.gift_number, work.clock.now())
    earmark = gift.earmark if gift.earmark_version else fact.earmark
    work.receiving.expect(fact.gift_number, _summed(fact.expected))
    _spread(work, replace(gift, is_known=True, earmark=earmark), fact.donor_code)


def _summed(lines: Iterable[ExpectedLine]) -> Mapping[str, int]:
    sums: Counter[str] = Counter()
    for line in lines:
        sums[line.product_code] += line.quantity
    return sums


def set_earmark(fact: EarmarkSet, work: Work) -> None:
    """Take over the newest earmark of a gift for all of its lots."""
    gift = work.gifts.lock(fact.gift_number, work.clock.now())
    if fact.version > gift.earmark_version:
        _spread(work, replace(gift, earmark=fact.earmark, earmark_version=fact.version))


def _spread(work: Work, gift: Gift, donor_code: str | None = None) -> None:
    """Store a gift and let each of its lots follow it."""
    work.gifts.save(gift, **({"donor_code": donor_code} if donor_code else {}))
    lot_ids = work.lots.of_gift(gift.gift_number)
    work.ledger.open(lot_ids)
    for lot_id in lot_ids:
        lot = work.ledger.of(lot_id).lot
        follows = replace(lot, earmark=gift.earmark, awaits_gift=not gift.is_known)
        if follows != lot:
            work.ledger.change(follows)
    mark_kits(work, lot_ids)


INBOUND_USE_CASES: Mapping[str, Callable[[Any, Work], None]] = {
    "donors.gift_announced.v1": expect_gift,
    "donors.earmark_set.v1": set_earmark,
}
"""The use case each message of donors starts, given its fact."""
