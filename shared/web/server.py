"""The one listener of a process.

Connections are served outside nameko's worker threads: there, one broken socket
would kill the container. Nothing is printed when a client goes away.
"""

import contextlib
import errno
import socket
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import eventlet
import eventlet.wsgi
import structlog
from eventlet import greenio
from eventlet.greenthread import GreenThread
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from shared.web import tls
from shared.web.streams import Streams

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

log = structlog.get_logger(__name__)

CONNECTIONS_MAX = 4_000
BACKLOG = 512
KEEPALIVE_SECONDS = 75
SOCKET_SECONDS = 60
DRAINED_BYTES_MAX = 64_000_000
DRAIN_STEP_BYTES = 65_536
ACCEPT_PAUSE_SECONDS = 0.1
STOP_STEP_SECONDS = 0.02
HTTPS_ENVIRON = {"wsgi.url_scheme": "https", "HTTPS": "on"}


def mount(
    root: "WSGIApplication", services: Mapping[str, "WSGIApplication"]
) -> "WSGIApplication":
    """Put each application under its prefix: ``{"/inventory": app}``."""
    return DispatcherMiddleware(root, dict(services))


class Courteous:
    """Reads a refused body to its end, so that the client can read the refusal.

    A client that is still sending when the connection closes sees a reset instead
    of our 413. Also lets chunked bodies in: eventlet ends their stream itself.
    """

    def __init__(self, app: "WSGIApplication") -> None:
        self._app = app

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        if environ.get("HTTP_TRANSFER_ENCODING", "").casefold() == "chunked":
            environ["wsgi.input_terminated"] = True
        body = environ["wsgi.input"]

        def begin(status: str, headers: Any, exc_info: Any = None) -> Any:
            if status.startswith("413"):
                _drain(body)
            return start_response(status, headers, exc_info)

        return self._app(environ, begin)


def _drain(body: Any) -> None:
    left = DRAINED_BYTES_MAX
    while left > 0:
        try:
            read = len(body.read(DRAIN_STEP_BYTES))
        except OSError:
            return
        if read == 0:
            return
        left -= read


class Protocol(eventlet.wsgi.HttpProtocol):  # type: ignore[misc]  # eventlet has no types
    """Ends a TLS connection in the way its client can tell from a broken one."""

    def finish(self) -> None:
        """Send what is left, then the end of the stream.

        What reads is closed also when nobody takes what is left, or the descriptor
        would stay until the search for garbage comes by.
        """
        with contextlib.suppress(OSError, ValueError):
            self.wfile.flush()
        tls.say_goodbye(self.connection)
        try:
            super().finish()
        finally:
            self.rfile.close()


class HttpServer:
    """Listens from ``start`` until ``stop``; the port is taken at once.

    ``port`` 0 takes a free one, told by ``address``. With a TLS ``context`` it
    speaks HTTPS, and leads who asks in plain HTTP there.
    """

    def __init__(
        self,
        app: "WSGIApplication",
        streams: Streams,
        host: str,
        port: int,
        context: Any = None,
    ) -> None:
        self._streams = streams
        self.context = context
        self._listener = eventlet.listen(
            (host, port),
            family=socket.AF_INET6 if ":" in host else socket.AF_INET,
            backlog=BACKLOG,
            reuse_port=False,
        )
        self.address: tuple[str, int] = self._listener.getsockname()[:2]
        self._server = eventlet.wsgi.Server(
            self._listener,
            self.address,
            Courteous(app),
            protocol=Protocol,
            environ=HTTPS_ENVIRON if context is not None else None,
            keepalive=KEEPALIVE_SECONDS,
            socket_timeout=SOCKET_SECONDS,
            log_output=False,
            debug=False,
        )
        self._connections: dict[int, list[Any]] = {}
        self._acceptor: GreenThread | None = None

    @property
    def requests_in_flight(self) -> int:
        """Count requests being answered, open event streams among them."""
        return int(self._server.outstanding_requests)

    def start(self) -> None:
        """Begin to accept connections, in a green thread of our own."""
        self._acceptor = eventlet.spawn(self._accept)

    def stop(self, grace_seconds: float = 10.0) -> bool:
        """Finish what was begun and accept nothing new.

        Event streams end at once, requests in flight get the grace. False when
        some had to be cut off.
        """
        if self._acceptor is not None:
            self._acceptor.kill()
        self._listener.close()
        self._streams.close()
        self._let_go_of_idle()
        waited = 0.0
        while self.requests_in_flight and waited < grace_seconds:
            eventlet.sleep(STOP_STEP_SECONDS)
            waited += STOP_STEP_SECONDS
        is_clean = self.requests_in_flight == 0
        for connection in list(self._connections.values()):
            tls.cut_off(connection[1])
        return is_clean

    def _let_go_of_idle(self) -> None:
        for connection in list(self._connections.values()):
            is_idle = connection[2] == eventlet.wsgi.STATE_IDLE
            connection[2] = eventlet.wsgi.STATE_CLOSE
            if is_idle:
                tls.cut_off(connection[1])

    def _accept(self) -> None:
        while True:
            try:
                client, address = self._listener.accept()
            except OSError as problem:
                if problem.errno == errno.EBADF:
                    return
                # no descriptor is left: wait until some connection ends
                log.warning("connection_not_accepted", error=str(problem))
                eventlet.sleep(ACCEPT_PAUSE_SECONDS)
                continue
            if len(self._connections) >= CONNECTIONS_MAX:
                client.close()
                continue
            client.settimeout(SOCKET_SECONDS)
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection = [address, client, eventlet.wsgi.STATE_IDLE]
            self._connections[id(connection)] = connection
            eventlet.spawn_n(self._serve, connection)

    def _serve(self, connection: list[Any]) -> None:
        try:
            if self.context is None or self._shakes_hands(connection):
                self._server.process_request(connection)
        except OSError:
            # the client went away: its loss, not our error
            pass
        except Exception:
            # one connection must never end the process
            log.exception("connection_failed")
        finally:
            self._connections.pop(id(connection), None)
            connection[2] = eventlet.wsgi.STATE_CLOSE
            greenio.shutdown_safe(connection[1])
            connection[1].close()

    def _shakes_hands(self, connection: list[Any]) -> bool:
        """Come to TLS within a limit; False when there is nothing left to serve."""
        client = connection[1]
        with tls.handshake_limit():
            if not tls.speaks_tls(client):
                tls.lead_to_https(client)
                return False
            connection[1] = tls.wrapped(client, self.context)
            connection[1].do_handshake()
        return True
