"""Freeze a month: what was previewed becomes what donors are told, for good."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from services.donors.application.masking_ports import (
    FrozenMonth,
    MaskingWork,
    Months,
)
from services.donors.domain.delay import FREEZE_AFTER_DAYS, may_be_frozen_through
from services.donors.domain.errors_of_months import (
    MonthAlreadyFrozenError,
    MonthChangedError,
    MonthOutOfOrderError,
    MonthTooYoungError,
    NothingToFreezeError,
    ThresholdTooLowError,
)
from services.donors.domain.masking.delivery import THRESHOLD, THRESHOLD_MIN
from services.donors.domain.masking.freezing import (
    Snapshot,
    freeze,
    last_of,
    next_month,
)
from shared.kernel.clock import local_day

THRESHOLD_MAX = 1000


@dataclass(frozen=True, slots=True)
class Preview:
    """What freezing a month would tell; ``fingerprint`` names exactly this."""

    month: date
    threshold: int
    from_day: date
    is_due: bool
    snapshots: Mapping[str, Snapshot]

    @property
    def fingerprint(self) -> str:
        """Give a name that changes with any told line and what it rests on."""
        told = {
            donor: asdict(snapshot)
            for donor, snapshot in sorted(self.snapshots.items())
        }
        text = json.dumps([self.threshold, told], sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class FreezeMonth:
    """The wish: this month, as it was shown under this fingerprint."""

    month: date
    threshold: int
    fingerprint: str


def next_to_freeze(months: Months) -> date | None:
    """Give the month whose turn it is; null before the first delivery."""
    newest = months.newest()
    return months.oldest_delivery() if newest is None else next_month(newest.month)


def usual_threshold(months: Months) -> int:
    """Give the threshold that was last decided on, else that of DOMAIN.md 5.3."""
    newest = months.newest()
    return THRESHOLD if newest is None else newest.threshold


def preview(months: Months, today: date, threshold: int | None = None) -> Preview:
    """Show what the month whose turn it is would tell; changes nothing.

    Raises NothingToFreezeError and ThresholdTooLowError.
    """
    month = next_to_freeze(months)
    if month is None:
        raise NothingToFreezeError
    chosen = usual_threshold(months) if threshold is None else threshold
    if not THRESHOLD_MIN <= chosen <= THRESHOLD_MAX:
        raise ThresholdTooLowError(chosen)
    policy = months.policy(chosen)
    snapshots = {
        donor: freeze(month, known, policy)
        for donor, known in sorted(months.known(month).items())
    }
    return Preview(
        month=month,
        threshold=chosen,
        from_day=last_of(month) + timedelta(days=FREEZE_AFTER_DAYS),
        is_due=last_of(month) <= may_be_frozen_through(today),
        snapshots=snapshots,
    )


def freeze_month(work: MaskingWork, wish: FreezeMonth, account: str) -> dict[str, Any]:
    """Freeze a month as it was previewed.

    Months are frozen in order and none is left out, so that every correction has
    a month to stand in. Raises MonthTooYoungError, MonthOutOfOrderError,
    MonthAlreadyFrozenError, MonthChangedError when something was heard since the
    preview, and what ``preview`` raises.
    """
    shown = preview(work.months, local_day(work.now), wish.threshold)
    # asked after the preview, which may rest on a month somebody froze meanwhile
    newest = work.months.newest()
    if newest is not None and wish.month <= newest.month:
        raise MonthAlreadyFrozenError(wish.month)
    if wish.month != shown.month:
        raise MonthOutOfOrderError(wish.month, shown.month)
    if not shown.is_due:
        raise MonthTooYoungError(wish.month, shown.from_day)
    if wish.fingerprint != shown.fingerprint:
        raise MonthChangedError(wish.month)
    frozen = FrozenMonth(wish.month, wish.threshold, account, work.now)
    if not work.months.keep(frozen, shown.snapshots):
        raise MonthAlreadyFrozenError(wish.month)
    return {
        "month": wish.month.strftime("%Y-%m"),
        "threshold": wish.threshold,
        "lines": sum(len(each.lines) for each in shown.snapshots.values()),
    }
