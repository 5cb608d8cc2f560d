"""A phone on the store room's own network, and what it may believe."""

import ssl

import pytest
from cryptography import x509

from deploy.certificates import names_of, server_file_of
from tests.support.lan_suite import PLAIN, SECURE, LanSuite
from tests.support.store_room import COMPUTER

ASK = """
import ssl, sys, urllib.request
context = ssl.create_default_context(cafile=sys.argv[2] if sys.argv[2:] else None)
try:
    answer = urllib.request.urlopen(sys.argv[1], timeout=20, context=context)
    print(answer.read().decode())
except urllib.error.URLError as problem:
    print(problem.reason)
"""
FETCH = """
import sys, urllib.request
answer = urllib.request.urlopen(sys.argv[1], timeout=20)
print(answer.url, answer.read().hex())
"""
HEAD = """
import http.client, sys
line = http.client.HTTPConnection(sys.argv[1], timeout=20)
line.request("GET", sys.argv[2])
answer = line.getresponse()
print(answer.status, answer.getheader("Location"))
"""


@pytest.fixture(scope="module")
def suite(store_room, tmp_path_factory):
    suite = LanSuite(store_room, tmp_path_factory.mktemp("lan"))
    suite.start()
    yield suite
    assert suite.terminate() == 0


@pytest.fixture(scope="module")
def root(suite, tmp_path_factory):
    """The root certificate, fetched as a phone fetches it."""
    _, content = suite.fetch(FETCH, f"{PLAIN}/komek.crt").split()
    file = tmp_path_factory.mktemp("phone") / "root.pem"
    file.write_text(ssl.DER_cert_to_PEM_cert(bytes.fromhex(content)))
    return file


def test_it_prints_both_addresses_and_what_to_do(suite):
    assert f"Ready on {SECURE}" in suite.output
    assert f"A new phone opens {PLAIN} once" in suite.output


def test_a_phone_with_the_root_verifies_the_certificate(suite, root):
    assert suite.fetch(ASK, f"{SECURE}/healthz", str(root)) == '{"status":"alive"}'


def test_a_phone_without_the_root_refuses(suite):
    assert "CERTIFICATE_VERIFY_FAILED" in suite.fetch(ASK, f"{SECURE}/healthz")


def test_an_address_that_was_typed_without_https_leads_there(suite):
    host = SECURE.removeprefix("https://")

    assert suite.fetch(HEAD, host, "/inventory/scan") == f"308 {SECURE}/inventory/scan"


def test_the_plain_listener_leads_to_work(suite):
    host = PLAIN.removeprefix("http://")

    assert suite.fetch(HEAD, host, "/donors/needs") == f"307 {SECURE}/donors/needs"


def test_the_certificate_names_the_address_of_the_cable(suite):
    content = server_file_of(suite.data).read_bytes()
    leaf = x509.load_pem_x509_certificates(content)[0]

    assert {COMPUTER, "localhost", "127.0.0.1", "::1"} <= set(names_of(leaf))
