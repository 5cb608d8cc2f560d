"""Donors on a real database, with the other services played by their messages."""

import itertools
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

import pytest
from aiosmtpd.controller import Controller
from prometheus_client import CollectorRegistry
from sqlalchemy import insert
from werkzeug.test import Client

from services.donors.adapters.tables import METADATA, changes
from services.donors.settings import Settings
from services.donors.wiring import build
from shared.mail.settings import MailSettings
from shared.mail.smtp import MailServer
from tests.integration.donors.mailbox import OURS, Mailbox
from tests.integration.donors.programme import Programme
from tests.support.people import PASSWORD, People, one_each
from tests.support.programs import free_port
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


@pytest.fixture(scope="session")
def versions():
    """A dashboard is drawn once a version, so no test may see that of another."""
    return itertools.count(1_000, step=1_000)


@pytest.fixture
def standing(services, database_server, versions):
    standing = services.on(database_server)
    version = next(versions)
    with standing.database.writing() as connection:
        for code in ("ORCHARD", "NORDIC"):
            row = {"donor_code": code, "version": version}
            connection.execute(insert(changes).values(row))
    return standing


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
def smtp_port():
    return free_port()


@pytest.fixture
def server(smtp_port):
    """A real mail server, and what it took."""
    mailbox = Mailbox()
    controller = Controller(mailbox, hostname="127.0.0.1", port=smtp_port)
    controller.start()
    yield mailbox
    controller.stop()


@pytest.fixture
def mail_settings(smtp_port):
    """Settings under which letters go to that server."""
    address = MailServer.of(f"smtp://127.0.0.1:{smtp_port}")
    return Settings(mail=MailSettings(address, "Komek <k@k.example>"), public_url=OURS)


@pytest.fixture
def donors(standing, settings):
    if settings is None:
        return standing.service
    return build(standing.surroundings, CollectorRegistry(), settings)


@pytest.fixture
def programme(donors, clock):
    return Programme(donors, clock)


@pytest.fixture(scope="session")
def site_of(tmp_path_factory):
    """Build the site of a service once, with its own accounts."""
    opened = []
    neighbour = replace(
        next(each for each in one_each("NORDIC") if each.roles == ("donor",)),
        email="neighbour@demo.example",
    )

    @cache
    def built(service):
        file = tmp_path_factory.mktemp("people") / "identity.sqlite3"
        everybody = [*one_each("ORCHARD"), neighbour]
        opened.append(People(file, NOON, everybody))
        return Site(service, opened[-1])

    yield built
    for people in opened:
        people.database.close()


@pytest.fixture
def site(donors, site_of):
    site = site_of(donors)
    site.begin_again()
    return site


@pytest.fixture
def people(site):
    return site.people


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
        return Caller(wsgi).as_program(people.tokens[name])

    return call_as


@pytest.fixture
def browser(wsgi):
    def open_as(name):
        browser = Caller(wsgi)
        browser.sign_in(f"{name}@demo.example")
        return browser

    return open_as
