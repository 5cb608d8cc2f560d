"""The month's second week: a scarce run, two overrides, a refusal, a follow-up."""

import re
from typing import Any

from playwright.sync_api import expect

from tests.support.month import API, PADS, SOAP, Month
from tests.support.waiting import wait_until
from tests.support.windows import Person, Windows

AGAIN = "Share Sanitary pads, normal, 10 pcs out again with the stock as it is now"
BY_HAND = {"W-MCU": 40, "W-ANT": 14}


def propose(people: Windows, month: Month) -> str:
    """Drop last week's proposal and work out the month's; give its address."""
    coordinator = people.at_desk("coordinator")
    coordinator.open("/distribution/runs/?state=proposed")
    coordinator.enter(coordinator.main.locator("tbody th a").first)
    coordinator.page.get_by_role("link", name="Cancel the run").click()
    dialog = coordinator.page.locator("dialog[open]")
    dialog.locator("[name=reason]").select_option("new_one_instead")
    coordinator.press("Cancel the run", within=dialog)
    coordinator.open("/distribution/runs/new")
    coordinator.fill("handover_on", month.day)
    coordinator.press("Work out a proposal")
    expect(coordinator.main).to_contain_text("Proposed")
    return coordinator.address


def compare_two_proposals(people: Windows, run: str) -> None:
    """Look what a double weight would do for mothers; keep nothing of it."""
    coordinator = people.at_desk("coordinator")
    coordinator.open(f"{run}/products/{SOAP}")
    coordinator.follow("What if?")
    coordinator.fill("weight-W-MCU", 2)
    coordinator.press("Compare")
    figures = coordinator.main
    expect(figures).to_contain_text(re.compile(r"W-MCU rises from \d"))
    expect(figures).to_contain_text(re.compile(r"falls from \d"))
    coordinator.follow("Back to the proposal")
    expect(coordinator.main).to_contain_text("Is it fair?")


def decide_two_lines_by_hand(people: Windows, run: str) -> None:
    """Say for each who pays for it before it is kept."""
    coordinator = people.at_desk("coordinator")
    for unit_code, quantity in BY_HAND.items():
        coordinator.open(f"{run}/products/{SOAP}?change={unit_code}")
        coordinator.page.locator("#ovr [name=quantity]").fill(str(quantity))
        coordinator.press("Look first")
        expect(coordinator.page.locator("#effect")).to_contain_text("falls from")
        coordinator.page.locator("#ovr [name=reason]").select_option("urgent_health")
        coordinator.press("Keep this number")
        row = coordinator.page.locator(f"#u-{unit_code}")
        expect(row.locator("td.pr")).to_contain_text(str(quantity))


def hold_a_lot_back(people: Windows, month: Month, run: str, lot_id: str) -> None:
    """The cartons of pads are wet: the reviewer holds them, the run knows it soon."""
    path = f"{API}/allocation-runs/{run.rpartition('/')[2]}/products/{PADS}/what-if"

    def given() -> int:
        body: dict[str, Any] = {"conditions": {}}
        lines = month.send("POST", path, body, role="coordinator")["lines"]
        return sum(line["quantity"] for line in lines)

    before = given()
    reviewer = people.on_phone("reviewer")
    decide_about(reviewer, lot_id, "Hold the lot back", reason="packing_damaged")
    wait_until(lambda: given() < before, what="distribution knows that they are held")


def decide_about(reviewer: Person, lot_id: str, decision: str, *, reason: str) -> None:
    reviewer.open(f"/inventory/lots/{lot_id}")
    reviewer.choose("reason", reason)
    reviewer.press(decision)


def approve_after_a_refusal(people: Windows, run: str) -> None:
    """Stock moved: one product is shared out again, everything else stays decided."""
    coordinator = people.at_desk("coordinator")
    approve(coordinator, run)
    expect(coordinator.main).to_contain_text("This was not done")
    coordinator.press(AGAIN)
    approve(coordinator, run)
    wait_until(lambda: is_reserved(coordinator, run), what="the warehouse holds it")
    coordinator.open(f"{run}/products/{SOAP}")
    for unit_code, quantity in BY_HAND.items():
        row = coordinator.page.locator(f"#u-{unit_code} td.pr")
        expect(row).to_contain_text(str(quantity))


def approve(coordinator: Person, run: str) -> None:
    coordinator.open(run)
    coordinator.page.get_by_role("link", name="Approve and reserve").click()
    dialog = coordinator.page.locator("dialog[open]")
    coordinator.press("Approve and reserve", within=dialog)


def is_reserved(coordinator: Person, run: str) -> bool:
    coordinator.open(run)
    return bool(coordinator.page.locator("#run-state").inner_text().count("Reserved"))


def share_the_released_lot(people: Windows, month: Month, lot_id: str) -> None:
    """The pads were dry inside: released, they are shared out by a run of their own."""
    reviewer = people.on_phone("reviewer")
    decide_about(reviewer, lot_id, "Release the lot", reason="packing_whole")
    coordinator = people.at_desk("coordinator")

    def is_usable() -> bool:
        coordinator.open(f"/distribution/runs/new?product_codes={PADS}")
        coordinator.fill("handover_on", month.day)
        coordinator.press("Work out a proposal")
        return coordinator.page.locator("td.pr").first.inner_text() != "0"

    wait_until(is_usable, what="distribution knows that the pads are released")
    run = coordinator.address
    approve(coordinator, run)
    wait_until(lambda: is_reserved(coordinator, run), what="the warehouse holds it")
