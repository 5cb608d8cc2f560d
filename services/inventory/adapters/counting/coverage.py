"""Which goods an open count sheet covers, in SQL.

A sheet counts a place or a product, so two of them meet where a product stands.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Row, Select, or_, select

from services.inventory.adapters.counting.tables import (
    COUNT_LINES,
    COUNT_SHEETS,
    COUNTED_ACCOUNT,
    IS_OPEN,
)
from services.inventory.adapters.tables import BALANCES, STANDING
from services.inventory.application.ports.counting import CountSheet, LotPlace
from services.inventory.domain.counting import OpenCounts
from services.inventory.domain.movement import location, place_of


def standing_rows(connection: Connection, sheet: Any) -> Sequence[LotPlace]:
    """Name every lot the books expect at the place, or of the product, of a sheet.

    What came from a place where another open sheet had counted it is that one's.
    """
    elsewhere = counted_elsewhere(sheet.count_sheet_number).where(
        COUNT_LINES.c.lot_id == BALANCES.c.lot_id,
        COUNT_LINES.c.account == BALANCES.c.account,
    )
    query = (
        select(BALANCES.c.lot_id, BALANCES.c.account)
        .where(STANDING, _is_of(sheet, BALANCES))
        .where(~elsewhere.exists())
    )
    return [(row.lot_id, row.account) for row in connection.execute(query)]


def rivals_of(sheet: CountSheet) -> Select[Any]:
    """Ask for open sheets that count some of what a new one would, oldest first.

    Besides the same place or product, those whose goods stand where the new one
    counts, and those that found such goods although the books knew of none.
    """
    row = COUNT_SHEETS.c
    if sheet.location_code is not None:
        same = row.location_code == sheet.location_code
    else:
        same = row.product_code == sheet.product_code
    goods = select(BALANCES).where(STANDING, _is_of(sheet, BALANCES)).subquery().c
    found = select(COUNT_LINES.c.count_sheet_number).where(_is_of(sheet, COUNT_LINES))
    shares_goods = or_(
        same,
        COUNTED_ACCOUNT.in_(select(goods.account)),
        row.product_code.in_(select(goods.product_code)),
        row.count_sheet_number.in_(found),
    )
    query = select(COUNT_SHEETS).where(IS_OPEN, shares_goods)
    return query.order_by(row.count_sheet_number)


def counted_elsewhere(count_sheet_number: str) -> Select[Any]:
    """Ask for counts on other sheets that are still open."""
    return (
        select(COUNT_LINES.c.count_sheet_number)
        .join(COUNT_SHEETS)
        .where(IS_OPEN, COUNT_SHEETS.c.count_sheet_number != count_sheet_number)
    )


def covered(connection: Connection) -> set[str]:
    """Name the places and products of which a further sheet would overlap."""
    sheets = _open_sheets(connection)
    named = {sheet.location_code or sheet.product_code for sheet in sheets}
    met = (
        place_of(account) if sheet.product_code else product_code
        for sheet in sheets
        for product_code, account in _goods_of(connection, sheet)
    )
    return named.union(met)


def open_counts(connection: Connection) -> OpenCounts:
    """Say what is on open sheets; of a product on several, one of them is named."""
    sheets = _open_sheets(connection)
    products = {
        sheet.product_code: sheet.count_sheet_number
        for sheet in sheets
        if sheet.product_code
    }
    places = {
        sheet.location_code: sheet.count_sheet_number
        for sheet in sheets
        if sheet.location_code
    }
    standing = {
        product_code: sheet.count_sheet_number
        for sheet in sheets
        if sheet.location_code
        for product_code, _ in _goods_of(connection, sheet)
    }
    return OpenCounts(places, products, {**standing, **products})


def _open_sheets(connection: Connection) -> Sequence[Row[Any]]:
    return connection.execute(select(COUNT_SHEETS).where(IS_OPEN)).all()


def _goods_of(connection: Connection, sheet: Row[Any]) -> Sequence[tuple[str, str]]:
    """Read the products, and where they stand, that a sheet counts by the books."""
    goods = select(BALANCES.c.product_code, BALANCES.c.account).distinct()
    query = goods.where(STANDING, _is_of(sheet, BALANCES))
    return [(row.product_code, row.account) for row in connection.execute(query)]


def _is_of(sheet: Any, rows: FromClause) -> ColumnElement[bool]:
    """Choose what a sheet counts among rows of a lot at a place."""
    is_there: ColumnElement[bool]
    if sheet.location_code is not None:
        is_there = rows.c.account == location(sheet.location_code)
    else:
        is_there = rows.c.product_code == sheet.product_code
    return is_there
