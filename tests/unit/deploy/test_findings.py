"""What `komek doctor` says of phones, mail and who may read the data."""

import socket
from datetime import UTC, datetime

import pytest

from deploy.authority import Authority
from deploy.certificates import root_file_of, server_file_of
from deploy.findings import certificates, mail, privacy
from deploy.settings import Settings
from shared.kernel.clock import FrozenClock


@pytest.fixture
def clock():
    return FrozenClock(datetime(2026, 11, 22, 6, tzinfo=UTC))


@pytest.fixture
def data(tmp_path, clock):
    """A data folder whose certificate is good for the address of a store room."""
    Authority(tmp_path, clock, []).certify(["192.168.1.20", "store.local"])
    return tmp_path


def look(data, clock):
    return list(certificates(Settings.read(data=data), clock))


def bad(findings):
    return [finding.what for finding in findings if not finding.is_well]


def test_a_fresh_certificate_is_well_and_named(data, clock):
    root, leaf = look(data, clock)

    assert root.what == "root certificate: 3650 days left"
    assert leaf.what == (
        "certificate: 396 days left, good for 192.168.1.20, store.local"
    )
    assert root.is_well
    assert leaf.is_well


def test_without_a_certificate_nothing_is_wrong(tmp_path, clock):
    (finding,) = look(tmp_path, clock)

    assert finding.is_well
    assert not (tmp_path / "tls").exists()


def test_an_expired_certificate_is_told(data, clock):
    clock.advance(days=400)

    (finding,) = [one for one in look(data, clock) if not one.is_well]

    assert "-4 days left" in finding.what
    assert "komek up" in finding.remedy


def test_a_root_near_its_end_is_told_in_time(data, clock):
    clock.advance(days=3_600)

    assert "root certificate: 50 days left" in bad(look(data, clock))


def test_a_name_the_root_may_not_certify_is_told(data, clock, monkeypatch):
    monkeypatch.setenv("KOMEK_PUBLIC_HOST", "komek.example")

    assert bad(look(data, clock)) == ["root certificate may certify komek.example"]


def test_a_missing_certificate_is_told(data, clock):
    server_file_of(data).unlink()

    assert bad(look(data, clock)) == ["certificate: missing"]


def test_a_damaged_root_is_told_with_its_file(data, clock):
    root_file_of(data).write_text("nothing")

    (finding,) = look(data, clock)

    assert not finding.is_well
    assert "authority.pem" in finding.remedy


def test_data_and_keys_for_the_owner_alone_are_well(data):
    data.chmod(0o700)

    assert bad(privacy(data)) == []
    assert len(list(privacy(data))) == 3


def test_whatever_others_can_read_is_told(data):
    data.chmod(0o750)
    root_file_of(data).chmod(0o640)

    told = [finding.remedy for finding in privacy(data) if not finding.is_well]

    assert told == [f"chmod 700 {data}", f"chmod 600 {root_file_of(data)}"]


def test_no_mail_is_a_choice(monkeypatch):
    monkeypatch.delenv("KOMEK_SMTP_URL", raising=False)

    assert mail().is_well


def test_a_mail_server_that_answers_is_well(monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        monkeypatch.setenv("KOMEK_SMTP_URL", f"smtp://127.0.0.1:{port}")

        assert mail().is_well
    assert not mail().is_well


def test_a_mail_address_nobody_can_read_is_told_without_its_password(monkeypatch):
    monkeypatch.setenv("KOMEK_SMTP_URL", "mailto:user:secret@host")

    finding = mail()

    assert not finding.is_well
    assert "secret" not in finding.remedy
