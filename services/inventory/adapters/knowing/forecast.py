"""SQL behind forecasts: what stands here, what left, what is due."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    case,
    func,
    literal,
    not_,
    or_,
    select,
)

from services.inventory.adapters.knowing.tables import HEARD_NEEDS
from services.inventory.adapters.tables import (
    BALANCES,
    LOCATIONS,
    LOTS,
    MOVEMENTS,
    PRODUCTS,
    STANDING,
)
from services.inventory.application.ports.forecasting import (
    ForecastProduct,
    Known,
    StandingLot,
)
from services.inventory.domain.forecast import WINDOWS_DAYS, PastUse
from services.inventory.domain.lot import Lot, LotStatus
from services.inventory.domain.movement import AccountKind, Reason, delivered
from services.inventory.domain.product import REFUSED_FLAGS
from shared.database.database import Database
from shared.database.upsert import keep_newest
from shared.kernel.clock import Clock, local_day

_HOLDING_KIND = "hold"


class SqlForecastReads:
    """The port ``ForecastReads``; each answer is of one consistent moment."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def known(self, today: date) -> Known:
        """Give what is known now, with the lots that stand here."""
        now = self._clock.now()
        with self._database.reading() as connection:
            return Known(
                products=_products(connection),
                past=_past(connection, now, recorded_by=now),
                need=_need(connection, today),
                lots=_lots(connection, today),
            )

    def known_at(self, then: datetime) -> Known:
        """Give what was in the books at an instant, without lots."""
        with self._database.reading() as connection:
            return Known(
                products=_products(connection),
                past=_past(connection, then, recorded_by=then),
                need=_need(connection, local_day(then)),
            )

    def left_between(self, start: datetime, end: datetime) -> Mapping[str, int]:
        """Count what left for people between two instants, less what came back."""
        is_within = and_(
            MOVEMENTS.c.occurred_at >= start, MOVEMENTS.c.occurred_at < end
        )
        query = (
            select(MOVEMENTS.c.product_code, func.sum(_NET).label("left"))
            .where(is_within, _CROSSES)
            .group_by(MOVEMENTS.c.product_code)
        )
        with self._database.reading() as connection:
            return {
                row.product_code: int(row.left) for row in connection.execute(query)
            }

    def first_movement_at(self) -> datetime | None:
        """Say when anything was first recorded."""
        with self._database.reading() as connection:
            return connection.execute(
                select(MOVEMENTS.c.recorded_at).order_by(MOVEMENTS.c.position).limit(1)
            ).scalar()


