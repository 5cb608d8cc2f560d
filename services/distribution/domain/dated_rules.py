"""Rules in the course of time: each holds from a day on, until its next version."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from services.distribution.domain.quota import QuotaRule, RuleBook


@dataclass(frozen=True, slots=True)
class DatedRule:
    """A rule from a day on, until a later one with its code."""

    rule: QuotaRule
    effective_from: date


@dataclass(frozen=True, slots=True)
class Standing:
    """How a rule stands on a day, and what is entered for later, soonest first.

    ``now`` is None as long as its first day is still to come.
    """

    now: DatedRule | None = None
    ahead: tuple[DatedRule, ...] = ()

    @property
    def shown(self) -> DatedRule:
        """What holds; where nothing does yet, what will hold first."""
        return self.now or self.ahead[0]

    @property
    def following(self) -> tuple[DatedRule, ...]:
        """What takes over from what is shown."""
        return self.ahead if self.now else self.ahead[1:]


def standings(rules: Iterable[DatedRule], on: date) -> Mapping[str, Standing]:
    """Say by its code how each rule stands; of one day's the later entry counts."""
    by_day = {(each.rule.rule_code, each.effective_from): each for each in rules}
    found: dict[str, Standing] = {}
    for code, since in sorted(by_day):
        known, each = found.get(code, Standing()), by_day[code, since]
        found[code] = (
            replace(known, now=each)
            if since <= on
            else replace(known, ahead=(*known.ahead, each))
        )
    return found


def in_force(rules: Iterable[DatedRule], on: date) -> RuleBook:
    """Choose each rule as it stands on a day; those still to come are left out."""
    found = standings(rules, on).values()
    return RuleBook(each.now.rule for each in found if each.now)
