"""A phone of the outreach team that asks for goods."""

from playwright.sync_api import Page

from tests.support.phone import Phone, send_to
from tests.support.suite import Suite

FORM = "/distribution/units/W-A/requisition/"


def open_form(phone: Phone) -> Page:
    """Open the form of a ward; return when its script is ready."""
    phone.page.goto(phone.address(FORM))
    phone.page.wait_for_selector("html[data-ask=open]")
    return phone.page


def states(phone: Phone) -> list[str]:
    """Give the state of every requisition the phone keeps."""
    return [entry["state"] for entry in phone.kept("requisitions")]


def sent(suite: Suite) -> int:
    """Count the requisitions of the ward that have reached distribution."""
    path = "/distribution/api/v1/requisitions?unit_code=W-A"
    return len(send_to(suite)("GET", path, role="coordinator")["items"])
