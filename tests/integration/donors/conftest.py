"""Donors on a real database, with the other services played by their messages."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

import pytest
from prometheus_client import CollectorRegistry
from werkzeug.test import Client

from services.donors.adapters.tables import METADATA
from services.donors.wiring import build
from tests.integration.donors.programme import Programme
from tests.support.people import PASSWORD, People, one_each
from tests.support.site import Site
from tests.support.standing import CountedSince, Standing, StandingServices

NOON = datetime(2026, 11, 20, 7, tzinfo=UTC)


@pytest.fixture(scope="session")
def services(tmp_path_factory):
    """Donors on each kind of database, built once."""

    def made(database):
        return Standing(database, METADATA, build, NOON)

    services = StandingServices(tmp_path_factory.mktemp("donors"), made)
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
def settings():
    """Settings of the service that a test chooses; those of the environment if none."""
    return


@pytest.fixture
def donors(standing, settings):
    if settings is None:
        return standing.service
    return build(standing.surroundings, CollectorRegistry(), settings)


@pytest.fixture
def programme(donors, clock):
    return Programme(donors, clock)


@pytest.fixture(scope="session")
def people_at(tmp_path_factory):
    """Open the accounts of an installation once."""
    opened = []
    neighbour = replace(
        next(each for each in one_each("NORDIC") if each.roles == ("donor",)),
        email="neighbour@demo.example",
    )

    @cache
    def of(standing):
        file = tmp_path_factory.mktemp("people") / "identity.sqlite3"
        everybody = [*one_each("ORCHARD"), neighbour]
        opened.append(People(file, standing.clock, everybody))
        return opened[-1]

    yield of
    for people in opened:
        people.database.close()


@pytest.fixture
def people(standing, people_at):
    people = people_at(standing)
    people.begin_again()
    return people


@pytest.fixture
def site(donors, people):
    """A new one for each test: it keeps what it drew by day and count of changes."""
    site = Site(donors, people)
    yield site
    site.parts.streams.close()


@pytest.fixture
def web_app(site):
    return site.app


class Caller(Client):
    """Calls as a program does, or signs in as a browser does."""

    def as_program(self, token):
        self._token = {"Authorization": f"Bearer {token}"}
        return self

    def sign_in(self, email):
        form = {"email": email, "password": PASSWORD, "csrf_token": self.csrf()}
        return self.post("/account/sign-in", data=form)

    def csrf(self, path="/account/sign-in"):
        page = self.get(path).get_data(as_text=True)
        return page.partition('name="csrf-token" content="')[2].partition('"')[0]

    def fetch(self, path, **more):
        return self.get(f"/donors{path}", headers=self._token, **more)

    def send(self, path, **body):
        return self.post(f"/donors{path}", json=body, headers=self._token)


@pytest.fixture
def wsgi(site):
    return site.wsgi


@pytest.fixture
def caller(wsgi, people):
    def call_as(name):
        return Caller(wsgi).as_program(people.token(name))

    return call_as


@pytest.fixture
def browser(wsgi):
    def open_as(name):
        browser = Caller(wsgi)
        browser.sign_in(f"{name}@demo.example")
        return browser

    return open_as
