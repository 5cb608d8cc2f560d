"""From a scan to the open dashboards that show it: many donors, many pages each."""

import asyncio
import itertools
import re
import statistics
import threading
import uuid
from collections import defaultdict
from collections.abc import Iterator
from time import monotonic, sleep
from typing import Any

from deploy.process import open_identity
from deploy.settings import Settings
from deploy.suite import World
from shared.identity.accounts import Profile
from tests.bench.scanning import Figure
from tests.support.suite import PASSWORD, Suite

DONORS, PAGES_EACH = 50, 10
SCANS_PER_SECOND, SECONDS, SCANNERS = 50, 20, 4
SETTLE_SECONDS = 3.0
OPEN_SECONDS_MAX = 60
P99 = 98
RECEIVED = re.compile(rb"Received ([0-9,]+) =")


def dashboard_figures(suite: Suite) -> Iterator[Figure]:
    """Open every dashboard, scan for a while, and yield how soon they changed."""
    gifts = _gifts_of_donors(suite)
    tokens = _tokens(suite, list(gifts))
    watch = _Watch(suite.port, tokens)
    watcher = threading.Thread(target=watch.run, daemon=True)
    watcher.start()
    assert watch.is_open.wait(OPEN_SECONDS_MAX), "not every dashboard opened"
    sent = _scan(suite, gifts, watch)
    sleep(SETTLE_SECONDS)
    watch.is_over.set()
    watcher.join(10)
    yield from _figures(watch, sent)


def _figures(watch: "_Watch", sent: int) -> Iterator[Figure]:
    seen = sorted(watch.latencies)
    share = len(seen) / max(1, sent * PAGES_EACH)
    cuts = statistics.quantiles(seen, n=100)
    many = f"{DONORS * PAGES_EACH} dashboards of {DONORS} donors"
    rate = f"{watch.sent_per_second:.0f} scans/s"
    yield Figure(
        f"scan to open dashboard, p99, {rate}, {many}",
        f"{cuts[P99] * 1e3:.0f} ms",
        "300 ms",
    )
    yield Figure("the same, median", f"{statistics.median(seen) * 1e3:.0f} ms", "")
    yield Figure("scans that reached their dashboards", f"{share:.1%}", "100 %")
    yield Figure("most updates of one dashboard in a second", f"{watch.most}", "4")


class _Watch:
    """Holds every dashboard open and notes when each shows which total."""

    def __init__(self, port: int, tokens: dict[str, str]) -> None:
        self._port = port
        self._tokens = tokens
        self._awaited: dict[str, list[tuple[int, float]]] = defaultdict(list)
        self._opened = 0
        self.first: dict[str, int] = {}
        self.latencies: list[float] = []
        self.most = 0
        self.sent_per_second = 0.0
        self.is_open = threading.Event()
        self.is_over = threading.Event()

    def expect(self, donor: str, total: int, at: float) -> None:
        """Note that a scan was sent which makes the donor's total so high."""
        self._awaited[donor].append((total, at))

    def run(self) -> None:
        """Read until it is over."""
        asyncio.run(self._read_all())

    async def _read_all(self) -> None:
        readers = [
            asyncio.create_task(self._read(donor, token))
            for donor, token in self._tokens.items()
            for _ in range(PAGES_EACH)
        ]
        await asyncio.to_thread(self.is_over.wait)
        for reader in readers:
            reader.cancel()

    async def _read(self, donor: str, token: str) -> None:
        reader, writer = await asyncio.open_connection(
            "127.0.0.1", self._port, limit=2**20
        )
        writer.write(
            b"GET /donors/live HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream"
            b"\r\nAuthorization: Bearer " + token.encode() + b"\r\n\r\n"
        )
        shown = 0
        updates: list[float] = []
        while line := await reader.readline():
            found = RECEIVED.search(line) if line.startswith(b"data:") else None
            if found is None:
                continue
            now, total = monotonic(), int(found[1].replace(b",", b""))
            if donor not in self.first or not shown:
                self.first.setdefault(donor, total)
                self._count_open()
            updates = [at for at in updates if now - at < 1] + [now]
            self.most = max(self.most, len(updates))
            self.latencies += [
                now - at for due, at in self._awaited[donor] if shown < due <= total
            ]
            shown = total

    def _count_open(self) -> None:
        self._opened += 1
        if self._opened == DONORS * PAGES_EACH:
            self.is_open.set()


def _scan(suite: Suite, gifts: dict[str, str], watch: _Watch) -> int:
    """Scan one unit at a time, in turn for each donor, at a steady rate."""
    totals = dict(watch.first)
    turn, numbers = threading.Lock(), itertools.count()
    donors = itertools.cycle(sorted(gifts))
    begun = monotonic()

    def scan_on() -> None:
        while True:
            with turn:
                number, donor = next(numbers), next(donors)
            at = begun + number / SCANS_PER_SECOND
            if at > begun + SECONDS:
                return
            sleep(max(0.0, at - monotonic()))
            with turn:
                totals[donor] += 1
                watch.expect(donor, totals[donor], monotonic())
            _post(suite, number, gifts[donor])

    scanners = [threading.Thread(target=scan_on) for _ in range(SCANNERS)]
    for each in scanners:
        each.start()
    for each in scanners:
        each.join()
    sent = sum(totals[donor] - watch.first[donor] for donor in gifts)
    watch.sent_per_second = sent / (monotonic() - begun)
    return sent


def _post(suite: Suite, number: int, gift_number: str) -> None:
    scan = {
        "scan_id": _name(f"scan {number}"),
        "action": "receive",
        "product_code": "HYG-SOAP-B",
        "location_code": "A-01",
        "quantity": 1,
        "gift_number": gift_number,
        "lot_number": "LIVE",
        "expires_on": "2030-01-31",
        "occurred_at": "2026-11-01T10:00:00+05:00",
    }
    path = "/inventory/api/v1/scans"
    answer = suite.request("POST", path, {"scans": [scan]}, role="volunteer")
    (result,) = answer.json()["results"]
    assert result["status"] == "applied", result


def _gifts_of_donors(suite: Suite) -> dict[str, str]:
    """Register the donors, each with a gift that has begun to arrive."""
    gifts = {}
    for number in range(DONORS):
        code = f"BENCH{number:02}"
        _write(suite, "donors", {"donor_code": code, "name": code})
        gift = {
            "donor_code": code,
            "expected": [{"product_code": "HYG-SOAP-B", "quantity": 1000}],
        }
        gifts[code] = _write(suite, "gifts", gift)["gift_number"]
    sleep(SETTLE_SECONDS)
    for number, gift_number in enumerate(gifts.values()):
        _post(suite, -1 - number, gift_number)
    sleep(SETTLE_SECONDS)
    return gifts


def _write(suite: Suite, what: str, body: dict[str, Any]) -> Any:
    body = body | {"command_id": _name(f"{what} {body}")}
    return suite.request(
        "POST", f"/donors/api/v1/{what}", body, role="coordinator"
    ).json()


def _tokens(suite: Suite, donors: list[str]) -> dict[str, str]:
    """Make an account for each donor beside the running suite."""
    identity = open_identity(Settings.read(data=suite.folder / "data"), World.real())
    tokens = {}
    for code in donors:
        email = f"{code.lower()}@bench.example"
        profile = Profile(
            email=email,
            display_name=code,
            roles=("donor",),
            donor_code=code,
            language="en",
        )
        identity.create_account(profile, PASSWORD)
        tokens[code] = identity.issue_token(email, PASSWORD).secret
    return tokens


def _name(name: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"bench dashboards {name}"))
