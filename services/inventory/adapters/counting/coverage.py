"""Which goods an open count sheet covers, in SQL.

A sheet counts a place or a product, so two of them meet where a product stands.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    and_,
    or_,
    select,
)

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

_GOODS = (
    select(
        COUNT_SHEETS.c.count_sheet_number,
        COUNT_SHEETS.c.location_code,
        COUNT_SHEETS.c.product_code,
        BALANCES.c.product_code.label("stands_there"),
    )
    .select_from(COUNT_SHEETS)
    .outerjoin(BALANCES, and_(STANDING, BALANCES.c.account == COUNTED_ACCOUNT))
    .where(IS_OPEN)
    .distinct()
)
"""Open sheets; of a place one row for each product the books know there."""

_ACCOUNTS_OF_PRODUCTS = (
    select(BALANCES.c.account)
    .join(COUNT_SHEETS, COUNT_SHEETS.c.product_code == BALANCES.c.product_code)
    .where(IS_OPEN, STANDING)
    .distinct()
)
"""Where the products stand that have an open sheet of their own."""


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
    counts = open_counts(connection)
    accounts = connection.execute(_ACCOUNTS_OF_PRODUCTS).scalars()
    return {*counts.places, *counts.touched, *map(place_of, accounts)}


def open_counts(connection: Connection) -> OpenCounts:
    """Say what is on open sheets; of a product on several, one of them is named.

    One question, however many are open: every page of stock asks it for a volunteer.
    """
    places: dict[str, str] = {}
    products: dict[str, str] = {}
    standing: dict[str, str] = {}
    for number, place, product_code, stands_there in connection.execute(_GOODS):
        if product_code is not None:
            products[product_code] = number
        else:
            places[place] = number
        if stands_there is not None:
            standing[stands_there] = number
    return OpenCounts(places, products, {**standing, **products})


def _is_of(sheet: Any, rows: FromClause) -> ColumnElement[bool]:
    """Choose what a sheet counts among rows of a lot at a place."""
    is_there: ColumnElement[bool]
    if sheet.location_code is not None:
        is_there = rows.c.account == location(sheet.location_code)
    else:
        is_there = rows.c.product_code == sheet.product_code
    return is_there
