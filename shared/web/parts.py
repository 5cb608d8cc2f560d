"""What every application of one process shares."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from flask import current_app

from shared.identity.identity import Identity
from shared.kernel.clock import Clock
from shared.kernel.identity import IdSource
from shared.web.navigation import NavigationEntry
from shared.web.observing import HttpMetrics
from shared.web.streams import Streams
from shared.web.trust_offer import Trust

PARTS = "komek_web"


@dataclass(frozen=True, slots=True)
class WebSettings:
    """How the process is reached.

    ``proxies_max`` is how many reverse proxies stand in front and may be believed
    about the caller's address and scheme; 0 believes nobody. ``may_pin_https`` is
    false under a certificate of our own making: a browser that remembers "HTTPS
    only" for a host could then neither fetch the root over plain HTTP nor be told
    to go on after the root was lost.
    """

    has_secure_cookies: bool = False
    proxies_max: int = 0
    may_pin_https: bool = True


def _nothing() -> None:
    return None


@dataclass(frozen=True, slots=True)
class WebParts:
    """One set for the process, given to each ``build_app``.

    ``breathe`` lets other green threads run; it is called at the start of each
    request, which took p99 from 268 ms to 28 ms under load.
    """

    identity: Identity
    clock: Clock
    ids: IdSource
    metrics: HttpMetrics
    streams: Streams = field(default_factory=Streams)
    navigation: Sequence[NavigationEntry] = ()
    settings: WebSettings = WebSettings()
    trust: Trust | None = None
    breathe: Callable[[], None] = _nothing


def parts() -> WebParts:
    """Give the parts of the application that answers now."""
    found: WebParts = current_app.extensions[PARTS]
    return found
