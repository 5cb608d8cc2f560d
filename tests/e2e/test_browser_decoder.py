"""What the page reads in a scan and keeps of it, in a real browser: every vector as
the warehouse reads it, never the secret part.
"""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.support.accounts import add_accounts_in
from tests.support.journey import Journey
from tests.support.phone import Phone, send_to
from tests.support.suite import PASSWORD, Suite
from tests.support.vectors import PINNED, scan_of, vectors
from tests.support.waiting import wait_until

CARD = """(card) => {
  const text = (fact, part) => fact.querySelector(part).textContent;
  const pairs = [...card.querySelectorAll("dl div")].map(
    (fact) => [text(fact, "dt"), text(fact, "dd")]
  );
  return { fault: card.dataset.fault ?? null, facts: Object.fromEntries(pairs) };
}"""
FORGET_CARD = "document.getElementById('result').replaceChildren()"
SEEN = """(raw) => document.dispatchEvent(
  new CustomEvent("komek:scanned", { detail: { raw } })
)"""
NUMBER = "02000100010006"
KEY, SIGNATURE = "EE08", "Zk9/+a" * 7 + "A="
GS = "\x1d"
MARKED = f"01{NUMBER}21S1{GS}91{KEY}{GS}92{SIGNATURE}"
SCANS = {
    "separators": (f"]d2{MARKED}", f"]d201{NUMBER}21S1"),
    "what this scanner sends in place of them": (
        MARKED.replace(GS, "{GS}"),
        f"01{NUMBER}21S1",
    ),
    "typed": (
        f"(01){NUMBER}(21)S2(91){KEY}(92){SIGNATURE}",
        f"(01){NUMBER}(21)S2",
    ),
    "an address": (
        f"https://a.kz/01/{NUMBER}/21/S3?92={KEY}",
        f"https://a.kz/01/{NUMBER}/21/S3",
    ),
}


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Suite]:
    folder = tmp_path_factory.mktemp("decoder")
    add_accounts_in(folder / "data", PASSWORD)
    suite = Suite(folder, settings={"KOMEK_SCAN_SUBSTITUTES": "{GS}"})
    suite.start()
    Journey(send_to(suite)).furnish()
    yield suite
    assert suite.terminate() == 0


def test_the_phone_keeps_no_secret_of_a_marking_code(
    suite: Suite, tmp_path: Path
) -> None:
    with sync_playwright() as playwright, Phone(playwright, tmp_path, suite) as phone:
        phone.sign_in()
        phone.station()
        phone.context.set_offline(True)
        for raw, _ in SCANS.values():
            before = len(phone.scans())
            phone.scan(raw)
            expect(phone.page.locator("#code")).to_have_value("")
            wait_until(
                lambda count=before: len(phone.scans()) > count, what="it is kept"
            )
        kept = phone.scans()

    assert [entry["line"]["raw"] for entry in kept] == [
        raw for _, raw in SCANS.values()
    ]
    assert KEY not in json.dumps(kept)
    assert SIGNATURE[:6] not in json.dumps(kept)


def test_looking_up_puts_no_code_into_the_address_and_sends_no_secret(
    suite: Suite, tmp_path: Path
) -> None:
    with sync_playwright() as playwright, Phone(playwright, tmp_path, suite) as phone:
        phone.sign_in()
        phone.station("mode=look")
        with phone.page.expect_request("**/scan/look") as asking:
            phone.scan(f"]d2{MARKED}")
        phone.page.wait_for_url("**/scan/look")
        sent = asking.value.post_data or ""

        assert NUMBER in sent
        assert KEY not in sent
        assert NUMBER not in phone.page.url


def promised(verdict: str) -> dict[str, Any]:
    """Give what the page shows of a vector's verdict: the fault, or what it is."""
    if verdict.startswith("ERROR:"):
        return {"fault": verdict.removeprefix("ERROR:"), "facts": {}}
    code = json.loads(verdict)
    ends = sorted(filter(None, [code.get("expiry"), code.get("best_before")]))
    end = date.fromisoformat(ends[0]) if ends else None
    facts = {
        "Number": code.get("gtin") or code.get("content_gtin") or code.get("sscc"),
        "Lot": code.get("lot"),
        "Use by": end and f"{end.day} {end:%b} {end.year}",
    }
    return {
        "fault": None,
        "facts": {name: said for name, said in facts.items() if said},
    }


def told(phone: Phone, raw: str) -> Any:
    """Scan by the field, or as a camera does what a field cannot hold."""
    phone.page.evaluate(FORGET_CARD)
    if raw.strip() and not {"\r", "\n"} & set(raw):
        phone.scan(raw)
    else:
        phone.page.evaluate(SEEN, raw)
    return phone.result.locator(":scope > [data-face]").evaluate(CARD)


def test_every_vector_reads_on_the_page_as_it_promises(
    suite: Suite, tmp_path: Path
) -> None:
    with sync_playwright() as playwright, Phone(playwright, tmp_path, suite) as phone:
        phone.sign_in()
        phone.page.clock.set_fixed_time(f"{PINNED}T10:00:00+05:00")
        phone.station("mode=look")
        phone.is_kept()
        phone.knows_the_catalogue()
        phone.context.set_offline(True)
        read = {row["id"]: told(phone, scan_of(row)) for row in vectors()}

    wrong = {
        row["id"]: read[row["id"]]
        for row in vectors()
        if read[row["id"]] != promised(row["expected_json_or_error"])
    }
    assert wrong == {}
    assert len(read) == len(vectors())
