"""Webhooks are signed, tried again with patience, and never lead inwards."""

import hashlib
import hmac
import socket
from datetime import timedelta

import pytest

from services.donors.adapters.posting import NotPostedError, Post, post
from services.donors.domain.webhook import (
    TRIES_MAX,
    UnfitWebhookAddressError,
    checked_address,
    pause_after,
    signed,
)


def test_a_receiver_can_check_the_signature():
    signature = signed("secret", 1_800_000_000, '{"event":"gift_changed"}')
    text = b'1800000000.{"event":"gift_changed"}'

    digest = hmac.new(b"secret", text, hashlib.sha256).hexdigest()
    assert signature.header == f"t=1800000000,v1={digest}"


@pytest.mark.parametrize(
    "url",
    [
        *("http://example.org/x", "ftp://example.org", "https://", "https:///x"),
        *("https://user:word@example.org/", "https://exa mple.org", "javascript:1"),
        *("https://example.org:0/", "https://example.org:99999/", "https://[::1"),
        *("https://пример.рф/", "https://example.org/\r\nX: y", "", "x" * 501),
        *("https://127.0.0.1/", "https://10.0.0.8:8443/x", "https://[::1]/"),
    ],
)
def test_an_address_that_cannot_be_told_is_refused(url):
    with pytest.raises(UnfitWebhookAddressError):
        checked_address(url)


def test_a_sound_address_is_taken():
    assert checked_address("https://example.org:8443/hook?x=1")
    assert checked_address("https://8.8.8.8/hook")
    assert checked_address("http://127.0.0.1:9/", may_be_private=True)


def test_pauses_double_up_to_half_a_day():
    pauses = [pause_after(tries) for tries in range(1, 20)]
    assert pauses[:3] == [timedelta(seconds=each) for each in (30, 60, 120)]
    assert max(pauses) == timedelta(hours=12)
    assert sum(pauses[: TRIES_MAX - 1], timedelta()) > timedelta(hours=4)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254"),
        *("0.0.0.1", "100.64.0.1", "224.0.0.1", "255.255.255.255"),
        *("::1", "::", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "ff02::1"),
        *("64:ff9b::7f00:1", "2002:7f00:1::"),
    ],
)
def test_a_name_that_leads_inwards_is_not_posted_to(monkeypatch, address):
    def resolve(_host, port, **_options):
        public = (socket.AF_INET, 1, 6, "", ("93.184.216.34", port))
        return [public, (socket.AF_INET, 1, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)

    with pytest.raises(NotPostedError, match="public internet"):
        post(Post("https://inside.example/", {}, b"{}"))
