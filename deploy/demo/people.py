"""The accounts of the example: one for each role, and two more donors."""

from dataclasses import dataclass

from shared.identity.accounts import Profile
from shared.identity.identity import Identity

OWN_UNITS = (
    *("W-A", "W-B", "W-C", "W-D", "W-E", "W-F", "W-G"),
    *("W-GIRL", "W-NEW", "W-REL", "W-MED", "W-ANT", "W-MCU"),
    *("B-1", "B-2", "B-3", "B-MED", "R-W", "R-M", "H-1"),
)
"""What the outreach team visits; the crisis centre and the shelter have their own."""

CENTRE_UNITS = ("C-RES", "C-DAY", "S-1")


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """An account and what it is for."""

    profile: Profile
    what: str


PEOPLE = (
    DemoPerson(
        Profile("volunteer@demo.example", "Aizhan, volunteer", ("volunteer",)),
        "scans, picks, dispatches",
    ),
    DemoPerson(
        Profile("reviewer@demo.example", "Dr Omarova, reviewer", ("reviewer",)),
        "releases and recalls medicine",
    ),
    DemoPerson(
        Profile("coordinator@demo.example", "Dana, coordinator", ("coordinator",)),
        "allocates, approves, plans deliveries",
    ),
    DemoPerson(
        Profile(
            "outreach@demo.example", "Outreach team", ("outreach",), units=OWN_UNITS
        ),
        "asks for goods and hands them over",
    ),
    DemoPerson(
        Profile(
            "centre@demo.example", "Centre team", ("outreach",), units=CENTRE_UNITS
        ),
        "the same, for the crisis centre and the shelter",
    ),
    DemoPerson(
        Profile(
            "donor@demo.example",
            "Nordic Partner Mission (example)",
            ("donor",),
            donor_code="EX-D6",
            language="en",
        ),
        "watches its gifts (a foreign grant)",
    ),
    DemoPerson(
        Profile(
            "pharmacy@demo.example",
            "Alatau Pharmacy Chain (example)",
            ("donor",),
            donor_code="EX-D1",
        ),
        "watches its gifts (medicine)",
    ),
    DemoPerson(
        Profile(
            "mothers@demo.example",
            "Diaspora Mothers' Fund (example)",
            ("donor",),
            donor_code="EX-D4",
            language="kk",
        ),
        "watches its gifts (nappies tied to children)",
    ),
    DemoPerson(
        Profile("auditor@demo.example", "Auditor", ("auditor",)),
        "reads everything that is recorded",
    ),
    DemoPerson(
        Profile("admin@demo.example", "Administrator", ("admin",)),
        "manages accounts",
    ),
)


def create_people(identity: Identity, password: str) -> None:
    """Create every account with the one password of the example."""
    for person in PEOPLE:
        identity.create_account(person.profile, password)
