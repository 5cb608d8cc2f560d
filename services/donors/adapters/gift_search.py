"""SQL that narrows the coordinator's list of gifts."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Connection, Exists, Select, exists, or_

from services.donors.adapters.catalogue import Catalogue
from services.donors.adapters.tables import gift_lines, gifts, lot_totals
from services.donors.application.searches import GiftSearch, GiftStage


def narrowed(
    query: Select[Any], search: GiftSearch, connection: Connection
) -> Select[Any]:
    """Add what a search asks for to a query of gifts.

    Names of products are looked for in every language, so they are read for it.
    """
    if search.donor_code:
        query = query.where(gifts.c.donor_code == search.donor_code)
    if search.stage:
        query = query.where(_of_stage(search.stage))
    if search.text:
        codes = Catalogue(connection).matching(search.text)
        query = query.where(_named(search.text, codes))
    return query


def _of_stage(stage: GiftStage) -> ColumnElement[bool]:
    in_stock = _has_lot(lot_totals.c.in_stock > 0)
    on_the_way = _has_lot(lot_totals.c.in_transit > 0)
    came = _has_lot(lot_totals.c.received > 0)
    match stage:
        case GiftStage.EXPECTED:
            return ~came
        case GiftStage.IN_STOCK:
            return in_stock
        case GiftStage.ON_THE_WAY:
            return on_the_way
        case GiftStage.GONE:
            return came & ~in_stock & ~on_the_way


def _named(text: str, codes: Collection[str]) -> ColumnElement[bool]:
    has_line = exists().where(
        gift_lines.c.gift_number == gifts.c.gift_number,
        gift_lines.c.product_code.in_(codes),
    )
    of_number = gifts.c.gift_number.icontains(text, autoescape=True)
    return or_(of_number, has_line, _has_lot(lot_totals.c.product_code.in_(codes)))


def _has_lot(condition: ColumnElement[bool]) -> Exists:
    return exists().where(lot_totals.c.gift_number == gifts.c.gift_number, condition)
