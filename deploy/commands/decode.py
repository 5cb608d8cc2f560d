"""``komek decode``: raw scans in, what they say out; one JSON value a line.

A pure function on the command line: no data folder, no service, no network.
"""

import json
import sys
from collections.abc import Iterator
from datetime import date, datetime
from typing import BinaryIO

import click

from services.inventory.domain.scanning.decoding import decode
from services.inventory.domain.scanning.faults import ScanError
from shared.kernel.clock import SystemClock, local_day

_EXIT_WRONG_USE = 2


@click.command("decode")
@click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day by which years of two digits are read (default: today in Almaty).",
)
@click.option(
    "--substitute",
    "substitutes",
    multiple=True,
    metavar="TEXT",
    help="What the scanner sends in place of a separator; may be given repeatedly.",
)
def decode_command(today: datetime | None, substitutes: tuple[str, ...]) -> None:
    """Read raw scans, one JSON string a line, and say what each holds.

    Writes one JSON object a line: the decoded scan, or {"error": CODE}.
    Ends with 2 at the first line that is not a JSON string.
    """
    if "" in substitutes:
        raise click.BadParameter("must not be empty", param_hint="--substitute")
    day = today.date() if today else local_day(SystemClock().now())
    for raw in _scans(sys.stdin.buffer):
        answer = _answer(raw, day, substitutes)
        click.echo(json.dumps(answer, ensure_ascii=False, sort_keys=True).encode())


def _scans(lines: BinaryIO) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        try:
            raw = json.loads(line)
        except (ValueError, RecursionError):
            raw = None
        if not isinstance(raw, str):
            click.echo(f"Line {number} is not a JSON string.", err=True)
            raise SystemExit(_EXIT_WRONG_USE)
        yield raw


def _answer(raw: str, today: date, substitutes: tuple[str, ...]) -> dict[str, object]:
    try:
        return decode(raw, today=today, substitutes=substitutes).as_json()
    except ScanError as error:
        return {"error": error.fault}
