"""A phone's camera reads our own label; the clip it sees is made from the label."""

import base64
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from services.inventory.application.receiving.label_sheets import Label
from services.inventory.domain.own_codes import lot_elements
from shared.kernel.gs1 import GTIN
from tests.support.accounts import add_accounts_in
from tests.support.chromium import launch_options
from tests.support.clips import clip_of
from tests.support.journey import SOAP, Journey
from tests.support.labels import label_picture
from tests.support.suite import PASSWORD, Suite
from tests.support.waiting import PATIENCE_SECONDS, wait_until

PHONE: ViewportSize = {"width": 360, "height": 740}
SOAP_GTIN = GTIN.parse("2000100010006")
EXPIRES_ON = date(2029, 12, 31)
LOT = "P26-0417"
SHOWN_SECONDS = 3
AWAY_SECONDS = 2
LOOKS = 6
NEVER_AWAY = """(written) => {
  window.looks = 0;
  const { getImageData } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.getImageData = function (...given) {
    window.looks += 1;
    return getImageData.apply(this, given);
  };
  const bytes = Uint8Array.from(atob(written), (sign) => sign.charCodeAt(0));
  navigator.mediaDevices.getUserMedia = async () => {
    const picture = await createImageBitmap(new Blob([bytes]));
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width: 1280, height: 720 });
    const context = canvas.getContext("2d");
    const draw = () => {
      context.fillStyle = "#8d8f88";
      context.fillRect(0, 0, 1280, 720);
      context.drawImage(picture, 640 - picture.width / 2, 360 - picture.height / 2);
    };
    draw();
    setInterval(draw, 100);
    return canvas.captureStream();
  };
}"""


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Suite]:
    folder = tmp_path_factory.mktemp("camera")
    add_accounts_in(folder / "data", PASSWORD)
    suite = Suite(folder)
    suite.start()
    Journey(send_to(suite)).furnish()
    yield suite
    assert suite.terminate() == 0


def send_to(suite: Suite) -> Any:
    def send(method: str, path: str, body: Any = None, *, role: str) -> Any:
        answer = suite.request(method, path, body, role=role)
        assert answer.status < 400, (path, answer.body)
        return answer.json()

    return send


@pytest.fixture(scope="module")
def label() -> Image.Image:
    elements = lot_elements(SOAP_GTIN, LOT, EXPIRES_ON)
    picture = label_picture(Label(head="Soap", elements=elements))
    return Image.open(io.BytesIO(picture))


