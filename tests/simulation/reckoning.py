"""The reckoning at night: everything was healed, so everything has to agree."""

from collections import Counter
from typing import Any

from shared.messaging.station import Station
from tests.simulation.auditor import Auditor, LineKey, line_key
from tests.simulation.books import BUCKETS
from tests.simulation.own_pages import check_deliveries
from tests.simulation.trace import Violation
from tests.support.simulated_suite import SimulatedSuite

ENDS = ("accepted", "refused", "damaged", "short")
GiftKey = tuple[str, str]


def reckon(auditor: Auditor, suite: SimulatedSuite) -> None:
    """Compare the books with all three services; raise Violation at a difference."""
    auditor.check_step()
    _check_parked(auditor, suite)
    _compare_effects(auditor, suite)
    _compare_lots(auditor)
    _compare_movements(auditor, suite)
    _compare_refusals(auditor)
    _compare_donors(auditor, suite)
    check_deliveries(auditor.books, suite)
    _compare_promises(suite)
    _compare_consignments(auditor, suite)
    _compare_days(suite)
    _compare_requisitions(auditor, suite)
    _check_verified(suite)


def _check_parked(auditor: Auditor, suite: SimulatedSuite) -> None:
    """No message was given up, but for a cancellation that came after the vehicle."""
    for station in suite.stations.values():
        for parked in station.parking.parked():
            is_too_late = "consignment_cancelled" in parked.message_type and any(
                number in parked.envelope for number in auditor.dispatched
            )
            if not is_too_late:
                raise Violation(
                    f"{station.service} gave up {parked.message_type}: "
                    f"{parked.last_error} {parked.envelope}",
                    parked.message_id,
                )


def _compare_effects(auditor: Auditor, suite: SimulatedSuite) -> None:
    """Everybody who listens to a message says that it took effect, once."""
    for name, station in suite.stations.items():
        ended = _ended(name, station)
        for message_type in station.inbox.message_types:
            if ended[message_type] != auditor.said[message_type]:
                raise Violation(
                    f"{auditor.said[message_type]} {message_type} were said, "
                    f"{ended[message_type]} took effect in {name}"
                )


def _ended(service: str, station: Station) -> Counter[str]:
    """Read off the metrics how many messages came to an end, by type."""
    ended: Counter[str] = Counter()
    for metric in station.metrics.consumed.collect():
        for sample in metric.samples:
            labels = sample.labels
            is_end = labels.get("outcome") in {"handled", "parked"}
            if is_end and labels["service"] == service:
                # the metric tells when it was created, too: only the total counts
                is_total = sample.name.endswith("_total")
                ended[labels["message_type"]] += int(sample.value) * is_total
    return ended


def _compare_lots(auditor: Auditor) -> None:
    """Inventory's last word on each lot is what the books say."""
    for lot_id, lot in auditor.books.lots.items():
        said = auditor.stated[lot_id]
        if lot.totals() != {bucket: said[bucket] for bucket in BUCKETS}:
            raise Violation(f"books {lot.totals()}, inventory {said}", lot_id)


def _compare_movements(auditor: Auditor, suite: SimulatedSuite) -> None:
    """Every movement that was acknowledged stands on a stock card, once."""
    posted: Counter[str] = Counter()
    for product_code in sorted({x.product_code for x in auditor.books.lots.values()}):
        card = suite.all_of("volunteer", "inventory", f"/stock-cards/{product_code}")
        posted.update(line["movement_id"] for line in card)
    wrong = [m for m in auditor.books.acknowledged if posted[m] != 1]
    if wrong:
        raise Violation(f"movements that are not there once: {wrong}", *wrong)


def _compare_refusals(auditor: Auditor) -> None:
    said: Counter[GiftKey] = Counter()
    for gift_number, product_code, quantity in auditor.refusals.values():
        said[gift_number, product_code] += quantity
    if said != auditor.books.refused:
        raise Violation(f"refused {auditor.books.refused}, inventory said {said}")


def _compare_donors(auditor: Auditor, suite: SimulatedSuite) -> None:
    """What is told of every gift is what the books say, and nothing is left out."""
    promised: Counter[GiftKey] = Counter()
    for line in suite.all_of("volunteer", "inventory", "/stock"):
        promised[line["gift_number"], line["product_code"]] += line["reserved"]
    ours = auditor.books.by_gift()
    told: set[GiftKey] = set()
    for gift in suite.all_of("coordinator", "donors", "/gifts"):
        for item in gift["items"]:
            key = gift["gift_number"], item["product_code"]
            told.add(key)
            expected = {bucket: ours[key][bucket] for bucket in BUCKETS}
            expected["refused"] = auditor.books.refused[key]
            expected["reserved"] = promised[key]
            found = {name: item[name] for name in expected}
            if found != expected:
                raise Violation(f"{key}: books {expected}, donors {found}", *key)
    for key in sorted(ours.keys() - told):
        if key[0] in auditor.earmarks and any(ours[key].values()):
            raise Violation(f"donors know nothing of {key}", *key)


