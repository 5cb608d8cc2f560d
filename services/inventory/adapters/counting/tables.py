"""Tables of count sheets: who planned them, what was found, what was booked."""

from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Uuid,
    literal_column,
)

from services.inventory.adapters.tables import METADATA
from shared.database.types import Instant


def to_lot(**options: Any) -> Column[Any]:
    """Name a lot that may be new: it is written at the end of its transaction."""
    to_lots = ForeignKey("lots.lot_id", deferrable=True, initially="DEFERRED")
    return Column("lot_id", Uuid, to_lots, nullable=False, **options)


COUNT_SHEETS = Table(
    "count_sheets",
    METADATA,
    Column("count_sheet_number", String(40), primary_key=True),
    Column("location_code", String(40)),
    Column("product_code", String(40)),
    Column("status", String(20), nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("opened_by", String(64), nullable=False),
    Column("finished_at", Instant),
    Column("finished_by", String(64)),
    Column("uncounted", String(20), comment="what was said of lots not counted"),
    Column("uncounted_lots", Integer),
    CheckConstraint(
        "(location_code IS NULL) <> (product_code IS NULL)",
        name="a_sheet_counts_a_place_or_a_product",
    ),
    CheckConstraint(
        "status IN ('open', 'finished')", name="a_sheet_is_open_or_finished"
    ),
    CheckConstraint(
        "(status = 'finished') = (finished_at IS NOT NULL)",
        name="a_finished_sheet_says_when",
    ),
    Index("ix_count_sheets_status", "status", "count_sheet_number"),
)

IS_OPEN = COUNT_SHEETS.c.status == literal_column("'open'")

for _counted in (COUNT_SHEETS.c.location_code, COUNT_SHEETS.c.product_code):
    Index(
        f"uq_count_sheets_open_{_counted.name}",
        _counted,
        unique=True,
        sqlite_where=IS_OPEN,
        postgresql_where=IS_OPEN,
    )

COUNTED_ACCOUNT: ColumnElement[str] = (
    literal_column("'location:'") + COUNT_SHEETS.c.location_code
)
"""The account of the place a sheet counts; nothing when it counts a product."""

COUNT_LINES = Table(
    "count_lines",
    METADATA,
    Column(
        "count_sheet_number",
        ForeignKey("count_sheets.count_sheet_number"),
        primary_key=True,
    ),
    to_lot(primary_key=True),
    Column("account", String(80), primary_key=True),
    Column("product_code", String(40), nullable=False),
    Column("count_id", Uuid, nullable=False, unique=True),
    Column("first_counted", Integer, nullable=False),
    Column("first_at", Instant, nullable=False),
    Column("first_by", String(64), nullable=False),
    Column("first_recorded_at", Instant, nullable=False),
    Column("second_counted", Integer),
    Column("second_at", Instant),
    Column("second_by", String(64)),
    Column("second_recorded_at", Instant),
    Column("decided_counted", Integer),
    Column("decided_at", Instant),
    Column("decided_by", String(64)),
    Column("outcome", String(30), comment="written when the sheet is finished"),
    Column("booked", Integer, comment="what the books said at the count's moment"),
    Column("difference", Integer),
    CheckConstraint("first_counted >= 0", name="count_nothing_or_more"),
    CheckConstraint("second_counted >= 0", name="count_nothing_or_more_again"),
    CheckConstraint("decided_counted >= 0", name="decide_nothing_or_more"),
    CheckConstraint("second_by <> first_by", name="a_second_count_is_by_another"),
    CheckConstraint(
        "(outcome IS NULL) = (booked IS NULL)", name="an_outcome_has_a_difference"
    ),
    Index("ix_count_lines_lot", "lot_id", "account"),
    comment="first and second count of a lot at a place; blind until finished",
)

COUNT_ENTRIES = Table(
    "count_entries",
    METADATA,
    Column("entry_id", Uuid, primary_key=True, comment="the scan's own id"),
    Column(
        "count_sheet_number",
        ForeignKey("count_sheets.count_sheet_number"),
        nullable=False,
        index=True,
    ),
    to_lot(index=True),
    Column("account", String(80), nullable=False),
    Column("counted", Integer, nullable=False),
    Column("counted_at", Instant, nullable=False),
    Column("counted_by", String(64), nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("became", String(20), nullable=False),
    CheckConstraint("counted >= 0", name="an_entry_counts_nothing_or_more"),
    CheckConstraint(
        "became IN ('first', 'second', 'added', 'replaced')",
        name="an_entry_became_something",
    ),
    comment="every count as it came; nothing is overwritten here",
)
