"""Change quota rules from a day on; what was before stays in the history."""

from collections.abc import Sequence
from datetime import date

from services.distribution.application.ports import DistributionWork
from services.distribution.domain.dated_rules import DatedRule
from services.distribution.domain.errors import (
    DuplicateLineError,
    EffectiveTooEarlyError,
)
from services.distribution.domain.quota import QuotaRule, check_rule
from services.distribution.domain.quota_defaults import DEFAULT_RULES

ALWAYS = date(2000, 1, 1)
SEEDED_BY = "defaults"


def change_quota_rules(
    rules: Sequence[QuotaRule],
    effective_from: date | None,
    work: DistributionWork,
    *,
    account: str,
) -> dict[str, object]:
    """Add rules or put new terms in place of those with the same code.

    Rules that are not named stay as they are. Raises EffectiveTooEarlyError for
    a day that is over, DuplicateLineError, UnknownBandError or
    MalformedRuleError.
    """
    codes = [rule.rule_code for rule in rules]
    for rule in rules:
        check_rule(rule)
        if codes.count(rule.rule_code) > 1:
            raise DuplicateLineError(rule.rule_code)
    today = work.today()
    since = effective_from or today
    if since < today:
        raise EffectiveTooEarlyError(since, today)
    work.rules.add((DatedRule(rule, since) for rule in rules), account)
    return {
        "effective_from": since.isoformat(),
        "rule_codes": codes,
    }


def seed_quota_rules(work: DistributionWork) -> None:
    """Give a new installation the default rules; harmless at any later start."""
    if work.rules.is_empty():
        work.rules.add((DatedRule(rule, ALWAYS) for rule in DEFAULT_RULES), SEEDED_BY)