class SqlHeardNeeds:
    """The port ``HeardNeeds``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def hear(self, as_of: date, version: int, per_month: Mapping[str, int]) -> None:
        """Keep the last word of a day."""
        row = {"as_of": as_of, "version": version, "per_month": dict(per_month)}
        keep_newest(self._connection, HEARD_NEEDS, row)


def _is_out(account: ColumnElement[str]) -> ColumnElement[bool]:
    """Tell whether goods on an account are with people, or on their way to them.

    What was built into a kit counts as used; what was given on to others does not:
    nobody we serve is expected to ask for it.
    """
    kinds = (AccountKind.TRANSIT, AccountKind.DELIVERED, AccountKind.ASSEMBLY)
    starts = [account.startswith(f"{kind.value}:") for kind in kinds]
    return and_(or_(*starts), account != delivered(Reason.DONATED_ON))


_CAME_OUT = _is_out(MOVEMENTS.c.target)
_WENT_IN = _is_out(MOVEMENTS.c.source)
_CROSSES = or_(and_(_CAME_OUT, not_(_WENT_IN)), and_(_WENT_IN, not_(_CAME_OUT)))
_NET = case((_CAME_OUT, MOVEMENTS.c.quantity), else_=-MOVEMENTS.c.quantity)


def _products(connection: Connection) -> Sequence[ForecastProduct]:
    """List products that may be given at all."""
    rows = connection.execute(select(PRODUCTS).order_by(PRODUCTS.c.product_code))
    return [
        ForecastProduct(
            product_code=row.product_code,
            category=row.category,
            names=row.names,
            unit_of_issue=row.unit_of_issue,
            min_days_at_dispatch=row.min_days_at_dispatch,
        )
        for row in rows
        if REFUSED_FLAGS.isdisjoint(row.flags)
    ]


def _past(
    connection: Connection, now: datetime, *, recorded_by: datetime
) -> Mapping[str, PastUse]:
    """Sum what left in each window, of every product that ever arrived."""
    windows = _windows(connection, now, recorded_by)
    first = select(LOTS.c.product_code, func.min(LOTS.c.received_on).label("on"))
    today = local_day(now)
    empty = (0,) * len(WINDOWS_DAYS)
    return {
        row.product_code: PastUse(
            windows.get(row.product_code, empty), (today - row.on).days
        )
        for row in connection.execute(first.group_by(LOTS.c.product_code))
        if row.on < today
    }


def _windows(
    connection: Connection, now: datetime, recorded_by: datetime
) -> Mapping[str, tuple[int, ...]]:
    columns = []
    end = now
    for number, days in enumerate(WINDOWS_DAYS):
        start = end - timedelta(days=days)
        when = and_(MOVEMENTS.c.occurred_at > start, MOVEMENTS.c.occurred_at <= end)
        columns.append(func.sum(case((when, _NET), else_=0)).label(f"window{number}"))
        end = start
    query = (
        select(MOVEMENTS.c.product_code, *columns)
        .where(MOVEMENTS.c.occurred_at > end, MOVEMENTS.c.occurred_at <= now)
        .where(MOVEMENTS.c.recorded_at <= recorded_by, _CROSSES)
        .group_by(MOVEMENTS.c.product_code)
    )
    return {
        code: tuple(int(each) for each in sums)
        for code, *sums in connection.execute(query)
    }


def _need(connection: Connection, on: date) -> Mapping[str, int] | None:
    query = (
        select(HEARD_NEEDS.c.per_month)
        .where(HEARD_NEEDS.c.as_of <= on)
        .order_by(HEARD_NEEDS.c.as_of.desc())
        .limit(1)
    )
    found: Mapping[str, int] | None = connection.execute(query).scalar()
    return found


def _lots(connection: Connection, today: date) -> Mapping[str, list[StandingLot]]:
    query = (
        select(
            LOTS.c.lot_id,
            LOTS.c.product_code,
            LOTS.c.lot_number,
            LOTS.c.expires_on,
            LOTS.c.received_on,
            LOTS.c.gift_number,
            LOTS.c.hold,
            LOTS.c.awaits_gift,
            func.sum(BALANCES.c.on_hand).label("here"),
            func.sum(_held_in_place()).label("set_aside"),
        )
        .join_from(BALANCES, LOTS, BALANCES.c.lot_id == LOTS.c.lot_id)
        .join(LOCATIONS, BALANCES.c.account == _account_of_location())
        .where(STANDING)
        .group_by(LOTS.c.lot_id)
    )
    lots: dict[str, list[StandingLot]] = defaultdict(list)
    for row in connection.execute(query):
        lots[row.product_code].append(_standing(row, today))
    return lots


def _account_of_location() -> ColumnElement[str]:
    return literal(f"{AccountKind.LOCATION.value}:") + LOCATIONS.c.location_code


def _held_in_place() -> ColumnElement[int]:
    return case((LOCATIONS.c.kind == _HOLDING_KIND, BALANCES.c.on_hand), else_=0)


def _standing(row: Any, today: date) -> StandingLot:
    """Part a lot's units by whether they may be given out."""
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
    here, set_aside = int(row.here), int(row.set_aside)
    usable, held, barred = here - set_aside, set_aside, 0
    match lot.status_on(today):
        case LotStatus.EXPIRED | LotStatus.RECALLED:
            usable, held, barred = 0, 0, here
        case LotStatus.QUARANTINED | LotStatus.AWAITING_GIFT:
            usable, held = 0, here
        case LotStatus.RELEASED:
            pass
    return StandingLot(
        lot_id=lot.lot_id,
        product_code=lot.product_code,
        lot_number=lot.lot_number,
        expires_on=lot.expires_on,
        received_on=lot.received_on,
        gift_number=lot.gift_number,
        usable=usable,
        held=held,
        barred=barred,
    )
