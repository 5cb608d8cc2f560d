"""``komek verify``: prove from the rows that the numbers are true."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from deploy.refusals import NOT_WELL
from deploy.settings import SERVICES, Settings
from deploy.suite import World, build_services


@dataclass(frozen=True, slots=True)
class Check:
    """One rule: over how many rows it was looked at, and what breaks it."""

    name: str
    rows: int
    violations: list[Any]


@click.command("verify")
@click.option(
    "--data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of the databases; the configured databases if not given.",
)
def verify_command(data: Path | None) -> None:
    """Check every ledger and every number built on it; exit 1 when one is wrong."""
    services = build_services(SERVICES, Settings.read(data=data), World.real())
    checks = [
        {**check, "name": f"{name}: {check['name']}"}
        for name, service in services.items()
        for check in service.verify()
    ]
    checks.append(_donors_agree_with_the_ledger(services))
    well = not any(check["violations"] for check in checks)
    click.echo(json.dumps({"well": well, "checks": checks}, ensure_ascii=False))
    if not well:
        raise SystemExit(NOT_WELL)
