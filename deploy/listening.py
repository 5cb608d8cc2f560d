"""Where a process listens: plainly for this machine, over HTTPS for phones.

Over HTTPS a second, plain listener tells phones how to trust our certificate, and
a green thread renews it before it ends and when the machine's addresses change.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click
import eventlet
import structlog

from deploy.addresses import own_addresses, own_names
from deploy.authority import Authority
from deploy.certificates import AuthorityUnreadableError
from deploy.settings import Settings
from shared.kernel.clock import Clock
from shared.web import tls
from shared.web.parts import WebParts, WebSettings
from shared.web.server import HttpServer
from shared.web.streams import Streams
from shared.web.trust import build_trust_app
from shared.web.trust_offer import Trust

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

log = structlog.get_logger()

EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104  compared with, not listened on
LOOK_SECONDS = 60
HOSTS_TOLD_MAX = 3


class Listening:
    """The listeners of a process and the certificate they stand on."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings = settings
        self._servers: list[HttpServer] = []
        self._authority: Authority | None = None
        self._context: Any = None
        self._keeper: Any = None
        if settings.makes_https:
            self._prepare_https(clock)

    def web_settings(self) -> WebSettings:
        """Say what applications have to know of the way they are reached."""
        is_secure = self._authority is not None
        return WebSettings(has_secure_cookies=is_secure, may_pin_https=not is_secure)

    def trust(self) -> Trust | None:
        """Give what phones need to trust us; None without HTTPS of our own."""
        if self._authority is None:
            return None
        return Trust(
            root_der=self._authority.root_der(),
            root_name=self._authority.root_name(),
            hosts=self.hosts,
            port=self._settings.port,
            plain_port=self._settings.trust_port,
        )

    def hosts(self) -> list[str]:
        """List what a browser may be given to come here, the likeliest first."""
        found = list(filter(self._is_certified, self._reachable()))
        return found or own_names()[-1:] or ["localhost"]

    def _reachable(self) -> list[str]:
        settings = self._settings
        is_open = settings.host in EVERYWHERE
        mine = own_addresses() if is_open else [settings.host]
        return [*filter(None, [settings.public_host]), *mine]

    def _is_certified(self, host: str) -> bool:
        return self._authority is None or self._authority.may_certify(host)

    def open(self, app: "WSGIApplication", parts: WebParts) -> None:
        """Take the ports and begin to answer."""
        settings = self._settings
        self._take(settings.port, app, parts.streams, self._context)
        if self._authority is not None:
            self._take(settings.trust_port, build_trust_app(parts), Streams())
            self._keeper = eventlet.spawn(self._keep_certificate)

    def stop(self, grace_seconds: float) -> None:
        """Finish what was begun and accept nothing new."""
        if self._keeper is not None:
            self._keeper.kill()
        for server in self._servers:
            server.stop(grace_seconds)

    def tell(self) -> None:
        """Print where to go, and what a phone has to do once."""
        trust = self.trust()
        if trust is None:
            click.echo(f"Ready on http://{self._settings.host}:{self._settings.port}")
            return
        told = trust.hosts()[:HOSTS_TOLD_MAX]
        secure = " or ".join(trust.secure_address(host) for host in told)
        click.echo(f"Ready on {secure}")
        click.echo(
            f"A new phone opens {trust.plain_address(told[0])} once and follows the "
            "steps there; /account/trust shows a code to scan."
        )

    def _prepare_https(self, clock: Clock) -> None:
        names = [*own_names(), self._settings.public_host]
        self._settings.prepare_data()
        try:
            authority = Authority(self._settings.data, clock, list(filter(None, names)))
        except AuthorityUnreadableError as problem:
            raise click.UsageError(str(problem)) from problem
        self._authority = authority
        authority.certify(self._names())
        self._context = tls.server_context()
        self._context.load_cert_chain(authority.server_file)

    def _names(self) -> Sequence[str]:
        loopback = ["localhost", "127.0.0.1", "::1"]
        return list(dict.fromkeys([*self._reachable(), *own_names(), *loopback]))

    def _take(
        self, port: int, app: "WSGIApplication", streams: Streams, context: Any = None
    ) -> None:
        try:
            server = HttpServer(app, streams, self._settings.host, port, context)
        except OSError as problem:
            raise click.UsageError(
                f"{self._settings.host} port {port} cannot be listened on: "
                f"{problem.strerror}. Choose another with --port (phones also need "
                "the one after it, or KOMEK_TRUST_PORT)."
            ) from problem
        server.start()
        self._servers.append(server)

    def _keep_certificate(self) -> None:
        """Look now and then; an odd moment of the network must not end the looking."""
        while True:
            eventlet.sleep(LOOK_SECONDS)
            try:
                self.renew()
            except Exception:
                log.exception("certificate_not_renewed")

    def renew(self) -> None:
        """See to a certificate for the addresses of the moment."""
        assert self._authority is not None
        if self._authority.certify(self._names()):
            self._context.load_cert_chain(self._authority.server_file)
            log.info("certificate_renewed")
