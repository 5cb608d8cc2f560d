"""A browser without script for inventory's pages: forms, words, one role at a time."""

import html
import re
from pathlib import Path
from typing import Any
from uuid import uuid5

from prometheus_client import CollectorRegistry
from werkzeug.test import Client, TestResponse

from deploy.sites import build_site, navigation_of
from shared.database.database import Database
from shared.identity.accounts import Profile
from shared.identity.identity import Identity
from shared.kernel.identity import SeededIdSource
from shared.web.observing import HttpMetrics
from shared.web.parts import WebParts
from tests.support.store import NAMESPACE
from tests.support.warehouse import Warehouse

PASSWORD = "four unrelated words"
_TAG = re.compile(r"<(script|style|svg|template)\b.*?</\1>|<[^>]*>", re.DOTALL)


class Pages:
    """The pages of one warehouse, read and filled in by people of each role."""

    def __init__(self, warehouse: Warehouse, folder: Path) -> None:
        clock, ids = warehouse.clock, SeededIdSource(warehouse.clock, 9)
        self.database = Database(f"sqlite:///{folder / 'identity.sqlite3'}")
        identity = Identity(self.database, clock, ids)
        identity.ensure_schema()
        self._identity = identity
        self._tokens: dict[str, str] = {}
        parts = WebParts(
            identity,
            clock,
            ids,
            HttpMetrics(CollectorRegistry()),
            navigation=navigation_of(["inventory"]),
        )
        self._client = Client(build_site("inventory", warehouse.app, parts))
        self._commands = 0

    def get(
        self,
        path: str,
        role: str = "volunteer",
        *,
        is_followed: bool = False,
        **query: Any,
    ) -> TestResponse:
        """Open a page; a path with its own query is taken as it is."""
        return self._client.get(
            path,
            query_string=query or None,
            headers=self._as(role),
            follow_redirects=is_followed,
        )

    def post(
        self, path: str, role: str = "volunteer", *, is_htmx: bool = False, **form: Any
    ) -> TestResponse:
        """Send a form; a command id is made unless one is given."""
        self._commands += 1
        command_id = str(uuid5(NAMESPACE, f"page {self._commands}"))
        headers = self._as(role) | ({"HX-Request": "true"} if is_htmx else {})
        data = {"command_id": command_id, "scan_id": command_id, **form}
        return self._client.post(path, data=data, headers=headers)

    def _as(self, role: str) -> dict[str, str]:
        token = self._tokens.get(role) or self._opened(role)
        return {"Authorization": f"Bearer {token}", "Accept": "text/html"}

    def _opened(self, role: str) -> str:
        """Open the account of a role when it is first needed; hashing is slow."""
        donor = "EX-D1" if role == "donor" else None
        email = f"{role}@example.org"
        profile = Profile(email, role.title(), (role,), (), donor, "en")
        self._identity.create_account(profile, PASSWORD)
        self._tokens[role] = self._identity.issue_token(email, PASSWORD).secret
        return self._tokens[role]


def words(page: TestResponse) -> str:
    """Give what a person reads: no tags, every run of blanks one space."""
    text = html.unescape(_TAG.sub(" ", page.text))
    return re.sub(r"[\s\u00a0]+", " ", text)


def hidden(page: TestResponse, name: str) -> str:
    """Give the value of the first hidden field of this name."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page.text)
    assert found, f"no field {name}"
    return html.unescape(found[1])
