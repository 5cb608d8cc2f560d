"""What explains: facts that tell a donor what happened and never count."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from uuid import UUID

from services.donors.application.hear_stock import note_unless_late
from services.donors.application.kit_goods import KITS_GIFT, given_lots, known_lot
from services.donors.application.ports import StoryLine, Work
from services.donors.domain.errors import HandoverNotHeardOfError
from services.donors.domain.happening import HappeningKind
from shared.contracts.distribution_v1 import ConsignmentHandedOver, HandoverLine
from shared.contracts.envelope import Envelope
from shared.contracts.inventory_v1 import (
    GoodsDispatched,
    GoodsReceived,
    GoodsRefused,
    LotRecalled,
    StockReserved,
    StockWrittenOff,
)
from shared.kernel.clock import local_day

Part = tuple[HappeningKind, int, str | None]


def tell_received(work: Work, fact: GoodsReceived, envelope: Envelope) -> None:
    """Tell that goods were taken in, or that such a receipt was corrected."""
    kind = (
        HappeningKind.RECEIPT_CORRECTED if fact.is_reversal else HappeningKind.RECEIVED
    )
    with _telling(work, envelope, envelope.message_id) as teller:
        teller.tell(fact.gift_number, fact.product_code, (kind, fact.quantity, None))


def tell_refused(work: Work, fact: GoodsRefused, envelope: Envelope) -> None:
    """Tell that goods were not taken in, and why."""
    with _telling(work, envelope, envelope.message_id) as teller:
        part = HappeningKind.REFUSED, fact.quantity, fact.reason
        teller.tell(fact.gift_number, fact.product_code, part)


def tell_written_off(work: Work, fact: StockWrittenOff, envelope: Envelope) -> None:
    """Tell that goods in the warehouse were lost, and why."""
    with _telling(work, envelope, envelope.message_id) as teller:
        part = HappeningKind.WRITTEN_OFF, fact.quantity, fact.reason
        teller.tell(fact.gift_number, fact.product_code, part)


def tell_reserved(work: Work, fact: StockReserved, envelope: Envelope) -> None:
    """Tell that goods are held for a delivery; not for whom."""
    with _telling(work, envelope, envelope.message_id) as teller:
        for line in fact.lines:
            part = HappeningKind.RESERVED, line.quantity, None
            teller.tell_of_lot(line.lot_id, part)


def tell_dispatched(work: Work, fact: GoodsDispatched, envelope: Envelope) -> None:
    """Tell that goods left the warehouse; not where to."""
    with _telling(work, envelope, envelope.message_id) as teller:
        for line in fact.lines:
            part = HappeningKind.DISPATCHED, line.quantity, None
            teller.tell_of_lot(line.lot_id, part)


def tell_recalled(work: Work, fact: LotRecalled, envelope: Envelope) -> None:
    """Tell that a lot was recalled; how much and where it went stays with us.

    What is in kits is part of the lot's own stock, so kits are passed over.
    """
    with _telling(work, envelope, envelope.message_id) as teller:
        for lot_id in fact.lot_ids:
            lot = known_lot(work, lot_id)
            if lot.gift_number != KITS_GIFT:
                part = HappeningKind.RECALLED, lot.totals.in_stock, None
                teller.tell(lot.gift_number, lot.product_code, part)


def tell_handed_over(
    work: Work, fact: ConsignmentHandedOver, envelope: Envelope
) -> None:
    """Tell how goods were met at the gate; a correction replaces what was told.

    Raises HandoverNotHeardOfError while the corrected handover is on its way.
    """
    if fact.corrects is not None:
        if not work.story.has(fact.corrects):
            raise HandoverNotHeardOfError(fact.corrects)
        work.story.take_back(fact.corrects)
    day = local_day(fact.occurred_at)
    with _telling(work, envelope, fact.handover_id, happened_on=day) as teller:
        for line in fact.lines:
            for part in _gate_parts(line):
                teller.tell_of_lot(line.lot_id, part)


def _gate_parts(line: HandoverLine) -> Iterable[Part]:
    yield HappeningKind.ACCEPTED, line.accepted, None
    yield HappeningKind.REFUSED_AT_GATE, line.refused, None
    yield HappeningKind.DAMAGED_ON_THE_WAY, line.damaged, None
    yield HappeningKind.LOST_ON_THE_WAY, line.short, None


@contextmanager
def _telling(
    work: Work,
    envelope: Envelope,
    source_id: UUID,
    *,
    happened_on: date | None = None,
) -> Iterator["_Teller"]:
    """Write what was told inside, all of it at once."""
    teller = _Teller(work, envelope, source_id, happened_on)
    yield teller
    teller.write()


class _Teller:
    """Gathers the lines of one fact; a part of none is not worth a line."""

    def __init__(
        self,
        work: Work,
        envelope: Envelope,
        source_id: UUID,
        happened_on: date | None,
    ) -> None:
        self._lines: list[StoryLine] = []
        self._work = work
        self._source_id = source_id
        self._happened_on = happened_on or local_day(envelope.occurred_at)
        self._recorded_on = local_day(envelope.recorded_at)

    def tell_of_lot(self, lot_id: UUID, part: Part) -> None:
        """Tell it of a lot, or of each lot in its kits."""
        kind, quantity, reason = part
        for lot, each in given_lots(self._work, lot_id):
            of_lot = kind, quantity * each, reason
            self.tell(lot.gift_number, lot.product_code, of_lot)

    def tell(self, gift_number: str, product_code: str, part: Part) -> None:
        kind, quantity, reason = part
        if quantity == 0 and kind is not HappeningKind.RECALLED:
            return
        line = StoryLine(
            source_id=self._source_id,
            gift_number=gift_number,
            product_code=product_code,
            kind=kind,
            quantity=quantity,
            reason=reason,
            happened_on=self._happened_on,
            recorded_on=self._recorded_on,
        )
        self._lines.append(line)

    def write(self) -> None:
        """Keep the lines, and wake whoever may see these goods, once for each."""
        if self._lines:
            self._work.story.tell(self._lines)
        goods = dict.fromkeys((e.gift_number, e.product_code) for e in self._lines)
        for gift_number, product_code in goods:
            note_unless_late(self._work, gift_number, product_code)
