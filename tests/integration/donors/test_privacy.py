"""One donor never sees another's gifts, through any route (DESIGN.md 2, point 7)."""

import re
from datetime import date

import pytest

from services.donors.application.make_pledge import MakePledge, make_pledge
from services.donors.domain.promise import Line
from services.donors.entrypoints import site
from services.donors.entrypoints.api.webhooks import gift_for_programs
from shared.contracts.inventory_v1 import GoodsReceived
from tests.integration.donors.programme import (
    SOAP,
    a_handover,
    a_handover_line,
    a_lot,
    a_product,
    named,
)
from tests.integration.donors.readable import readable
from tests.support.lasting import lasting

SECRET = "MEN-SECRET"
FORM = "<any(csv, xlsx):form>"
PLACES = ("W-ANT", "C-2026-0007", "detention")


@pytest.fixture
def database_kind():
    """What is answered does not depend on the kind of database."""
    return "sqlite"


@pytest.fixture
def foreign_gift(programme):
    """A gift of ORCHARD's with a life of its own, and one of NORDIC's."""
    programme.has_products()
    programme.hears(a_product(SECRET))
    programme.registers("ORCHARD", "NORDIC")
    programme.gift_of("NORDIC")
    number = programme.gift_of("ORCHARD", product=SECRET)
    now = programme.clock.now()
    programme.hears(
        a_lot("lot", 1, number, product_code=SECRET, received=7777, accepted=40),
        GoodsReceived(
            named("move"), "GRN-2026-000001", named("lot"), SECRET, number, 7
        ),
    )
    line = a_handover_line("lot", 40)
    programme.hears(a_handover("gate", line, at=now))
    return number


def fetched(caller, path):
    """Fetch a page; of a stream, what it says before it waits."""
    answer = caller.fetch(path, buffered=False)
    if answer.mimetype != "text/event-stream":
        return answer.status_code, readable(answer.get_data())
    chunks = iter(answer.response)
    said = [next(chunks), next(chunks)]
    answer.close()
    return answer.status_code, "".join(
        each.decode() if isinstance(each, bytes) else each for each in said
    )


UNKNOWN = {
    "gift_number": "G-2026-999",
    "donor_code": "NOBODY",
    "receipt_number": "R-2026-999",
    "pledge_number": "P-2026-999",
    "contract_number": "K-2026-999",
    "webhook_id": "0198f000-0000-7000-8000-000000000999",
    "delivery_id": "0198f000-0000-7000-8000-000000000998",
    "token": "made-up",
    "month": "2026-10",
    "year": "2026",
    "language": "en",
}
"""What stands in an address for each of its variables, when nothing is meant."""

VARIABLE = re.compile(r"<(?:(?:int|uuid):)?(\w+)>")


def addresses(web_app, method="GET", **names):
    """Give every address of the service, its variables filled."""
    known = UNKNOWN | names
    for rule in web_app.url_map.iter_rules():
        if method in rule.methods and rule.endpoint != "static":
            for form in ("csv", "xlsx") if FORM in rule.rule else ("",):
                path = rule.rule.replace(FORM, form)
                yield VARIABLE.sub(lambda found: known[found[1]], path)


def paths(web_app, gift_number):
    return addresses(web_app, gift_number=gift_number)


@pytest.fixture
def foreign(donors, programme, foreign_gift):
    """The names of everything of ORCHARD's that an address can hold."""
    wish = MakePledge("ORCHARD", date(2026, 12, 1), [Line(SECRET, 7777)])
    pledge = programme.perform("pledge", lambda work: make_pledge(work, wish))
    webhook_id, _ = donors.webhooks.begin(
        "ORCHARD", "https://orchard.example/hook", gift_for_programs
    )
    programme.hears(
        a_lot("lot", 2, foreign_gift, product_code=SECRET, received=7777, accepted=41)
    )
    donors.webhooks.notice(gift_for_programs)
    (delivery,) = donors.webhooks.deliveries("ORCHARD", webhook_id)
    return {
        "gift_number": foreign_gift,
        "donor_code": "ORCHARD",
        "pledge_number": pledge["pledge_number"],
        "receipt_number": "R-2026-001",
        "contract_number": "K-2026-001",
        "webhook_id": str(webhook_id),
        "delivery_id": str(delivery.delivery_id),
    }


FOREIGN_WORDS = ("ORCHARD", "7777", "7,777", "orchard.example")


def foreign_words(path, body):
    """List what is ORCHARD's in an answer; sums of seconds may hold any digits."""
    words = FOREIGN_WORDS[:1] if path.startswith("/metrics") else FOREIGN_WORDS
    told = lasting(body)
    return [word for word in words if word in told]


def without_echo(body, names):
    """Take out what the asker wrote, which an answer may repeat."""
    for name in names.values():
        body = body.replace(name, "")
    return body


