"""Stock that is there and yet not for everybody: too old, or tied by a donor."""

from collections import Counter
from collections.abc import Iterable

from services.distribution.domain.allocation.award import Award, Reason, ReasonCode
from services.distribution.domain.allocation.problem import Claim, Lot, Problem


class Obstacles:
    """Which lots a claim may not use, and for which of the two causes.

    A lot tied to other groups counts as tied, however old it is. Claims of the
    same groups and needs are told the same.
    """

    def __init__(self, problem: Problem, awards: Iterable[Award]) -> None:
        self._on = problem.handover_on
        self._lots = [lot for lot in problem.lots if lot.quantity]
        self._used: Counter[str] = Counter()
        for award in awards:
            for share in award.lots:
                self._used[share.lot] += share.quantity
        self._told: dict[tuple[frozenset[str], int], tuple[tuple[Reason, ...], bool]]
        self._told = {}

    def reasons(self, claim: Claim) -> tuple[Reason, ...]:
        """SHELF_LIFE and EARMARK, as far as they keep stock from this claim."""
        return self._of(claim)[0]

    def leave_nothing(self, claim: Claim) -> bool:
        """Whether there is stock, but none that suits this claim."""
        return self._of(claim)[1]

    def _of(self, claim: Claim) -> tuple[tuple[Reason, ...], bool]:
        kind = claim.groups, claim.min_days
        if kind not in self._told:
            unsuited = [lot for lot in self._lots if not claim.accepts(lot, self._on)]
            tied = [lot for lot in unsuited if not claim.is_meant_by(lot)]
            old = [lot for lot in unsuited if claim.is_meant_by(lot)]
            reasons = self._shelf_life(claim, old) + _earmark(tied)
            nothing = bool(unsuited) and len(unsuited) == len(self._lots)
            self._told[kind] = reasons, nothing
        return self._told[kind]

    def _shelf_life(self, claim: Claim, lots: list[Lot]) -> tuple[Reason, ...]:
        """Facts of the lots that come closest to lasting long enough."""
        spans = [lot.days_left(self._on) for lot in lots]
        longest = max((days for days in spans if days is not None), default=None)
        if longest is None:
            return ()
        unused = sum(lot.quantity - self._used[lot.id] for lot in lots)
        return (
            Reason(
                ReasonCode.SHELF_LIFE,
                {
                    "unused": unused,
                    "days_left": longest,
                    "days_needed": claim.min_days,
                },
            ),
        )


def _earmark(lots: list[Lot]) -> tuple[Reason, ...]:
    """How much is tied to others; not how much of it they got."""
    if not lots:
        return ()
    tied = sum(lot.quantity for lot in lots)
    return (Reason(ReasonCode.EARMARK, {"quantity": tied}),)
