"""How fast goods are scanned in: one at a time, and in offline batches."""

import itertools
import statistics
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from tests.bench.process import cpu_seconds
from tests.support.suite import Suite

SCANS = "/inventory/api/v1/scans"
SINGLE_SCANS = 300
BATCHES = 20
BATCH_LINES = 200
P95 = 94


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the report: what it is, how much, and the aim."""

    what: str
    value: str
    aim: str


def scanning_figures(suite: Suite) -> Iterator[Figure]:
    """Scan into a running suite and yield what was seen."""
    scans = _scans(suite)
    _post(suite, itertools.islice(scans, 1))
    begun_cpu = cpu_seconds(suite.pid)
    singles = sorted(
        _post(suite, itertools.islice(scans, 1)) for _ in range(SINGLE_SCANS)
    )
    cpu = (cpu_seconds(suite.pid) - begun_cpu) / SINGLE_SCANS
    batches = [
        _post(suite, itertools.islice(scans, BATCH_LINES)) for _ in range(BATCHES)
    ]
    p95 = statistics.quantiles(singles, n=100)[P95]
    lines_per_second = BATCHES * BATCH_LINES / sum(batches)
    yield Figure("one scanned line, p95, one client", f"{p95 * 1e3:.1f} ms", "25 ms")
    yield Figure("server CPU for one scanned line", f"{cpu * 1e3:.1f} ms", "3.4 ms")
    median = statistics.median(batches)
    yield Figure("200 scans in one batch, median", f"{median * 1e3:.0f} ms", "200 ms")
    yield Figure("scanned lines in batches", f"{lines_per_second:.0f}/s", "2,000/s")


def _scans(suite: Suite) -> Iterator[dict[str, Any]]:
    product = _first(suite, "products", lambda item: item["category"] == "hygiene")
    location = _first(suite, "locations", lambda item: item["kind"] == "storage")
    for number in itertools.count():
        yield {
            "scan_id": str(uuid.uuid5(uuid.NAMESPACE_OID, f"bench {number}")),
            "action": "receive",
            "product_code": product["product_code"],
            "location_code": location["location_code"],
            "quantity": 10,
            "lot_number": f"BENCH{number % 100}",
            "expires_on": "2030-01-31",
            "occurred_at": "2026-11-01T10:00:00+05:00",
        }


def _first(suite: Suite, what: str, is_right: Any) -> dict[str, Any]:
    answer = suite.request("GET", f"/inventory/api/v1/{what}", role="coordinator")
    items = answer.json()["items"]
    found: dict[str, Any] = next(filter(is_right, items), items[0])
    return found


def _post(suite: Suite, scans: Iterator[dict[str, Any]]) -> float:
    begun = perf_counter()
    answer = suite.request("POST", SCANS, {"scans": list(scans)}, role="volunteer")
    took = perf_counter() - begun
    statuses = {result["status"] for result in answer.json()["results"]}
    assert statuses == {"applied"}, answer.body
    return took
