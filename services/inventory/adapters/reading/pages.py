"""SQL behind the stock, quarantine and catalogue pages."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    func,
    literal,
    or_,
    select,
)

from services.inventory.adapters.reading.catalogue import (
    catalogue_conditions,
    product_rows,
    stocks_of,
)
from services.inventory.adapters.reading.scans import ScanReads
from services.inventory.adapters.tables import (
    BALANCES,
    LOCATIONS,
    LOT_DECISIONS,
    LOTS,
    PRODUCTS,
)
from services.inventory.application.page_views import (
    EXPIRING_DAYS,
    LotDecision,
    LotView,
    ProductStock,
    StockCounts,
    StockFilter,
)
from services.inventory.domain.ledger import STORAGE
from services.inventory.domain.lot import Lot, LotStatus
from services.inventory.domain.movement import AccountKind, place_of

_LOCATION = AccountKind.LOCATION.value
_LOT_COLUMNS = (
    LOTS.c.lot_id,
    LOTS.c.product_code,
    LOTS.c.lot_number,
    LOTS.c.expires_on,
    LOTS.c.received_on,
    LOTS.c.gift_number,
    LOTS.c.hold,
    LOTS.c.awaits_gift,
    LOTS.c.earmark,
)


class PageReads(ScanReads):
    """The port ``PageQueries``; the scans' part is inherited."""

    def stock(
        self, wanted: StockFilter, today: date, *, after: str | None, limit: int
    ) -> Sequence[ProductStock]:
        """List products that are in the warehouse, by code, with their lots."""
        standing = (
            select(LOTS.c.lot_id)
            .join(BALANCES, BALANCES.c.lot_id == LOTS.c.lot_id)
            .join(LOCATIONS, BALANCES.c.account == _account_of_location())
            .where(LOTS.c.product_code == PRODUCTS.c.product_code)
            .where(BALANCES.c.on_hand > 0, *_status(wanted.status, today))
        )
        statement = product_rows().where(
            standing.exists(), *catalogue_conditions(wanted)
        )
        if after is not None:
            statement = statement.where(PRODUCTS.c.product_code > after)
        with self._database.reading() as connection:
            rows = connection.execute(statement.limit(limit)).all()
            codes = [row.product_code for row in rows]
            is_it = LOTS.c.product_code.in_(codes)
            return stocks_of(rows, _lots(connection, is_it, today))

    def stock_of(self, product_code: str, today: date) -> ProductStock | None:
        """Give one product with its lots, also when none is left."""
        is_it = PRODUCTS.c.product_code == product_code
        with self._database.reading() as connection:
            rows = connection.execute(product_rows().where(is_it)).all()
            lots = _lots(connection, LOTS.c.product_code == product_code, today)
            return next(iter(stocks_of(rows, lots)), None)

    def held(self, today: date) -> Sequence[ProductStock]:
        """List what is in quarantine, product by product."""
        is_held = LOTS.c.hold == LotStatus.QUARANTINED.value
        with self._database.reading() as connection:
            lots = _lots(connection, is_held, today)
            is_it = PRODUCTS.c.product_code.in_(list(lots))
            rows = connection.execute(product_rows().where(is_it)).all()
        stocks = stocks_of(rows, lots)
        return sorted(stocks, key=lambda one: min(lot.received_on for lot in one.lots))

    def lot(self, lot_id: UUID, today: date) -> Sequence[LotView]:
        """Give a lot wherever it stands; used up, once with no place and none of it."""
        with self._database.reading() as connection:
            found = _lots(connection, LOTS.c.lot_id == lot_id, today)
            if not found:
                return _used_up(connection, lot_id, today)
        return [lot for lots in found.values() for lot in lots]

    def decisions(self, lot_id: UUID) -> Sequence[LotDecision]:
        """List what was decided about a lot, the latest first."""
        decision = LOT_DECISIONS.c
        query = (
            select(
                decision.hold,
                decision.reason,
                decision.decided_by,
                decision.decided_at,
            )
            .where(decision.lot_id == lot_id)
            .order_by(decision.decided_at.desc(), decision.decision_id.desc())
        )
        with self._database.reading() as connection:
            return [LotDecision(*row) for row in connection.execute(query)]

    def counts(self, today: date) -> StockCounts:
        """Count the products behind each choice of the filters."""
        standing = (
            select(func.count(LOTS.c.product_code.distinct()))
            .select_from(LOTS)
            .join(BALANCES, BALANCES.c.lot_id == LOTS.c.lot_id)
            .join(LOCATIONS, BALANCES.c.account == _account_of_location())
            .where(BALANCES.c.on_hand > 0)
        )
        by_category = (
            standing.add_columns(PRODUCTS.c.category)
            .join(PRODUCTS, PRODUCTS.c.product_code == LOTS.c.product_code)
            .group_by(PRODUCTS.c.category)
            .order_by(PRODUCTS.c.category)
        )
        with self._database.reading() as connection:
            categories = {name: n for n, name in connection.execute(by_category)}
            statuses = {
                name: connection.execute(
                    standing.where(*_status(name, today))
                ).scalar_one()
                for name in STATUSES
            }
        return StockCounts(categories, statuses)


