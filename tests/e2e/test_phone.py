"""A phone in the store room's network: it trusts the root, so it gets its camera.

The browser is told of the one root by its public key and of nothing else: any other
certificate is still an error to it.
"""

import base64
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from playwright.sync_api import BrowserContext, Error, Page, expect, sync_playwright

from deploy.certificates import read_pair, root_file_of
from tests.support.accounts import add_accounts_in
from tests.support.lan_suite import PLAIN, SECURE, LanSuite
from tests.support.store_room import StoreRoom
from tests.support.suite import PASSWORD

PHONE = {"width": 360, "height": 740}
FAKE_CAMERA = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")


@pytest.fixture(scope="module")
def suite(
    store_room: StoreRoom, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LanSuite]:
    folder = tmp_path_factory.mktemp("lan")
    add_accounts_in(folder / "data", PASSWORD)
    suite = LanSuite(store_room, folder)
    suite.start()
    yield suite
    assert suite.terminate() == 0


def on_the_phone(
    room: StoreRoom, options: dict[str, Any], folder: Path, *more: str
) -> dict[str, Any]:
    """Change launch options so that the browser runs in the phone's network."""
    program = folder / "chromium"
    words = " ".join(room.phone.command(str(options["executable_path"])))
    program.write_text(f'#!/bin/sh\nexec {words} "$@"\n')
    program.chmod(0o700)
    args = [*options["args"], *FAKE_CAMERA, *more]
    return options | {"executable_path": program, "args": args}


def trusting(suite: LanSuite) -> str:
    root = read_pair(root_file_of(suite.data)).certificate.public_key()
    key = root.public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    digest = base64.b64encode(hashlib.sha256(key).digest()).decode()
    return f"--ignore-certificate-errors-spki-list={digest}"


@pytest.fixture
def phone(
    suite: LanSuite,
    store_room: StoreRoom,
    chromium_options: dict[str, Any],
    tmp_path: Path,
) -> Iterator[BrowserContext]:
    options = on_the_phone(store_room, chromium_options, tmp_path, trusting(suite))
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            tmp_path / "profile", viewport=PHONE, locale="en-GB", **options
        )
        yield context
        context.close()


def test_a_phone_that_trusts_the_root_is_ready(phone: BrowserContext) -> None:
    page = phone.new_page()
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.goto(f"{PLAIN}/?lang=en")
    assert page.evaluate("isSecureContext") is False

    page.get_by_role("link", name="Check this phone").click()

    expect(page.get_by_text("This phone is ready")).to_be_visible()
    assert page.url == f"{SECURE}/account/trust/check"
    assert page.evaluate("isSecureContext") is True
    expect(page.locator("[data-check][data-is=yes]")).to_have_count(3)
    page.get_by_role("button", name="Try the camera").click()
    expect(page.locator("[data-check=camera][data-is=yes]")).to_be_visible()
    assert failures == []


def sign_in(page: Page, name: str) -> None:
    page.goto(f"{SECURE}/account/sign-in?lang=en")
    page.locator("input[name=email]").fill(f"{name}@demo.example")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form button.main").click()
    page.wait_for_url("**/distribution/**" if name == "coordinator" else "**/scan**")


def test_the_scan_station_may_go_on_without_a_network(phone: BrowserContext) -> None:
    page = phone.new_page()
    sign_in(page, "volunteer")

    kept = page.evaluate("navigator.serviceWorker.ready.then((one) => one.scope)")

    assert kept == f"{SECURE}/inventory/"


def test_a_session_travels_encrypted_only(phone: BrowserContext) -> None:
    page = phone.new_page()
    sign_in(page, "coordinator")

    page.goto(f"{SECURE}/account/trust")

    expect(page.locator("img.qr")).to_be_visible()
    assert page.evaluate("document.querySelector('img.qr').naturalWidth") > 0
    session = next(one for one in phone.cookies() if one["name"] == "komek")
    assert session["secure"]


def test_a_phone_that_does_not_trust_it_goes_no_further(
    suite: LanSuite,
    store_room: StoreRoom,
    chromium_options: dict[str, Any],
    tmp_path: Path,
) -> None:
    options = on_the_phone(store_room, chromium_options, tmp_path)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**options)
        page = browser.new_page()
        page.goto(PLAIN)

        with pytest.raises(Error, match="ERR_CERT_AUTHORITY_INVALID"):
            page.goto(SECURE)

        browser.close()
    assert "Ready on" in suite.output
