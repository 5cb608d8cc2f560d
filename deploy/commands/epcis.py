"""``komek epcis``: what happened to lots, as a file for a partner's own books."""

import heapq
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import click

from deploy.commands.data_option import data_option
from deploy.epcis import HEARD, document
from deploy.settings import SERVICES, Settings
from deploy.suite import World, build_services
from shared.contracts.envelope import Envelope
from shared.messaging.journal import read_envelope
from shared.messaging.station import Station

SPEAKERS = ("inventory", "distribution")
BATCH_MAX = 500


@click.command("epcis")
@data_option
def epcis_command(data: Path | None) -> None:
    """Write all that happened to lots as EPCIS 2.0 (JSON-LD) on stdout.

    Internal: it follows lots, though it names no place. Goods with numbers of our
    own and goods in kits are left out.
    """
    world = World.real()
    services = build_services(SERVICES, Settings.read(data=data), world)
    now = world.clock.now()
    told = heapq.merge(
        *(_said(services[name].station, now) for name in SPEAKERS),
        key=lambda envelope: envelope.recorded_at,
    )
    click.echo(json.dumps(document(told, now), ensure_ascii=False, indent=1))


def _said(station: Station, until: datetime) -> Iterator[Envelope]:
    """Read what a service said from the beginning, in the order of its outbox."""
    types = [each for each in HEARD if each.startswith(f"{station.service}.")]
    position = 0
    while True:
        with station.database.reading() as connection:
            stored = station.journal.after(
                connection,
                position,
                types=types,
                recorded_before=until,
                limit=BATCH_MAX,
            )
        if not stored:
            return
        for each in stored:
            position = each.position
            yield read_envelope(each.envelope)