@pytest.fixture(scope="module")
def clip(label: Image.Image, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Show the label, take it away, again and again."""
    path = tmp_path_factory.mktemp("clip") / "label.mjpeg"
    scenes = [label] * SHOWN_SECONDS + [None] * AWAY_SECONDS
    return clip_of(scenes, path, seconds=1)


@pytest.fixture(scope="module")
def browser(clip: Path) -> Iterator[Browser]:
    options = launch_options()
    options["args"] += [
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={clip}",
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**options)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, suite: Suite) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE, locale="en-GB")
    page = context.new_page()
    page.set_default_timeout(1000 * PATIENCE_SECONDS)
    page.goto(f"{suite.url}/account/sign-in?lang=en")
    page.locator("input[name=email]").fill("volunteer@demo.example")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form button.main").click()
    page.wait_for_url("**/inventory/**")
    yield page
    context.close()


def open_camera(page: Page, suite: Suite) -> None:
    page.goto(f"{suite.url}/inventory/scan?mode=receive&lang=en")
    page.locator("#camera-open").click()


def test_the_label_is_read_each_time_it_comes_into_view(
    page: Page, suite: Suite
) -> None:
    page.context.grant_permissions(["camera"])
    said: list[str] = []
    page.expose_function("note", lambda raw: said.append(raw))  # noqa: PLW0108  playwright takes no method of a list
    page.add_init_script(
        "document.addEventListener('komek:scanned', (event) => note(event.detail.raw))"
    )
    open_camera(page, suite)

    expect(page.locator("#result")).to_contain_text(LOT)
    expect(page.locator("#result")).to_contain_text("31 Dec 2029")
    wait_until(lambda: has_come(page, said, 3), what="the label came three times")
    page.locator("[data-camera-close]").click()

    assert set(said) == {f"]d201{SOAP_GTIN}1729123110{LOT}"}
    [lot] = stock_of(suite)
    assert (lot["lot_number"], lot["expires_on"]) == (LOT, "2029-12-31")


def has_come(page: Page, said: list[str], times: int) -> bool:
    """Playwright hears the page only while it is asked something."""
    page.evaluate("0")
    return len(said) >= times


def stock_of(suite: Suite) -> list[dict[str, Any]]:
    path = f"/inventory/api/v1/stock?product_code={SOAP}"
    items: list[dict[str, Any]] = send_to(suite)("GET", path, role="volunteer")["items"]
    return items


def test_the_decoder_is_loaded_from_us_and_only_with_the_camera(
    page: Page, suite: Suite
) -> None:
    page.context.grant_permissions(["camera"])
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{suite.url}/inventory/scan?mode=receive&lang=en")
    assert not [url for url in asked if "camera" in url or ".wasm" in url]

    page.locator("#camera-open").click()
    expect(page.locator("[data-camera-says=aim]")).to_be_visible()

    assert [url for url in asked if ".wasm" in url]
    assert all(url.startswith((suite.url, "blob:", "data:")) for url in asked)


def test_closing_lets_the_camera_go(page: Page, suite: Suite) -> None:
    page.context.grant_permissions(["camera"])
    open_camera(page, suite)
    expect(page.locator("[data-camera-says=aim]")).to_be_visible()
    track = page.evaluate_handle(
        "document.querySelector('video').srcObject.getVideoTracks()[0]"
    )

    page.locator("[data-camera-close]").click()

    expect(page.locator("#camera-view")).to_be_hidden()
    assert track.evaluate("(track) => track.readyState") == "ended"


def test_the_camera_goes_on_when_another_mode_is_chosen(
    page: Page, suite: Suite
) -> None:
    page.context.grant_permissions(["camera"])
    open_camera(page, suite)
    expect(page.locator("[data-camera-says=aim]")).to_be_visible()

    page.locator(".modes a[href*='mode=look']").click()
    page.wait_for_url("**mode=look**")

    expect(page.locator("[data-camera-says=aim]")).to_be_visible()
    expect(page.locator("main")).to_contain_text(LOT)


def test_a_pack_that_stays_in_view_is_looked_up_once(
    page: Page, suite: Suite, label: Image.Image
) -> None:
    page.add_init_script(f"({NEVER_AWAY})('{written(label)}')")
    page.goto(f"{suite.url}/inventory/scan?mode=look&lang=en")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.locator("#camera-open").click()
    expect(page.locator("#result")).to_contain_text(LOT)
    wait_until(
        lambda: page.evaluate("window.looks") >= LOOKS,
        what="the page with the answer has looked again and again",
    )

    assert [url for url in asked if url.endswith("/scan/look")] == [
        f"{suite.url}/inventory/scan/look"
    ]


def written(label: Image.Image) -> str:
    """Write the label as it lies in view."""
    shown = label.convert("RGB")
    shown.thumbnail((800, 480))
    picture = io.BytesIO()
    shown.save(picture, "PNG")
    return base64.b64encode(picture.getvalue()).decode()


def test_a_refused_camera_says_what_to_do(page: Page, suite: Suite) -> None:
    page.context.clear_permissions()
    open_camera(page, suite)

    said = page.locator("[data-camera-says=refused]")
    expect(said).to_contain_text("allow the camera")
    expect(page.locator("#camera-view")).to_be_hidden()


def test_an_insecure_address_leads_to_the_help(page: Page, suite: Suite) -> None:
    """Chromium takes no other address of this machine for secure."""
    page.add_init_script(
        "Object.defineProperty(window, 'isSecureContext', {value: false})"
    )
    open_camera(page, suite)

    said = page.locator("[data-camera-says=insecure]")
    expect(said.get_by_role("link")).to_have_attribute("href", "/account/trust")


def test_a_photograph_of_the_label_is_read_by_the_warehouse(
    page: Page, suite: Suite, label: Image.Image, tmp_path: Path
) -> None:
    photo = tmp_path / "photo.jpg"
    label.convert("RGB").save(photo)
    page.goto(f"{suite.url}/inventory/scan?mode=receive&lang=en")

    page.locator("[data-camera-photo] input").set_input_files(photo)

    expect(page.locator("#result")).to_contain_text(LOT)


def test_a_photograph_of_two_labels_asks_which_one_is_meant(
    page: Page, suite: Suite, label: Image.Image, tmp_path: Path
) -> None:
    elements = lot_elements(SOAP_GTIN, "OTHER-LOT", EXPIRES_ON)
    other = label_picture(Label(head="Soap", elements=elements))
    photo = Image.new("RGB", (label.width, label.height * 2), "white")
    photo.paste(label.convert("RGB"), (0, 0))
    photo.paste(Image.open(io.BytesIO(other)).convert("RGB"), (0, label.height))
    photo.save(tmp_path / "photo.jpg")
    page.goto(f"{suite.url}/inventory/scan?mode=look&lang=en")

    page.locator("[data-camera-photo] input").set_input_files(tmp_path / "photo.jpg")
    expect(page.locator("[data-camera-choice] button")).to_have_count(2)
    page.locator("[data-camera-choice] button", has_text="OTHER-LOT").click()

    expect(page.locator("#result")).to_contain_text("OTHER-LOT")


def test_a_photograph_without_a_code_says_how_to_take_a_better_one(
    page: Page, suite: Suite, tmp_path: Path
) -> None:
    photo = tmp_path / "photo.jpg"
    Image.new("RGB", (800, 600), "#8d8f88").save(photo)
    page.goto(f"{suite.url}/inventory/scan?mode=receive&lang=en")

    page.locator("[data-camera-photo] input").set_input_files(photo)

    expect(page.locator("[data-camera-says=photo_none]")).to_be_visible()


def test_a_camera_that_was_open_once_opens_without_a_network(
    page: Page, suite: Suite
) -> None:
    page.context.grant_permissions(["camera"])
    address = f"{suite.url}/inventory/scan?mode=receive&lang=en"
    page.goto(address)
    wait_until(
        lambda: page.evaluate("Boolean(navigator.serviceWorker.controller)"),
        what="the page's worker is at work",
    )
    page.locator("#camera-open").click()
    expect(page.locator("[data-camera-says=aim]")).to_be_visible()

    page.locator("[data-camera-close]").click()
    page.context.set_offline(True)
    page.goto(address)
    page.locator("#camera-open").click()

    expect(page.locator("#result")).to_contain_text(LOT)
    expect(page.locator("#result")).to_contain_text("phone")
