"""Apply a batch of scans: each line on its own, all in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from services.inventory.application.ports.work import AnsweredScan, WaitingScan, Work
from services.inventory.application.scanning.answers import (
    Answer,
    applied_answer,
    refused_answer,
    waiting_answer,
)
from services.inventory.application.scanning.digest import fingerprint_of
from services.inventory.application.scanning.goods import Action, Applied, ScannedGoods
from services.inventory.application.scanning.line import (
    ScanLine,
    read_line,
    scan_id_of,
)
from services.inventory.application.scanning.read_scans import (
    KnownProducts,
    ReadScan,
    expect_lots,
    goods_of,
    known_products,
    read_scan,
)
from services.inventory.application.scanning.record import waiting_scan
from services.inventory.domain.attention import WaitsForPersonError
from services.inventory.domain.errors import OccurredInFutureError
from services.inventory.domain.pack_serial import SerialKey
from shared.kernel.errors import CommandIdReusedError, DomainError, MalformedError

SCANS_MAX = 500
CLOCK_ERROR_MAX = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class ScanRules:
    """What each action does, and what scanners send in place of a separator.

    ``serial_key`` hides the serials of packs.
    """

    actions: Mapping[str, Action]
    serial_key: SerialKey
    substitutes: Sequence[str] = ()


@dataclass(slots=True)
class Batch:
    """The lines of one request on their way to their answers.

    ``by_coordinator``: the account is one's.
    """

    work: Work
    account: str
    rules: ScanRules
    by_coordinator: bool = False
    products: KnownProducts = field(default_factory=lambda: KnownProducts({}, {}))
    answered: dict[UUID, AnsweredScan] = field(default_factory=dict)
    new: list[AnsweredScan] = field(default_factory=list)
    waiting: list[WaitingScan] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it came, and either what it says or why it says nothing.

    ``sent_id`` is the id as it was sent. Without ``scan_id`` it is no id, and
    nothing of the line can be remembered; without ``scan`` it has no fingerprint,
    so it is never the same as a line that was answered.
    """

    sent_id: Any
    scan_id: UUID | None = None
    fingerprint: str = ""
    scan: ReadScan | None = None
    fault: DomainError | None = None


def read_batch(lines: Sequence[Any], rules: ScanRules) -> list[Line]:
    """Decode every line, before any transaction is open: nobody waits meanwhile.

    Raises MalformedError for a batch of no lines or too many.
    """
    if not 1 <= len(lines) <= SCANS_MAX:
        raise MalformedError(
            f"A batch holds 1 to {SCANS_MAX} scans, not {len(lines)}.", field="scans"
        )
    return [_read(line, rules) for line in lines]


def post_scans(
    work: Work,
    read: Sequence[Line],
    *,
    account: str,
    rules: ScanRules,
    by_coordinator: bool = False,
) -> list[Answer]:
    """Answer every line in order: applied, duplicate, attention or refused.

    One line's failure never harms another. A line seen before gives its first
    answer again; a refusal is forgotten, so the same line may succeed later.
    """
    batch = Batch(work, account, rules, by_coordinator)
    ids = (line.scan_id for line in read if line.scan_id)
    batch.answered.update(work.scans.answered(ids))
    scans = [line.scan for line in read if line.scan]
    batch.products = known_products(work, scans)
    work.serials.expect(scan.serial_digest for scan in scans if scan.serial_digest)
    expect_lots(work, _likely_goods(batch, read))
    answers = [_answer(batch, line) for line in read]
    now = work.clock.now()
    work.scans.remember(batch.new, now)
    work.scans.keep(batch.waiting, now)
    return answers


def _read(line: Any, rules: ScanRules) -> Line:
    if not isinstance(line, Mapping):
        fault = MalformedError("Every scan is a JSON object.", field="scans")
        return Line(None, fault=fault)
    sent_id, scan_id = line.get("scan_id"), None
    try:
        scan_id = scan_id_of(line)
        scan = read_scan(read_line(line), rules.serial_key, rules.substitutes)
    except DomainError as fault:
        return Line(sent_id, scan_id, fault=fault)
    return Line(sent_id, scan_id, fingerprint_of(scan), scan)


def _likely_goods(batch: Batch, lines: Sequence[Line]) -> list[ScannedGoods]:
    """Guess what the batch will touch, to load it at once; faults come later."""
    likely = []
    for line in lines:
        if line.scan and line.scan_id not in batch.answered:
            try:
                likely.append(goods_of(line.scan, batch.account, batch.products))
            except DomainError:
                continue
    return likely


def _answer(batch: Batch, line: Line) -> Answer:
    earlier = batch.answered.get(line.scan_id) if line.scan_id else None
    if earlier is None:
        return {"scan_id": line.sent_id, **_first_answer(batch, line)}
    if (earlier.account, earlier.fingerprint) != (batch.account, line.fingerprint):
        reused = CommandIdReusedError(line.scan_id)
        return {"scan_id": line.sent_id, **refused_answer(reused)}
    return {"scan_id": line.sent_id, **earlier.result, "status": "duplicate"}


def _first_answer(batch: Batch, line: Line) -> Answer:
    try:
        result = applied_answer(_apply(batch, line))
    except WaitsForPersonError as need:
        assert line.scan is not None, "only what was read can wait for a person"
        result = waiting_answer(need)
        batch.waiting.append(_waiting(batch, line.scan, need))
    except DomainError as refusal:
        return refused_answer(refusal)
    assert line.scan_id is not None, "what was read has an id"
    answered = AnsweredScan(line.scan_id, batch.account, line.fingerprint, result)
    batch.new.append(answered)
    batch.answered[line.scan_id] = answered
    return result


def _apply(batch: Batch, line: Line) -> Applied:
    if line.fault:
        raise line.fault
    assert line.scan is not None, "a line was read, or says why not"
    scan = replace(line.scan, line=_not_ahead(line.scan.line, batch.work.clock.now()))
    goods = goods_of(
        scan, batch.account, batch.products, is_judged=batch.by_coordinator
    )
    with batch.work.attempt():
        return batch.rules.actions[goods.line.action](batch.work, goods)


def _not_ahead(line: ScanLine, now: datetime) -> ScanLine:
    """Take the time of a phone whose clock is a little ahead for now."""
    if line.occurred_at > now + CLOCK_ERROR_MAX:
        raise OccurredInFutureError(line.occurred_at)
    return replace(line, occurred_at=min(line.occurred_at, now))


def _waiting(batch: Batch, scan: ReadScan, need: WaitsForPersonError) -> WaitingScan:
    kept = waiting_scan(scan, batch.account, need)
    if batch.products.may_be_medicine(scan):
        return kept
    return replace(kept, serial_digest=None)
