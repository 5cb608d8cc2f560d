"""A donor's own system is told what the donor may see, once, and can prove it."""

import json
from itertools import repeat

import pytest

from services.donors.domain.webhook import TRIES_MAX, WebhookEndedError
from services.donors.entrypoints.api.webhooks import gift_for_programs
from services.donors.settings import Settings
from tests.integration.donors.programme import NAPPIES, a_lot
from tests.support.receiver import receiving


@pytest.fixture
def database_kind():
    """What is told does not depend on the kind of database."""
    return "sqlite"


@pytest.fixture
def receiver(clock):
    with receiving(clock) as receiver:
        yield receiver


@pytest.fixture
def settings():
    return Settings(webhooks_may_be_private=True)


@pytest.fixture
def begun(donors, programme, receiver):
    programme.has_products()
    programme.registers("ORCHARD", "NORDIC")
    programme.gift_of("ORCHARD")
    begun = donors.webhooks.begin("ORCHARD", receiver.url, gift_for_programs)
    receiver.secret = begun[1]
    return begun


def tell(donors):
    donors.webhooks.notice(gift_for_programs)
    return donors.webhooks.deliver_due(lambda step: step())


@pytest.mark.usefixtures("begun")
def test_what_moved_is_told_once_and_signed(donors, programme, receiver):
    assert tell(donors) == 0
    programme.hears(a_lot("lot", 1, "G-2026-001", received=70))

    assert tell(donors) == 1
    assert tell(donors) == 0
    (heard,) = receiver.heard
    gift = json.loads(heard.body)["gift"]
    assert gift["gift_number"] == "G-2026-001"
    assert gift["items"][0]["received"] == 70


@pytest.mark.usefixtures("begun")
def test_anothers_gift_and_late_goods_are_not_told(donors, programme, receiver):
    other = programme.gift_of("NORDIC")
    late = programme.gift_of("ORCHARD", product=NAPPIES)
    tell(donors)
    receiver.heard.clear()
    programme.hears(
        a_lot("theirs", 1, other), a_lot("late", 1, late, product_code=NAPPIES)
    )

    assert tell(donors) == 0
    programme.clock.advance(hours=12)
    assert tell(donors) == 1
    (heard,) = receiver.heard
    assert json.loads(heard.body)["gift"]["gift_number"] == late


def test_a_refusal_is_tried_again_and_then_given_up(donors, programme, receiver, begun):
    receiver.answers = repeat(500, 10)
    programme.hears(a_lot("lot", 1, "G-2026-001"))

    for _ in range(30):
        tell(donors)
        programme.clock.advance(hours=13)

    (delivery,) = donors.webhooks.deliveries("ORCHARD", begun[0])
    assert (delivery.state, delivery.tries, delivery.last_status) == ("failed", 10, 500)
    donors.webhooks.send_again("ORCHARD", begun[0], delivery.delivery_id)
    assert tell(donors) == 1
    ids = {heard.delivery_id for heard in receiver.heard}
    assert ids == {str(delivery.delivery_id)}


@pytest.mark.parametrize("last_answer", [500, 204])
def test_what_is_sent_again_while_its_last_try_is_under_way_is_sent_again(
    donors, programme, receiver, begun, last_answer
):
    receiver.answers = iter([*repeat(500, TRIES_MAX - 1), last_answer])
    programme.hears(a_lot("lot", 1, "G-2026-001"))
    for _ in range(TRIES_MAX - 1):
        tell(donors)
        programme.clock.advance(hours=13)
    (delivery,) = donors.webhooks.deliveries("ORCHARD", begun[0])
    presses = iter([delivery.delivery_id])

    def step(try_once):
        for pressed in presses:
            donors.webhooks.send_again("ORCHARD", begun[0], pressed)
        return try_once()

    donors.webhooks.deliver_due(step)

    (told,) = donors.webhooks.deliveries("ORCHARD", begun[0])
    assert len(receiver.heard) == TRIES_MAX + 1
    assert (told.state, told.tries, told.last_status) == ("delivered", 1, 204)


