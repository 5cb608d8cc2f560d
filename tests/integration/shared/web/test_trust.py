"""How a phone comes to trust the computer of the store room."""

import plistlib
from dataclasses import replace

import pytest
from cryptography import x509
from werkzeug.test import Client

from deploy.authority import Authority
from shared.web.account import build_account_app
from shared.web.parts import WebSettings
from shared.web.trust import build_trust_app
from shared.web.trust_offer import Trust
from tests.integration.shared.web.conftest import Browser
from tests.support.drawn_codes import read_drawn

HOSTS = ["192.168.1.20", "fd00::20", "store.local"]
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Safari/604.1"
ANDROID = "Mozilla/5.0 (Linux; Android 14) Chrome/126.0 Mobile Safari/537.36"


@pytest.fixture
def authority(tmp_path, clock):
    return Authority(tmp_path, clock, [])


@pytest.fixture
def trusted(parts, authority):
    trust = Trust(
        root_der=authority.root_der(),
        root_name=authority.root_name(),
        hosts=lambda: HOSTS,
        port=8000,
        plain_port=8001,
    )
    settings = WebSettings(has_secure_cookies=True, may_pin_https=False)
    return replace(parts, trust=trust, settings=settings)


@pytest.fixture
def phone(trusted):
    """A phone that asks the plain listener."""
    return Client(build_trust_app(trusted))


@pytest.fixture
def desk(trusted):
    """A browser of the secure listener."""
    return Browser(build_account_app(trusted))


def signed_in(desk, role):
    secure = {"base_url": "https://192.168.1.20:8000"}
    page = desk.get("/account/sign-in", **secure).get_data(as_text=True)
    token = page.partition('name="csrf-token" content="')[2].partition('"')[0]
    form = {"email": f"{role}@demo.example", "password": "four unrelated words"}
    headers = {"Referer": "https://192.168.1.20:8000/account/sign-in"}
    answer = desk.post(
        "/account/sign-in", data=form | {"csrf_token": token}, headers=headers, **secure
    )
    assert answer.status_code == 303
    return secure


@pytest.mark.parametrize(
    ("agent", "opened"), [(IPHONE, "iPhone or iPad"), (ANDROID, "Android phone")]
)
def test_a_phone_sees_its_own_steps_open(phone, agent, opened):
    page = phone.get("/", headers={"User-Agent": agent}).get_data(as_text=True)

    assert page.count(" open>") == 1
    assert page.partition(" open>")[2].startswith(f"<summary>{opened}</summary>")


def test_the_certificate_comes_as_android_takes_it(phone, authority):
    answer = phone.get("/komek.crt")

    assert answer.content_type == "application/x-x509-ca-cert"
    assert x509.load_der_x509_certificate(answer.data) == authority.root.certificate


def test_the_profile_comes_as_an_iphone_takes_it(phone, authority):
    answer = phone.get("/komek.mobileconfig")

    assert answer.content_type == "application/x-apple-aspen-config"
    profile = plistlib.loads(answer.data)
    assert profile["PayloadType"] == "Configuration"
    (root,) = profile["PayloadContent"]
    assert root["PayloadType"] == "com.apple.security.root"
    assert root["PayloadContent"] == authority.root_der()
    assert root["PayloadUUID"] != profile["PayloadUUID"]
    assert plistlib.loads(phone.get("/komek.mobileconfig").data) == profile


def test_no_private_key_is_given_away(phone):
    for answer in (phone.get("/komek.crt"), phone.get("/komek.mobileconfig")):
        assert b"PRIVATE" not in answer.data


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("192.168.1.20:8001", "https://192.168.1.20:8000"),
        ("store.local:8001", "https://store.local:8000"),
        ("[fd00::20]:8001", "https://[fd00::20]:8000"),
        ("elsewhere.example", "https://192.168.1.20:8000"),
    ],
)
def test_everything_else_is_led_to_the_secure_address(phone, asked, led):
    answer = phone.get("/inventory/scan?mode=move", base_url=f"http://{asked}")

    assert answer.status_code == 307
    assert answer.location == f"{led}/inventory/scan?mode=move"


@pytest.mark.parametrize("path", ["/account/sign-in", "/account/api/v1/tokens"])
def test_nobody_signs_in_without_encryption(phone, path):
    assert phone.post(path, data={"email": "a", "password": "b"}).status_code == 405


def test_two_slashes_lead_to_no_other_site(phone):
    answer = phone.get("//elsewhere.example/x")

    assert answer.location.startswith("https://192.168.1.20:8000/")


@pytest.mark.parametrize("role", ["coordinator", "admin"])
def test_the_page_shows_a_code_that_leads_to_the_steps(desk, role):
    secure = signed_in(desk, role)

    page = desk.get("/account/trust", **secure).get_data(as_text=True)
    drawn = desk.get("/account/trust/qr.svg", **secure)

    assert "http://192.168.1.20:8001" in page
    assert drawn.content_type == "image/svg+xml"
    assert read_drawn(drawn.get_data(as_text=True)).text == "http://192.168.1.20:8001/"


def test_a_volunteer_needs_no_such_page(desk):
    secure = signed_in(desk, "volunteer")

    assert desk.get("/account/trust", **secure).status_code == 403


def test_without_an_authority_the_page_says_so(site):
    browser = Browser(site)
    browser.sign_in("coordinator")

    page = browser.get("/account/trust").get_data(as_text=True)

    assert "There is nothing to install" in page
    assert browser.get("/account/trust/komek.crt").status_code == 404


def test_anybody_may_check_the_phone_in_hand(desk):
    page = desk.get("/account/trust/check").get_data(as_text=True)

    assert page.count("data-check=") == 3
    worker = desk.get("/account/trust/worker.js")
    assert worker.content_type.startswith("text/javascript")


def test_a_root_of_our_own_pins_no_browser_to_https(desk):
    answer = desk.get("/account/sign-in", base_url="https://store.local:8000")

    assert "Strict-Transport-Security" not in answer.headers
    assert all("; Secure" in one for one in answer.headers.getlist("Set-Cookie"))


def test_a_public_certificate_does(parts):
    app = build_account_app(replace(parts, settings=WebSettings()))

    answer = Client(app).get("/healthz", base_url="https://komek.example")

    assert answer.headers["Strict-Transport-Security"].startswith("max-age=")
