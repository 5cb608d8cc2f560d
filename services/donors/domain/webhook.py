"""What a donor's own program is told, how it is signed, and when it is tried again."""

import hashlib
import hmac
import ipaddress
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from shared.kernel.errors import DomainError, MalformedError, NotFoundError

URL_CHARS_MAX = 500
WEBHOOKS_MAX = 5
TRIES_MAX = 10
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(hours=12)
SECRET_BYTES = 32


class UnfitWebhookAddressError(MalformedError):
    """An address a webhook may not have."""

    code = "unfit_webhook_address"

    def __init__(self, url: str) -> None:
        super().__init__(
            f"{url!r} cannot be told anything. Give an https address on the public "
            "internet, without a password in it.",
            url=url,
        )


class TooManyWebhooksError(DomainError):
    """One donor has as many webhooks as we serve."""

    code = "too_many_webhooks"

    def __init__(self) -> None:
        super().__init__(
            f"A donor may have {WEBHOOKS_MAX} webhooks. End one first.",
            limit=WEBHOOKS_MAX,
        )


class WebhookEndedError(DomainError):
    """An address that is told nothing more is not told old things either."""

    code = "webhook_ended"

    def __init__(self) -> None:
        super().__init__(
            "This webhook has ended, so nothing is sent again. Give its address once "
            "more to begin a new one."
        )


class UnknownWebhookError(NotFoundError):
    """No such webhook or delivery belongs to the donor who asks."""

    code = "unknown_webhook"

    def __init__(self) -> None:
        super().__init__("No such webhook or delivery is yours. Look at the list.")


@dataclass(frozen=True, slots=True)
class Signature:
    """Proves to the receiver who wrote a body, and when."""

    at: int
    digest: str

    @property
    def header(self) -> str:
        """Give the value of ``Komek-Signature``."""
        return f"t={self.at},v1={self.digest}"


def signed(secret: str, at: int, body: str) -> Signature:
    """Sign ``<unix seconds>.<body>`` with HMAC-SHA256, so a replay can be told."""
    text = f"{at}.{body}".encode()
    return Signature(at, hmac.new(secret.encode(), text, hashlib.sha256).hexdigest())


def text_of(body: Mapping[str, Any]) -> str:
    """Write a body as it is posted; ids, days and moments are written as text."""
    return json.dumps(body, ensure_ascii=False, default=str)


def digest_of(body: Mapping[str, Any]) -> str:
    """Give what a body is known by: another digest is news."""
    return hashlib.sha256(text_of(body).encode()).hexdigest()


def is_public(address: str) -> bool:
    """Judge an address; IPv4 inside of IPv6 is judged as IPv4."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        ip = inner or ip
        if ip in ipaddress.ip_network("64:ff9b::/96"):
            return False
    return ip.is_global and not ip.is_multicast


def _may_be_public(host: str) -> bool:
    """Judge a host that is an address; a name is looked up before every post."""
    try:
        return is_public(host)
    except ValueError:
        return True


def checked_address(url: str, *, may_be_private: bool = False) -> str:
    """Give an address that may be posted to. Raises UnfitWebhookAddressError.

    Where its name leads is looked at again before every post.
    """
    schemes = {"https", "http"} if may_be_private else {"https"}
    try:
        parts = urlsplit(url)
        port_is_sound = parts.port is None or parts.port > 0
    except ValueError as problem:
        raise UnfitWebhookAddressError(url) from problem
    is_fit = (
        parts.scheme in schemes
        and bool(parts.hostname)
        and port_is_sound
        and parts.username is None
        and len(url) <= URL_CHARS_MAX
        and url.isascii()
        and url.isprintable()
        and " " not in url
        and (may_be_private or _may_be_public(parts.hostname or ""))
    )
    if not is_fit:
        raise UnfitWebhookAddressError(url)
    return url


def pause_after(tries: int) -> timedelta:
    """Wait half a minute, then twice as long each time, at most half a day."""
    return min(FIRST_PAUSE * (1 << (tries - 1)), LONGEST_PAUSE)
