"""Tables that are looked at first and taken in whole, once, or not at all."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from services.inventory.application.ports.work import Work
from services.inventory.domain.cells import Fault
from shared.kernel.errors import MalformedError, NotFoundError

HEADER_ROW = 1

Row = Mapping[str, str]
Rows = Sequence[Row]


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong where; row 1 is the header."""

    row: int
    column: str
    fault: str
    problem: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    value: str = ""

    @classmethod
    def of(cls, row: int, fault: Fault) -> "CellFault":
        """Say in which row a fault is."""
        return cls(
            row, fault.column, fault.fault, fault.problem, fault.facts, fault.value
        )


class ImportRefusedError(MalformedError):
    """Some cells of the table cannot be read; nothing was imported."""

    code = "import_refused"

    def __init__(self, faults: Sequence[CellFault]) -> None:
        super().__init__(
            f"Nothing was imported: {len(faults)} cells need mending.",
            cells=[f"row {each.row}, {each.column}: {each.fault}" for each in faults],
        )
        self.faults = tuple(faults)


class ImportNotWaitingError(NotFoundError):
    """No table of this id waits to be confirmed, or another person sent it."""

    code = "import_not_waiting"

    def __init__(self, import_id: UUID) -> None:
        super().__init__(
            f"No table {import_id} waits to be confirmed. Choose it again and look at "
            "it once more.",
            import_id=str(import_id),
        )


@dataclass(frozen=True, slots=True)
class TableKind:
    """What one kind of table holds and does.

    ``check`` names every bad cell of rows that have the needed columns; ``apply``
    takes rows without a fault in and gives how many things it changed.
    """

    columns: tuple[str, ...]
    required: tuple[str, ...]
    example: tuple[str, ...]
    check: Callable[[Work, Rows], list[CellFault]]
    apply: Callable[[Work, Rows, str], int]


def faults_of(kind: TableKind, work: Work, rows: Rows) -> list[CellFault]:
    """Name every bad cell of a table, in the order of its rows."""
    missing = header_faults(rows, kind.columns, kind.required)
    if missing:
        return missing
    return sorted(kind.check(work, rows), key=lambda each: each.row)


def confirm(
    work: Work, kinds: Mapping[str, TableKind], import_id: UUID, account: str
) -> dict[str, Any]:
    """Take in a table that its sender looked at; all of it or nothing.

    Raises ImportNotWaitingError, and ImportRefusedError when something changed since
    the look that makes a cell wrong now.
    """
    sent = work.sent_tables.take(import_id, account)
    if sent is None:
        raise ImportNotWaitingError(import_id)
    kind = kinds[sent.kind]
    faults = faults_of(kind, work, sent.rows)
    if faults:
        raise ImportRefusedError(faults)
    return {"kind": sent.kind, "count": kind.apply(work, sent.rows, account)}


def numbered(rows: Rows) -> Iterator[tuple[int, Row]]:
    """Give each row that holds anything with its number in the file."""
    for number, row in enumerate(rows, start=HEADER_ROW + 1):
        if any(text.strip() for text in row.values()):
            yield number, row


def header_faults(
    rows: Rows, columns: Sequence[str], required: Sequence[str]
) -> list[CellFault]:
    """Name the columns that are missing, or say that there is no row."""
    if not any(numbered(rows)):
        first = required[0]
        text = "there is no row below the header"
        return [CellFault(HEADER_ROW, first, text, "no_rows")]
    listed = ", ".join(columns)
    return [
        CellFault(
            HEADER_ROW,
            column,
            f"this column is missing; the columns are {listed}",
            "missing_column",
            {"columns": listed},
        )
        for column in required
        if column not in rows[0]
    ]


def repeated(column: str, keys: Iterable[tuple[int, Any, str]]) -> list[CellFault]:
    """Name rows that say again what an earlier row said: (row, key, text)."""
    first: dict[Any, int] = {}
    return [
        CellFault(
            number,
            column,
            f"{text[:40]!r} stands in row {first[key]} already",
            "repeated",
            {"first": first[key]},
            text[:40],
        )
        for number, key, text in keys
        if text and first.setdefault(key, number) != number
    ]
