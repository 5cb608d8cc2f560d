"""A browser without script for inventory's pages: forms, words, one role at a time."""

import html
import re
from typing import Any
from uuid import uuid5

from werkzeug.test import Client, TestResponse

from tests.support.site import Site
from tests.support.store import NAMESPACE

_TAG = re.compile(r"<(script|style|svg|template)\b.*?</\1>|<[^>]*>", re.DOTALL)


class Pages:
    """The pages of one warehouse, read and filled in by people of each role."""

    def __init__(self, site: Site) -> None:
        self._tokens = site.people.tokens
        self._client = Client(site.app)
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
        return {"Authorization": f"Bearer {self._tokens[role]}", "Accept": "text/html"}


def words(page: TestResponse) -> str:
    """Give what a person reads: no tags, every run of blanks one space."""
    text = html.unescape(_TAG.sub(" ", page.text))
    return re.sub(r"[\s\u00a0]+", " ", text)


def hidden(page: TestResponse, name: str) -> str:
    """Give the value of the first hidden field of this name."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page.text)
    assert found, f"no field {name}"
    return html.unescape(found[1])
