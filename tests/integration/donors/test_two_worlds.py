"""Whatever happens at gates, a donor of goods that could tell a place sees the same.

Two worlds take in and send the same. In one of them the goods are accepted, refused,
damaged or given back; in the other nobody has come to a gate yet. Until the month is
frozen no page, stream, letter or webhook of the donor may tell which world it is
(DOMAIN.md 5.3, point 5).
"""

from datetime import date

import pytest
from prometheus_client import CollectorRegistry
from sqlalchemy import select

from services.donors.adapters.tables import METADATA
from services.donors.adapters.telling_tables import MAIL
from services.donors.adapters.visit_tables import webhook_deliveries
from services.donors.application.keep_contact import choose_letters, keep_contact
from services.donors.domain.digest import Cadence
from services.donors.domain.donor import Contact
from services.donors.domain.fulfilment import fulfilments
from services.donors.entrypoints.api.webhooks import gift_for_programs
from services.donors.entrypoints.dashboard import dashboard_of
from services.donors.entrypoints.words.letters import GiftLetters
from services.donors.settings import Settings
from services.donors.wiring import build
from shared.contracts.inventory_v1 import DispatchedLine, GoodsDispatched, GoodsReceived
from shared.database.database import Database
from shared.kernel.clock import FrozenClock
from shared.kernel.identity import SeededIdSource
from shared.mail.settings import MailSettings
from shared.mail.smtp import MailServer
from shared.messaging.station import Surroundings
from shared.telemetry.metrics import MessagingMetrics
from tests.integration.donors.conftest import NOON
from tests.integration.donors.programme import (
    NAPPIES,
    SOAP,
    Programme,
    a_handover,
    a_handover_line,
    a_lot,
    named,
)

DAYS, SENT_ON = 11, 2
NARROW = ("children",)


@pytest.fixture
def world(tmp_path):
    """Make worlds that are equal to the last id."""
    opened = []

    def make(name):
        database = Database(f"sqlite:///{tmp_path / name}.sqlite3")
        opened.append(database)
        METADATA.create_all(database.engine)
        clock, registry = FrozenClock(NOON), CollectorRegistry()
        metrics = MessagingMetrics(registry)
        around = Surroundings(database, clock, SeededIdSource(clock, 1), metrics)
        mail = MailSettings(MailServer.of("smtp://127.0.0.1:25"), "Komek <k@k.example>")
        settings = Settings(mail=mail, public_url="https://k.example", letter_key="key")
        return Programme(build(around, CollectorRegistry(), settings), clock)

    yield make
    for database in opened:
        database.close()


def begun(programme, product, earmark):
    """A donor who reads letters, has a webhook, and gave a hundred."""
    programme.has_products()
    programme.has_units(F1=["women", "children"], F2=["women"], F3=["women"])
    programme.registers("ORCHARD")
    contact = Contact("aida@orchard.example", date(2026, 11, 1))
    programme.perform("contact", lambda work: keep_contact(work, "ORCHARD", contact))
    programme.perform(
        "weekly", lambda work: choose_letters(work, "ORCHARD", Cadence.WEEKLY)
    )
    programme.donors.webhooks.begin(
        "ORCHARD", "https://orchard.example/hook", gift_for_programs
    )
    number = programme.gift_of("ORCHARD", product=product, earmark=earmark)
    programme.hears(
        a_lot("lot", 1, number, product_code=product),
        GoodsReceived(
            named("in"), "GRN-2026-000001", named("lot"), product, number, 100
        ),
    )
    return number


def lives_on(programme, product, earmark, at_the_gate):
    """Play twelve days; give all the donor could see, every half day."""
    number = begun(programme, product, earmark)
    seen = []
    for day in range(DAYS):
        if day == SENT_ON:
            line = DispatchedLine("W-ANT", product, named("lot"), 60, 60)
            programme.hears(
                a_lot("lot", 2, number, product_code=product, in_transit=60),
                GoodsDispatched("C-2026-0007", "WB-2026-0007", (line,)),
            )
        for version, (accepted, back, damaged) in at_the_gate.get(day, {}).items():
            happens_at_the_gate(
                programme, (number, product), version, accepted, back, damaged
            )
        for _ in range(2):
            seen.append(sight(programme.donors))
            programme.clock.advance(seconds=12 * 3600)
    return seen