STATUSES = (
    "available",
    "expiring",
    "quarantined",
    "awaiting_gift",
    "expired",
    "recalled",
)


def _status(name: str, today: date) -> list[ColumnElement[bool]]:
    """Say a choice of the status filter in SQL; nothing for an unknown one."""
    expires_on = LOTS.c.expires_on
    is_released = LOTS.c.hold == LotStatus.RELEASED.value
    lasts = or_(expires_on.is_(None), expires_on >= today)
    can_go = and_(is_released, LOTS.c.awaits_gift.is_(False), lasts)
    choices = {
        "available": and_(
            can_go,
            LOCATIONS.c.kind == STORAGE,
            BALANCES.c.on_hand > BALANCES.c.reserved,
        ),
        "expiring": and_(can_go, expires_on <= today + timedelta(EXPIRING_DAYS)),
        "quarantined": LOTS.c.hold == LotStatus.QUARANTINED.value,
        "awaiting_gift": and_(is_released, LOTS.c.awaits_gift.is_(True), lasts),
        "expired": and_(is_released, expires_on < today),
        "recalled": LOTS.c.hold == LotStatus.RECALLED.value,
    }
    return [choices[name]] if name in choices else []


def _account_of_location() -> ColumnElement[str]:
    return literal(f"{_LOCATION}:") + LOCATIONS.c.location_code


def _lots(
    connection: Connection, condition: ColumnElement[bool], today: date
) -> Mapping[str, list[LotView]]:
    """Read lots in their places, first the one that has to go first."""
    balance = BALANCES.c
    query = (
        select(
            *_LOT_COLUMNS,
            balance.account,
            balance.on_hand,
            balance.reserved,
            LOCATIONS.c.kind,
        )
        .join(BALANCES, balance.lot_id == LOTS.c.lot_id)
        .join(LOCATIONS, balance.account == _account_of_location())
        .where(condition, balance.on_hand > 0)
        .order_by(LOTS.c.expires_on.is_(None), LOTS.c.expires_on, LOTS.c.received_on)
        .order_by(LOTS.c.lot_id, balance.account)
    )
    rows: Sequence[Any] = connection.execute(query).all()
    reasons = _reasons(connection, {row.lot_id for row in rows if _is_held(row)})
    lots: dict[str, list[LotView]] = defaultdict(list)
    for row in rows:
        lots[row.product_code].append(_lot_view(row, today, reasons))
    return lots


def _used_up(connection: Connection, lot_id: UUID, today: date) -> list[LotView]:
    nowhere = (
        literal(f"{_LOCATION}:").label("account"),
        literal(0).label("on_hand"),
        literal(0).label("reserved"),
        literal("").label("kind"),
    )
    query = select(*_LOT_COLUMNS, *nowhere).where(LOTS.c.lot_id == lot_id)
    rows: Sequence[Any] = connection.execute(query).all()
    reasons = _reasons(connection, {row.lot_id for row in rows})
    return [_lot_view(row, today, reasons) for row in rows]


def _is_held(row: Any) -> bool:
    return bool(row.hold != LotStatus.RELEASED.value)


def _lot_view(row: Any, today: date, reasons: Mapping[UUID, str]) -> LotView:
    lot = Lot(
        lot_id=row.lot_id,
        product_code=row.product_code,
        lot_number=row.lot_number,
        expires_on=row.expires_on,
        received_on=row.received_on,
        gift_number=row.gift_number,
        hold=LotStatus(row.hold),
        awaits_gift=row.awaits_gift,
    )
    status = lot.status_on(today)
    can_go = status is LotStatus.RELEASED and row.kind == STORAGE
    return LotView(
        product_code=row.product_code,
        lot_id=row.lot_id,
        lot_number=row.lot_number,
        expires_on=row.expires_on,
        received_on=row.received_on,
        gift_number=row.gift_number,
        earmark=row.earmark,
        location_code=place_of(row.account),
        location_kind=row.kind,
        on_hand=row.on_hand,
        reserved=row.reserved,
        available=row.on_hand - row.reserved if can_go else 0,
        status=status,
        days_left=(row.expires_on - today).days if row.expires_on else None,
        why_held=reasons.get(row.lot_id),
    )


def _reasons(connection: Connection, lot_ids: Iterable[UUID]) -> Mapping[UUID, str]:
    decision = LOT_DECISIONS.c
    query = (
        select(decision.lot_id, decision.reason)
        .where(decision.lot_id.in_(sorted(lot_ids)))
        .order_by(decision.decided_at)
    )
    return {row.lot_id: row.reason for row in connection.execute(query)}
