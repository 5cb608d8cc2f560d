"""The month's third week: deliveries, gates, papers, and what comes back."""

import re

from playwright.sync_api import Locator, expect

from deploy.demo.places import FACILITIES, SHELTER
from tests.support.journey import today
from tests.support.month import API, PAPER, TOWEL, Month
from tests.support.waiting import wait_until
from tests.support.windows import Person, Windows

DIFFERENCES = (("refused", 2), ("damaged", 1), ("short", 1))
"""What becomes of the first lines at the gate, apart from what is accepted."""


def plan_the_deliveries(people: Windows, month: Month) -> dict[str, str]:
    """One delivery for each house; give their numbers by facility."""
    coordinator = people.at_desk("coordinator")
    coordinator.open("/distribution/consignments/new")
    for _ in FACILITIES:
        coordinator.press("Plan it")
        expect(coordinator.main).to_contain_text("Planned")
        coordinator.open("/distribution/consignments/new")
    expect(coordinator.main).to_contain_text("Nothing is reserved")
    return {
        each["facility_code"]: each["consignment_number"]
        for each in month.every(f"{API}/consignments")
        if each["status"] == "planned"
    }


def describe_and_check(people: Windows, number: str) -> None:
    """Write the vehicle on the waybill, seal a bag, then tick it off."""
    coordinator = people.at_desk("coordinator")
    coordinator.open(f"/distribution/consignments/{number}")
    coordinator.follow("Vehicle and packages")
    coordinator.fill("vehicle", "123 ABC 02")
    coordinator.choose("driver_role", "staff")
    coordinator.press("Keep it on the waybill")
    coordinator.follow("Seals of the bags")
    coordinator.fill("seals", "S-0001")
    coordinator.press("Add the seals")
    coordinator.follow(f"Delivery {number}")
    coordinator.follow("Packing check")
    coordinator.fill("raw", "S-0001")
    coordinator.press("Tick it off")
    expect(coordinator.main).to_contain_text(re.compile(r"Ticked off: [1-9]"))


def load_and_dispatch(people: Windows, month: Month, numbers: dict[str, str]) -> None:
    """Pick the shelter's list by scanning; the others likewise, by program."""
    pick_list = month.pick_list_of(numbers[SHELTER])
    volunteer = people.on_phone("volunteer")
    volunteer.open(f"/inventory/pick-lists/{pick_list['pick_list_number']}")
    gtins = {
        each["product_code"]: each["packs"]
        for each in month.every("/inventory/api/v1/products")
    }
    picked = 0
    for line in pick_list["lines"]:
        one = next(
            pack for pack in gtins[line["product_code"]] if pack["quantity"] == 1
        )
        volunteer.fill("quantity", line["quantity"])
        volunteer.fill("lot_number", line["lot_number"])
        volunteer.page.locator("#code").fill(one["gtin"])
        volunteer.page.locator("#code").press("Enter")
        picked += line["quantity"]
        expect(volunteer.page.locator("#pick-lines h2")).to_contain_text(f"{picked} /")
    volunteer.press("Dispatch")
    expect(volunteer.main).to_contain_text("WB-")
    for facility_code, number in numbers.items():
        if facility_code != SHELTER:
            month.pick_and_dispatch(number)


def hand_over_with_differences(people: Windows, month: Month, number: str) -> None:
    """Some is not let through, some is damaged, some is missing; all is told."""
    month.sent(number)
    team = people.on_phone("outreach")
    team.open(f"/distribution/consignments/{number}/handover/?parts=1")
    for place, (end, quantity) in enumerate(DIFFERENCES):
        accepted = accepted_of(team, place)
        accepted.fill(str(int(accepted.input_value()) - quantity))
        team.fill(f"{end}-{place}", quantity)
    team.choose("reason-0", "not_on_list")
    record(team, "Finish", number, "Not let through 2")


def accepted_of(team: Person, place: int) -> Locator:
    """Unfold the unit of a line; give the field for what was accepted of it."""
    team.page.wait_for_selector("html[data-gate=open]")
    accepted = team.page.locator(f"[name=accepted-{place}]")
    group = team.page.locator("[data-group]", has=accepted)
    if group.get_attribute("open") is None:
        group.locator("summary").click()
    return accepted


def record(team: Person, button: str, number: str, told: str) -> None:
    """Record in the phone, which sends it at once or soon; read the receipt then."""
    team.page.get_by_role("button", name=button, exact=True).click()
    expect(team.page.locator("#gate")).to_be_hidden()
    sending = team.go_on_in_another_tab()

    def is_told() -> bool:
        team.open(f"/distribution/consignments/{number}/handover/receipt")
        return told in team.main.inner_text()

    wait_until(is_told, what=f"the receipt of {number} says: {told}")
    sending.close()


def correct_the_handover(people: Windows, number: str) -> None:
    """What was thought missing lay under the seat."""
    team = people.on_phone("outreach")
    team.open(f"/distribution/consignments/{number}/handover/receipt")
    team.follow("Correct it")
    accepted = accepted_of(team, 2)
    accepted.fill(str(int(accepted.input_value()) + 1))
    team.fill("short-2", 0)
    record(team, "Finish", number, "Replaced")


def enter_a_late_paper(people: Windows, month: Month, number: str) -> None:
    """The signed paper of the work release house came back a day late."""
    month.sent(number)
    team = people.on_phone("outreach")
    team.open(f"/distribution/consignments/{number}/handover/")
    team.page.locator("#late-paper summary").click()
    team.fill("paper_on", today(-1))
    team.fill("paper_at", "09:30")
    record(team, "All accepted", number, "from the signed paper")


def offer_something_else(people: Windows, month: Month) -> None:
    """There is no paper; the coordinator offers towels, and the ward reads why."""
    (asked,) = (
        each["requisition_id"]
        for each in month.every(f"{API}/requisitions")
        if each["unit_code"] == "W-A" and each["needed_by"] == month.day
    )
    page = f"/distribution/requisitions/{asked}"
    coordinator = people.at_desk("coordinator")
    coordinator.open(page)
    coordinator.page.get_by_text("Offer something else instead").click()
    coordinator.choose("product_code", PAPER)
    coordinator.choose("substitute_code", TOWEL)
    coordinator.fill("quantity", 10)
    coordinator.page.locator("form[action$=substitute] [name=reason]").select_option(
        "out_of_stock"
    )
    coordinator.press("Offer it")
    team = people.on_phone("outreach")
    team.open(page)
    expect(team.main).to_contain_text("instead of Toilet paper")
    expect(team.main).to_contain_text("The depot has too little of it")


def authorise_and_buy(people: Windows) -> None:
    """Two infants cannot be breastfed: the reviewer authorises, nobody is named."""
    reviewer = people.on_phone("reviewer")
    reviewer.open("/distribution/authorisations/")
    reviewer.choose("unit_code", "W-MCU")
    reviewer.page.locator("[name=product_code]").select_option(index=1)
    reviewer.fill("infants", 2)
    reviewer.fill("weeks", 4)
    reviewer.press("Authorise")
    coordinator = people.at_desk("coordinator")
    coordinator.open("/distribution/authorisations/")
    coordinator.fill("bought", 16)
    coordinator.press("Note the purchase")
    expect(coordinator.main).to_contain_text("Bought")
