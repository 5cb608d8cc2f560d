"""A phone of the outreach team at a gate without a network."""

import io
from typing import Any

from PIL import Image
from playwright.sync_api import FilePayload, Page, expect

from tests.support.journey import FACILITY, UNIT, Journey, new_id
from tests.support.phone import Phone, send_to
from tests.support.suite import Suite
from tests.support.waiting import wait_until

SENT = 40


def delivery_on_its_way(suite: Suite) -> str:
    """Send soap to the gate; give the number of its consignment."""
    journey = Journey(send_to(suite))
    journey.receive(journey.announce(SENT), SENT)
    journey.request(SENT)
    journey.allocate()
    number = journey.plan()
    pick_list = journey.pick_list_of(number)
    journey.pick(pick_list)
    journey.dispatch(pick_list)
    wait_until(
        lambda: consignment(suite, number)["status"] == "in_transit",
        what="distribution knows that it left",
    )
    return number


def consignment(suite: Suite, number: str) -> Any:
    """Give a consignment as the outreach team reads it."""
    path = f"/distribution/api/v1/consignments/{number}"
    return suite.request("GET", path, role="outreach").json()


def set_closed(suite: Suite, *, is_closed: bool) -> None:
    """Close the one unit, or open it again, as a coordinator does."""
    unit = {
        "command_id": new_id(),
        "unit_code": UNIT,
        "facility_code": FACILITY,
        "kind": "ward",
        "audience": "detention",
        "groups": ["women"],
        "is_closed": is_closed,
    }
    send_to(suite)("POST", "/distribution/api/v1/units", unit, role="coordinator")


class Gate:
    """A phone of the outreach team that knows the delivery, then loses its network."""

    def __init__(self, phone: Phone, number: str) -> None:
        self.phone, self.number = phone, number

    @property
    def page(self) -> Page:
        """The page that is open on the phone."""
        return self.phone.page

    def prepare(self) -> None:
        """Let the phone know the delivery, then take its network away."""
        self.phone.sign_in("outreach")
        self.page.goto(self.phone.address("/distribution/"))
        self.page.wait_for_selector("html[data-kept=yes]")
        self.page.wait_for_function("() => navigator.serviceWorker.controller")
        wait_until(
            lambda: self.number in str(self.phone.kept("deliveries")),
            what="the phone knows it",
        )
        self.phone.context.set_offline(True)

    def arrive(self) -> None:
        """Stand at the gate without a network, with the delivery's page open."""
        self.prepare()
        self.open()

    def open(self, query: str = "") -> None:
        """Open the delivery's page; return when its script is ready."""
        path = f"/distribution/consignments/{self.number}/handover/{query}"
        self.page.goto(self.phone.address(path))
        self.page.wait_for_selector("html[data-gate=open]")

    def kept(self) -> list[dict[str, Any]]:
        """Give what was recorded in the phone, oldest first."""
        return self.phone.kept("handovers")

    def states(self) -> list[str]:
        """Give the state of each record."""
        return [each["state"] for each in self.kept()]

    def accept_all(self) -> None:
        """Press All accepted; return when the phone has kept it."""
        self.page.get_by_role("button", name="All accepted").click()
        wait_until(
            lambda: self.states() == ["waiting"],
            what=lambda: f"it is in the phone, {self.states()} {self.page.url}",
        )

    def choose_photograph(self, where: str) -> None:
        """Photograph the signed waybill, with the place in the picture's EXIF."""
        written = io.BytesIO()
        exif = Image.Exif()
        exif.get_ifd(0x8825).update({1: "N", 2: (42.0, 20.0, 30.0)})
        Image.new("RGB", (2400, 1800), "white").save(written, "JPEG", exif=exif)
        picture = written.getvalue()
        self.page.locator(f"{where} input[type=file]").first.set_input_files(
            FilePayload(name="waybill.jpg", mimeType="image/jpeg", buffer=picture)
        )

    def photograph(self, where: str = "#queue", press: str = "") -> None:
        """Photograph it and see it kept; where a button is to be pressed, press it."""
        self.choose_photograph(where)
        if press:
            self.page.get_by_role("button", name=press).click()
        kept = self.page.locator(where).get_by_text("photograph is in the phone")
        expect(kept).to_be_visible()

    def record_short(self, short: int) -> None:
        """Record in parts, refused until the parts add up."""
        self.page.get_by_text("Record in parts").click()
        self.page.locator("input[name=short-0]").fill(str(short))
        self.page.get_by_role("button", name="Finish").click()
        expect(self.page.locator("[data-refused]:visible")).to_contain_text(
            "do not add up"
        )
        self.finish(short)

    def finish(self, short: int) -> None:
        """Press Finish once the parts add up."""
        self.page.locator("input[name=short-0]").fill(str(short))
        self.page.locator("input[name=accepted-0]").fill(str(SENT - short))
        self.page.get_by_role("button", name="Finish").click()
        wait_until(
            lambda: self.states() == ["waiting"],
            what=lambda: f"it is in the phone, {self.states()} {self.page.url}",
        )
