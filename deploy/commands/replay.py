"""``komek replay``: build what a service heard again, from what the others said."""

from datetime import datetime
from pathlib import Path
from typing import NoReturn

import click
from sqlalchemy.exc import OperationalError

from deploy.commands.data_option import data_option
from deploy.refusals import NOT_WELL, refusals_told
from deploy.settings import SERVICES, Settings
from deploy.suite import World, build_services
from shared.messaging.replaying import Replayed

LISTENERS = ("donors",)
"""Who builds tables from messages alone; the others also decide on what they hear."""


@click.command("replay")
@click.argument("service", type=click.Choice(LISTENERS))
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    help="First day that is read; refused when a source told things before it.",
)
@data_option
def replay_command(service: str, since: datetime | None, data: Path | None) -> None:
    """Empty the tables built from messages and build them again, all or nothing.

    Beside a running suite pages show the old numbers until it is done; what is to
    be written there meanwhile waits.
    """
    services = build_services(SERVICES, Settings.read(data=data), World.real())
    listener = services[service]
    sources = [services[name].station for name in listener.station.sources]
    try:
        with refusals_told():
            done = listener.replay(sources, since.date() if since else None)
    except OperationalError:
        _fail(
            f"The database of {service} is in use. Nothing was changed: "
            "stop the suite and try again."
        )
    _tell(service, done)


def _tell(service: str, done: Replayed) -> None:
    click.echo(f"{service} took {done.messages} messages again.")
    if done.waiting:
        _fail(
            f"{done.waiting} of them did not take effect. "
            "`komek parked list` shows those that were given up on."
        )


def _fail(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    raise SystemExit(NOT_WELL)
