"""A donor's goods that are still in the warehouse, what expires first on top."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from services.donors.domain.fulfilment import GiftAccount
from services.donors.domain.lot_state import LotState, LotStatus


@dataclass(frozen=True, slots=True)
class StockLine:
    """So many of a product with one expiry and one status; null never expires."""

    product_code: str
    expires_on: date | None
    status: LotStatus
    in_stock: int
    reserved: int
    days_left: int | None


def own_stock(accounts: Iterable[GiftAccount], today: date) -> Sequence[StockLine]:
    """Add up the lots of some gifts that stand on our shelves."""
    groups: dict[tuple[str, date | None, LotStatus], list[LotState]] = defaultdict(list)
    for account in accounts:
        for lot in account.lots:
            if lot.totals.in_stock:
                key = lot.product_code, lot.expires_on, lot.status_on(today)
                groups[key].append(lot)
    lines = [_line(*key, lots, today) for key, lots in groups.items()]
    return sorted(lines, key=_urgency)


def _line(
    product_code: str,
    expires_on: date | None,
    status: LotStatus,
    lots: Sequence[LotState],
    today: date,
) -> StockLine:
    return StockLine(
        product_code=product_code,
        expires_on=expires_on,
        status=status,
        in_stock=sum(lot.totals.in_stock for lot in lots),
        reserved=sum(lot.totals.reserved for lot in lots),
        days_left=None if expires_on is None else (expires_on - today).days,
    )


def _urgency(line: StockLine) -> tuple[date, str, str]:
    return line.expires_on or date.max, line.product_code, line.status.value
