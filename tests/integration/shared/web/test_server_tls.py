"""The listener over TLS, under clients that shake hands and clients that do not."""

import gc
import http.client
import json
import socket
import ssl
import struct
from pathlib import Path

import eventlet
import pytest
import structlog
from flask import Blueprint, request
from structlog.testing import LogCapture

from deploy.authority import Authority
from shared.web import server as listener
from shared.web import tls
from shared.web.account import build_account_app
from shared.web.app import build_app
from shared.web.auth import EVERYONE, allow
from shared.web.server import HttpServer, mount
from shared.web.streams import StreamEvent, event_stream

LONG_SECONDS = 10
DESCRIPTORS = Path("/proc/self/fd")
BIG_BYTES = 3_000_000


@pytest.fixture
def authority(tmp_path, clock):
    authority = Authority(tmp_path, clock, [])
    authority.certify(["127.0.0.1", "localhost"])
    return authority


@pytest.fixture
def gate():
    return eventlet.event.Event()


@pytest.fixture
def server(parts, gate, authority):
    pages = Blueprint("pages", __name__)

    @pages.get("/slow")
    @allow(EVERYONE)
    def slow():
        gate.wait()
        return "done"

    @pages.get("/scheme")
    @allow(EVERYONE)
    def scheme():
        return f"{request.scheme} {request.is_secure}"

    @pages.get("/big")
    @allow(EVERYONE)
    def big():
        return b"x" * BIG_BYTES

    @pages.get("/stream")
    @allow(EVERYONE)
    def stream():
        return event_stream(parts.streams, ["a"], lambda: [StreamEvent("here")])

    context = tls.server_context()
    context.load_cert_chain(authority.server_file)
    app = build_app("things", title="Things", blueprints=[pages], web=parts)
    root = mount(build_account_app(parts), {"/things": app})
    server = HttpServer(root, parts.streams, "127.0.0.1", 0, context)
    server.start()
    yield server
    if not gate.ready():
        gate.send()
    server.stop(1)


@pytest.fixture
def trusting(authority):
    """A client that knows the root and checks as a phone does, but not the time."""
    context = ssl.create_default_context(
        cadata=ssl.DER_cert_to_PEM_cert(authority.root_der())
    )
    context.verify_flags |= (
        0x200000  # the test's day is another: X509_V_FLAG_NO_CHECK_TIME
    )
    return context


@pytest.fixture
def complaints(monkeypatch):
    """What the listener writes into its log."""
    kept = LogCapture()
    monkeypatch.setattr(listener, "log", structlog.wrap_logger(None, [kept]))
    return kept.entries


@pytest.fixture
def call(server, trusting):
    opened = []

    def call(path):
        line = http.client.HTTPSConnection(
            *server.address, timeout=LONG_SECONDS, context=trusting
        )
        opened.append(line)
        line.request("GET", path)
        answer = line.getresponse()
        opened.append(answer)
        return answer

    yield call
    for one in opened:
        one.close()


