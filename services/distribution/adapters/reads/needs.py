"""What the programme needs, worked out and remembered."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from services.distribution.adapters.reads.planning import open_quantities, read_register
from services.distribution.adapters.rows.quota_rules import SqlQuotaRules
from services.distribution.adapters.tables.asking import NUMBERS, PUBLISHED_NEEDS
from shared.database.upsert import insert_or_update


class SqlNeeds:
    """Sums needs over all open units; no place can be read from the result."""

    def __init__(
        self, connection: Connection, now: datetime, rules: SqlQuotaRules
    ) -> None:
        self._connection = connection
        self._now = now
        self._rules = rules

    def lock(self) -> None:
        insert_or_update(self._connection, NUMBERS, {"series": "needs", "last": 0})

    def items(self, on: date) -> list[dict[str, Any]]:
        register = read_register(self._connection, on)
        rules = self._rules.on(on)
        waiting: dict[str, int] = {}
        for (_, code), quantity in open_quantities(self._connection).items():
            waiting[code] = waiting.get(code, 0) + quantity
        found = []
        for code, product in sorted(register.products.items()):
            need = 0
            for unit in register.units.values():
                counted = register.headcounts.get(unit.unit_code)
                bands = counted.bands if counted and not unit.is_closed else None
                due = rules.entitlement(code, unit.kind, bands)
                need += due.quantity if due else 0
            open_quantity = waiting.get(code, 0)
            if (need or open_quantity) and not product.is_never_given:
                found.append(
                    {
                        "product_code": code,
                        "need_per_30_days": need,
                        "open_quantity": open_quantity,
                    }
                )
        return found

    def published(self) -> tuple[int, list[dict[str, Any]]]:
        row = self._connection.execute(
            select(PUBLISHED_NEEDS.c.version, PUBLISHED_NEEDS.c["items"])
            .order_by(PUBLISHED_NEEDS.c.version.desc())
            .limit(1)
        ).one_or_none()
        return (0, []) if row is None else (row[0], row[1])

    def keep(self, version: int, as_of: date, items: list[dict[str, Any]]) -> None:
        self._connection.execute(
            PUBLISHED_NEEDS.insert().values(
                version=version, as_of=as_of, items=items, recorded_at=self._now
            )
        )
