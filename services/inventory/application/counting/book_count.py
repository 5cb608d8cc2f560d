"""Book one line of a count sheet as of the moment it was counted."""

from services.inventory.application.counting.count_stock import COUNT_LOSS, turn_up
from services.inventory.application.ports.counting import CountOutcome
from services.inventory.application.ports.work import Count, Work
from services.inventory.domain.counting import CountLine, Judged, judged
from services.inventory.domain.counting_errors import CountOvertakenError
from services.inventory.domain.errors import (
    BackdatedBalanceError,
    InsufficientStockError,
)
from services.inventory.domain.ledger import LotAccounts
from services.inventory.domain.movement import SUPPLY, Movement, Reason, place_of

BOOKED, EQUAL, COVERED = "booked", "equal", "covered"
"""A difference was booked; there was none; a later count says more already."""


def book_count(work: Work, line: CountLine) -> CountOutcome:
    """Set the books to what was found, then; what moved since stays as it was.

    Nothing is booked where a later count covers the same place already. Raises
    CountOvertakenError when a later balance would be below zero or overpromised.
    """
    accounts = work.ledger.of(line.lot_id)
    found = judged(accounts, line.account, line.truth)
    outcome = _outcome(work, line, found)
    if outcome.outcome == BOOKED:
        _post(work, accounts, line, found)
    if outcome.outcome != COVERED:
        _record(work, line, found)
    work.count_sheets.settle(line, outcome)
    return outcome


def _outcome(work: Work, line: CountLine, found: Judged) -> CountOutcome:
    if work.count_sheets.is_counted_after(line, found.finding.counted_at):
        return CountOutcome(COVERED, found.booked, 0)
    word = BOOKED if found.difference else EQUAL
    return CountOutcome(word, found.booked, found.difference)


def _record(work: Work, line: CountLine, found: Judged) -> None:
    count = Count(
        count_id=line.count_id,
        lot_id=line.lot_id,
        account=line.account,
        expected=found.booked,
        counted=found.finding.counted,
        counted_at=found.finding.counted_at,
        recorded_by=found.finding.counted_by,
    )
    work.records.add_count(count, work.clock.now())


def _post(work: Work, accounts: LotAccounts, line: CountLine, found: Judged) -> None:
    is_more = found.difference > 0
    movement = Movement(
        movement_id=work.ids.new_id(),
        lot_id=line.lot_id,
        quantity=abs(found.difference),
        source=SUPPLY if is_more else line.account,
        target=line.account if is_more else COUNT_LOSS,
        reason=Reason.COUNT_PLUS if is_more else Reason.COUNT_MINUS,
        occurred_at=found.finding.counted_at,
        recorded_by=found.finding.counted_by,
        document=str(line.count_id),
    )
    if is_more:
        _turn_up(work, accounts, movement)
        return
    try:
        work.ledger.post(movement)
    except (InsufficientStockError, BackdatedBalanceError) as refusal:
        raise CountOvertakenError(
            lot_number=accounts.lot.lot_number, place=place_of(line.account)
        ) from refusal


def _turn_up(work: Work, accounts: LotAccounts, movement: Movement) -> None:
    """Undo earlier count losses; of those, none that is younger than the count."""
    try:
        with work.attempt():
            turn_up(work, accounts, movement, Reason.COUNT_PLUS)
    except BackdatedBalanceError:
        work.ledger.post(movement)
