"""Quota rules as rows; every change is a row of its own."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, select

from services.distribution.adapters.tables.asking import QUOTA_RULES
from services.distribution.domain.dated_rules import DatedRule, in_force
from services.distribution.domain.quota import QuotaRule, RuleBook, Size


class SqlQuotaRules:
    """Keeps the rules with their history; a day's rules are read once a work."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now
        self._known: list[DatedRule] | None = None

    def on(self, day: date) -> RuleBook:
        return in_force(self.history(), day)

    def history(self) -> list[DatedRule]:
        """Give every version by the day it holds from, of one day the last last."""
        if self._known is None:
            self._known = [read_rule(row) for row in self._rows()]
        return self._known

    def add(self, rules: Iterable[DatedRule], recorded_by: str) -> None:
        self._known = None
        for each in rules:
            code = each.rule.rule_code
            version = self._connection.scalar(
                select(func.coalesce(func.max(QUOTA_RULES.c.version), 0) + 1).where(
                    QUOTA_RULES.c.rule_code == code
                )
            )
            self._connection.execute(
                QUOTA_RULES.insert().values(
                    **terms_of(each.rule),
                    rule_code=code,
                    version=version,
                    effective_from=each.effective_from,
                    recorded_by=recorded_by,
                    recorded_at=self._now,
                )
            )

    def is_empty(self) -> bool:
        return not self._connection.scalar(
            select(func.count()).select_from(QUOTA_RULES)
        )

    def _rows(self) -> Iterable[Any]:
        return self._connection.execute(
            QUOTA_RULES.select().order_by(
                QUOTA_RULES.c.effective_from, QUOTA_RULES.c.version
            )
        )


def terms_of(rule: QuotaRule) -> dict[str, Any]:
    """Write the terms of a rule as they are kept and shown."""
    return {
        "product_code": rule.product_code,
        "bands": list(rule.bands),
        "numerator": rule.numerator,
        "denominator": rule.denominator,
        "per_days": rule.per_days,
        "unit_kind": rule.unit_kind,
        "sizes": [asdict(size) for size in rule.sizes],
        "is_once": rule.is_once,
        "state_supplied_percent": rule.state_supplied_percent,
        "is_on": rule.is_on,
    }


def read_rule(row: Any) -> DatedRule:
    """Read a rule off its row."""
    rule = QuotaRule(
        rule_code=row.rule_code,
        product_code=row.product_code,
        bands=tuple(row.bands),
        numerator=row.numerator,
        denominator=row.denominator,
        per_days=row.per_days,
        unit_kind=row.unit_kind,
        sizes=tuple(Size(**size) for size in row.sizes),
        is_once=row.is_once,
        state_supplied_percent=row.state_supplied_percent,
        is_on=row.is_on,
    )
    return DatedRule(rule, row.effective_from)
