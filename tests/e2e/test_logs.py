"""One correlation id leads from a scan to what the donor's service did with it."""

import json
from pathlib import Path

from tests.support.accounts import add_accounts_in
from tests.support.journey import Journey
from tests.support.suite import PASSWORD, Suite
from tests.support.waiting import wait_until


def test_a_scan_can_be_followed_through_the_logs(tmp_path: Path) -> None:
    add_accounts_in(tmp_path / "data", PASSWORD)
    logs = {"KOMEK_LOG_LEVEL": "INFO", "KOMEK_LOG_FORMAT": "json"}
    suite = Suite(tmp_path, settings=logs)
    suite.start()
    journey = Journey(
        lambda method, path, body=None, *, role: suite.request(
            method, path, body, role=role
        ).json()
    )
    journey.furnish()
    gift = journey.announce(10)

    journey.receive(gift, 7)
    wait_until(lambda: journey.numbers()["received"] == 7, what="the donor sees it")
    suite.terminate()

    lines = [json.loads(x) for x in suite.output.splitlines() if x.startswith("{")]
    scans = [x for x in lines if x.get("route", "").endswith("/scans")]
    correlation = scans[-1]["correlation_id"]
    steps = {
        (x["event"], x.get("service"))
        for x in lines
        if x.get("correlation_id") == correlation
    }
    assert steps >= {
        ("request_answered", "inventory"),
        ("fact_announced", "inventory"),
        ("message_handled", "donors"),
        ("message_handled", "distribution"),
    }
