"""Who may use which route, said once more and apart from the routes themselves.

Walks the map of addresses, so a route that is added without a rule here fails.
"""

import re
from uuid import UUID

import pytest
from werkzeug.test import Client

from shared.identity.accounts import ROLES
from shared.web.auth import declared_roles

EVERYBODY = frozenset({"everyone"})
OWN = frozenset({"donor"})
PROGRAMME = frozenset({"coordinator"})
BOTH = OWN | PROGRAMME

NAMES = (
    "gifts|pledges|people|donors|thanks|receipts|contracts|fulfilment|earmarks|tables"
)
RULES = (
    (r"GET /(healthz|readyz|metrics|api/openapi\.json)", EVERYBODY),
    (r"GET /(api/v1/)?needs(/.*)?", EVERYBODY),
    (r"(GET|POST) /letters/<token>(/delete)?", EVERYBODY),
    (r"(GET|POST) /address/<token>", EVERYBODY),
    (r"(GET|POST) /receipt", EVERYBODY),
    (r"GET /(levels|api/v1/stock-levels)?", BOTH),
    (r"\w+ /api/v1/me/.+", OWN),
    (r"\w+ /(my|webhooks|papers|live|destinations)(/.+)?", OWN),
    (rf"\w+ /(api/v1/)?({NAMES}|months)(/.+)?", PROGRAMME),
    (r"GET /api/v1/distribution\.<any\(csv, xlsx\):form>", PROGRAMME),
)
"""A route and who may use it; the first that fits counts. The auditor reads what
the coordinator reads, and writes nothing."""

VALUES = {
    "form": "csv",
    "language": "en",
    "month": "2026-10",
    "year": "2026",
    "token": "made-up",
    "webhook_id": str(UUID(int=1)),
    "delivery_id": str(UUID(int=2)),
}
"""What stands in an address for a variable; all others name what is not there."""


@pytest.fixture
def database_kind():
    """Who may ask does not depend on the kind of database."""
    return "sqlite"


@pytest.fixture
def routes(web_app):
    """Every route as ``METHOD rule``, with what is declared beside its function."""
    declared = declared_roles(web_app)
    assert len(declared) > 90
    return declared


def rule_of(route):
    return next((roles for form, roles in RULES if re.fullmatch(form, route)), None)


def may_use(role, route):
    roles = rule_of(route)
    reads_along = role == "auditor" and route.startswith("GET ") and roles & PROGRAMME
    return roles == EVERYBODY or role in roles or bool(reads_along)


def address_of(route):
    path = route.partition(" ")[2]
    return re.sub(
        r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>",
        lambda found: VALUES.get(found[1], "NOT-THERE"),
        path,
    )


def asked(client, route, headers):
    method = route.partition(" ")[0]
    path = f"/donors{address_of(route)}"
    body = None if method == "GET" else {}
    with client.open(
        path, method=method, json=body, headers=headers, buffered=False
    ) as answer:
        return answer.status_code


def test_every_route_has_a_rule_and_declares_the_same(routes):
    found = {route: rule_of(route) for route in routes}

    assert found == dict(routes)


def test_privacy_walks_every_method_there_is(routes):
    """test_privacy.py asks in these ways; a new one has to be walked there too."""
    assert {route.partition(" ")[0] for route in routes} == {"GET", "POST"}


def is_refused(role, route, status):
    """An auditor stands for no donor, so there is nothing of the own to be found."""
    is_nobodys = role == "auditor" and rule_of(route) == OWN
    return status == (404 if is_nobodys and route.startswith("GET ") else 403)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_uses_what_the_rules_say_and_nothing_else(
    wsgi, people, routes, programme, role
):
    programme.registers("ORCHARD")
    token = people.tokens[role]
    client, headers = Client(wsgi), {"Authorization": f"Bearer {token}"}

    answers = {route: asked(client, route, headers) for route in routes}

    refused = {route for route in routes if is_refused(role, route, answers[route])}
    assert refused == {route for route in routes if not may_use(role, route)}


def test_who_is_not_signed_in_uses_what_is_for_everybody(wsgi, routes):
    client = Client(wsgi)
    sent_away = {
        route for route in routes if asked(client, route, {}) in {302, 303, 401, 403}
    }

    assert sent_away == {route for route in routes if rule_of(route) != EVERYBODY}
