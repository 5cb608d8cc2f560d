"""Why each award is what it is, in codes and facts (DOMAIN 4.4)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from services.distribution.domain.allocation.award import Award, Reason, ReasonCode
from services.distribution.domain.allocation.last_unit import last_units
from services.distribution.domain.allocation.network import Network
from services.distribution.domain.allocation.obstacles import Obstacles
from services.distribution.domain.allocation.problem import Claim, Problem


def explained(
    problem: Problem, network: Network, awards: Sequence[Award]
) -> tuple[Award, ...]:
    """Add the reasons to the awards, the most important first.

    Every award has at least one, zero awards too. The facts are worked out
    here, once, from what was known when the award was made.
    """
    claims = {claim.id: claim for claim in problem.claims}
    explainer = _Explainer(
        obstacles=Obstacles(problem, awards),
        rules=last_units(network, awards),
        cover=_cover([(claims[award.claim], award.quantity) for award in awards]),
    )
    return tuple(
        replace(award, reasons=explainer.reasons(claims[award.claim], award.quantity))
        for award in awards
    )


@dataclass(frozen=True, slots=True)
class _Cover:
    """How far the stock goes round: what all units are shown alike."""

    units: int
    percent: str


@dataclass(frozen=True, slots=True)
class _Explainer:
    """What is known about a whole allocation, told claim by claim."""

    obstacles: Obstacles
    rules: Mapping[str, str]
    cover: _Cover

    def reasons(self, claim: Claim, quantity: int) -> tuple[Reason, ...]:
        if not claim.entitlement:
            facts: dict[str, int | str] = {"requested": claim.requested}
            return (Reason(ReasonCode.NO_ENTITLEMENT, facts),)
        if quantity == claim.cap:
            return _full(claim, quantity) + _capped(claim)
        return self._short(claim, quantity) + _capped(claim)

    def _short(self, claim: Claim, quantity: int) -> tuple[Reason, ...]:
        scarce = (self._scarce(claim, quantity),)
        kept_away = self.obstacles.reasons(claim)
        if self.obstacles.leave_nothing(claim):
            return kept_away + scarce
        return scarce + self._last_unit(claim) + kept_away

    def _scarce(self, claim: Claim, quantity: int) -> Reason:
        held = claim.received + quantity
        return Reason(
            ReasonCode.SCARCE,
            {
                "entitlement": claim.entitlement,
                "received": claim.received,
                "quantity": quantity,
                "share_numerator": held,
                "share_denominator": claim.entitlement,
                "share_percent": percent(held, claim.entitlement),
                "covered_percent": self.cover.percent,
                "units": self.cover.units,
            },
        )

    def _last_unit(self, claim: Claim) -> tuple[Reason, ...]:
        rule = self.rules.get(claim.id)
        return (Reason(ReasonCode.LAST_UNIT, {"rule": rule}),) if rule else ()


def percent(part: int, whole: int) -> str:
    """Whole percent, half up, but 0 and 100 only for nothing and for all."""
    rounded = (200 * part + whole) // (2 * whole)
    if 0 < part < whole:
        rounded = min(99, max(1, rounded))
    return str(rounded)


def _cover(held: Sequence[tuple[Claim, int]]) -> _Cover:
    """Work out the share of all dues that is met once the awards arrive."""
    due = [(claim, quantity) for claim, quantity in held if claim.entitlement]
    met = sum(min(claim.entitlement, claim.received + q) for claim, q in due)
    whole = sum(claim.entitlement for claim, _ in due)
    return _Cover(len(due), percent(met, whole) if whole else "0")


def _full(claim: Claim, quantity: int) -> tuple[Reason, ...]:
    """Nothing to praise where nothing was left to give: then CAP says why."""
    if claim.requested and not quantity:
        return ()
    return (
        Reason(
            ReasonCode.FULL,
            {
                "requested": claim.requested,
                "entitlement": claim.entitlement,
                "received": claim.received,
                "quantity": quantity,
            },
        ),
    )


def _capped(claim: Claim) -> tuple[Reason, ...]:
    due = max(0, claim.entitlement - claim.received)
    if claim.requested <= due:
        return ()
    return (
        Reason(
            ReasonCode.CAP,
            {
                "requested": claim.requested,
                "entitlement": claim.entitlement,
                "received": claim.received,
                "due": due,
            },
        ),
    )
