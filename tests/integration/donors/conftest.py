"""Donors on a real database, with the other services played by their messages."""

from datetime import UTC, datetime

import pytest
from prometheus_client import CollectorRegistry
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.test import Client

from services.donors.adapters.tables import METADATA
from services.donors.entrypoints import site
from services.donors.wiring import build
from shared.database.database import Database
from shared.identity.accounts import ROLES, Profile
from shared.identity.identity import Identity
from shared.identity.passwords import Passwords
from shared.kernel.clock import FrozenClock
from shared.kernel.identity import SeededIdSource
from shared.messaging.station import Surroundings
from shared.telemetry.metrics import MessagingMetrics
from shared.web.account import build_account_app
from shared.web.app import build_app
from shared.web.observing import HttpMetrics
from shared.web.parts import WebParts
from tests.integration.donors.programme import Programme

PASSWORD = "four unrelated words"
NOON = datetime(2026, 11, 20, 7, tzinfo=UTC)


@pytest.fixture
def clock():
    return FrozenClock(NOON)


@pytest.fixture
def registry():
    return CollectorRegistry()


@pytest.fixture
def settings():
    """Settings of the service that a test chooses; those of the environment if none."""
    return


@pytest.fixture
def donors(database_url, clock, registry, settings):
    database = Database(database_url)
    METADATA.create_all(database.engine)
    metrics = MessagingMetrics(CollectorRegistry())
    world = Surroundings(database, clock, SeededIdSource(clock, 1), metrics)
    yield build(world, registry, settings)
    database.close()


@pytest.fixture
def programme(donors, clock):
    return Programme(donors, clock)


@pytest.fixture(scope="session")
def password_hash():
    return Passwords().hashed(PASSWORD)


@pytest.fixture
def identity(tmp_path, clock, monkeypatch, password_hash):
    database = Database(f"sqlite:///{tmp_path / 'identity.db'}")
    identity = Identity(database, clock, SeededIdSource(clock, 7))
    identity.ensure_schema()
    with monkeypatch.context() as patched:
        # hashing equal passwords is 20 ms each for nothing
        patched.setattr(identity._passwords, "hashed", lambda _: password_hash)
        for role in ROLES:
            code = "ORCHARD" if role == "donor" else None
            _add_account(identity, role, role, code)
        _add_account(identity, "neighbour", "donor", "NORDIC")
    yield identity
    database.close()


def _add_account(identity, name, role, donor_code):
    profile = Profile(
        email=f"{name}@demo.example",
        display_name=name.title(),
        roles=(role,),
        donor_code=donor_code,
        language="en",
    )
    identity.create_account(profile, PASSWORD)


@pytest.fixture
def parts(identity, clock):
    parts = WebParts(
        identity=identity,
        clock=clock,
        ids=SeededIdSource(clock, 9),
        metrics=HttpMetrics(CollectorRegistry()),
        navigation=site.NAVIGATION,
    )
    yield parts
    parts.streams.close()


@pytest.fixture
def web_app(donors, parts):
    return build_app(
        "donors",
        title=site.TITLE,
        blueprints=site.blueprints(donors, parts),
        web=parts,
        refusal_texts=site.REFUSAL_TEXTS,
    )


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
def wsgi(web_app, parts):
    return DispatcherMiddleware(build_account_app(parts), {"/donors": web_app})


@pytest.fixture
def caller(wsgi, identity):
    def call_as(name):
        secret = identity.issue_token(f"{name}@demo.example", PASSWORD).secret
        return Caller(wsgi).as_program(secret)

    return call_as


@pytest.fixture
def browser(wsgi):
    def open_as(name):
        browser = Caller(wsgi)
        browser.sign_in(f"{name}@demo.example")
        return browser

    return open_as
