"""How a scan that waits for a person is kept: without anything secret.

The raw text may hold the serial and the secret part of a marking code, so it is
never stored; what was decoded of it is, but the serial (DOMAIN.md 1.3). Its keyed
hash waits beside the line, and is forgotten when the scan waits no more.
"""

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from services.inventory.application.ports.work import WaitingScan
from services.inventory.application.scanning.line import read_line
from services.inventory.application.scanning.read_scans import ReadScan
from services.inventory.domain.attention import WaitsForPersonError
from services.inventory.domain.scanning.scan import DecodedScan

NEVER_KEPT = frozenset({"raw", "second_raw"})
DATES = frozenset({"expiry", "best_before"})
KEPT = DATES | {
    "kind",
    "gtin",
    "format",
    "rcn",
    "lot",
    "content_gtin",
    "count",
    "warnings",
}


def written(scan: ReadScan) -> dict[str, Any]:
    """Write a scan as JSON: the line without its raw text, and its code."""
    line = {
        name: _plain(value)
        for name, value in asdict(scan.line).items()
        if value is not None and name not in NEVER_KEPT
    }
    return line if scan.code is None else {**line, "decoded": _code(scan.code)}


def waiting_scan(
    scan: ReadScan, account: str, need: WaitsForPersonError
) -> WaitingScan:
    """Make what is kept of a scan that cannot be applied yet."""
    return WaitingScan(
        scan_id=scan.line.scan_id,
        account=account,
        code=need.code,
        detail=need.detail,
        line=written(scan),
        occurred_at=scan.line.occurred_at,
        gtin=scan.gtin,
        serial_digest=scan.serial_digest,
    )


def restored(waiting: WaitingScan, **entered: Any) -> ReadScan:
    """Read a kept scan back with what a person entered since.

    Raises MalformedError when what was entered does not fit.
    """
    record = waiting.line
    decoded = record.get("decoded")
    given = {name: value for name, value in entered.items() if value is not None}
    line = {name: value for name, value in record.items() if name != "decoded"}
    raw = {"raw": ""} if decoded else {}
    read = read_line({**raw, **line, **given})
    return ReadScan(read, _decoded(decoded), waiting.serial_digest)


def _code(code: DecodedScan) -> dict[str, Any]:
    return {name: value for name, value in code.as_json().items() if name in KEPT}


def _decoded(record: Mapping[str, Any] | None) -> DecodedScan | None:
    if record is None:
        return None
    days = {name: date.fromisoformat(record[name]) for name in DATES if name in record}
    known = {spec.name for spec in fields(DecodedScan)} & record.keys()
    rest = {name: record[name] for name in known - days.keys()}
    return DecodedScan(**{**rest, **days, "warnings": tuple(rest.get("warnings", ()))})


def _plain(value: object) -> object:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
