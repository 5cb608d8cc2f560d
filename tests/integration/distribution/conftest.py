"""Distribution on a real database, behind its real routes."""

from datetime import UTC, datetime

import pytest
from prometheus_client import CollectorRegistry
from werkzeug.test import Client

from services.distribution.adapters.tables import METADATA
from services.distribution.entrypoints.api.blueprint import blueprint
from services.distribution.wiring import build
from shared.database.database import Database
from shared.identity.accounts import ROLES, Profile
from shared.identity.identity import Identity
from shared.kernel.clock import FrozenClock
from shared.kernel.identity import SeededIdSource
from shared.messaging.station import Surroundings
from shared.telemetry.metrics import MessagingMetrics
from shared.web.app import build_app
from shared.web.observing import HttpMetrics
from shared.web.parts import WebParts
from tests.integration.distribution.field import (
    FORMULA,
    RAZOR,
    SOAP,
    TOWEL,
    Field,
    a_product,
)

PASSWORD = "four unrelated words"
NOON = datetime(2026, 11, 20, 7, tzinfo=UTC)
OWN_UNITS = ("W-A", "W-B", "W-C", "W-MCU")


@pytest.fixture
def clock():
    return FrozenClock(NOON)


@pytest.fixture
def registry():
    return CollectorRegistry()


@pytest.fixture
def distribution(database_url, clock, registry):
    database = Database(database_url)
    METADATA.create_all(database.engine)
    metrics = MessagingMetrics(CollectorRegistry())
    world = Surroundings(database, clock, SeededIdSource(clock, 1), metrics)
    yield build(world, registry)
    database.close()


@pytest.fixture(scope="session")
def identity(tmp_path_factory):
    """One account for each role; nothing that a test does changes them."""
    folder = tmp_path_factory.mktemp("identity")
    clock = FrozenClock(NOON)
    database = Database(f"sqlite:///{folder / 'identity.db'}")
    identity = Identity(database, clock, SeededIdSource(clock, 7))
    identity.ensure_schema()
    for role in ROLES:
        identity.create_account(
            Profile(
                email=f"{role}@demo.example",
                display_name=role.title(),
                roles=(role,),
                units=OWN_UNITS if role == "outreach" else (),
                donor_code="EX-D1" if role == "donor" else None,
                language="en",
            ),
            PASSWORD,
        )
    yield identity
    database.close()


@pytest.fixture(scope="session")
def tokens(identity):
    """Proving a password takes a moment on purpose: once for each role."""
    return {
        role: identity.issue_token(f"{role}@demo.example", PASSWORD).secret
        for role in ROLES
    }


@pytest.fixture
def web_app(distribution, identity, clock):
    parts = WebParts(
        identity=identity,
        clock=clock,
        ids=SeededIdSource(clock, 9),
        metrics=HttpMetrics(CollectorRegistry()),
        navigation=(),
    )
    yield build_app(
        "distribution",
        title="Distribution",
        blueprints=[blueprint(distribution)],
        web=parts,
        refusal_texts={},
    )
    parts.streams.close()


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
