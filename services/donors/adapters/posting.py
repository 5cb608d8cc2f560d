"""Posts to addresses that donors chose, without being led into our own network.

A name is looked up once, every address it leads to must be public, and the
connection goes to the very address that was looked at. Redirects are answers like
any other: nobody follows them.
"""

import http.client
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Row

from services.donors.domain.webhook import is_public, signed

SECONDS_MAX = 10.0
ANSWER_BYTES_MAX = 1024


class NotPostedError(Exception):
    """Nobody took the letter; the text says why, without an address of ours."""


@dataclass(frozen=True, slots=True)
class Post:
    """One body for one address."""

    url: str
    headers: Mapping[str, str]
    body: bytes


def written_out(delivery: Row[Any], at: int) -> Post:
    """Write what a webhook is told, signed at a moment in unix seconds."""
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Komek",
        "Komek-Event": "gift_changed",
        "Komek-Delivery": str(delivery.delivery_id),
        "Komek-Signature": signed(delivery.secret, at, delivery.body).header,
    }
    return Post(delivery.url, headers, delivery.body.encode())


def post(letter: Post, *, may_be_private: bool = False) -> int:
    """Post once and give the status. Raises NotPostedError."""
    parts = urlsplit(letter.url)
    host, is_tls = str(parts.hostname), parts.scheme == "https"
    port = parts.port or (443 if is_tls else 80)
    address = _public_address(host, port, may_be_private=may_be_private)
    line = _Pinned(host, port, address, is_tls=is_tls)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        line.request("POST", target, letter.body, dict(letter.headers))
        answer = line.getresponse()
        answer.read(ANSWER_BYTES_MAX)
    except (OSError, http.client.HTTPException) as problem:
        raise NotPostedError(type(problem).__name__) from problem
    finally:
        line.close()
    return answer.status


class _Pinned(http.client.HTTPConnection):
    """Speaks to a host by name at one address that was looked at."""

    def __init__(self, host: str, port: int, address: str, *, is_tls: bool) -> None:
        super().__init__(host, port, timeout=SECONDS_MAX)
        self.default_port = 443 if is_tls else 80
        self._address = address
        self._is_tls = is_tls

    def connect(self) -> None:
        """Connect to the address, and prove the name by its certificate."""
        self.sock = socket.create_connection((self._address, self.port), SECONDS_MAX)
        if self._is_tls:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.host)


def _public_address(host: str, port: int, *, may_be_private: bool) -> str:
    try:
        found: Any = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as problem:
        raise NotPostedError("The name is not known.") from problem
    addresses = [str(each[4][0]) for each in found]
    if not addresses:
        raise NotPostedError("The name is not known.")
    if not may_be_private and not all(map(is_public, addresses)):
        raise NotPostedError("The name does not lead to the public internet.")
    return addresses[0]
