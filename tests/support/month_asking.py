"""The month's first week: the day, the headcounts, what is asked for, what arrives."""

from collections.abc import Mapping
from typing import Any

from playwright.sync_api import expect

from deploy.demo.places import FACILITIES, UNITS, WOMEN
from tests.support.month import GRANT, PADS, PAPER, SOAP, TOWEL, Month, gs1
from tests.support.windows import Windows

TOGETHER = "Approve the ticked as asked"
ARRIVED = {SOAP: 480, PADS: 360, TOWEL: 60}
"""What the foreign grant had announced when the ninety days ended."""


def plan_the_day(people: Windows, month: Month) -> None:
    coordinator = people.at_desk("coordinator")
    coordinator.open(f"/distribution/facilities/{WOMEN}/calendar")
    coordinator.fill("day", month.day)
    coordinator.press("Put on the calendar")
    month.put_the_day_on_calendars(code for code in FACILITIES if code != WOMEN)


def count_heads(people: Windows, month: Month) -> None:
    """More women have arrived than last month; elsewhere it stays as it was."""
    team = people.on_phone("outreach")
    team.open("/distribution/units/W-NEW/headcount")
    team.fill("new_arrivals", 33)
    team.press("Keep the headcount")
    month.count_heads(unit for unit in UNITS if unit.unit_code != "W-NEW")


def ask_for_the_month(people: Windows, month: Month) -> None:
    """Each form is filled in already; sent as it is, it asks for just that."""
    walked = ("W-A", "W-MCU", "C-DAY")
    for unit in (unit for unit in UNITS if unit.unit_code in walked):
        suggested = month.suggested(unit.unit_code)
        team = people.on_phone(unit.team)
        team.open(f"/distribution/units/{unit.unit_code}/requisition/")
        soap = team.page.locator(f"#ask [name='q-{SOAP}']")
        expect(soap).to_have_value(str(suggested[SOAP]))
        expect(team.page.locator("#ask [name=needed_by]")).to_have_value(month.day)
        team.press("Send")
        expect(team.main).to_contain_text("Waits for approval")
    month.ask(unit for unit in UNITS if unit.unit_code not in walked)


def approve_what_was_asked(people: Windows) -> None:
    """One line is approved for less, with the reason; the rest in one press."""
    coordinator = people.at_desk("coordinator")
    coordinator.open("/distribution/requisitions/?state=submitted")
    coordinator.follow("W-A")
    coordinator.fill(f"a-{PAPER}", 100)
    coordinator.press("Approve")
    expect(coordinator.main).to_contain_text("Choose the reason")
    coordinator.choose(f"b-{PAPER}", "stock_low")
    coordinator.press("Approve")
    coordinator.open("/distribution/requisitions/?state=submitted")
    coordinator.press(TOGETHER)
    for box in coordinator.page.locator("[name=ticked]").all():
        box.check()  # these ask for more than is due; she has looked at them
    coordinator.press(TOGETHER)
    expect(coordinator.main).to_contain_text("No requisitions here")


def take_the_grant_in(people: Windows, month: Month) -> tuple[str, dict[str, str]]:
    """The announced grant arrives; give its gift number, and lots by product."""
    (gift,) = (
        each["gift_number"]
        for each in month.every("/donors/api/v1/gifts")
        if each["donor_code"] == GRANT and open_of(each, TOWEL)
    )
    packs = {
        each["product_code"]: min(each["packs"], key=lambda pack: pack["quantity"])
        for each in month.every("/inventory/api/v1/products")
        if each["product_code"] in ARRIVED
    }
    volunteer = people.on_phone("volunteer")
    volunteer.open(f"/inventory/scan?mode=receive&gift_number={gift}")
    volunteer.page.locator("#code").fill(gs1(packs[SOAP]["gtin"], "GRANT"))
    volunteer.page.locator("#code").press("Enter")
    expect(volunteer.page.locator("#result .result.good")).to_contain_text("GRANT")
    number = volunteer.page.locator("#quantity-of-scan")
    number.fill("480")
    number.press("Enter")
    expect(volunteer.page.locator("#result")).to_contain_text("+480")
    return gift, {
        code: month.take_in(packs[code]["gtin"], "GRANT", quantity, gift)
        for code, quantity in ARRIVED.items()
        if code != SOAP
    }


def open_of(gift: Mapping[str, Any], product_code: str) -> int:
    """Give how much of an announced product has not arrived."""
    return sum(
        item["announced"] - item["received"] - item["refused"]
        for item in gift["items"]
        if item["product_code"] == product_code
    )