@pytest.fixture
def uncollected():
    """What is let go of ends by itself, without the search for garbage."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def reset_on_close(client):
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def unshaken(server, context):
    return context.wrap_socket(
        socket.create_connection(server.address, timeout=LONG_SECONDS),
        server_hostname="127.0.0.1",
        do_handshake_on_connect=False,
    )


def said_in_plain(server, sent):
    with socket.create_connection(server.address, timeout=LONG_SECONDS) as client:
        client.sendall(sent)
        told = b""
        while read := client.recv(4_096):
            told += read
    return told.decode()


def test_a_client_that_trusts_the_root_is_answered_over_https(call):
    assert call("/things/scheme").read() == b"https True"


def test_a_client_that_does_not_trust_it_refuses(server):
    with (
        unshaken(server, ssl.create_default_context()) as client,
        pytest.raises(ssl.SSLCertVerificationError),
    ):
        client.do_handshake()


def test_nothing_older_than_tls_1_2_is_spoken(server, trusting):
    with pytest.deprecated_call():
        trusting.minimum_version = ssl.TLSVersion.TLSv1
        trusting.maximum_version = ssl.TLSVersion.TLSv1_1
    trusting.set_ciphers("ALL:@SECLEVEL=0")

    with (
        unshaken(server, trusting) as client,
        pytest.raises(ssl.SSLError, match="ALERT_PROTOCOL_VERSION"),
    ):
        client.do_handshake()


def test_a_large_answer_arrives_whole(call):
    assert len(call("/things/big").read()) == BIG_BYTES


def test_an_answer_ends_with_the_end_tls_has_for_it(server, trusting):
    client = trusting.wrap_socket(
        socket.create_connection(server.address, timeout=LONG_SECONDS),
        server_hostname="127.0.0.1",
        suppress_ragged_eofs=False,
    )
    with client:
        client.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        while client.recv(4_096):
            pass


def test_a_plain_request_is_led_to_https(server):
    told = said_in_plain(
        server, b"GET /inventory/scan?a=1 HTTP/1.1\r\nHost: 10.1.2.3:8000\r\n\r\n"
    )

    assert told.startswith("HTTP/1.1 308 ")
    assert "Location: https://10.1.2.3:8000/inventory/scan?a=1\r\n" in told


@pytest.mark.parametrize(
    "sent",
    [
        b"POST /x HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET /x HTTP/1.1\r\n\r\n",
        b"GET /x HTTP/1.1\r\nHost: a/b\r\n\r\n",
        b"GET http://elsewhere.example/ HTTP/1.1\r\nHost: a\r\n\r\n",
        b"SSH-2.0-OpenSSH_9\r\n\r\n",
    ],
)
def test_other_plain_words_get_a_refusal_that_helps(server, sent):
    told = said_in_plain(server, sent)

    assert told.startswith("HTTP/1.1 400 ")
    assert "Begin the address with https://" in told


@pytest.mark.parametrize(
    "sent",
    [b"", b"\x16", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"\x16" * 99],
)
def test_a_broken_handshake_ends_that_connection_alone(server, call, sent, complaints):
    with socket.create_connection(server.address, timeout=LONG_SECONDS) as client:
        client.sendall(sent)
        client.shutdown(socket.SHUT_WR)
        while client.recv(4_096):
            pass

    assert call("/healthz").status == 200
    assert complaints == []


def test_half_open_handshakes_hold_nobody_up(server, call):
    stalled = [socket.create_connection(server.address) for _ in range(100)]
    for number, client in enumerate(stalled):
        client.sendall(b"\x16\x03\x01"[: number % 4])

    with eventlet.Timeout(LONG_SECONDS / 2):
        assert call("/healthz").status == 200

    for client in stalled:
        client.close()


def test_a_handshake_that_trickles_is_ended(server, monkeypatch):
    monkeypatch.setattr(tls, "HANDSHAKE_SECONDS_MAX", 0.2)
    with socket.create_connection(server.address, timeout=LONG_SECONDS) as client:
        client.sendall(b"\x16\x03\x01")

        assert client.recv(100) == b""


def test_a_new_certificate_serves_the_next_handshake(server, call, authority, trusting):
    authority.certify(["127.0.0.1", "localhost", "10.9.9.9"])

    server.context.load_cert_chain(authority.server_file)

    with trusting.wrap_socket(
        socket.create_connection(server.address), server_hostname="localhost"
    ) as client:
        names = [value for _, value in client.getpeercert()["subjectAltName"]]
    assert "10.9.9.9" in names
    assert call("/healthz").status == 200


def test_stopping_finishes_what_was_begun_and_lets_idle_ones_go(
    server, call, gate, complaints
):
    call("/healthz").read()
    answer = eventlet.spawn(call, "/things/slow")
    while server.requests_in_flight == 0:
        eventlet.sleep(0.001)
    stopped = eventlet.spawn(server.stop, LONG_SECONDS)
    eventlet.sleep(0)

    gate.send()

    assert answer.wait().read() == b"done"
    assert stopped.wait() is True
    assert complaints == []


def test_stopping_ends_streams_and_cuts_off_what_takes_too_long(
    server, call, complaints
):
    stream = call("/things/stream")
    for _ in range(5):
        stream.readline()
    slow = eventlet.spawn(call, "/things/slow")
    while server.requests_in_flight < 2:
        eventlet.sleep(0.001)

    assert server.stop(grace_seconds=0.1) is False

    assert stream.read() == b""
    with pytest.raises((http.client.RemoteDisconnected, ConnectionError, ssl.SSLError)):
        slow.wait()
    assert complaints == []


@pytest.mark.usefixtures("uncollected")
def test_a_client_that_left_before_its_answer_holds_no_descriptor(
    server, call, trusting, gate
):
    call("/healthz").read()
    before = len(list(DESCRIPTORS.iterdir()))
    with unshaken(server, trusting) as client:
        client.do_handshake()
        client.sendall(b"GET /things/slow HTTP/1.1\r\nHost: x\r\n\r\n")
        while server.requests_in_flight == 0:
            eventlet.sleep(0.001)
        reset_on_close(client)

    gate.send()
    with eventlet.Timeout(LONG_SECONDS):
        while len(list(DESCRIPTORS.iterdir())) > before:
            eventlet.sleep(0.001)


def test_a_program_reads_its_answer_over_tls(call):
    assert json.loads(call("/healthz").read()) == {"status": "alive"}
