"""A donor's own system is told what the donor may see, once, and can prove it."""

import hashlib
import hmac
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from services.donors.entrypoints.api.webhooks import gift_for_programs
from services.donors.settings import Settings
from tests.integration.donors.programme import NAPPIES, a_lot


@pytest.fixture
def database_kind():
    """What is told does not depend on the kind of database."""
    return "sqlite"


@pytest.fixture
def receiver():
    """A web server of a donor; ``answers`` are the statuses it will give."""

    class Receiver(HTTPServer):
        """Keeps what it hears, and gives the answers it was told to give."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            server.heard.append((dict(self.headers), body))
            status = server.answers.pop(0) if server.answers else 204
            self.send_response(status)
            if status == 302:
                self.send_header("Location", f"{server.url}/elsewhere")
            self.end_headers()

        def log_message(self, *_):
            """Say nothing."""

    server = Receiver(("127.0.0.1", 0), Handler)
    server.answers, server.heard = [], []
    server.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def settings():
    return Settings(webhooks_may_be_private=True)


@pytest.fixture
def begun(donors, programme, receiver):
    programme.has_products()
    programme.registers("ORCHARD", "NORDIC")
    programme.gift_of("ORCHARD")
    return donors.webhooks.begin("ORCHARD", f"{receiver.url}/hook", gift_for_programs)


def tell(donors):
    donors.webhooks.notice(gift_for_programs)
    return donors.webhooks.deliver_due(lambda step: step())


def test_what_moved_is_told_once_and_signed(donors, programme, receiver, begun):
    assert tell(donors) == 0
    programme.hears(a_lot("lot", 1, "G-2026-001", received=70))

    assert tell(donors) == 1
    assert tell(donors) == 0
    ((headers, body),) = receiver.heard
    gift = json.loads(body)["gift"]
    assert gift["gift_number"] == "G-2026-001"
    assert gift["items"][0]["received"] == 70
    at, _, digest = headers["Komek-Signature"].partition(",v1=")
    text = at.removeprefix("t=").encode() + b"." + body
    expected = hmac.new(begun[1].encode(), text, hashlib.sha256).hexdigest()
    assert digest == expected


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
    ((_, body),) = receiver.heard
    assert json.loads(body)["gift"]["gift_number"] == late


def test_a_refusal_is_tried_again_and_then_given_up(donors, programme, receiver, begun):
    receiver.answers = [500] * 10
    programme.hears(a_lot("lot", 1, "G-2026-001"))

    for _ in range(30):
        tell(donors)
        programme.clock.advance(hours=13)

    (delivery,) = donors.webhooks.deliveries("ORCHARD", begun[0])
    assert (delivery.state, delivery.tries, delivery.last_status) == ("failed", 10, 500)
    donors.webhooks.send_again("ORCHARD", begun[0], delivery.delivery_id)
    assert tell(donors) == 1
    ids = {headers["Komek-Delivery"] for headers, _ in receiver.heard}
    assert ids == {str(delivery.delivery_id)}


@pytest.mark.usefixtures("begun")
def test_a_redirect_is_not_followed(donors, programme, receiver):
    receiver.answers = [302]
    programme.hears(a_lot("lot", 1, "G-2026-001"))

    assert tell(donors) == 0
    assert len(receiver.heard) == 1


def test_what_has_ended_is_told_nothing(donors, programme, receiver, begun):
    donors.webhooks.end("ORCHARD", begun[0])
    programme.hears(a_lot("lot", 1, "G-2026-001"))

    assert tell(donors) == 0
    assert receiver.heard == []


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
    form = {"url": f"{receiver.url}/x", "csrf_token": donor.csrf("/donors/webhooks")}
    made = donor.post("/donors/webhooks", data=form).get_data(as_text=True)
    (webhook,) = donors.webhooks.of("ORCHARD")
    programme.gift_of("ORCHARD")
    tell(donors)

    page = donor.get(f"/donors/webhooks/{webhook.webhook_id}").get_data(as_text=True)

    assert "shown this once" in made
    assert "G-2026-001" in page
    assert "delivered" in page
