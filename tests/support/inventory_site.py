"""Inventory's whole site on a warehouse, called as programs call it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from prometheus_client import CollectorRegistry

from services.inventory.entrypoints import site
from shared.database.database import Database
from shared.identity.accounts import ROLES, Profile
from shared.identity.identity import Identity
from shared.kernel.clock import FrozenClock
from shared.kernel.identity import SeededIdSource
from shared.web.app import build_app
from shared.web.observing import HttpMetrics
from shared.web.parts import WebParts
from tests.support.store import MORNING
from tests.support.warehouse import Warehouse

PASSWORD = "four unrelated words"


class Caller:
    """A program with the token of one role."""

    def __init__(self, client: FlaskClient, token: str) -> None:
        self._client = client
        self._headers = {"Authorization": f"Bearer {token}"}

    def get(self, path: str, **query: Any) -> Any:
        return self._client.get(
            f"/api/v1{path}", query_string=query or None, headers=self._headers
        )

    def get_with(self, path: str, headers: Mapping[str, str]) -> Any:
        """Ask with headers of one's own."""
        return self._client.get(f"/api/v1{path}", headers={**self._headers, **headers})

    def put(self, path: str, data: bytes, content_type: str) -> Any:
        """Send bytes of some kind to their place."""
        return self._client.put(
            f"/api/v1{path}",
            headers=self._headers,
            data=data,
            content_type=content_type,
        )

    def post(self, path: str, body: Any = None, **options: Any) -> Any:
        """Send a JSON body, or raw bytes as ``data``."""
        sent = {"json": body} if "data" not in options else {}
        return self._client.post(
            f"/api/v1{path}", headers=self._headers, **sent, **options
        )


@contextmanager
def people(folder: Path) -> Iterator[tuple[Identity, Mapping[str, str]]]:
    """Open accounts, one a role, with a token each; a day of their own."""
    clock = FrozenClock(MORNING)
    database = Database(f"sqlite:///{folder / 'identity.sqlite3'}")
    identity = Identity(database, clock, SeededIdSource(clock, 9))
    identity.ensure_schema()
    yield identity, {role: _token(identity, role) for role in ROLES}
    database.close()


@contextmanager
def callers(
    warehouse: Warehouse, identity: Identity, tokens: Mapping[str, str]
) -> Iterator[Mapping[str, Caller]]:
    """Open the site on a warehouse; give a caller for each role."""
    parts = WebParts(
        identity=identity,
        clock=warehouse.clock,
        ids=SeededIdSource(warehouse.clock, 10),
        metrics=HttpMetrics(CollectorRegistry()),
        navigation=site.NAVIGATION,
    )
    app = build_app(
        "inventory",
        title=site.TITLE,
        blueprints=site.blueprints(warehouse.app, parts),
        web=parts,
        refusal_texts=site.REFUSAL_TEXTS,
    )
    yield {role: Caller(app.test_client(), token) for role, token in tokens.items()}
    parts.streams.close()


def _token(identity: Identity, role: str) -> str:
    profile = Profile(
        email=f"{role}@demo.example",
        display_name=role,
        roles=(role,),
        donor_code="EX-D1" if role == "donor" else None,
        language="en",
    )
    identity.create_account(profile, PASSWORD)
    return identity.issue_token(profile.email, PASSWORD).secret
