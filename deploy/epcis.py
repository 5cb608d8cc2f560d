"""Messages as EPCIS 2.0 events at lot level, for a partner's own books.

Internal, never for donors: it follows lots. No place, unit, consignment or person
is in it, and none of goods with numbers of our own (RCN) or packed in kits
(DOMAIN.md 5.2).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid5

from shared.contracts.distribution_v1 import ConsignmentHandedOver
from shared.contracts.envelope import Envelope
from shared.contracts.inventory_v1 import (
    GoodsDispatched,
    GoodsReceived,
    LotRecalled,
    ProductRegistered,
    StockChanged,
    StockWrittenOff,
)
from shared.contracts.registry import fact_of
from shared.kernel.clock import ALMATY
from shared.kernel.gs1 import GTIN

CONTEXT = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"
KITS = "_KITS"
HEARD = (
    "inventory.product_registered.v1",
    "inventory.stock_changed.v1",
    "inventory.goods_received.v1",
    "inventory.goods_dispatched.v1",
    "inventory.lot_recalled.v1",
    "inventory.stock_written_off.v1",
    "distribution.consignment_handed_over.v1",
)
"""The messages an event is made of, by full type."""

Event = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """What happened to goods in the words of the Core Business Vocabulary."""

    disposition: str
    business_step: str | None = None
    action: str = "OBSERVE"


RECEIVED = Step("in_progress", "receiving")
SENT = Step("in_transit", "shipping")
ACCEPTED = Step("in_progress", "accepting")
HELD = Step("non_sellable_other", "holding")
RECALLED = Step("recalled", "holding")
DESTROYED = Step("destroyed", "destroying", "DELETE")
STOLEN = Step("stolen")
MISSING = Step("unavailable", "cycle_counting")
_LOSSES: Mapping[str, Step] = {
    "STOLEN": STOLEN,
    "LOST": Step("unavailable"),
    "COUNT": MISSING,
    "COUNT_MINUS": MISSING,
}


def document(envelopes: Iterable[Envelope], now: datetime) -> dict[str, Any]:
    """Make the EPCIS document of messages in the order they were recorded."""
    said = [(fact_of(each), each) for each in envelopes]
    telling = _Telling(fact for fact, _ in said)
    events = [event for fact, each in said for event in telling.events(fact, each)]
    return {
        "@context": [CONTEXT],
        "type": "EPCISDocument",
        "schemaVersion": "2.0",
        "creationDate": _instant(now),
        "epcisBody": {"eventList": events},
    }


class _Telling:
    """Knows which trade item and lot number a lot is, from all that was said."""

    def __init__(self, facts: Iterable[Any]) -> None:
        self._gtins: dict[str, str] = {}
        self._lots: dict[UUID, StockChanged] = {}
        self._held: set[UUID] = set()
        self._accepted: dict[UUID, list[Event]] = {}
        for fact in facts:
            if isinstance(fact, ProductRegistered):
                self._learn(fact)
            elif isinstance(fact, StockChanged):
                self._lots[fact.lot_id] = fact

    def events(self, fact: Any, envelope: Envelope) -> Iterator[Event]:
        if tell := _TELLERS.get(type(fact)):
            yield from tell(self, fact, envelope)

    def _learn(self, fact: ProductRegistered) -> None:
        """Keep the number of the single pack, unless it is one of our own."""
        for pack in fact.packs:
            gtin = GTIN.parse(pack.gtin)
            if pack.quantity == 1 and not gtin.is_restricted:
                self._gtins[fact.product_code] = str(gtin)

    def hold(self, fact: StockChanged, envelope: Envelope) -> Iterator[Event]:
        """Tell when goods are held; what else a lot does is told by its own fact."""
        if fact.lot_status != "quarantined":
            self._held.discard(fact.lot_id)
        elif fact.lot_id not in self._held and fact.in_stock:
            self._held.add(fact.lot_id)
            yield from self._event(HELD, {fact.lot_id: fact.in_stock}, envelope)

    def receive(self, fact: GoodsReceived, envelope: Envelope) -> Iterator[Event]:
        """Tell a receipt; one that was taken back is declared an error."""
        for event in self._event(RECEIVED, {fact.lot_id: fact.quantity}, envelope):
            if fact.is_reversal:
                event["errorDeclaration"] = _error(envelope, "did_not_occur")
            yield event

    def send(self, fact: GoodsDispatched, envelope: Envelope) -> Iterator[Event]:
        """Tell what left; not where to."""
        sums: Counter[UUID] = Counter()
        for line in fact.lines:
            sums[line.lot_id] += line.quantity
        yield from self._event(SENT, sums, envelope)

    def recall(self, fact: LotRecalled, envelope: Envelope) -> Iterator[Event]:
        """Tell that lots were recalled, without a quantity: all of them is meant."""
        yield from self._event(RECALLED, dict.fromkeys(fact.lot_ids), envelope)

    def write_off(self, fact: StockWrittenOff, envelope: Envelope) -> Iterator[Event]:
        """Tell a loss by its reason."""
        step = _LOSSES.get(fact.reason, DESTROYED)
        yield from self._event(step, {fact.lot_id: fact.quantity}, envelope)

    def hand_over(
        self, fact: ConsignmentHandedOver, envelope: Envelope
    ) -> Iterator[Event]:
        """Tell what was accepted; what a correction replaces is declared an error."""
        sums: Counter[UUID] = Counter()
        for line in fact.lines:
            sums[line.lot_id] += line.accepted
        events = list(self._event(ACCEPTED, sums, envelope))
        replaced = self._accepted.get(fact.corrects, []) if fact.corrects else []
        for event in replaced:
            declared = _error(envelope, "incorrect_data")
            declared["correctiveEventIDs"] = [each["eventID"] for each in events]
            yield {**event, "errorDeclaration": declared}
        self._accepted[fact.handover_id] = events
        yield from events

    def _event(
        self,
        step: Step,
        quantities: Mapping[UUID, int | None],
        envelope: Envelope,
    ) -> Iterator[Event]:
        """Make one event of all lots that have a number the world knows."""
        elements = [
            _element(name, quantity)
            for lot_id, quantity in quantities.items()
            if quantity != 0 and (name := self._class_of(lot_id))
        ]
        if not elements:
            return
        event: Event = {
            "type": "ObjectEvent",
            "eventID": f"urn:uuid:{uuid5(envelope.message_id, step.disposition)}",
            "eventTime": _instant(envelope.occurred_at),
            "eventTimeZoneOffset": _offset(envelope.occurred_at),
            "recordTime": _instant(envelope.recorded_at),
            "action": step.action,
            "disposition": step.disposition,
            "quantityList": elements,
        }
        if step.business_step:
            event["bizStep"] = step.business_step
        yield event

    def _class_of(self, lot_id: UUID) -> str | None:
        lot = self._lots.get(lot_id)
        if (
            lot is None
            or lot.gift_number == KITS
            or lot.product_code not in self._gtins
        ):
            return None
        item = f"https://id.gs1.org/01/{self._gtins[lot.product_code]}"
        return f"{item}/10/{quote(lot.lot_number, safe='')}" if lot.lot_number else item


_TELLERS: Mapping[type, Callable[[Any, Any, Envelope], Iterator[Event]]] = {
    StockChanged: _Telling.hold,
    GoodsReceived: _Telling.receive,
    GoodsDispatched: _Telling.send,
    LotRecalled: _Telling.recall,
    StockWrittenOff: _Telling.write_off,
    ConsignmentHandedOver: _Telling.hand_over,
}


def _element(name: str, quantity: int | None) -> dict[str, Any]:
    """Give a quantity element; pieces carry no unit of measure."""
    return {"epcClass": name} | ({} if quantity is None else {"quantity": quantity})


def _error(envelope: Envelope, reason: str) -> dict[str, Any]:
    return {"declarationTime": _instant(envelope.recorded_at), "reason": reason}


def _instant(moment: datetime) -> str:
    return moment.astimezone(ALMATY).isoformat(timespec="milliseconds")


def _offset(moment: datetime) -> str:
    return moment.astimezone(ALMATY).isoformat()[-len("+05:00") :]
