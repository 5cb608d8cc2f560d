"""``komek parked``: messages we gave up on, for a person to look at."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import click

from deploy.commands.data_option import data_option
from deploy.settings import SERVICES, Settings
from deploy.suite import World, build_services
from shared.messaging.parking import Parking, UnknownParkedMessageError


@click.group("parked")
def parked_group() -> None:
    """List, show and release messages that were given up on."""


@parked_group.command("list")
@data_option
def list_command(data: Path | None) -> None:
    """List parked messages, one a line: service, id, type, error."""
    for service, parking in _parkings(data):
        for message in parking.parked():
            first_line = message.last_error.splitlines()[0]
            click.echo(
                f"{service}\t{message.message_id}\t{message.message_type}\t{first_line}"
            )


@parked_group.command("show")
@click.argument("message_id", type=click.UUID)
@data_option
def show_command(message_id: UUID, data: Path | None) -> None:
    """Show one message whole, with why it could not take effect."""
    service, parking = _keeper_of(message_id, data)
    message = parking.show(message_id)
    click.echo(f"service:  {service}")
    click.echo(f"type:     {message.message_type}")
    click.echo(f"attempts: {message.attempts}")
    click.echo(f"error:    {message.last_error}")
    click.echo(message.envelope)


@parked_group.command("release")
@click.argument("message_id", type=click.UUID)
@data_option
def release_command(message_id: UUID, data: Path | None) -> None:
    """Let a message be tried again, after its cause was mended."""
    service, parking = _keeper_of(message_id, data)
    parking.release(message_id)
    click.echo(f"{service} will try {message_id} again at once.")


def _parkings(data: Path | None) -> Iterator[tuple[str, Parking]]:
    services = build_services(SERVICES, Settings.read(data=data), World.real())
    for name, service in services.items():
        yield name, service.station.parking


def _keeper_of(message_id: UUID, data: Path | None) -> tuple[str, Parking]:
    for service, parking in _parkings(data):
        try:
            parking.show(message_id)
        except UnknownParkedMessageError:
            continue
        return service, parking
    click.echo(
        f"No message {message_id} is parked. `komek parked list` shows those that are.",
        err=True,
    )
    raise SystemExit(1)
