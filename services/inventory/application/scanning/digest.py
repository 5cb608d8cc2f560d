"""What makes two lines the same line, however they were written down."""

import hashlib
import json
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

from services.inventory.application.scanning.line import ScanLine
from services.inventory.application.scanning.read_scans import ReadScan
from services.inventory.domain.scanning.scan import DecodedScan

_SCANNED = frozenset({"raw", "second_raw"})
_NAMES = tuple(spec.name for spec in fields(ScanLine) if spec.name not in _SCANNED)
_SERIAL = "21"


def fingerprint_of(scan: ReadScan) -> str:
    """Digest what a line means: the order of keys and the form of a time are none.

    Of what was scanned it takes the elements, never the text: so the secret part
    of a marking code is in no digest, and a pack scanned with it and without it
    is the same line. A serial goes in as its keyed hash.
    """
    said = {
        name: _plain(value)
        for name in _NAMES
        if (value := getattr(scan.line, name)) is not None
    }
    if scan.code is not None:
        said["scanned"] = _elements(scan.code, scan.serial_digest)
    text = json.dumps(said, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()


def _elements(code: DecodedScan, serial_digest: str | None) -> list[list[Any]]:
    return sorted(
        [ai, serial_digest if ai == _SERIAL else value] for ai, value in code.stated
    )


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value if isinstance(value, (int, float)) else str(value)
