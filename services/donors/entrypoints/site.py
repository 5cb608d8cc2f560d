"""The web face of donors: its routes, its menu and its refusals in words."""

from collections.abc import Mapping, Sequence

from flask import Blueprint

from services.donors.entrypoints.api import blueprint
from services.donors.entrypoints.coordinator_pages import coordinator_pages
from services.donors.entrypoints.live import Dashboards
from services.donors.entrypoints.pages import pages
from services.donors.wiring import Donors
from shared.web.navigation import NavigationEntry, entry
from shared.web.parts import WebParts
from shared.web.words import LazyText, _l

TITLE = "Donors"

NAVIGATION: Sequence[NavigationEntry] = (
    entry("/donors/", _l("My gifts"), "donor"),
    entry("/donors/levels", _l("Stock levels"), "donor"),
    entry("/donors/gifts", _l("Gifts"), "coordinator", "auditor"),
    entry("/donors/needs", _l("What is needed"), "donor"),
)

REFUSAL_TEXTS: Mapping[str, LazyText] = {
    "unknown_donor": _l("No donor %(donor_code)s is known. Register the donor first."),
    "unknown_gift": _l("No gift %(gift_number)s is yours to see. Check the number."),
    "no_donor_account": _l(
        "This account belongs to no donor. Sign in with a donor’s account."
    ),
    "donor_exists": _l(
        "Donor %(donor_code)s is already registered. Choose another code."
    ),
    "contact_without_consent": _l(
        "A contact e-mail needs the day of consent. "
        "Enter the day, or leave the contact out."
    ),
    "unknown_product": _l(
        "No product %(product_code)s is known here yet. Check the code, "
        "or try again in a moment if it was only just registered."
    ),
    "product_not_accepted": _l(
        "Gifts of %(product_code)s are not accepted. Leave this line out."
    ),
    "unknown_earmark_group": _l(
        "No unit belongs to the group %(group)s. "
        "Choose a group that exists, or set no earmark."
    ),
    "gift_already_named": _l(
        "Gift %(gift_number)s already belongs to %(donor_code)s. "
        "Only a walk-in gift without a donor can be given one."
    ),
    "quantity_out_of_range": _l(
        "Quantity %(quantity)s is not between 1 and 1,000,000. Enter whole units."
    ),
    "duplicate_line": _l(
        "Product %(product_code)s stands in more than one line. Add them up."
    ),
}


def blueprints(app: Donors, parts: WebParts) -> Sequence[Blueprint]:
    """Make the routes of donors; both share one watch over open dashboards."""
    dashboards = Dashboards(app, parts.streams)
    return [
        blueprint(app, dashboards),
        pages(app, dashboards),
        coordinator_pages(app),
    ]
