"""The snapshot of the warehouse that phones keep (README, station)."""

import gzip
import hashlib
import json
from dataclasses import dataclass
from typing import Any

from flask import Response, request

from services.inventory.application.station import station_snapshot
from services.inventory.entrypoints.api import station_schemas as schemas
from services.inventory.wiring import Inventory
from shared.web.api import ApiBlueprint
from shared.web.auth import allow

GZIP_LEVEL = 5
VERSION_DIGITS = 32


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """A snapshot as it is sent; the same content always has the same version."""

    version: str
    body: bytes
    packed: bytes


class _Written:
    """Remembers the snapshot written last: it changes less often than it is asked."""

    def __init__(self) -> None:
        self._last: _Snapshot | None = None

    def of(self, content: dict[str, Any]) -> _Snapshot:
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        version = hashlib.sha256(text.encode()).hexdigest()[:VERSION_DIGITS]
        if self._last is None or self._last.version != version:
            body = f'{{"version":"{version}",{text[1:]}'.encode()
            packed = gzip.compress(body, GZIP_LEVEL, mtime=0)
            self._last = _Snapshot(version, body, packed)
        return self._last


def add_station_route(api: ApiBlueprint, app: Inventory) -> None:
    """Add ``GET /station``."""
    written = _Written()

    @api.route("/station")
    @api.response(200, schemas.StationSchema)
    @allow("volunteer", "reviewer", "coordinator")
    def get_station() -> Response:
        """Give what a phone keeps for working offline; 304 while nothing changed."""
        snapshot = written.of(station_snapshot(app.station_queries))
        response = Response(snapshot.body, content_type="application/json")
        if request.accept_encodings["gzip"] > 0:
            response = Response(snapshot.packed, content_type="application/json")
            response.content_encoding = "gzip"
        response.vary.add("Accept-Encoding")
        response.cache_control.private = True
        response.cache_control.no_cache = True
        response.set_etag(snapshot.version, weak=True)
        response.make_conditional(request)
        return response
