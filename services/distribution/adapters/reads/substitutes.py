"""What might be offered in place of goods that do not suffice, and what was."""

from sqlalchemy import func, select

from services.distribution.adapters.reads.base import Reads, Row
from services.distribution.adapters.rows.places import read_facility
from services.distribution.adapters.rows.stock import lots_in_stock, read_product
from services.distribution.adapters.tables.asking import (
    FACILITIES,
    PRODUCTS,
    REQUISITION_LINES,
    REQUISITIONS,
    UNITS,
)
from services.distribution.domain.requisition import LIVE


class SubstituteReads(Reads):
    """Reads for who offers something else."""

    def substitutes_for(self, product_code: str, unit_code: str) -> list[Row]:
        """List goods in stock that the unit's gate admits, the likeliest first.

        That is the same category before others, then what there is most of. Each is
        ``product`` and ``free``: released, and promised to nobody.
        """
        with self._database.reading() as connection:
            rows = connection.execute(PRODUCTS.select())
            products = {row.product_code: read_product(row) for row in rows}
            place = connection.execute(
                select(FACILITIES).join(UNITS).where(UNITS.c.unit_code == unit_code)
            ).one()
            stock = lots_in_stock(connection, products)
        admits, wanted = read_facility(place).admits, products[product_code]
        found = [
            {"product": product, "free": sum(lot.free for lot in stock.get(code, ()))}
            for code, product in products.items()
            if code != product_code and not product.is_never_given and admits(product)
        ]
        return sorted(
            (row for row in found if row["free"]),
            key=lambda row: (
                row["product"].category != wanted.category,
                -row["free"],
                row["product"].product_code,
            ),
        )

    def offered_for(self, product_code: str) -> dict[str, list[Row]]:
        """List by unit what is offered in place of a product and still open."""
        lines, heads = REQUISITION_LINES.c, REQUISITIONS.c
        query = (
            select(
                heads.unit_code,
                lines.product_code,
                func.sum(lines.approved).label("quantity"),
            )
            .join(REQUISITIONS, heads.requisition_id == lines.requisition_id)
            .where(lines.substitute_for == product_code, heads.state.in_(LIVE))
            .group_by(heads.unit_code, lines.product_code)
            .order_by(heads.unit_code, lines.product_code)
        )
        found: dict[str, list[Row]] = {}
        for row in self._rows(query):
            found.setdefault(row["unit_code"], []).append(row)
        return found
