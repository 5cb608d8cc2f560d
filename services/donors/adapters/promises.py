"""Pledges in SQL: where each stands, with its lines, and what all still bring."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    exists,
    func,
    or_,
    select,
)

from services.donors.adapters.giving_tables import pledge_ends
from services.donors.adapters.tables import lot_totals, pledge_lines, pledges, refusals
from services.donors.domain.promise import STILL_TO_COME, PledgeState, state_of

_WITH_ENDS = pledges.outerjoin(
    pledge_ends, pledge_ends.c.pledge_number == pledges.c.pledge_number
)
PLEDGES = select(pledges, pledge_ends.c.outcome, pledge_ends.c.gift_number).select_from(
    _WITH_ENDS
)
"""Every pledge with how it ended, if it did."""


@dataclass(frozen=True, slots=True)
class PledgeRow:
    """A pledge with its lines and where it stands; ``gift_number`` if it came."""

    pledge_number: str
    donor_code: str
    due_on: date | None
    pledged_at: datetime
    state: PledgeState
    gift_number: str | None
    lines: Sequence[tuple[str, int]]

    @property
    def is_awaited(self) -> bool:
        """Say whether it has not ended, in time or late."""
        return self.state in STILL_TO_COME


def is_of(states: Iterable[PledgeState], today: date) -> ColumnElement[bool]:
    """Choose of ``PLEDGES`` what ``state_of`` puts in one of these states."""
    return or_(*(_is_of(state, today) for state in states))


def _is_of(state: PledgeState, today: date) -> ColumnElement[bool]:
    outcome, due_on = pledge_ends.c.outcome, pledges.c.due_on
    match state:
        case PledgeState.OPEN:
            return and_(outcome.is_(None), or_(due_on.is_(None), due_on >= today))
        case PledgeState.OVERDUE:
            return and_(outcome.is_(None), due_on < today)
        case PledgeState.CAME | PledgeState.WITHDRAWN:
            return outcome == state.value


def pledge_rows(
    connection: Connection, query: Select[Any], today: date
) -> list[PledgeRow]:
    """Read some of ``PLEDGES`` with their lines, in the query's order."""
    rows = connection.execute(query).all()
    numbers = [row.pledge_number for row in rows]
    of_these = (
        select(pledge_lines)
        .where(pledge_lines.c.pledge_number.in_(numbers))
        .order_by(pledge_lines.c.product_code)
    )
    lines: dict[str, list[tuple[str, int]]] = {number: [] for number in numbers}
    for line in connection.execute(of_these):
        lines[line.pledge_number].append((line.product_code, line.quantity))
    return [
        PledgeRow(
            pledge_number=row.pledge_number,
            donor_code=row.donor_code,
            due_on=row.due_on,
            pledged_at=row.pledged_at,
            state=state_of(row.due_on, row.outcome, today),
            gift_number=row.gift_number,
            lines=lines[row.pledge_number],
        )
        for row in rows
    ]


def awaited(
    connection: Connection, today: date, donor_code: str | None = None
) -> Sequence[PledgeRow]:
    """Read the pledges that have not ended, of one donor or of all.

    The next due comes first, undated ones last.
    """
    query = PLEDGES.where(is_of(STILL_TO_COME, today))
    if donor_code is not None:
        query = query.where(pledges.c.donor_code == donor_code)
    due_on = pledges.c.due_on
    query = query.order_by(due_on.is_(None), due_on, pledges.c.pledge_number)
    return pledge_rows(connection, query, today)


def still_promised(connection: Connection, today: date) -> Mapping[str, int]:
    """Add up by product what pledges still bring; what is overdue is not counted on.

    A pledge that was announced as a gift counts until something of the gift comes:
    from then on its goods are stock, and are counted there.
    """
    lines = pledge_lines.c
    outcome, due_on = pledge_ends.c.outcome, pledges.c.due_on
    gift_number = pledge_ends.c.gift_number
    is_announced = and_(
        outcome == PledgeState.CAME.value,
        *(
            ~exists().where(table.c.gift_number == gift_number)
            for table in (lot_totals, refusals)
        ),
    )
    query = (
        select(lines.product_code, func.sum(lines.quantity))
        .select_from(_WITH_ENDS)
        .join(pledge_lines, lines.pledge_number == pledges.c.pledge_number)
        .where(or_(outcome.is_(None), is_announced))
        .where(or_(due_on.is_(None), due_on >= today))
        .group_by(lines.product_code)
    )
    return {code: int(quantity) for code, quantity in connection.execute(query)}
