"""TLS on an accepted connection, and what to answer to a client that speaks none.

Python's ``SSLSocket.shutdown`` throws its TLS state away, so a reader that waits in
another green thread raises ValueError. Whoever ends a connection from outside ends
the TCP connection under it; the reader then sees the end of the stream.
"""

import contextlib
import re
import socket
from typing import Any

import eventlet
from eventlet import greenio, patcher
from eventlet.green import ssl

HANDSHAKE_SECONDS_MAX = 10
TLS_RECORD = b"\x16"
HEAD_BYTES_MAX = 8_192

_plain_socket = patcher.original("socket").socket
_REQUEST = re.compile(rb"(?:GET|HEAD) (/[\x21-\x7e]*) HTTP/1\.[01]\r\n")
_HOST = re.compile(rb"\r\nhost:[ \t]*([\w.:\[\]-]{1,255})[ \t]*\r\n", re.IGNORECASE)
_GUIDE = b"This address speaks HTTPS. Begin the address with https://\n"


def server_context() -> Any:
    """Make a context without a certificate yet: TLS 1.2 or newer.

    ``load_cert_chain`` may be called on it again at any time: handshakes that begin
    later take the new certificate, open connections keep theirs.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.options |= ssl.OP_NO_RENEGOTIATION
    context.set_alpn_protocols(["http/1.1"])
    return context


def speaks_tls(client: Any) -> bool:
    """Look at the first byte without taking it; plain HTTP begins with a letter."""
    first: bytes = client.recv(1, socket.MSG_PEEK)
    return first == TLS_RECORD


def wrapped(client: Any, context: Any) -> Any:
    """Put TLS around an accepted connection; the handshake is still to come."""
    return ssl.GreenSSLSocket(
        client, server_side=True, do_handshake_on_connect=False, _context=context
    )


def lead_to_https(client: Any) -> None:
    """Answer a plain request on the TLS port: the same page over HTTPS, or why not."""
    head = b""
    while b"\r\n\r\n" not in head and len(head) < HEAD_BYTES_MAX:
        read = client.recv(HEAD_BYTES_MAX)
        if not read:
            break
        head += read
    client.sendall(_plain_answer(head))


def _plain_answer(head: bytes) -> bytes:
    request, host = _REQUEST.match(head), _HOST.search(head)
    if request and host:
        place = b"Location: https://" + host[1] + request[1] + b"\r\n"
        return _answer(b"308 Permanent Redirect", b"", place)
    return _answer(b"400 Bad Request", _GUIDE)


def _answer(status: bytes, body: bytes, more: bytes = b"") -> bytes:
    return (
        b"HTTP/1.1 " + status + b"\r\nContent-Type: text/plain; charset=utf-8\r\n"
        b"Cache-Control: no-store\r\nConnection: close\r\n"
        b"Content-Length: " + str(len(body)).encode() + b"\r\n" + more + b"\r\n" + body
    )


def handshake_limit() -> Any:
    """Bound a whole handshake, however slowly its bytes trickle in.

    Raises TimeoutError, which is an OSError as every other broken connection.
    """
    return eventlet.Timeout(HANDSHAKE_SECONDS_MAX, TimeoutError("no handshake"))


def say_goodbye(connection: Any) -> None:
    """Send TLS's end-of-stream, so that nobody takes our end for an attack.

    The client's own is not waited for.
    """
    if isinstance(connection, ssl.SSLSocket):
        connection.setblocking(False)  # noqa: FBT003  the name socket gives it
        with contextlib.suppress(OSError, ValueError):
            connection.unwrap()


def cut_off(connection: Any) -> None:
    """End a connection that another green thread may be reading."""
    if not isinstance(connection, ssl.SSLSocket):
        greenio.shutdown_safe(connection)
        return
    with contextlib.suppress(OSError):
        _plain_socket.shutdown(connection, socket.SHUT_RDWR)
