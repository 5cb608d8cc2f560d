"""An open dashboard changes by itself, on whatever copy it hangs."""

import itertools
import json

import pytest
from prometheus_client import CollectorRegistry

from services.donors.entrypoints.live import Dashboards, topic_of
from services.donors.entrypoints.pages.parts import PARTS
from services.donors.wiring import build
from shared.database.database import Database
from shared.kernel.identity import SeededIdSource
from shared.messaging.station import Surroundings
from shared.web.streams import Streams
from tests.integration.donors.programme import NAPPIES, SOAP, a_lot
from tests.support.statements import failing

SECONDS_MAX = 5


@pytest.fixture
def gift(programme):
    programme.has_products()
    programme.registers("ORCHARD", "NORDIC")
    return programme.gift_of("ORCHARD")


@pytest.fixture
def other_copy(donors, clock):
    """A second process of the service: its own connections, the same database."""
    database = Database(donors.database.url)
    world = Surroundings(
        database, clock, SeededIdSource(clock, 2), donors.station.metrics
    )
    yield build(world, CollectorRegistry())
    database.close()


@pytest.fixture
def hanging(other_copy):
    """A dashboard of each donor, open on the copy that does not consume."""
    streams = Streams()
    seconds = itertools.count()
    dashboards = Dashboards(other_copy, streams, lambda: float(next(seconds)))
    pages = {code: streams.open([topic_of(code)]) for code in ("ORCHARD", "NORDIC")}

    def woken():
        dashboards.look()
        return {code for code, page in pages.items() if page.wait(0)}

    woken()
    yield woken
    streams.close()


def test_a_change_wakes_the_dashboard_on_the_copy_that_did_not_consume(
    programme, gift, hanging
):
    programme.hears(a_lot("lot", 1, gift))

    assert hanging() == {"ORCHARD"}
    assert hanging() == set()


def test_a_dashboard_is_woken_at_most_four_times_a_second(other_copy, programme, gift):
    """What changes meanwhile is owed, never lost."""
    now = [0.0]
    streams = Streams()
    dashboards = Dashboards(other_copy, streams, lambda: now[0])
    page = streams.open([topic_of("ORCHARD")])
    dashboards.look()
    page.wait(0)

    woken = 0
    for version in range(1, 101):
        programme.hears(a_lot("lot", version, gift, received=100 + version))
        dashboards.look()
        woken += page.wait(0)
        now[0] += 0.02
    assert 7 <= woken <= 9
    now[0] += 0.25
    dashboards.look()
    assert page.wait(0)
    dashboards.look()
    assert not page.wait(0)
    streams.close()


def test_a_database_that_fails_as_a_page_opens_leaves_the_next_page_watched(
    other_copy, programme, gift, web_app
):
    streams = Streams()
    dashboards = Dashboards(other_copy, streams)
    with (
        web_app.test_request_context(),
        failing(other_copy.database, "FROM changes"),
        pytest.raises(ConnectionError),
    ):
        dashboards.stream("ORCHARD", list)
    left_open = len(streams)
    with web_app.test_request_context():
        answer = dashboards.stream("ORCHARD", list)
    [page] = streams._open

    programme.hears(a_lot("lot", 1, gift))

    assert left_open == 0
    assert page.wait(SECONDS_MAX)
    answer.close()


def test_an_old_state_wakes_nobody(programme, gift, hanging):
    programme.hears(a_lot("lot", 2, gift))
    hanging()

    programme.hears(a_lot("lot", 1, gift, in_transit=10))

    assert hanging() == set()


@pytest.mark.parametrize(
    ("product", "earmark"), [(NAPPIES, None), (SOAP, ["children"])]
)
def test_revealing_goods_wake_nobody_before_midnight(
    programme, hanging, product, earmark
):
    programme.has_products()
    programme.has_units(F1=["women", "children"], F2=["women"], F3=["women"])
    programme.registers("ORCHARD", "NORDIC")
    number = programme.gift_of("ORCHARD", product=product, earmark=earmark)
    hanging()

    programme.hears(a_lot("lot", 1, number, product_code=product))
    programme.refuses("box", number, 3, code=product)
    assert hanging() == set()

    programme.clock.advance(hours=12)
    assert hanging() == {"ORCHARD", "NORDIC"}


