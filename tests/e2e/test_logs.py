"""One correlation id leads from a scan to what the donor's service did with it."""

import json
from pathlib import Path

from tests.support.accounts import add_accounts_in
from tests.support.journey import Journey
from tests.support.suite import PASSWORD, Suite
from tests.support.waiting import wait_until

STEPS = {
    ("request_answered", "inventory"),
    ("fact_announced", "inventory"),
    ("message_handled", "donors"),
    ("message_handled", "distribution"),
}


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

    wait_until(
        lambda: steps_of_the_scan(suite.output) >= STEPS,
        what=lambda: f"all steps, now {steps_of_the_scan(suite.output)}",
    )
    suite.terminate()


def steps_of_the_scan(output: str) -> set[tuple[str, str]]:
    """Give what happened, and where, under the correlation id of the last scan."""
    whole = output.rpartition("\n")[0]
    lines = [json.loads(line) for line in whole.splitlines() if line.startswith("{")]
    scans = [line for line in lines if line.get("route", "").endswith("/scans")]
    return {
        (line["event"], line.get("service", ""))
        for line in lines
        if line.get("correlation_id") == scans[-1]["correlation_id"]
    }