@pytest.mark.usefixtures("begun")
def test_a_redirect_is_not_followed(donors, programme, receiver):
    receiver.answers = iter([302])
    programme.hears(a_lot("lot", 1, "G-2026-001"))

    assert tell(donors) == 0
    assert len(receiver.heard) == 1


def test_what_has_ended_is_told_nothing(donors, programme, receiver, begun):
    donors.webhooks.end("ORCHARD", begun[0])
    programme.hears(a_lot("lot", 1, "G-2026-001"))

    assert tell(donors) == 0
    assert receiver.heard == []


def test_what_was_not_taken_before_the_end_is_not_sent_again(
    donors, programme, receiver, begun, caller
):
    receiver.answers = iter([500])
    programme.hears(a_lot("lot", 1, "G-2026-001"))
    tell(donors)
    (delivery,) = donors.webhooks.deliveries("ORCHARD", begun[0])
    donors.webhooks.end("ORCHARD", begun[0])

    path = f"/api/v1/me/webhooks/{begun[0]}/deliveries/{delivery.delivery_id}/replay"
    refused = caller("donor").send(path)

    assert (refused.status_code, refused.json["code"]) == (409, "webhook_ended")
    with pytest.raises(WebhookEndedError):
        donors.webhooks.send_again("ORCHARD", begun[0], delivery.delivery_id)
    assert donors.webhooks.deliveries("ORCHARD", begun[0]) == [delivery]


def test_a_donor_manages_the_own_webhooks_only(caller, begun):
    mine, neighbour = caller("donor"), caller("neighbour")
    path = f"/api/v1/me/webhooks/{begun[0]}"
    listed = mine.fetch("/api/v1/me/webhooks").json["items"]
    unknown = f"/api/v1/me/webhooks/{'0' * 8}-0000-7000-8000-{'0' * 12}"

    assert [each["webhook_id"] for each in listed] == [str(begun[0])]
    assert begun[1] not in str(listed)
    assert neighbour.fetch("/api/v1/me/webhooks").json["items"] == []
    for way in ("/deliveries", "/end"):
        ask = neighbour.send if way == "/end" else neighbour.fetch
        foreign, missing = ask(path + way), ask(unknown + way)
        assert foreign.status_code == missing.status_code == 404
        assert foreign.json["detail"] == missing.json["detail"]
    assert mine.fetch(f"{path}/deliveries").json == {"items": []}
    assert mine.send(f"{path}/end").status_code == 200


def test_a_page_shows_the_secret_once_and_what_was_told(
    donors, programme, browser, receiver
):
    programme.has_products()
    programme.registers("ORCHARD", "NORDIC")
    donor = browser("donor")
    form = {"url": receiver.url, "csrf_token": donor.csrf("/donors/webhooks")}
    made = donor.post("/donors/webhooks", data=form).get_data(as_text=True)
    receiver.secret = made.partition("<code>")[2].partition("</code>")[0]
    (webhook,) = donors.webhooks.of("ORCHARD")
    programme.gift_of("ORCHARD")
    tell(donors)

    page = donor.get(f"/donors/webhooks/{webhook.webhook_id}").get_data(as_text=True)

    assert "shown this once" in made
    assert "G-2026-001" in page
    assert "delivered" in page


def test_the_list_counts_what_living_webhooks_missed(
    donors, programme, browser, receiver, begun
):
    ended = donors.webhooks.begin("ORCHARD", receiver.url, gift_for_programs)
    receiver.answers = repeat(500)
    programme.hears(a_lot("lot", 1, "G-2026-001"))
    for _ in range(TRIES_MAX):
        tell(donors)
        programme.clock.advance(hours=13)
    donors.webhooks.end("ORCHARD", ended[0])
    donors.webhooks.begin("ORCHARD", receiver.url, gift_for_programs)

    page = browser("donor").get("/donors/webhooks").get_data(as_text=True)

    assert donors.webhooks.given_up("ORCHARD") == {begun[0]: 1}
    assert donors.webhooks.given_up("NORDIC") == {}
    assert page.count("not taken: 1") == page.count("not taken") == 1