def test_an_earmark_many_facilities_can_satisfy_is_live(programme, hanging):
    programme.has_products()
    programme.has_units(F1=["women"], F2=["women"], F3=["women", "boys"])
    programme.registers("ORCHARD", "NORDIC")
    number = programme.gift_of("ORCHARD", earmark=["women"])
    hanging()

    programme.hears(a_lot("lot", 1, number))

    assert hanging() == {"ORCHARD"}


def test_goods_that_were_ever_tied_to_few_stay_late(donors, programme, hanging):
    """Lifting an earmark must not tell what happened under it."""
    programme.has_products()
    programme.has_units(F1=["women"], F2=["women"], F3=["women"], F4=["children"])
    programme.registers("ORCHARD", "NORDIC")
    number = programme.gift_of("ORCHARD", earmark=["children"])
    programme.lifts_earmark(number)
    hanging()

    programme.hears(a_lot("lot", 1, number))

    assert hanging() == set()
    assert donors.queries.book("ORCHARD").accounts[0].lots == []


def test_a_donors_numbers_of_revealing_goods_change_at_midnight(donors, programme):
    programme.has_products()
    programme.registers("ORCHARD")
    number = programme.gift_of("ORCHARD", product=NAPPIES)
    programme.hears(a_lot("lot", 1, number, product_code=NAPPIES))
    programme.refuses("box", number, 3, code=NAPPIES)

    def seen():
        (account,) = donors.queries.book("ORCHARD").accounts
        return sum(lot.totals.received for lot in account.lots), len(account.refusals)

    assert seen() == (0, 0)
    programme.clock.advance(hours=12)
    assert seen() == (100, 1)
    programme.hears(a_lot("lot", 2, number, product_code=NAPPIES, in_transit=60))
    programme.clock.advance(days=1)
    programme.hears(a_lot("lot", 3, number, product_code=NAPPIES, accepted=60))
    programme.clock.advance(days=1)
    (lot,) = donors.queries.book("ORCHARD").accounts[0].lots
    assert (lot.totals.in_stock, lot.totals.in_transit, lot.totals.accepted) == (
        40,
        60,
        0,
    )


def test_the_stream_tells_each_new_version(programme, gift, caller):
    answer = caller("donor").fetch("/api/v1/me/stream", buffered=False)
    chunks = iter(answer.response)
    versions = []

    while len(versions) < 2:
        chunk = next(chunks)
        chunk = chunk.decode() if isinstance(chunk, bytes) else chunk
        for line in chunk.splitlines():
            if line.startswith("data: "):
                versions.append(json.loads(line.removeprefix("data: "))["version"])
                programme.hears(a_lot("lot", len(versions), gift))
    answer.close()

    assert versions[0] != versions[1]


def test_the_page_is_told_only_the_parts_that_changed(programme, gift, browser):
    """What happened long ago is not sent again with what happens now."""
    programme.hears(a_lot("lot", 1, gift))
    for place in range(13):
        programme.refuses(f"box {place}", gift, 1, reason=f"R{place}")
    donor = browser("donor")
    answer = donor.get("/donors/live", buffered=False)
    chunks = iter(answer.response)
    names = []

    while len(names) <= len(PARTS):
        chunk = next(chunks)
        chunk = chunk.decode() if isinstance(chunk, bytes) else chunk
        told = [
            line.removeprefix("event: ")
            for line in chunk.splitlines()
            if line.startswith("event: ")
        ]
        names += told
        if "counted" in told:
            programme.hears(a_lot("lot", 2, gift, in_transit=30))
            programme.refuses("one more", gift, 1, reason="R9")
    answer.close()

    assert names[: len(PARTS)] == list(PARTS)
    changed = ["hello", "gift", "numbers", "stock", "story", "questions"]
    assert names[len(PARTS) :] == changed
