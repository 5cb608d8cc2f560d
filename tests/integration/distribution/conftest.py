"""Distribution on a real database, behind its real routes."""

from datetime import UTC, datetime
from functools import cache

import pytest
from werkzeug.test import Client

from services.distribution.adapters.tables import METADATA
from services.distribution.wiring import build
from tests.integration.distribution.field import (
    FORMULA,
    RAZOR,
    SOAP,
    TOWEL,
    Field,
    a_product,
)
from tests.support.people import People, one_each
from tests.support.site import Site
from tests.support.standing import CountedSince, Standing, StandingServices

NOON = datetime(2026, 11, 20, 7, tzinfo=UTC)
OWN_UNITS = ("W-A", "W-B", "W-C", "W-MCU")


@pytest.fixture(scope="session")
def services(tmp_path_factory):
    """Distribution on each kind of database, built once."""

    def made(database):
        return Standing(database, METADATA, build, NOON)

    services = StandingServices(tmp_path_factory.mktemp("distribution"), made)
    yield services
    services.close()


@pytest.fixture
def standing(services, database_server):
    return services.on(database_server)


@pytest.fixture
def clock(standing):
    return standing.clock


@pytest.fixture
def registry(standing):
    return CountedSince(standing.registry)


@pytest.fixture
def distribution(standing):
    return standing.service


@pytest.fixture(scope="session")
def people(tmp_path_factory):
    """One account for each role; nothing that a test does changes them."""
    file = tmp_path_factory.mktemp("people") / "identity.sqlite3"
    people = People(file, NOON, one_each("EX-D1", OWN_UNITS))
    yield people
    people.database.close()


@pytest.fixture(scope="session")
def tokens(people):
    return people.tokens


@pytest.fixture(scope="session")
def site_of(people):
    """Build the site of a service once; giving it again costs nothing."""
    return cache(lambda service: Site(service, people))


@pytest.fixture
def web_app(distribution, site_of):
    return site_of(distribution).app


class Caller(Client):
    """Calls as a program with a token does."""

    def as_program(self, token):
        self._token = {"Authorization": f"Bearer {token}"}
        return self

    def fetch(self, path, **query):
        return self._call("GET", path, query_string=query)

    def send(self, path, **body):
        return self._call("POST", path, json=body)

    def put_json(self, path, **body):
        return self._call("PUT", path, json=body)

    def patch_json(self, path, **body):
        return self._call("PATCH", path, json=body)

    def _call(self, method, path, **more):
        return self.open(f"/api/v1{path}", method=method, headers=self._token, **more)


@pytest.fixture
def caller(web_app, tokens):
    def call_as(role):
        return Caller(web_app).as_program(tokens[role])

    return call_as


@pytest.fixture
def field(distribution, caller):
    """A programme with four products, one facility and nobody in it."""
    field = Field(distribution, caller)
    field.hear(
        a_product(SOAP),
        a_product(TOWEL, min_days=0),
        a_product(FORMULA, flags=["bms", "refuse"]),
        a_product(RAZOR, flags=["prison-restricted"], min_days=0),
    )
    field.place()
    return field
