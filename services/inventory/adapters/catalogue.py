"""The catalogue of products and their packs."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from services.inventory.adapters.tables import PACKS, PRODUCTS
from services.inventory.domain.product import Pack, Product
from shared.database.upsert import insert_or_update
from shared.kernel.gs1 import GTIN

_PACKS_OF_CODES = (
    select(PACKS)
    .where(PACKS.c.product_code.in_(bindparam("codes", expanding=True)))
    .order_by(PACKS.c.gtin)
)
_PRODUCTS_OF_CODES = select(PRODUCTS).where(
    PRODUCTS.c.product_code.in_(bindparam("codes", expanding=True))
)
_CODES_OF_GTINS = select(PACKS.c.gtin, PACKS.c.product_code).where(
    PACKS.c.gtin.in_(bindparam("gtins", expanding=True))
)


class SqlCatalogue:
    """Reads products by code or trade item number, many at a time; stores them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_codes(self, product_codes: Iterable[str]) -> Mapping[str, Product]:
        """Give the products there are, by code."""
        codes = sorted(set(product_codes))
        if not codes:
            return {}
        packs: dict[str, list[Pack]] = {}
        for row in self._connection.execute(_PACKS_OF_CODES, {"codes": codes}):
            packs.setdefault(row.product_code, []).append(
                Pack(GTIN(row.gtin), row.quantity)
            )
        rows = self._connection.execute(_PRODUCTS_OF_CODES, {"codes": codes})
        return {
            row.product_code: product_of(row, packs.get(row.product_code, ()))
            for row in rows
        }

    def codes_of_gtins(self, gtins: Iterable[str]) -> Mapping[str, str]:
        """Give the product code behind each trade item number that has one."""
        wanted = {"gtins": sorted(set(gtins))}
        rows = self._connection.execute(_CODES_OF_GTINS, wanted)
        return {row.gtin: row.product_code for row in rows}

    def save(self, product: Product) -> None:
        """Store a product as it is now, packs included."""
        row = {"product_code": product.product_code, **_values(product)}
        insert_or_update(self._connection, PRODUCTS, row)
        self._connection.execute(
            PACKS.delete().where(PACKS.c.product_code == product.product_code)
        )
        if product.packs:
            self._connection.execute(
                PACKS.insert(),
                [
                    {
                        "gtin": str(pack.gtin),
                        "product_code": product.product_code,
                        "quantity": pack.quantity,
                    }
                    for pack in product.packs
                ],
            )


def product_of(row: Row[Any], packs: Iterable[Pack]) -> Product:
    """Read a product from its row and packs."""
    return Product(
        product_code=row.product_code,
        category=row.category,
        names=row.names,
        unit_of_issue=row.unit_of_issue,
        packs=tuple(packs),
        min_days_at_receipt=row.min_days_at_receipt,
        min_days_at_dispatch=row.min_days_at_dispatch,
        sensitivity=row.sensitivity,
        flags=tuple(row.flags),
        version=row.version,
    )


def folded(text: str) -> str:
    """Fold a text for searching; SQLite itself folds only A to Z."""
    return text.casefold()


def _values(product: Product) -> dict[str, Any]:
    gtins = [str(pack.gtin) for pack in product.packs]
    searched = [product.product_code, *product.names.values(), *gtins]
    return {
        "version": product.version,
        "category": product.category,
        "names": dict(product.names),
        "unit_of_issue": product.unit_of_issue,
        "min_days_at_receipt": product.min_days_at_receipt,
        "min_days_at_dispatch": product.min_days_at_dispatch,
        "sensitivity": product.sensitivity,
        "flags": list(product.flags),
        "searched": folded("\n".join(searched)),
    }
