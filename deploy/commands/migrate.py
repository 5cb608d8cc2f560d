"""``komek migrate``: bring every database up to date."""

from pathlib import Path

import click

from deploy.commands.data_option import data_option
from deploy.process import open_identity
from deploy.settings import SERVICES, Settings
from deploy.suite import World, build_services


@click.command("migrate")
@data_option
def migrate_command(data: Path | None) -> None:
    """Run the migrations that are missing, for all services and the accounts."""
    settings = Settings.read(data=data)
    build_services(SERVICES, settings, World.real())
    open_identity(settings, World.real())
    click.echo("Every database is up to date.")