def test_no_route_shows_a_donor_anothers_gift(web_app, caller, foreign):
    neighbour = caller("neighbour")
    walked = list(addresses(web_app, **foreign))
    assert len(walked) > 60

    for path in walked:
        status, body = fetched(neighbour, path)
        body = without_echo(body, {"path": path, "code": "/ORCHARD/"})
        assert status in {200, 403, 404}, path
        assert not foreign_words(path, body), path
        if (
            "/needs" not in path
            and "/levels" not in path
            and "stock-levels" not in path
        ):
            assert SECRET not in body, path


def test_no_route_tells_a_foreign_name_from_one_that_does_not_exist(
    web_app, caller, foreign
):
    """The same bytes, but for the name itself: also by filter, and for every donor."""
    neighbour = caller("neighbour")
    foreign_paths = addresses(web_app, **foreign)
    unknown_paths = addresses(web_app)
    unknown = {what: UNKNOWN[what] for what in foreign}
    asked = 0

    for foreign_path, unknown_path in zip(foreign_paths, unknown_paths, strict=True):
        if foreign_path != unknown_path and "/letters/" not in foreign_path:
            status, told = fetched(neighbour, foreign_path)
            expected = fetched(neighbour, unknown_path)
            assert (status, blank(told, foreign)) == (
                expected[0],
                blank(expected[1], unknown),
            ), foreign_path
            asked += 1
    assert asked >= 15


@pytest.mark.parametrize(
    "filters", ["donor_code", "donor", "gift_number", "webhook_id"]
)
def test_no_filter_of_any_route_tells_more(web_app, caller, foreign, filters):
    neighbour = caller("neighbour")
    name = foreign.get(filters, "ORCHARD")

    for path in addresses(web_app):
        _, body = fetched(neighbour, f"{path}?{filters}={name}")
        body = blank(without_echo(body, {"query": f"{filters}={name}"}), foreign)
        assert not foreign_words(path, body), path


def blank(body, names):
    """Replace names by what they are, and what is new in every answer by nothing."""
    for what, name in names.items():
        body = body.replace(name, what)
    signed = r'(name="csrf.token" (content|value)=|"X-CSRFToken": )"[^"]*"'
    return re.sub(signed, "", body)


def test_a_donor_changes_nothing_of_anothers(web_app, caller, donors, foreign):
    neighbour = caller("neighbour")
    foreign_paths = addresses(web_app, "POST", **foreign)
    unknown_paths = addresses(web_app, "POST")
    unknown = {what: UNKNOWN[what] for what in foreign}
    before = donors.webhooks.of("ORCHARD")

    for foreign_path, unknown_path in zip(foreign_paths, unknown_paths, strict=True):
        if foreign_path != unknown_path and "/letters/" not in foreign_path:
            told = neighbour.send(foreign_path)
            expected = neighbour.send(unknown_path)
            assert told.status_code == expected.status_code, foreign_path
            assert told.status_code in {403, 404}, foreign_path
            assert blank(told.get_data(as_text=True), foreign) == blank(
                expected.get_data(as_text=True), unknown
            )
    assert donors.webhooks.of("ORCHARD") == before


@pytest.mark.parametrize("query", ["donor_code", "donor", "gift_number", "cursor"])
def test_no_filter_widens_what_a_donor_sees(caller, foreign_gift, query):
    neighbour = caller("neighbour")
    for path in ("/api/v1/me/summary", "/api/v1/me/gifts", "/"):
        status, body = fetched(neighbour, f"{path}?{query}=ORCHARD")
        assert foreign_gift not in body
        assert status in {200, 422}


@pytest.mark.parametrize("path", ["/api/v1/me/gifts/{}", "/my/{}", "/my/{}/live"])
def test_anothers_gift_answers_like_one_that_does_not_exist(caller, foreign_gift, path):
    neighbour = caller("neighbour")
    unknown = "G-2026-999"

    foreign_answer = fetched(neighbour, path.format(foreign_gift))
    unknown_answer = fetched(neighbour, path.format(unknown))

    assert foreign_answer[0] == unknown_answer[0] == 404
    told, expected = foreign_answer[1].replace(foreign_gift, unknown), unknown_answer[1]
    assert blank(told, {}) == blank(expected, {})


def test_the_owner_sees_it_without_a_place(web_app, caller, foreign_gift):
    owner = caller("donor")
    seen = ""
    for path in paths(web_app, foreign_gift):
        _, body = fetched(owner, path)
        if "/openapi.json" not in path and path != "/needs":
            assert not [place for place in PLACES if place in body], path
        seen += body

    assert "7,777" in seen
    assert '"received":7777' in seen.replace(" ", "")


@pytest.mark.usefixtures("foreign")
def test_the_walk_passes_the_page_of_what_a_donor_promised(caller):
    """Its number stands nowhere else, so the walk would see it at a neighbour's."""
    _, page = fetched(caller("donor"), "/papers")

    promised = page.partition('id="pledges-h"')[2].partition("</section>")[0]
    assert "7,777" in promised


def test_every_refusal_of_the_service_has_words():
    assert "unknown_gift" in site.REFUSAL_TEXTS
    assert SOAP not in str(site.REFUSAL_TEXTS)
