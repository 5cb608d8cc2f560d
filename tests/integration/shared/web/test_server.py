"""The listener under clients that behave and clients that do not."""

import http.client
import json
import socket

import eventlet
import pytest
from flask import Blueprint

from shared.identity.accounts import Profile
from shared.web.account import build_account_app
from shared.web.app import build_app
from shared.web.auth import EVERYONE, allow, current_principal_or_none
from shared.web.server import HttpServer, mount
from shared.web.streams import StreamEvent, event_stream
from tests.integration.shared.web.conftest import PASSWORD

LONG_SECONDS = 10


@pytest.fixture
def gate():
    """Holds a slow view until the test lets it go."""
    return eventlet.event.Event()


@pytest.fixture
def server(parts, gate):
    pages = Blueprint("pages", __name__)

    @pages.get("/slow")
    @allow(EVERYONE)
    def slow():
        gate.wait()
        return "done"

    @pages.get("/stream")
    @allow(EVERYONE)
    def stream():
        who = current_principal_or_none()
        name = who.display_name if who else "nobody"
        return event_stream(parts.streams, ["a"], lambda: [StreamEvent(name)])

    app = build_app("things", title="Things", blueprints=[pages], web=parts)
    root = mount(build_account_app(parts), {"/things": app})
    server = HttpServer(root, parts.streams, "127.0.0.1", 0)
    server.start()
    yield server
    if not gate.ready():
        gate.send()
    server.stop(1)


@pytest.fixture
def call(server):
    opened = []

    def call(method, path, body=None, headers=None, **more):
        connection = http.client.HTTPConnection(*server.address, timeout=LONG_SECONDS)
        opened.append(connection)
        connection.request(method, path, body, headers or {}, **more)
        answer = connection.getresponse()
        opened.append(answer)
        return answer

    yield call
    for one in opened:
        one.close()


def lines_of(answer, count):
    return [answer.readline().decode().strip() for _ in range(count)]


@pytest.mark.parametrize("is_chunked", [False, True])
@pytest.mark.parametrize("connection", ["keep-alive", "close"])
def test_ten_megabytes_are_refused_and_the_refusal_can_be_read(
    call, is_chunked, connection
):
    body = b" " * 10_000_000
    headers = {"Content-Type": "application/json", "Connection": connection}

    answer = call(
        "POST",
        "/account/api/v1/tokens",
        iter([body]) if is_chunked else body,
        headers,
        encode_chunked=is_chunked,
    )

    assert answer.status == 413
    assert json.loads(answer.read())["code"] == "too_large"


def test_a_chunked_body_is_read(call):
    body = json.dumps({"email": "admin@demo.example", "password": PASSWORD}).encode()

    answer = call(
        "POST",
        "/account/api/v1/tokens",
        iter([body[:10], body[10:]]),
        {"Content-Type": "application/json"},
        encode_chunked=True,
    )

    assert answer.status == 200


def test_stopping_finishes_what_was_begun(server, call, gate):
    answer = eventlet.spawn(call, "GET", "/things/slow")
    while server.requests_in_flight == 0:
        eventlet.sleep(0.001)
    stopped = eventlet.spawn(server.stop, LONG_SECONDS)
    eventlet.sleep(0)

    gate.send()

    assert answer.wait().read() == b"done"
    assert stopped.wait() is True
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(server.address)


def test_stopping_cuts_off_what_takes_too_long(server, call):
    answer = eventlet.spawn(call, "GET", "/things/slow")
    while server.requests_in_flight == 0:
        eventlet.sleep(0.001)

    assert server.stop(grace_seconds=0.05) is False
    with pytest.raises(http.client.RemoteDisconnected):
        answer.wait()


def test_an_idle_connection_does_not_hold_up_the_stop(server, call):
    call("GET", "/healthz").read()

    assert server.stop(LONG_SECONDS) is True


def test_a_stream_tells_at_once_and_again_when_woken(server, call, parts):
    answer = call("GET", "/things/stream")
    assert answer.headers["Content-Type"].startswith("text/event-stream")
    assert lines_of(answer, 5) == [
        "retry: 2000",
        "",
        "event: message",
        "data: nobody",
        "",
    ]

    parts.streams.wake("a")

    assert lines_of(answer, 3) == ["event: message", "data: nobody", ""]
    assert server.requests_in_flight == 1


def test_a_stream_that_has_nothing_to_say_stays_alive(call, parts):
    parts.streams.heartbeat_seconds = 0.01

    answer = call("GET", "/things/stream")

    assert lines_of(answer, 7)[5:] == [": here", ""]


def test_a_stream_ends_when_its_reader_is_disabled(call, parts, identity, clock):
    identity.create_account(
        Profile(email="z@demo.example", display_name="Zere", roles=("auditor",)),
        PASSWORD,
    )
    token = identity.issue_token("z@demo.example", PASSWORD).secret
    answer = call("GET", "/things/stream", headers={"Authorization": f"Bearer {token}"})
    assert lines_of(answer, 5)[3] == "data: Zere"

    identity.disable("z@demo.example")
    clock.advance(seconds=5)
    parts.streams.wake("a")

    assert answer.read() == b""


def test_stopping_ends_streams_without_waiting(server, call, parts):
    answer = call("GET", "/things/stream")
    lines_of(answer, 5)

    assert server.stop(LONG_SECONDS) is True
    assert answer.read() == b""
    assert len(parts.streams) == 0


def test_a_client_that_leaves_is_forgotten_quietly(server, call, parts, capfd):
    parts.streams.heartbeat_seconds = 0.01
    connection = socket.create_connection(server.address)
    connection.sendall(b"GET /things/stream HTTP/1.1\r\nHost: x\r\n\r\n")
    connection.recv(100)
    connection.close()
    half = socket.create_connection(server.address)
    half.sendall(
        b"POST /account/api/v1/tokens HTTP/1.1\r\nContent-Length: 900\r\n\r\n{"
    )
    half.close()

    with eventlet.Timeout(LONG_SECONDS):
        while len(parts.streams) or server.requests_in_flight:
            eventlet.sleep(0.005)

    assert call("GET", "/healthz").status == 200
    assert "Traceback" not in capfd.readouterr().err


@pytest.mark.parametrize(
    "said",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"GET / HTTP/1.1\r\nContent-Length: -5\r\n\r\n",
        b"GET / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"GET /" + b"x" * 70_000 + b" HTTP/1.1\r\n\r\n",
        b"\r\n\r\n\r\n",
    ],
)
def test_what_is_not_http_harms_nobody(server, call, said):
    with socket.create_connection(server.address, timeout=LONG_SECONDS) as stranger:
        stranger.sendall(said)
        stranger.shutdown(socket.SHUT_WR)
        while stranger.recv(4096):
            pass

    assert call("GET", "/healthz").status == 200
