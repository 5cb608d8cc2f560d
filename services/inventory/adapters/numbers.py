"""Numbers people say aloud, counted without gaps a person would ask about."""

from sqlalchemy import Connection

from services.inventory.adapters.tables import DOCUMENT_NUMBERS
from shared.database.upsert import count_up


class SqlDocumentNumbers:
    """Counts each series up in the open transaction: what rolls back leaves no gap."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def next(self, series: str, *, digits: int = 6) -> str:
        """Give the next number of a series: ``GRN-2026`` gives ``GRN-2026-000001``."""
        counted = count_up(
            self._connection, DOCUMENT_NUMBERS, "last", {"series": series}
        )
        return f"{series}-{counted:0{digits}d}"
