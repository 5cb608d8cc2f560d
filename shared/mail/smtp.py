"""Talking to a mail server, so that it is always known who has the letter.

A conversation has two halves. Up to ``reach`` nothing of the letter has left: any
problem means that it did not arrive. From ``deliver`` on only the server's own word
decides; a line that breaks before that word leaves it unclear.
"""

import smtplib
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from environs import EnvError

from shared.kernel.clock import Clock
from shared.mail.queue import Letter, Refusal

SECONDS_MAX = 30
ACCEPTED = 250
FINAL_FROM = 500
PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}

Aside = Callable[..., Any]
"""Runs a function that blocks, such as a name look-up, away from green threads."""


class MailRefusedError(Exception):
    """The server did not take the letter, and that is certain."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.problem)
        self.refusal = refusal


class MailUnclearError(Exception):
    """The line broke when the letter was on its way; it may have arrived."""


class WrongMailUrlError(EnvError):
    """The setting names no mail server."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where letters are handed in, as said by ``KOMEK_SMTP_URL``.

    ``smtp://host:25`` is plain, ``smtp+starttls://user:password@host:587`` and
    ``smtps://user:password@host:465`` are encrypted and check the certificate.
    """

    kind: str
    host: str
    port: int
    user: str | None
    password: str | None

    @classmethod
    def of(cls, url: str) -> "MailServer":
        """Read the address; raises WrongMailUrlError without repeating a password."""
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError as problem:
            raise WrongMailUrlError("KOMEK_SMTP_URL has no readable port.") from problem
        if parts.scheme not in PORTS or not parts.hostname:
            raise WrongMailUrlError(
                "KOMEK_SMTP_URL has to look like smtp+starttls://user:password@host:587"
                f" and start with one of {', '.join(PORTS)}."
            )
        return cls(
            kind=parts.scheme,
            host=parts.hostname,
            port=port or PORTS[parts.scheme],
            user=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
        )


class Conversation:
    """One letter on its way through one server; ``end`` it whatever happens."""

    def __init__(self, server: MailServer, aside: Aside) -> None:
        self._server = server
        self._aside = aside
        self._smtp: smtplib.SMTP | None = None

    def reach(self, sender: str, recipient: str) -> None:
        """Go as far as the server's readiness to take the letter.

        Raises MailRefusedError; nothing of the letter was sent.
        """
        try:
            self._open()
            self._ask("MAIL FROM", lambda smtp: smtp.mail(sender))
            self._ask("RCPT TO", lambda smtp: smtp.rcpt(recipient))
        except (OSError, smtplib.SMTPException) as problem:
            raise MailRefusedError(_refusal(problem)) from problem

    def deliver(self, content: bytes) -> None:
        """Hand the letter in.

        Raises MailRefusedError on the server's word alone, MailUnclearError when it
        does not come.
        """
        assert self._smtp is not None, "reach comes first"
        try:
            code, answer = self._smtp.data(content)
        except smtplib.SMTPDataError as problem:
            raise MailRefusedError(_refusal(problem)) from problem
        except (OSError, smtplib.SMTPException) as problem:
            raise MailUnclearError(_words(problem)) from problem
        if code != ACCEPTED:
            raise MailRefusedError(_answered("DATA", code, answer))

    def end(self) -> None:
        """Say good-bye; what goes wrong now changes nothing."""
        if self._smtp is None:
            return
        try:
            self._smtp.quit()
        except (OSError, smtplib.SMTPException):
            self._smtp.close()

    def _open(self) -> None:
        server = self._server
        address = self._aside(_look_up, server.host, server.port)
        self._smtp = smtp = _client(server, address)
        smtp.connect(server.host, server.port)
        smtp.ehlo_or_helo_if_needed()
        if server.kind == "smtp+starttls":
            smtp.starttls(context=ssl.create_default_context())
            smtp.ehlo()
        if server.user:
            smtp.login(server.user, server.password or "")

    def _ask(self, step: str, say: Callable[[smtplib.SMTP], tuple[int, bytes]]) -> None:
        assert self._smtp is not None, "the line is open"
        code, answer = say(self._smtp)
        if code not in {250, 251}:
            raise MailRefusedError(_answered(step, code, answer))


def written(letter: Letter, sender: str, clock: Clock) -> bytes:
    """Write the letter out; its Message-ID is the same at every try."""
    message = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    message["From"] = sender
    message["To"] = letter.recipient
    message["Subject"] = " ".join(letter.subject.split())
    message["Date"] = format_datetime(clock.now())
    domain = sender.rpartition("@")[2].strip("> ") or "localhost"
    message["Message-ID"] = f"<{letter.letter_id}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    if letter.unsubscribe_url:
        message["List-Unsubscribe"] = f"<{letter.unsubscribe_url}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(letter.text)
    message.add_alternative(letter.html, subtype="html")
    if letter.enclosed:
        message.add_attachment(
            letter.enclosed.content,
            maintype="application",
            subtype="pdf",
            filename=letter.enclosed.name,
        )
    return message.as_bytes()


def _look_up(host: str, port: int) -> tuple[str, int]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    address = found[0][4]
    return str(address[0]), int(address[1])


def _client(server: MailServer, address: tuple[str, int]) -> smtplib.SMTP:
    """Make a client that connects to the address already looked up."""
    kind = _SecureClient if server.kind == "smtps" else _Client
    client = kind(timeout=SECONDS_MAX, local_hostname="localhost")
    client.address = address
    client.known_as(server.host)
    return client


class _Client(smtplib.SMTP):
    address: tuple[str, int]
    _host: str

    def known_as(self, host: str) -> None:
        """Say which name the server's certificate has to show."""
        self._host = host

    def _get_socket(self, _host: str, _port: int, timeout: float) -> socket.socket:
        return socket.create_connection(self.address, timeout)


class _SecureClient(_Client):
    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        bare = super()._get_socket(host, port, timeout)
        return ssl.create_default_context().wrap_socket(bare, server_hostname=host)


def _refusal(problem: Exception) -> Refusal:
    if isinstance(problem, smtplib.SMTPResponseException):
        return _answered("server", problem.smtp_code, problem.smtp_error)
    return Refusal(_words(problem), is_final=False)


def _answered(step: str, code: int, answer: bytes | str) -> Refusal:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    # a wrong password may be mended in the settings, a refused letter will not be
    is_final = code >= FINAL_FROM and step != "server"
    return Refusal(f"{step}: {code} {text}"[:300], is_final=is_final)


def _words(problem: Exception) -> str:
    return f"{type(problem).__name__}: {problem}"[:300]
