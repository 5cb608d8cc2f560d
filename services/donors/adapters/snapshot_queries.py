"""What may be asked of frozen months, and of the one whose turn it is."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from services.donors.adapters.catalogue import Catalogue
from services.donors.adapters.lists import DonorRow, donor_of
from services.donors.adapters.snapshot_tables import snapshot_lines
from services.donors.adapters.snapshots import (
    SqlMonths,
    frozen_months_of,
    told_line,
)
from services.donors.application.freeze_month import (
    Preview,
    next_to_freeze,
    preview,
    usual_threshold,
)
from services.donors.application.masking_ports import FrozenMonth
from services.donors.domain.delay import may_be_frozen_through
from services.donors.domain.errors_of_months import UnknownMonthError
from services.donors.domain.masking.freezing import ToldLine, last_of
from shared.database.database import Database
from shared.kernel.clock import Clock, local_day


@dataclass(frozen=True, slots=True)
class Destinations:
    """All one donor is told of where goods went, newest month first."""

    donor: DonorRow
    today: date
    months: Sequence[tuple[FrozenMonth, Sequence[ToldLine]]]
    catalogue: Catalogue


@dataclass(frozen=True, slots=True)
class FrozenLines:
    """One frozen month with the lines of every donor."""

    frozen: FrozenMonth
    lines: Mapping[str, Sequence[ToldLine]]


@dataclass(frozen=True, slots=True)
class Calendar:
    """The frozen months, newest first, and the one whose turn it is.

    ``waits`` says that it may be frozen today, and donors see nothing of it before.
    """

    frozen: Sequence[FrozenMonth]
    due: date | None
    waits: bool
    threshold: int


class SnapshotQueries:
    """Reads frozen months; changes nothing."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def calendar(self) -> Calendar:
        """Give the months as the coordinator's list shows them."""
        with self._database.reading() as connection:
            months = SqlMonths(connection)
            due = next_to_freeze(months)
            return Calendar(
                frozen=frozen_months_of(connection),
                due=due,
                waits=due is not None
                and last_of(due) <= may_be_frozen_through(self._today()),
                threshold=usual_threshold(months),
            )

    def preview(self, threshold: int | None = None) -> Preview:
        """Show what the month whose turn it is would tell.

        Raises NothingToFreezeError and ThresholdTooLowError.
        """
        with self._database.reading() as connection:
            return preview(SqlMonths(connection), self._today(), threshold)

    def frozen(self, month: date) -> FrozenLines:
        """Give a frozen month as it is told. Raises UnknownMonthError."""
        query = (
            select(snapshot_lines)
            .where(snapshot_lines.c.frozen_in == month)
            .order_by(snapshot_lines.c.position)
        )
        with self._database.reading() as connection:
            known = {each.month: each for each in frozen_months_of(connection)}
            if month not in known:
                raise UnknownMonthError(month.strftime("%Y-%m"))
            lines: dict[str, list[ToldLine]] = defaultdict(list)
            for row in connection.execute(query):
                lines[row.donor_code].append(told_line(row))
        return FrozenLines(known[month], lines)

    def told_lines(self) -> Sequence[tuple[str, ToldLine]]:
        """Give every told line with its donor, oldest month first."""
        lines = snapshot_lines.c
        query = select(snapshot_lines).order_by(lines.frozen_in, lines.position)
        with self._database.reading() as connection:
            return [
                (row.donor_code, told_line(row)) for row in connection.execute(query)
            ]

    def destinations(self, donor_code: str) -> Destinations:
        """Give what one donor is told. Raises UnknownDonorError."""
        query = (
            select(snapshot_lines)
            .where(snapshot_lines.c.donor_code == donor_code)
            .order_by(snapshot_lines.c.position)
        )
        with self._database.reading() as connection:
            told: dict[date, list[ToldLine]] = defaultdict(list)
            for row in connection.execute(query):
                told[row.frozen_in].append(told_line(row))
            return Destinations(
                donor=donor_of(connection, donor_code),
                today=self._today(),
                months=[
                    (each, told[each.month]) for each in frozen_months_of(connection)
                ],
                catalogue=Catalogue(connection),
            )

    def _today(self) -> date:
        return local_day(self._clock.now())
