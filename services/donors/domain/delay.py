"""What a donor sees at once, and what only later (DOMAIN.md 5.3, point 5).

Goods of sensitivity 1 or 2, and goods under an earmark that fewer than three
facilities can satisfy, could tell where a delivery went. Their numbers change
only at midnight in Almaty, and what was dispatched stays in transit until its
month is frozen: by a person who has looked at what will be told, not by the
calendar, so that a page never says more than a snapshot that may be read with it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from services.donors.domain.earmark import FACILITIES_MIN, Earmark, facilities_reached
from services.donors.domain.lot_state import LotState
from services.donors.domain.masking.freezing import last_of
from services.donors.domain.totals import Totals

FREEZE_AFTER_DAYS = 30
GATE_LOSSES = frozenset({"DAMAGED", "LOST"})
"""Losses that may have happened at a gate, so their day could name a delivery."""


@dataclass(frozen=True, slots=True)
class Freezes:
    """On which day in Almaty each month was frozen; months by their first day."""

    days: Mapping[date, date] = field(default_factory=dict)

    def through(self, day: date) -> date:
        """Give the last day of the newest month frozen before a day.

        That is ``date.min`` while none was. A freeze takes effect at the midnight
        after it, as all that is late does.
        """
        months = [month for month, frozen_on in self.days.items() if frozen_on < day]
        return last_of(max(months)) if months else date.min


def must_wait(
    sensitivity: int | None,
    earmarks: Iterable[Earmark],
    groups_of_facilities: Mapping[str, frozenset[str]],
) -> bool:
    """Say whether goods are shown late; a product not heard of yet is.

    ``sensitivity`` is null when the product is not known; ``earmarks`` are all that
    the goods have been under.
    """
    if sensitivity is None or sensitivity > 0:
        return True
    return any(
        facilities_reached(each, groups_of_facilities) < FACILITIES_MIN
        for each in earmarks
    )


def may_be_frozen_through(today: date) -> date:
    """Give the last day of the newest month that ended thirty days ago or more."""
    first = (today - timedelta(days=FREEZE_AFTER_DAYS - 1)).replace(day=1)
    return first - timedelta(days=1)


def as_shown(
    history: Sequence[LotState], today: date, freezes: Freezes
) -> LotState | None:
    """Give a lot as its donor may see it on a day, or null while it is unheard of.

    ``history`` holds the last state of every day on which the lot changed. Three
    things are so: nothing that happened today shows; stock that comes back from a
    gate shows only when its month is frozen; what is unexplained is in transit,
    so the totals still add up.
    """
    past = sorted(
        (state for state in history if state.changed_on < today),
        key=lambda state: state.version,
    )
    if not past:
        return None
    until = freezes.through(today)
    settled = [state.totals for state in past if state.changed_on <= until]
    since = [state.totals for state in past if state.changed_on > until]
    frozen = settled[-1] if settled else Totals()
    return past[-1].with_totals(_veiled(frozen, since))


def _veiled(frozen: Totals, since: Sequence[Totals]) -> Totals:
    last = since[-1] if since else frozen
    in_stock = _never_replenished(frozen, since)
    lost_by_reason = _settled_losses(frozen, last)
    lost = sum(lost_by_reason.values())
    rest = last.received - in_stock - lost - last.returned
    accepted = min(frozen.accepted, rest)
    return Totals(
        received=last.received,
        in_stock=in_stock,
        reserved=min(last.reserved, in_stock),
        in_transit=rest - accepted,
        accepted=accepted,
        lost=lost,
        returned=last.returned,
        lost_by_reason=lost_by_reason,
    )


def _never_replenished(frozen: Totals, since: Sequence[Totals]) -> int:
    """Follow the stock down; only a receipt lets it rise."""
    shown, received = frozen.in_stock, frozen.received
    for totals in since:
        shown = max(0, min(totals.in_stock, shown + totals.received - received))
        received = totals.received
    return shown


def _settled_losses(frozen: Totals, last: Totals) -> dict[str, int]:
    """Take what a gate may have cost as it was frozen; a reason with 0 is a hint."""
    settled = {
        reason: min(quantity, frozen.lost_by_reason.get(reason, 0))
        if reason in GATE_LOSSES
        else quantity
        for reason, quantity in last.lost_by_reason.items()
    }
    return {reason: quantity for reason, quantity in settled.items() if quantity}
