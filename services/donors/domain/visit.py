"""What changed for a reader since the last visit: the difference of what was shown.

Only shown numbers are kept and compared, so nothing that is shown late can be told
early here (domain/delay.py), and a replay of all messages changes nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

PAUSE = timedelta(minutes=30)
"""Pages opened closer together than this belong to one visit."""

Shown = Mapping[str, Mapping[str, int]]
"""By gift number, then by word: how many a page showed."""


@dataclass(frozen=True, slots=True)
class Visit:
    """The present visit and what the one before it ended with."""

    seen_at: datetime
    seen: Shown
    before_at: datetime | None
    before: Shown


@dataclass(frozen=True, slots=True)
class Difference:
    """What a gift's numbers moved by; ``is_new`` when it was not there before."""

    gift_number: str
    is_new: bool
    moved: Mapping[str, int]


def visited(last: Visit | None, now: datetime, shown: Shown) -> Visit:
    """Carry a visit on, or begin the next one after a pause."""
    if last is None:
        return Visit(now, shown, None, {})
    if now - last.seen_at < PAUSE:
        return replace(last, seen_at=now, seen=shown)
    return Visit(now, shown, last.seen_at, last.seen)


def differences(visit: Visit) -> Sequence[Difference]:
    """List what moved between two visits, by gift; empty on the first visit."""
    if visit.before_at is None:
        return []
    found = [
        _difference(number, visit.before.get(number), numbers)
        for number, numbers in sorted(visit.seen.items(), reverse=True)
    ]
    return [each for each in found if each.is_new or each.moved]


def _difference(
    gift_number: str, before: Mapping[str, int] | None, now: Mapping[str, int]
) -> Difference:
    known = before or {}
    moved = {word: now[word] - known.get(word, 0) for word in now}
    return Difference(
        gift_number,
        before is None,
        {word: step for word, step in moved.items() if step},
    )
