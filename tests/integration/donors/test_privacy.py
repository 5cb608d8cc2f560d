"""One donor never sees another's gifts, through any route (DESIGN.md 2, point 7)."""

import pytest

from services.donors.entrypoints import site
from shared.contracts.inventory_v1 import GoodsReceived
from shared.identity.accounts import ROLES
from shared.web.auth import declared_roles
from tests.integration.donors.programme import (
    SOAP,
    a_handover,
    a_handover_line,
    a_lot,
    a_product,
    named,
)
from tests.integration.donors.readable import readable

SECRET = "MEN-SECRET"
FORM = "<any(csv, xlsx):form>"
PLACES = ("W-ANT", "C-2026-0007", "detention")


@pytest.fixture
def database_url(tmp_path):
    """What is answered does not depend on the kind of database."""
    return f"sqlite:///{tmp_path / 'donors.sqlite3'}"


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


def paths(web_app, gift_number):
    for rule in web_app.url_map.iter_rules():
        if "GET" in rule.methods and rule.endpoint != "static":
            path = rule.rule.replace("<gift_number>", gift_number)
            path = path.replace("<month>", "2026-10")
            for form in ("csv", "xlsx") if FORM in path else ("",):
                yield path.replace(FORM, form)


def test_no_route_shows_a_donor_anothers_gift(web_app, caller, foreign_gift):
    neighbour = caller("neighbour")
    walked = list(paths(web_app, foreign_gift))
    assert len(walked) > 20

    for path in walked:
        status, body = fetched(neighbour, path)
        assert status in {200, 403, 404}, path
        assert "ORCHARD" not in body, path
        assert "7777" not in body, path
        assert "7,777" not in body, path
        if "/me" in path or "/my" in path or path in {"/", "/live"}:
            assert SECRET not in body, path


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
    assert foreign_answer[1].replace(foreign_gift, unknown) == unknown_answer[1]


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


READERS = {
    "coordinator": {
        *("/api/v1/donors", "/api/v1/pledges", "/api/v1/gifts"),
        *("/api/v1/gifts/{}", "/api/v1/stock-levels", "/api/v1/needs"),
        *("/api/v1/months", "/api/v1/months/preview"),
        *("/api/v1/distribution.csv", "/api/v1/distribution.xlsx"),
        *("/api/v1/thanks/waiting", "/api/v1/contracts", "/api/v1/fulfilment"),
        *("/api/v1/earmarks/outlook", "/api/v1/earmarks/at-risk"),
        "/api/v1/gifts/{}/acknowledgement.pdf",
    },
    "donor": {
        *("/api/v1/me/destinations", "/api/v1/me/statement.pdf"),
        *("/api/v1/me/distribution.csv", "/api/v1/me/distribution.xlsx"),
        *("/api/v1/me/in-kind.csv", "/api/v1/me/in-kind.xlsx"),
        *("/api/v1/me/summary", "/api/v1/me/gifts", "/api/v1/me/gifts/{}"),
        *("/api/v1/me/stream", "/api/v1/stock-levels", "/api/v1/needs"),
    },
}
READERS["auditor"] = READERS["coordinator"]


@pytest.mark.parametrize("role", ROLES)
def test_a_role_reads_what_the_table_says_and_nothing_else(
    web_app, caller, foreign_gift, role
):
    may = {path.format(foreign_gift) for path in READERS.get(role, ())}
    may |= {"/api/v1/needs", "/api/openapi.json"}
    asks = caller(role)

    for path in paths(web_app, foreign_gift):
        if path.startswith("/api/"):
            status, _ = fetched(asks, path)
            assert (status == 200) == (path in may), (path, status)


@pytest.mark.parametrize("role", [role for role in ROLES if role != "coordinator"])
def test_only_the_coordinator_writes(web_app, caller, foreign_gift, role):
    asks = caller(role)
    writes = [
        rule.rule.replace("<gift_number>", foreign_gift)
        for rule in web_app.url_map.iter_rules()
        if "POST" in rule.methods and not rule.rule.startswith("/letters/")
    ]
    assert len(writes) >= 10

    for path in writes:
        assert asks.send(path).status_code == 403, path


def test_every_route_says_who_may_use_it(web_app):
    assert all(declared_roles(web_app).values())


def test_every_refusal_of_the_service_has_words():
    assert "unknown_gift" in site.REFUSAL_TEXTS
    assert SOAP not in str(site.REFUSAL_TEXTS)
