"""How much of each product pledges are still to bring."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import Connection, func, or_, select

from services.donors.adapters.giving_tables import pledge_ends
from services.donors.adapters.tables import pledge_lines, pledges


def still_promised(connection: Connection, today: date) -> Mapping[str, int]:
    """Add up the open pledges by product; what is overdue is not counted on."""
    pledge = pledges.c
    query = (
        select(pledge_lines.c.product_code, func.sum(pledge_lines.c.quantity))
        .join(pledges, pledge.pledge_number == pledge_lines.c.pledge_number)
        .outerjoin(pledge_ends, pledge_ends.c.pledge_number == pledge.pledge_number)
        .where(pledge_ends.c.pledge_number.is_(None))
        .where(or_(pledge.due_on.is_(None), pledge.due_on >= today))
        .group_by(pledge_lines.c.product_code)
    )
    return {code: int(quantity) for code, quantity in connection.execute(query)}
