"""What the warehouse page offers, card by card, beyond the six entries of the menu."""

from collections.abc import Sequence
from dataclasses import dataclass

from shared.identity.accounts import Principal
from shared.web.words import LazyText, _l

AUDITOR = "auditor"


@dataclass(frozen=True, slots=True)
class WorkCard:
    """One card: where it leads, what is done there in a sentence, and by whom.

    ``path`` is whole, such as ``/inventory/counts``; ``icon`` names a symbol of
    ``icons.svg``.
    """

    path: str
    title: LazyText
    text: LazyText
    icon: str
    roles: frozenset[str]

    def is_for(self, principal: Principal) -> bool:
        """Say whether a person sees the card; an auditor may look at everything."""
        return principal.has_role(*self.roles, AUDITOR)


def card(
    path: str, title: LazyText, text: LazyText, icon: str, roles: Sequence[str]
) -> WorkCard:
    """Make a card; the arguments are in the order in which a person reads it."""
    return WorkCard(path, title, text, icon, frozenset(roles))


EVERYBODY = ("volunteer", "reviewer", "coordinator")
WORKERS = ("volunteer", "coordinator")

WORK = [
    card(
        "/inventory/receiving",
        _l("Goods received notes"),
        _l("What came, what was expected, who counted and who checked."),
        "in",
        EVERYBODY,
    ),
    card(
        "/inventory/pick-lists",
        _l("Pick lists"),
        _l("Walk the shelves, scan what a consignment takes, send it off."),
        "pick",
        EVERYBODY,
    ),
    card(
        "/inventory/put-back",
        _l("Put back"),
        _l("What was picked and is for nobody any more: back to a shelf."),
        "undo",
        EVERYBODY,
    ),
    card(
        "/inventory/counts",
        _l("Counts"),
        _l("Count the shelves on blind sheets; see what is due this week."),
        "tally",
        EVERYBODY,
    ),
    card(
        "/inventory/losses",
        _l("Losses"),
        _l("Damaged, lost, returned; what expired and has to be destroyed."),
        "broken",
        EVERYBODY,
    ),
    card(
        "/inventory/attention",
        _l("Attention"),
        _l("Scans that one thing is missing for."),
        "tri",
        EVERYBODY,
    ),
    card(
        "/inventory/quarantine",
        _l("Quarantine"),
        _l("Medicine that waits for the reviewer, and what was held back."),
        "lock",
        EVERYBODY,
    ),
    card(
        "/inventory/returns/new",
        _l("A unit gives back"),
        _l("Take back what a unit had accepted, and see what becomes of it."),
        "in",
        WORKERS,
    ),
    card(
        "/inventory/returns",
        _l("Returns waiting"),
        _l("What came back: to a shelf, or written off."),
        "undo",
        EVERYBODY,
    ),
    card(
        "/inventory/recalls",
        _l("Recalls"),
        _l("Where a lot number is, who got some, and what came back."),
        "recall",
        EVERYBODY,
    ),
    card(
        "/inventory/kits",
        _l("Kits"),
        _l("What is in one, how many can be built, build some."),
        "gift",
        EVERYBODY,
    ),
    card(
        "/inventory/places",
        _l("Places and the walk"),
        _l("The shelves, in the order in which one walks past them."),
        "shelf",
        EVERYBODY,
    ),
    card(
        "/inventory/products",
        _l("Catalogue"),
        _l("What we keep and give out, and which codes stand for it."),
        "box",
        EVERYBODY,
    ),
    card(
        "/inventory/alerts",
        _l("Alerts"),
        _l("What needs somebody now, on the page and by e-mail."),
        "flag",
        EVERYBODY,
    ),
    card(
        "/inventory/ahead",
        _l("Ahead"),
        _l("What will run out, what cannot be used in time, and when."),
        "clock",
        EVERYBODY,
    ),
    card(
        "/inventory/exports",
        _l("Tables to take away"),
        _l("Stock, lots, expiry and movements for a spreadsheet."),
        "down",
        EVERYBODY,
    ),
    card(
        "/inventory/imports",
        _l("Take in tables"),
        _l("Products, places and opening stock from a spreadsheet."),
        "in",
        ("coordinator",),
    ),
    card(
        "/inventory/scanner-test",
        _l("Scanner test"),
        _l("Find out what a scanner gets wrong, and how to set it right."),
        "bars",
        EVERYBODY,
    ),
    card(
        "/account/trust",
        _l("Phones in the store room"),
        _l("Let a phone trust this computer, so that its camera scans."),
        "phone",
        ("coordinator",),
    ),
    card(
        "/inventory/labels",
        _l("Labels"),
        _l("For shelves, boxes and lots, on sheets of A4 or on a roll."),
        "print",
        EVERYBODY,
    ),
]
"""In the order of a working day; a page adds its card where its work comes."""