def happens_at_the_gate(programme, goods, version, accepted, back, damaged):
    number, product = goods
    line = a_handover_line("lot", accepted, refused=back, damaged=damaged)
    before = f"gate {version - 1}" if version > 3 else None
    programme.hears(
        a_handover(f"gate {version}", line, corrects=before, at=programme.clock.now()),
        a_lot(
            "lot",
            version,
            number,
            product_code=product,
            in_transit=60 - accepted - back - damaged,
            accepted=accepted,
            lost=damaged,
            lost_by_reason={"DAMAGED": damaged} if damaged else {},
        ),
    )


def sight(donors):
    """Give everything a donor could see at one moment, and what would wake a page."""
    donors.letters.write_due(GiftLetters())
    donors.webhooks.notice(gift_for_programs)
    with donors.database.reading() as connection:
        letters = connection.execute(select(MAIL)).mappings().all()
        told = connection.execute(select(webhook_deliveries)).mappings().all()
    page = dashboard_of(donors.queries.book("ORCHARD"), "en")
    gifts = donors.queries.my_gifts("ORCHARD", 10).accounts
    return {
        "numbers": (page.way, page.shown.products, page.shown.losses),
        "stock": page.stock,
        "story": page.story,
        "questions": page.questions,
        "over time": donors.queries.course("ORCHARD"),
        "for programs": [fulfilments([each]) for each in gifts],
        "where it went": donors.snapshots.destinations("ORCHARD").months,
        "wakes": donors.queries.versions(),
        "letters": [dict(row) for row in letters],
        "webhooks": [dict(row) for row in told],
    }


NOBODY_CAME = {}
WORLDS = {
    "all accepted the day after": {3: {3: (60, 0, 0)}},
    "accepted late": {8: {3: (60, 0, 0)}},
    "refused, so it came back": {3: {3: (0, 60, 0)}},
    "damaged on the way": {4: {3: (20, 0, 40)}},
    "corrected twice": {3: {3: (60, 0, 0)}, 5: {4: (48, 12, 0), 5: (48, 10, 2)}},
}


def differences(one, other):
    return {
        (moment, what)
        for moment, (here, there) in enumerate(zip(one, other, strict=True))
        for what in here
        if here[what] != there[what]
    }


@pytest.mark.parametrize(
    ("name", "product", "earmark"),
    [
        *((name, NAPPIES, None) for name in WORLDS),
        ("corrected twice", SOAP, NARROW),
    ],
)
def test_until_the_freeze_nobody_can_tell_what_happened_at_the_gate(
    world, name, product, earmark
):
    nothing = lives_on(world("nothing"), product, earmark, NOBODY_CAME)
    something = lives_on(world("something"), product, earmark, WORLDS[name])

    assert differences(something, nothing) == set()
    assert nothing[-1]["letters"]
    assert nothing[-1]["webhooks"]


def test_of_goods_that_tell_no_place_everything_is_seen_at_once(world):
    nothing = lives_on(world("nothing"), SOAP, None, NOBODY_CAME)
    something = lives_on(world("something"), SOAP, None, {3: {3: (60, 0, 0)}})

    seen = {what for _, what in differences(something, nothing)}
    assert seen == {
        *("numbers", "story", "over time", "for programs"),
        *("wakes", "letters", "webhooks"),
    }


def accepted(donors):
    return dashboard_of(donors.queries.book("ORCHARD"), "en").way.accepted


def test_after_the_freeze_it_is_shown_from_midnight_on(world):
    played = world("played")
    lives_on(played, NAPPIES, None, {3: {3: (60, 0, 0)}})
    played.clock.advance(days=60)
    before = accepted(played.donors)
    played.freezes_next_month()
    same_day = accepted(played.donors)
    played.clock.advance(days=1)

    assert (before, same_day, accepted(played.donors)) == (0, 0, 60)
