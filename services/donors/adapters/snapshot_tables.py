"""Tables of masking: deliveries as heard, and frozen months that nobody changes."""

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    Connection,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Uuid,
    event,
)

from services.donors.adapters.tables import METADATA
from shared.database.types import Instant
from shared.messaging.tables import POSITION

deliveries = Table(
    "deliveries",
    METADATA,
    Column("handover_id", Uuid, primary_key=True),
    Column("lot_id", Uuid, primary_key=True),
    Column("unit_code", String, primary_key=True),
    Column("gift_number", String, nullable=False, index=True),
    Column("product_code", String, nullable=False),
    Column("month", Date, nullable=False),
    Column("accepted", Integer, nullable=False),
    CheckConstraint("accepted > 0", name="deliver_at_least_one"),
)

frozen_months = Table(
    "frozen_months",
    METADATA,
    Column("month", Date, primary_key=True),
    Column("threshold", Integer, nullable=False),
    Column("frozen_by", String, nullable=False),
    Column("frozen_at", Instant, nullable=False),
    CheckConstraint("threshold >= 5", name="never_fewer_than_five_people"),
)

frozen_deliveries = Table(
    "frozen_deliveries",
    METADATA,
    Column("position", POSITION, primary_key=True, autoincrement=True),
    Column("frozen_in", ForeignKey("frozen_months.month"), nullable=False),
    Column("donor_code", String, nullable=False),
    Column("month", Date, nullable=False),
    Column("product_code", String, nullable=False),
    Column("category", String, nullable=False),
    Column("sensitivity", Integer, nullable=False),
    Column("unit_code", String, nullable=False),
    Column("audience", String, nullable=False),
    Column("quantity", Integer, nullable=False),
    sqlite_autoincrement=True,
)

snapshot_lines = Table(
    "snapshot_lines",
    METADATA,
    Column("position", POSITION, primary_key=True, autoincrement=True),
    Column("frozen_in", ForeignKey("frozen_months.month"), nullable=False),
    Column("donor_code", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    Column("product_code", String),
    Column("category", String),
    Column("audience", String),
    Column("quantity", Integer),
    Column("people", Integer),
    Column("received", Integer),
    Column("lost", Integer),
    Column("because", JSON, nullable=False),
    sqlite_autoincrement=True,
)
Index("ix_snapshot_lines_donor_code", snapshot_lines.c.donor_code)

FROZEN = ("frozen_months", "frozen_deliveries", "snapshot_lines")


def _triggers(table: str) -> dict[str, tuple[str, ...]]:
    """Say in both dialects that a table is only added to."""
    refusal = "a frozen month is never changed, only corrected by the next"
    return {
        "sqlite": tuple(
            f"CREATE TRIGGER {table}_never_{verb} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
            for verb in ("update", "delete")
        ),
        "postgresql": (
            (
                "CREATE OR REPLACE FUNCTION refuse_change_of_frozen() RETURNS trigger "
                f"AS $$ BEGIN RAISE EXCEPTION '{refusal}'; END $$ LANGUAGE plpgsql"
            ),
            (
                f"CREATE TRIGGER {table}_never_change "
                f"BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW "
                "EXECUTE FUNCTION refuse_change_of_frozen()"
            ),
        ),
    }


APPEND_ONLY = {table: _triggers(table) for table in FROZEN}
"""What makes the tables append-only; a migration repeats these words."""


def _forbid_changes(table: Table) -> None:
    """Create the triggers together with the table."""

    @event.listens_for(table, "after_create")
    def create(_table: Table, connection: Connection, **_: object) -> None:
        for statement in APPEND_ONLY[table.name][connection.dialect.name]:
            connection.exec_driver_sql(statement)


for _each in (frozen_months, frozen_deliveries, snapshot_lines):
    _forbid_changes(_each)
