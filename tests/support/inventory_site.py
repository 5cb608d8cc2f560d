"""Inventory's whole site on a warehouse, called as programs call it."""

from collections.abc import Mapping
from typing import Any

from flask.testing import FlaskClient

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