def _compare_promises(suite: SimulatedSuite) -> None:
    """Both services count the same as held and not yet on any list.

    On a list inventory may ask for less than distribution planned: what was
    withdrawn meanwhile shows only when the vehicle leaves.
    """
    held, listed = _held_and_listed(suite)
    believed, planned = _believed_and_planned(suite)
    if held - listed != believed - planned:
        raise Violation(
            f"beside lists inventory holds {held - listed}, "
            f"distribution believes {believed - planned}"
        )


def _held_and_listed(suite: SimulatedSuite) -> tuple[Counter[str], Counter[str]]:
    held: Counter[str] = Counter()
    for line in suite.all_of("volunteer", "inventory", "/stock"):
        held[line["product_code"]] += line["reserved"]
    listed: Counter[str] = Counter()
    for each in suite.all_of("volunteer", "inventory", "/pick-lists", status="open"):
        for line in each["lines"]:
            listed[line["product_code"]] += line["quantity"] - line["picked"]
    return held, listed


def _believed_and_planned(suite: SimulatedSuite) -> tuple[Counter[str], Counter[str]]:
    believed: Counter[str] = Counter()
    for requisition in suite.all_of("coordinator", "distribution", "/requisitions"):
        for line in requisition["lines"]:
            believed[line["product_code"]] += line["reserved"]
    planned: Counter[str] = Counter()
    for consignment in suite.all_of("coordinator", "distribution", "/consignments"):
        if consignment["status"] in {"planned", "picking"}:
            for line in consignment["lines"]:
                planned[line["product_code"]] += line["planned"]
    return believed, planned


def _compare_consignments(auditor: Auditor, suite: SimulatedSuite) -> None:
    """Each line: what left is what left, and it ended as was told at the gate."""
    for each in suite.all_of("coordinator", "distribution", "/consignments"):
        number = each["consignment_number"]
        sent = auditor.dispatched.get(number)
        handed_over = auditor.handed_over.get(number)
        has_left = each["status"] in {"in_transit", "handed_over"}
        if has_left != (sent is not None) or (
            (each["status"] == "handed_over") != (handed_over is not None)
        ):
            raise Violation(f"{number} is {each['status']}, {sent=}", number)
        if sent is not None:
            _compare_lines(each, sent, handed_over)


def _compare_days(suite: SimulatedSuite) -> None:
    """What is picked is picked for the day on which it goes."""
    goes_on = {
        each["consignment_number"]: each["planned_on"]
        for each in suite.all_of("coordinator", "distribution", "/consignments")
    }
    for each in suite.all_of("volunteer", "inventory", "/pick-lists"):
        number = each["consignment_number"]
        if each["planned_on"] != goes_on[number]:
            raise Violation(
                f"picked for {each['planned_on']}, goes on {goes_on[number]}", number
            )


def _compare_lines(
    consignment: dict[str, Any],
    sent: Counter[LineKey],
    handed_over: dict[LineKey, dict[str, int]] | None,
) -> None:
    number = consignment["consignment_number"]
    found = {line_key(line): line for line in consignment["lines"]}
    for key, quantity in sent.items():
        line = found.get(key)
        if line is None or line["dispatched"] != quantity:
            raise Violation(f"{quantity} of {key} left, distribution: {line}", number)
        ends = {end: line[end] for end in ENDS}
        if handed_over is not None and quantity:
            if ends != {end: handed_over[key][end] for end in ENDS}:
                raise Violation(f"{handed_over[key]} became {ends}", number, key[2])
            if sum(ends.values()) != quantity:
                raise Violation(f"{quantity} left, {ends} ended", number, key[2])


def _compare_requisitions(auditor: Auditor, suite: SimulatedSuite) -> None:
    """What units got by their requisitions is what was handed over to them."""
    booked: Counter[tuple[str, str, str]] = Counter()
    for requisition in suite.all_of("coordinator", "distribution", "/requisitions"):
        for line in requisition["lines"]:
            for end in ENDS:
                key = requisition["unit_code"], line["product_code"], end
                booked[key] += line[end]
    gate: Counter[tuple[str, str, str]] = Counter()
    for lines in auditor.handed_over.values():
        for (unit_code, product_code, _), ends in lines.items():
            for end in ENDS:
                gate[unit_code, product_code, end] += ends[end]
    if +booked != +gate:
        raise Violation(f"requisitions add up to {+booked}, handovers to {+gate}")


def _check_verified(suite: SimulatedSuite) -> None:
    """Each service proves its own rows."""
    for name, service in suite.services.items():
        verify = getattr(service, "verify", None)
        for check in verify() if verify else ():
            if check["violations"]:
                raise Violation(f"{name} verify: {check}")
