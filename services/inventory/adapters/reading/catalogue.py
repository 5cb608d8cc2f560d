"""SQL behind the catalogue, and what every page chooses from."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, or_, select

from services.inventory.adapters.catalogue import folded
from services.inventory.adapters.tables import GIFTS, LOCATIONS, LOTS, PRODUCTS
from services.inventory.application.page_views import (
    GiftView,
    LotView,
    PlaceView,
    ProductStock,
    StockFilter,
)
from services.inventory.domain.kit import KITS_GIFT
from shared.database.database import Database


class CatalogueReads:
    """Places, gifts and products by name."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def places(self) -> Sequence[PlaceView]:
        """List every location in the order of the walk through the store."""
        place = LOCATIONS.c
        query = select(place.location_code, place.name, place.kind)
        with self._database.reading() as connection:
            rows = connection.execute(
                query.order_by(place.sequence, place.location_code)
            )
            return [PlaceView(*row) for row in rows]

    def gifts(self, limit: int) -> Sequence[GiftView]:
        """List announced gifts, the latest first; gifts of the door are left out."""
        gift = GIFTS.c
        query = (
            select(gift.gift_number, gift.donor_code)
            .where(gift.is_known.is_(True), gift.walk_in_of.is_(None))
            .where(gift.gift_number != KITS_GIFT)
            .order_by(gift.first_seen_at.desc(), gift.gift_number.desc())
            .limit(limit)
        )
        with self._database.reading() as connection:
            return [GiftView(*row) for row in connection.execute(query)]

    def names(self, product_codes: Iterable[str]) -> Mapping[str, ProductStock]:
        """Give products by code, without lots."""
        product = PRODUCTS.c
        query = select(
            product.product_code, product.names, product.unit_of_issue, product.category
        ).where(product.product_code.in_(sorted(set(product_codes))))
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
        return {row.product_code: ProductStock(*row) for row in rows}


def product_rows() -> Select[Any]:
    """Select the columns of a product, by code."""
    product = PRODUCTS.c
    return select(
        product.product_code, product.names, product.unit_of_issue, product.category
    ).order_by(product.product_code)


def catalogue_conditions(wanted: StockFilter) -> list[ColumnElement[bool]]:
    """Say in SQL which products a search and a category leave."""
    conditions = []
    if wanted.category:
        conditions.append(PRODUCTS.c.category == wanted.category)
    if wanted.query.strip():
        text = wanted.query.strip()
        of_lot = select(LOTS.c.lot_id).where(
            LOTS.c.product_code == PRODUCTS.c.product_code,
            LOTS.c.lot_number.icontains(text, autoescape=True),
        )
        named = PRODUCTS.c.searched.contains(folded(text), autoescape=True)
        conditions.append(or_(named, of_lot.exists()))
    return conditions


def stocks_of(
    rows: Iterable[Row[Any]], lots: Mapping[str, Sequence[LotView]]
) -> list[ProductStock]:
    """Put products and their lots together, in the order of the rows."""
    return [
        ProductStock(
            row.product_code,
            row.names,
            row.unit_of_issue,
            row.category,
            tuple(lots.get(row.product_code, ())),
        )
        for row in rows
    ]
