"""The store room's own authority: what it certifies, keeps and renews."""

import ssl
from datetime import UTC, datetime, timedelta
from stat import S_IMODE

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.x509.verification import PolicyBuilder, Store

from deploy.authority import Authority
from deploy.certificates import AuthorityUnreadableError, names_of, read_pair
from shared.kernel.clock import FrozenClock

NAMES = ["192.168.1.20", "fd00::20", "store", "store.local", "localhost"]


@pytest.fixture
def clock():
    return FrozenClock(datetime(2026, 11, 22, 6, tzinfo=UTC))


@pytest.fixture
def authority(tmp_path, clock):
    return Authority(tmp_path, clock, ["store"])


def certificate(authority):
    return read_pair(authority.server_file).certificate


def test_it_certifies_every_name_it_was_asked_for(authority):
    authority.certify(NAMES)

    assert names_of(certificate(authority)) == NAMES


def test_a_browsers_rules_accept_the_certificate(authority, clock):
    authority.certify(NAMES)

    verifier = (
        PolicyBuilder()
        .store(Store([authority.root.certificate]))
        .time(clock.now())
        .build_server_verifier(x509.DNSName("store.local"))
    )

    assert len(verifier.verify(certificate(authority), [])) == 2


def test_the_root_lives_ten_years_and_certifies_no_other_authority(authority):
    root = authority.root.certificate
    constraint = root.extensions.get_extension_for_class(x509.BasicConstraints)

    assert constraint.critical
    assert (constraint.value.ca, constraint.value.path_length) == (True, 0)
    assert (root.not_valid_after_utc - root.not_valid_before_utc).days >= 3_650


def test_phones_accept_no_certificate_longer_than_397_days(authority):
    authority.certify(NAMES)
    leaf = certificate(authority)

    days = (leaf.not_valid_after_utc - leaf.not_valid_before_utc) / timedelta(days=1)

    assert days <= 397


@pytest.mark.parametrize(
    "name", ["10.9.8.7", "172.16.0.1", "169.254.3.4", "fd12::1", "box.local", "store"]
)
def test_private_names_may_be_certified(authority, name):
    assert authority.may_certify(name)


@pytest.mark.parametrize(
    "name", ["8.8.8.8", "2001:db8::1", "bank.example", "local.example", "notlocal"]
)
def test_nothing_of_the_public_internet_may_be_certified(authority, name):
    assert not authority.may_certify(name)
    authority.certify([*NAMES, name])
    assert names_of(certificate(authority)) == NAMES


def test_a_public_name_is_certified_when_the_root_was_made_for_it(tmp_path, clock):
    wanted = ["komek.example", "203.0.113.7"]

    authority = Authority(tmp_path, clock, wanted)

    assert [name for name in wanted if authority.may_certify(name)] == wanted
    assert not authority.may_certify("203.0.113.8")


def test_what_was_made_is_used_again(tmp_path, authority, clock):
    authority.certify(NAMES)

    again = Authority(tmp_path, clock, ["store"])

    assert again.root_der() == authority.root_der()
    assert again.certify(NAMES) is False


def test_a_new_address_needs_a_new_certificate(authority):
    authority.certify(NAMES)

    assert authority.certify([*NAMES, "10.0.0.5"]) is True
    assert "10.0.0.5" in names_of(certificate(authority))


def test_an_address_that_went_away_needs_none(authority):
    authority.certify(NAMES)

    assert authority.certify(NAMES[1:]) is False


def test_it_renews_a_month_before_the_end(authority, clock):
    authority.certify(NAMES)
    clock.advance(days=365)
    assert authority.certify(NAMES) is False

    clock.advance(days=2)

    assert authority.certify(NAMES) is True
    left = certificate(authority).not_valid_after_utc - clock.now()
    assert left == timedelta(days=396)


def test_a_certificate_of_another_root_is_replaced(tmp_path, authority, clock):
    authority.certify(NAMES)
    authority.root_file.unlink()

    fresh = Authority(tmp_path, clock, ["store"])

    assert fresh.certify(NAMES) is True
    certificate(fresh).verify_directly_issued_by(fresh.root.certificate)


def test_a_damaged_certificate_is_replaced(authority):
    authority.certify(NAMES)
    authority.server_file.write_text("nothing")

    assert authority.certify(NAMES) is True


def test_a_damaged_root_is_told_and_left_alone(tmp_path, authority, clock):
    authority.root_file.write_text("nothing")

    with pytest.raises(AuthorityUnreadableError, match=r"authority\.pem"):
        Authority(tmp_path, clock, [])
    assert authority.root_file.read_text() == "nothing"


def test_keys_are_for_the_owner_alone(authority):
    authority.certify(NAMES)

    assert S_IMODE(authority.root_file.parent.stat().st_mode) == 0o700
    for file in (authority.root_file, authority.server_file):
        assert S_IMODE(file.stat().st_mode) == 0o600


def test_python_can_serve_with_the_file(authority):
    authority.certify(NAMES)

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority.server_file)

    assert (
        authority.root.certificate.public_bytes(serialization.Encoding.DER)
        == authority.root_der()
    )
