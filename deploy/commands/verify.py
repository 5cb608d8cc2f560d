"""``komek verify``: prove from the rows that the numbers are true."""

import json
from pathlib import Path

import click

from deploy.agreement import agreement
from deploy.refusals import NOT_WELL
from deploy.settings import SERVICES, Settings
from deploy.suite import World, build_services


@click.command("verify")
@click.option(
    "--data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of the databases; the configured databases if not given.",
)
def verify_command(data: Path | None) -> None:
    """Check every ledger and every number built on it; exit 1 when one is wrong."""
    world = World.real()
    services = build_services(SERVICES, Settings.read(data=data), world)
    checks = [
        {**check, "name": f"{name}: {check['name']}"}
        for name, service in services.items()
        for check in service.verify()
    ]
    checks.extend(agreement(services, world.clock.now()))
    well = not any(check["violations"] for check in checks)
    click.echo(json.dumps({"well": well, "checks": checks}, ensure_ascii=False))
    if not well:
        raise SystemExit(NOT_WELL)
