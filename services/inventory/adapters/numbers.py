"""Numbers people say aloud, counted without gaps a person would ask about."""

from sqlalchemy import Connection

from services.inventory.adapters.dialects import insert
from services.inventory.adapters.tables import DOCUMENT_NUMBERS


class SqlDocumentNumbers:
    """Counts each series up in the open transaction: what rolls back leaves no gap."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def next(self, series: str, *, digits: int = 6) -> str:
        """Give the next number of a series: ``GRN-2026`` gives ``GRN-2026-000001``."""
        statement = insert(self._connection, DOCUMENT_NUMBERS).values(
            series=series, last=1
        )
        counted = self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["series"], set_={"last": DOCUMENT_NUMBERS.c.last + 1}
            ).returning(DOCUMENT_NUMBERS.c.last)
        ).scalar_one()
        return f"{series}-{counted:0{digits}d}"
