"""``komek migrate``: bring every database up to date."""

import click

from deploy.process import open_identity
from deploy.settings import SERVICES, Settings
from deploy.suite import World, build_services


@click.command("migrate")
def migrate_command() -> None:
    """Run the migrations that are missing, for all services and the accounts."""
    settings = Settings.read()
    build_services(SERVICES, settings, World.real())
    open_identity(settings, World.real())
    click.echo("Every database is up to date.")
