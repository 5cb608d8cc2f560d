"""``komek migrate``: bring every database up to date."""

import click

from deploy.settings import SERVICES, Settings
from deploy.suite import World, build_services
from shared.database.database import Database
from shared.identity.store import bring_up_to_date


@click.command("migrate")
def migrate_command() -> None:
    """Run the migrations that are missing, for all services and the accounts."""
    settings = Settings.read()
    build_services(SERVICES, settings, World.real())
    bring_up_to_date(Database(settings.database_urls["identity"]))
    click.echo("Every database is up to date.")
