"""``komek doctor``: look whether everything is there that the suite needs."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click
from kombu import Connection
from sqlalchemy.exc import SQLAlchemyError

from deploy.findings import Finding, certificates, mail, privacy
from deploy.refusals import NOT_WELL
from deploy.settings import EMBEDDED_BROKER, SERVICES, Settings
from deploy.suite import migrations_of
from shared.database.database import Database
from shared.database.migrating import is_current
from shared.kernel.clock import SystemClock
from shared.web.assets import MANIFEST

PYTHON_MIN = (3, 11)
FREE_BYTES_MIN = 200_000_000
BROKER_SECONDS_MAX = 3


@click.command("doctor")
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the databases; ./data if not given.",
)
def doctor_command(data: Path | None) -> None:
    """Look at the machine and the settings; say what is missing and the remedy."""
    findings = list(_look(Settings.read(data=data)))
    for finding in findings:
        state = "well    " if finding.is_well else "NOT WELL"
        remedy = "" if finding.is_well else f" -> {finding.remedy}"
        click.echo(f"{state}  {finding.what}{remedy}")
    if not all(finding.is_well for finding in findings):
        raise SystemExit(NOT_WELL)


def _look(settings: Settings) -> Iterator[Finding]:
    yield Finding(
        f"Python {sys.version.split()[0]}",
        sys.version_info >= PYTHON_MIN,
        "Install Python 3.11 or newer.",
    )
    yield _data_folder(settings.data)
    yield from privacy(settings.data)
    yield Finding(
        "browser parts are built", MANIFEST.exists(), "Run `make browser-parts`."
    )
    yield from (_database(settings, name) for name in SERVICES)
    yield _broker(settings.broker_url)
    yield from certificates(settings, SystemClock())
    yield mail()


def _data_folder(folder: Path) -> Finding:
    there = folder if folder.exists() else folder.absolute().parent
    enough = shutil.disk_usage(there).free >= FREE_BYTES_MIN
    return Finding(
        f"data folder {folder} can be written and has room",
        os.access(there, os.W_OK) and enough,
        f"Free {FREE_BYTES_MIN // 1_000_000} MB, or give another folder with --data.",
    )


def _database(settings: Settings, name: str) -> Finding:
    """Look without creating: a database that is not there yet is no fault."""
    url = settings.database_urls[name]
    file = Path(url.removeprefix("sqlite:///"))
    if url.startswith("sqlite") and not file.exists():
        return Finding(f"{name}: no data yet", is_well=True)
    return Finding(
        f"{name}: database answers and is up to date",
        _holds(lambda: is_current(Database(url), migrations_of(name))),
        f"Check KOMEK_DATABASE_URL_{name.upper()}, then run `komek migrate`.",
    )


def _holds(question: Callable[[], bool]) -> bool:
    try:
        return question()
    except (SQLAlchemyError, OSError):
        return False


def _broker(url: str) -> Finding:
    if url == EMBEDDED_BROKER:
        return Finding("broker lives in the process", is_well=True)
    return Finding(
        "broker answers",
        _holds(lambda: _answers(url)),
        "Start RabbitMQ, or check KOMEK_BROKER_URL.",
    )


def _answers(url: str) -> bool:
    with Connection(url, connect_timeout=BROKER_SECONDS_MAX) as connection:
        connection.connect()
    return True
