"""Do the services agree? Checks that no single database can make."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from shared.messaging.journal import read_envelope
from shared.messaging.station import Station

BATCH_MAX = 2_000
ON_ITS_WAY = timedelta(minutes=1)
"""A younger message may still be travelling; only an older one is missing."""

STOCK_CHANGED = "inventory.stock_changed.v1"
BUCKETS = (
    *("received", "in_stock", "reserved"),
    *("in_transit", "accepted", "lost", "returned"),
)


def agreement(services: Mapping[str, Any], now: datetime) -> Iterator[dict[str, Any]]:
    """Compare what was said with what was heard and counted."""
    for name, service in services.items():
        yield _everything_heard(name, service.station, services, now - ON_ITS_WAY)
        yield _nothing_parked(name, service.station)
    yield _donors_count_the_ledger(services)


def _everything_heard(
    name: str, station: Station, services: Mapping[str, Any], before: datetime
) -> dict[str, Any]:
    """INV-07: what a source said long ago has reached this inbox, once."""
    heard = set(_inbox(station))
    said = [
        message_id
        for source in station.sources
        for message_id in _said(services[source].station, station, before)
    ]
    missing = [str(message_id) for message_id in said if message_id not in heard]
    return _check(f"{name}: has heard everything", len(said), missing)


def _inbox(station: Station) -> Iterator[UUID]:
    inbox = station.tables.inbox
    with station.database.reading() as connection:
        yield from connection.execute(select(inbox.c.message_id)).scalars()


def _said(source: Station, hearer: Station, before: datetime) -> Iterator[UUID]:
    outbox = source.tables.outbox.c
    query = select(outbox.message_id).where(
        outbox.message_type.in_(hearer.inbox.message_types),
        outbox.recorded_at <= before,
    )
    with source.database.reading() as connection:
        yield from connection.execute(query).scalars()


def _nothing_parked(name: str, station: Station) -> dict[str, Any]:
    parked = station.parking.parked()
    found = [f"{each.message_id}: {each.last_error}" for each in parked]
    return _check(f"{name}: no message is parked", len(found), found)


def _donors_count_the_ledger(services: Mapping[str, Any]) -> dict[str, Any]:
    """INV-10 across services: a donor's lot holds what the ledger announced."""
    counted = services["donors"].queries.lot_buckets()
    announced = _newest_totals(services["inventory"].station)
    wrong = [
        {"lot_id": str(lot_id), "announced": announced[lot_id], "counted": totals}
        for lot_id, (version, totals) in counted.items()
        if version == announced[lot_id][0] and totals != announced[lot_id][1]
    ]
    return _check("donors: numbers are what the ledger says", len(counted), wrong)


def _newest_totals(inventory: Station) -> dict[UUID, tuple[int, dict[str, int]]]:
    """Read the newest ``stock_changed`` of every lot from inventory's outbox."""
    outbox = inventory.tables.outbox.c
    query = (
        select(outbox.envelope)
        .where(outbox.message_type == STOCK_CHANGED)
        .order_by(outbox.position)
    )
    newest: dict[UUID, tuple[int, dict[str, int]]] = {}
    with inventory.database.reading() as connection:
        for written in connection.execute(query).scalars().yield_per(BATCH_MAX):
            body = read_envelope(written).body
            lot_id, version = UUID(body["lot_id"]), body["version"]
            if version > newest.get(lot_id, (0, {}))[0]:
                newest[lot_id] = (version, {name: body[name] for name in BUCKETS})
    return newest


def _check(name: str, rows: int, violations: list[Any]) -> dict[str, Any]:
    return {"name": name, "rows": rows, "violations": violations}
