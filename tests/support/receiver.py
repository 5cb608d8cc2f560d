"""A donor's own web server: it believes nobody without a true signature."""

import hashlib
import hmac
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, HTTPServer

from shared.kernel.clock import Clock, SystemClock

AGE_SECONDS_MAX = 300
"""What is older is refused, as the page of webhooks advises."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One post as it came, and how it was answered."""

    delivery_id: str
    body: bytes
    status: int


class Receiver(HTTPServer):
    """Keeps what it hears; first it gives ``answers``, then it looks at signatures."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.secret = ""
        self.answers: Iterator[int] = iter(())
        self.heard: list[Heard] = []
        self._clock = clock

    @property
    def url(self) -> str:
        """The address that a donor would enter."""
        return f"http://127.0.0.1:{self.server_port}/hook"

    def judge(self, signature: str, body: bytes) -> int:
        """Say how a post is answered: only what we signed lately is taken."""
        at, _, digest = signature.removeprefix("t=").partition(",v1=")
        text = at.encode() + b"." + body
        true = hmac.new(self.secret.encode(), text, hashlib.sha256).hexdigest()
        now = self._clock.now().timestamp()
        is_young = at.isdigit() and abs(now - int(at)) < AGE_SECONDS_MAX
        is_ours = bool(self.secret) and hmac.compare_digest(true, digest)
        judged = HTTPStatus.NO_CONTENT if is_ours and is_young else HTTPStatus.FORBIDDEN
        return next(self.answers, judged)


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        status = self.server.judge(self.headers["Komek-Signature"], body)
        delivery_id = self.headers["Komek-Delivery"]
        self.server.heard.append(Heard(delivery_id, body, status))
        self.send_response(status)
        if status == HTTPStatus.FOUND:
            self.send_header("Location", f"{self.server.url}/elsewhere")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def receiving(clock: Clock | None = None) -> Iterator[Receiver]:
    """Run a receiver for a while."""
    with Receiver(clock or SystemClock()) as receiver:
        threading.Thread(target=receiver.serve_forever, daemon=True).start()
        yield receiver
        receiver.shutdown()
