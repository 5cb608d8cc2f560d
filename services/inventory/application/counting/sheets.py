"""Plan a count, rule on what two people found, and finish a sheet."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from services.inventory.application.counting.book_count import book_count
from services.inventory.application.counting.count_on_sheet import (
    RULINGS,
    count_on_sheet,
    locked,
)
from services.inventory.application.ports.counting import (
    Closing,
    CountEntry,
    CountSheet,
    LotPlace,
)
from services.inventory.application.ports.work import Work
from services.inventory.application.scanning.read_scans import goods_of, known_products
from services.inventory.application.scanning.record import restored
from services.inventory.application.scanning.resolve_attention import NotWaitingError
from services.inventory.domain.attention import UnknownProductError
from services.inventory.domain.counting import (
    CountLine,
    Finding,
    LineState,
    judge,
)
from services.inventory.domain.counting_errors import (
    CountSheetClosedError,
    CountSheetsOverlapError,
    CountSheetUnknownError,
    CountUnsettledError,
    NothingToDecideError,
    UncountedLotsError,
)
from services.inventory.domain.errors import UnknownLocationError
from services.inventory.domain.movement import location
from shared.kernel.clock import local_day
from shared.kernel.errors import MalformedError

ZERO, LEAVE = "zero", "leave"
UNCOUNTED = (ZERO, LEAVE)
KEEP = "keep"
ANSWERS = (*RULINGS, KEEP)


@dataclass(frozen=True, slots=True)
class PlanCount:
    """Count a place, or a product wherever it stands; exactly one of the two."""

    account: str
    location_code: str | None = None
    product_code: str | None = None


@dataclass(frozen=True, slots=True)
class RuleOnCount:
    """What a coordinator makes of a count that waits: add, replace or keep."""

    count_sheet_number: str
    scan_id: UUID
    answer: str
    account: str


@dataclass(frozen=True, slots=True)
class DecideCount:
    """What a coordinator takes for true where two counts differ."""

    count_sheet_number: str
    lot_id: UUID
    location_code: str
    counted: int
    account: str


@dataclass(frozen=True, slots=True)
class FinishCount:
    """Book a sheet; ``uncounted`` is zero or leave where lots were not counted."""

    count_sheet_number: str
    account: str
    uncounted: str | None = None


def plan_count(work: Work, wish: PlanCount) -> dict[str, Any]:
    """Open a sheet; gives its number. Raises CountSheetsOverlapError.

    Drawing the number first makes two planners wait for each other, so that the
    second one sees what the first one opened.
    """
    if (wish.location_code is None) == (wish.product_code is None):
        raise MalformedError(
            "A count sheet counts one location or one product.", field="location_code"
        )
    if wish.location_code and wish.location_code not in work.ledger.location_kinds:
        raise UnknownLocationError(wish.location_code)
    if wish.product_code and not work.catalogue.of_codes([wish.product_code]):
        raise UnknownProductError(wish.product_code)
    now = work.clock.now()
    number = work.numbers.next(f"CS-{local_day(now).year}", digits=4)
    sheet = CountSheet(number, wish.location_code, wish.product_code)
    rival = work.count_sheets.rival(sheet)
    if rival is not None:
        raise CountSheetsOverlapError(rival.count_sheet_number, counts=rival.counts)
    work.count_sheets.add(sheet, wish.account, now)
    return {"count_sheet_number": number}


def rule_on_count(work: Work, wish: RuleOnCount) -> dict[str, Any]:
    """Settle a count that waits because the lot had been counted before."""
    waiting = work.scans.waiting(wish.scan_id)
    if waiting is None or (
        waiting.line.get("count_sheet_number") != wish.count_sheet_number
    ):
        raise NotWaitingError(wish.scan_id)
    result: dict[str, Any] = {"status": "discarded"}
    if wish.answer != KEEP:
        scan = restored(waiting)
        goods = goods_of(scan, waiting.account, known_products(work, [scan]))
        applied = count_on_sheet(work, goods, wish.answer)
        result = {"status": "applied", "lot_id": str(applied.lot_id)}
    work.scans.resolve(
        wish.scan_id,
        result,
        resolved_at=work.clock.now(),
        resolved_by=wish.account,
        discard_reason="the other count stands" if wish.answer == KEEP else None,
    )
    return {"scan_id": str(wish.scan_id), **result}


def decide_count(work: Work, wish: DecideCount) -> dict[str, Any]:
    """Take a number for true where two counts differ.

    It holds for the moment of the count that found it; a number nobody found, for
    now.
    """
    accounts = work.ledger.of(wish.lot_id)
    _open_sheet(work, wish.count_sheet_number)
    account = location(wish.location_code)
    line = work.count_sheets.line(wish.count_sheet_number, wish.lot_id, account)
    product = work.catalogue.of_codes([accounts.lot.product_code])
    is_medicine = product[accounts.lot.product_code].is_medicine
    decidable = {LineState.COUNTS_DIFFER, LineState.DECIDED}
    if line is None or judge(line, accounts, is_medicine=is_medicine) not in decidable:
        raise NothingToDecideError(wish.count_sheet_number)
    now = work.clock.now()
    found = [each for each in (line.second, line.first) if each]
    counted_at = next(
        (each.counted_at for each in found if each.counted == wish.counted), now
    )
    decision = Finding(wish.counted, counted_at, wish.account, now)
    work.count_sheets.save(replace(line, decision=decision), None)
    return {"lot_id": str(wish.lot_id), "counted": wish.counted}


def finish_count(work: Work, wish: FinishCount) -> dict[str, Any]:
    """Book every line of a sheet at once, each as of the moment it was counted.

    With ``zero`` the lots nobody counted are entered as nothing found; each then
    needs its second count, so the sheet stays open. Raises UncountedLotsError,
    CountUnsettledError, CountOvertakenError and CountSheetClosedError.
    """
    number = wish.count_sheet_number
    sheet = work.count_sheets.find(number)
    if sheet is None:
        raise CountSheetUnknownError(number)
    lines = work.count_sheets.lines(number)
    standing = list(work.count_sheets.standing(sheet))
    work.ledger.open([each.lot_id for each in lines] + [lot for lot, _ in standing])
    _open_sheet(work, number)
    lines = work.count_sheets.lines(number)
    known = {(each.lot_id, each.account) for each in lines}
    uncounted = [each for each in standing if each not in known]
    if uncounted and wish.uncounted not in UNCOUNTED:
        raise UncountedLotsError(number, lots=len(uncounted))
    if uncounted and wish.uncounted == ZERO:
        _enter_nothing(work, wish, uncounted)
        return _still_open(work, number)
    _refuse_unsettled(work, number, lines)
    outcomes = [book_count(work, line) for line in lines]
    closing = Closing(wish.account, work.clock.now(), wish.uncounted, len(uncounted))
    work.count_sheets.close(number, closing)
    return {
        "count_sheet_number": number,
        "status": "finished",
        "counted": len(lines),
        "uncounted": len(uncounted),
        "differences": sum(each.difference != 0 for each in outcomes),
    }


def _open_sheet(work: Work, number: str) -> CountSheet:
    sheet = locked(work, number)
    if not sheet.is_open:
        raise CountSheetClosedError(number)
    return sheet


def _enter_nothing(
    work: Work, wish: FinishCount, uncounted: Sequence[LotPlace]
) -> None:
    now = work.clock.now()
    finding = Finding(0, now, wish.account, now)
    for lot_id, account in uncounted:
        line = CountLine(
            count_sheet_number=wish.count_sheet_number,
            lot_id=lot_id,
            account=account,
            product_code=work.ledger.of(lot_id).lot.product_code,
            count_id=work.ids.new_id(),
            first=finding,
        )
        entry = CountEntry(work.ids.new_id(), finding, "first")
        work.count_sheets.save(line, entry)


def _still_open(work: Work, number: str) -> dict[str, Any]:
    states = _states(work, work.count_sheets.lines(number))
    return {
        "count_sheet_number": number,
        "status": "open",
        "second_counts": states[LineState.SECOND_COUNT_NEEDED],
        "decisions": states[LineState.COUNTS_DIFFER],
    }


def _refuse_unsettled(work: Work, number: str, lines: Sequence[CountLine]) -> None:
    states = _states(work, lines)
    second_counts = states[LineState.SECOND_COUNT_NEEDED]
    decisions = states[LineState.COUNTS_DIFFER] + len(work.count_sheets.waiting(number))
    if second_counts or decisions:
        raise CountUnsettledError(
            number, second_counts=second_counts, decisions=decisions
        )


def _states(work: Work, lines: Sequence[CountLine]) -> Counter[LineState]:
    products = work.catalogue.of_codes({each.product_code for each in lines})
    return Counter(
        judge(
            line,
            work.ledger.of(line.lot_id),
            is_medicine=products[line.product_code].is_medicine,
        )
        for line in lines
    )
