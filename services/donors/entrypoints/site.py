"""The web face of donors: its routes, its menu and its refusals in words."""

from collections.abc import Mapping, Sequence

from flask import Blueprint

from services.donors.entrypoints.api.blueprint import blueprint
from services.donors.entrypoints.live import Dashboards
from services.donors.entrypoints.pages.blueprint import pages
from services.donors.entrypoints.pages.coordinator import coordinator_pages
from services.donors.entrypoints.pages.destinations import destination_pages
from services.donors.entrypoints.pages.donor_page import donor_pages
from services.donors.entrypoints.pages.gift_papers import gift_paper_pages
from services.donors.entrypoints.pages.giving import giving_pages
from services.donors.entrypoints.pages.letters import letter_pages
from services.donors.entrypoints.pages.my_papers import my_paper_pages
from services.donors.entrypoints.pages.pledges import pledge_pages
from services.donors.entrypoints.pages.receipt import receipt_pages
from services.donors.entrypoints.pages.tables import table_pages
from services.donors.entrypoints.words.refusals import GIVING_TEXTS
from services.donors.wiring import Donors
from shared.web.navigation import NavigationEntry, entry
from shared.web.parts import WebParts
from shared.web.words import LazyText, _l

TITLE = "Donors"

NAVIGATION: Sequence[NavigationEntry] = (
    entry("/donors/", _l("My gifts"), "donor"),
    entry("/donors/destinations", _l("Where it went"), "donor"),
    entry("/donors/papers", _l("Papers"), "donor"),
    entry("/donors/levels", _l("Stock levels"), "donor"),
    entry("/donors/gifts", _l("Gifts"), "coordinator", "auditor"),
    entry("/donors/needs", _l("What is needed"), "donor"),
)

REFUSAL_TEXTS: Mapping[str, LazyText] = {
    **GIVING_TEXTS,
    "unknown_donor": _l("No donor %(donor_code)s is known. Register the donor first."),
    "unfit_webhook_address": _l(
        "%(url)s cannot be told anything. Give an https address on the public "
        "internet, without a password in it."
    ),
    "too_many_webhooks": _l("A donor may have %(limit)s webhooks. End one first."),
    "webhook_ended": _l(
        "This webhook has ended, so nothing is sent again. Give its address once "
        "more to begin a new one."
    ),
    "unknown_webhook": _l("No such webhook or delivery is yours. Look at the list."),
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
    "nothing_to_freeze": _l(
        "Nothing has been handed over yet. Come back after the first delivery."
    ),
    "unknown_month": _l("The month %(month)s is not frozen. Choose one from the list."),
    "month_too_young": _l(
        "The month %(month)s may be frozen from %(from_day)s on. Wait until then."
    ),
    "month_out_of_order": _l(
        "The month %(month)s cannot be frozen before %(due)s. Freeze %(due)s first."
    ),
    "month_already_frozen": _l(
        "The month %(month)s is frozen already. "
        "What changed since will stand in the next month."
    ),
    "month_changed": _l(
        "The lines of %(month)s are not as they were shown any more. "
        "Look at them again, then freeze."
    ),
    "threshold_too_low": _l(
        "A threshold of %(threshold)s people is out of range. "
        "Choose a number from 5 to 1000."
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
        giving_pages(app),
        gift_paper_pages(app),
        donor_pages(app),
        pledge_pages(app),
        table_pages(app),
        letter_pages(app),
        receipt_pages(app),
        my_paper_pages(app),
        destination_pages(app),
    ]
