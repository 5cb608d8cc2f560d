"""Which way a process listens, and how its certificate follows the network."""

import socket
from datetime import UTC, datetime

import click
import pytest

from deploy import listening
from deploy.certificates import names_of, read_pair, server_file_of
from deploy.listening import Listening
from deploy.settings import Settings
from shared.kernel.clock import FrozenClock
from shared.web.streams import Streams

ANYWHERE = "0.0.0.0"  # noqa: S104  nothing listens here


@pytest.fixture
def clock():
    return FrozenClock(datetime(2026, 11, 22, 6, tzinfo=UTC))


@pytest.fixture
def addresses(monkeypatch):
    """The machine's addresses, as the test wants them to be."""
    found = ["192.168.1.20", "203.0.113.5"]
    monkeypatch.setattr(listening, "own_addresses", lambda: found)
    monkeypatch.setattr(listening, "own_names", lambda: ["store", "store.local"])
    return found


def settings(tmp_path, monkeypatch, host=None, *, is_for_phones=True, **environment):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return Settings.read(data=tmp_path, host=host, is_for_phones=is_for_phones)


def certified(tmp_path):
    return set(names_of(read_pair(server_file_of(tmp_path)).certificate))


@pytest.mark.parametrize("host", [None, "127.0.0.1", "localhost", "::1"])
def test_for_this_machine_alone_plain_http_is_enough(
    tmp_path, monkeypatch, host, clock, capsys
):
    read = settings(tmp_path, monkeypatch, host)
    door = Listening(read, clock)

    door.tell()

    assert capsys.readouterr().out == f"Ready on http://{read.host}:8000\n"
    assert door.trust() is None
    assert not door.web_settings().has_secure_cookies


@pytest.mark.usefixtures("addresses")
def test_beyond_it_phones_get_https(tmp_path, monkeypatch, clock, capsys):
    door = Listening(settings(tmp_path, monkeypatch, ANYWHERE), clock)

    door.tell()

    told = capsys.readouterr().out
    assert "Ready on https://192.168.1.20:8000" in told
    assert "opens http://192.168.1.20:8001 once" in told
    assert door.web_settings().has_secure_cookies
    assert not door.web_settings().may_pin_https


@pytest.mark.usefixtures("addresses")
def test_an_address_phones_would_not_believe_is_not_offered(
    tmp_path, monkeypatch, clock
):
    door = Listening(settings(tmp_path, monkeypatch, ANYWHERE), clock)

    assert door.hosts() == ["192.168.1.20"]


def test_without_a_network_the_name_is_offered(tmp_path, monkeypatch, addresses, clock):
    addresses.clear()

    door = Listening(settings(tmp_path, monkeypatch, ANYWHERE), clock)

    assert door.hosts() == ["store.local"]


@pytest.mark.usefixtures("addresses")
def test_a_public_name_is_offered_first(tmp_path, monkeypatch, clock):
    named = {"KOMEK_PUBLIC_HOST": "komek.example", "KOMEK_TRUST_PORT": "80"}

    door = Listening(settings(tmp_path, monkeypatch, ANYWHERE, **named), clock)

    assert door.hosts() == ["komek.example", "192.168.1.20"]
    assert door.trust().plain_address("komek.example") == "http://komek.example:80"
    assert "komek.example" in certified(tmp_path)


def test_a_service_behind_a_proxy_stays_plain(tmp_path, monkeypatch):
    alone = settings(tmp_path, monkeypatch, ANYWHERE, is_for_phones=False)
    switched_off = settings(tmp_path, monkeypatch, ANYWHERE, KOMEK_HTTPS="off")

    assert not alone.makes_https
    assert not switched_off.makes_https


def test_it_can_be_asked_for_on_this_machine_too(tmp_path, monkeypatch):
    assert settings(tmp_path, monkeypatch, KOMEK_HTTPS="on").makes_https


def test_the_certificate_follows_a_new_address(tmp_path, monkeypatch, addresses, clock):
    door = Listening(settings(tmp_path, monkeypatch, ANYWHERE), clock)
    addresses[:] = ["10.0.0.7"]

    door.renew()

    assert "10.0.0.7" in certified(tmp_path)
    assert door.hosts() == ["10.0.0.7"]


@pytest.mark.usefixtures("addresses")
def test_a_damaged_authority_is_told_in_a_sentence(tmp_path, monkeypatch, clock):
    Listening(settings(tmp_path, monkeypatch, ANYWHERE), clock)
    (tmp_path / "tls" / "authority.pem").write_text("nothing")

    with pytest.raises(click.UsageError, match="Restore it from a backup"):
        Listening(settings(tmp_path, monkeypatch, ANYWHERE), clock)


def test_a_taken_port_is_told_in_a_sentence(tmp_path, monkeypatch, clock):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        monkeypatch.setenv("KOMEK_PORT", str(port))
        door = Listening(settings(tmp_path, monkeypatch), clock)

        with pytest.raises(click.UsageError, match=f"port {port} cannot be listened"):
            door._take(port, lambda *_: [], Streams())
