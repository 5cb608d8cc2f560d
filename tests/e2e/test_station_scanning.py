"""What a volunteer sees of a scan at once: online or not, whatever the keyboard."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Playwright, expect

from tests.support.journey import SOAP_GTIN, new_id
from tests.support.phone import Phone, cellar, send_to
from tests.support.suite import Suite
from tests.support.waiting import wait_until
from tests.support.wedge import LAYOUTS, Wedge

GS = "\x1d"
FIRST_LOAD_BYTES_MAX = 150_000
MODES = ("receive", "move", "pick", "count", "look")
MEDICINE_GTIN, CASE_GTIN = "02000400010003", "12000400010000"
MEDICINE = {
    "command_id": new_id(),
    "product_code": "MED-PARA",
    "category": "medicine",
    "names": {
        "en": "Paracetamol 500 mg, 20 tabs",
        "ru": "Парацетамол 500 мг, 20 таб.",
        "kk": "Парацетамол 500 мг, 20 таблетка",
    },
    "unit_of_issue": "pack",
    "packs": [{"gtin": MEDICINE_GTIN, "quantity": 1}],
    "min_days_at_receipt": 180,
    "min_days_at_dispatch": 60,
    "sensitivity": 1,
    "flags": ["medicine"],
}
USUAL = (14, 15, 16)


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Suite]:
    with cellar(tmp_path_factory.mktemp("scanning")) as suite:
        send = send_to(suite)
        send("POST", "/inventory/api/v1/products", MEDICINE, role="coordinator")
        for quantity in USUAL:
            body = {"scans": [received(quantity)]}
            send("POST", "/inventory/api/v1/scans", body, role="volunteer")
        yield suite


def received(quantity: int) -> dict[str, Any]:
    """Give a receipt of medicine, which is what usually comes."""
    return {
        "scan_id": new_id(),
        "action": "receive",
        "raw": MEDICINE_GTIN,
        "quantity": quantity,
        "location_code": "A-01",
        "lot_number": "U1",
        "occurred_at": "2026-01-05T10:00:00+05:00",
        "expires_on": "2032-01-31",
    }


@pytest.fixture
def phone(suite: Suite, playwright: Playwright, tmp_path: Path) -> Iterator[Phone]:
    with Phone(playwright, tmp_path / "phone", suite) as phone:
        phone.sign_in()
        yield phone
        assert phone.failures == []


@pytest.fixture
def offline(phone: Phone) -> Phone:
    """A phone that took the catalogue along into the cellar."""
    phone.station("mode=receive&location_code=A-02")
    phone.is_kept()
    phone.knows_the_catalogue()
    phone.context.set_offline(True)
    return phone


def fill(phone: Phone, **typed: str) -> None:
    """Answer the card's questions and record."""
    for name, text in typed.items():
        phone.result.locator(f"input[name={name}]").fill(text)
    phone.result.locator("button.main").click()


def line_of(phone: Phone, place: int = -1) -> dict[str, Any]:
    """Give a scan as it will be sent."""
    line: dict[str, Any] = phone.scans()[place]["line"]
    return line


def test_lot_and_date_are_asked_once_and_kept_for_the_next_packs(
    offline: Phone,
) -> None:
    offline.scan(MEDICINE_GTIN)
    expect(offline.result).to_contain_text("The code does not say the lot")
    fill(offline, lot_number="B77", expires_on="08.2031")
    expect(offline.result).to_contain_text("31 Aug 2031")

    offline.scan(MEDICINE_GTIN)

    expect(offline.result).to_contain_text("Kept for the next packs: Lot B77")
    expect(offline.result).to_contain_text("Scanned in a row: 2 · together 2")
    assert len(offline.scans()) == 2
    for place in (0, 1):
        line = line_of(offline, place)
        assert (line["lot_number"], line["expires_on"]) == ("B77", "2031-08-31")


def test_what_was_kept_can_be_changed(offline: Phone) -> None:
    offline.scan(MEDICINE_GTIN)
    fill(offline, lot_number="B77", expires_on="08.2031")
    offline.scan(MEDICINE_GTIN)
    expect(offline.result).to_contain_text("Kept for the next packs")
    offline.result.get_by_role("button", name="Change").click()

    fill(offline, lot_number="C1", expires_on="09.2031")

    expect(offline.result).to_contain_text("C1")
    assert line_of(offline)["lot_number"] == "C1"
    assert line_of(offline, 0)["lot_number"] == "B77"


def test_one_scan_and_a_typed_number_are_as_good_as_twenty_scans(
    offline: Phone,
) -> None:
    offline.scan(MEDICINE_GTIN)

    fill(offline, lot_number="B77", expires_on="08.2031", quantity="20")

    expect(offline.result).to_contain_text("+20 · A-02")
    assert line_of(offline)["quantity"] == 20


def test_a_second_code_of_the_pack_says_what_the_first_did_not(offline: Phone) -> None:
    offline.scan(MEDICINE_GTIN)
    expect(offline.result).to_contain_text("missing")

    offline.scan(f"]d210C9{GS}17310131")

    expect(offline.result).to_contain_text("In the phone")
    expect(offline.result).to_contain_text("31 Jan 2031")
    [entry] = offline.scans()
    assert entry["line"]["raw"].endswith(MEDICINE_GTIN)
    assert "10C9" in entry["line"]["second_raw"]


def test_the_secret_part_of_a_marking_code_is_never_kept(offline: Phone) -> None:
    offline.scan(f"]d201{MEDICINE_GTIN}21SER1{GS}91EE06{GS}92c2VjcmV0c2VjcmV0")

    wait_until(lambda: len(offline.scans()) == 1, what="it is kept")
    assert "c2VjcmV0" not in str(offline.scans())


def test_a_case_nobody_knows_is_asked_about_and_multiplied(offline: Phone) -> None:
    offline.scan(CASE_GTIN)
    expect(offline.result).to_contain_text("how many this case holds")

    fill(offline, pack_quantity="50", quantity="2")
    fill(offline, lot_number="B77", expires_on="08.2031")

    expect(offline.result).to_contain_text("Case of 50: 2 × 50 = 100")
    assert line_of(offline)["pack_quantity"] == 50


def test_ten_times_the_usual_is_asked_about_before_it_is_queued(
    offline: Phone,
) -> None:
    offline.scan(MEDICINE_GTIN)
    fill(offline, lot_number="B77", expires_on="08.2031", quantity="500")

    expect(offline.result).to_contain_text("Really +500?")
    assert offline.states() == ["asking"]
    offline.result.get_by_role("button", name="Yes, 500").click()

    expect(offline.result).to_contain_text("In the phone")
    wait_until(lambda: offline.states() == ["waiting"], what="it waits to be sent")


def test_a_code_that_cannot_be_read_names_the_remedy_without_a_network(
    offline: Phone,
) -> None:
    offline.scan("2000100010007")

    expect(offline.result).to_contain_text("The last digit does not fit the others")
    assert offline.scans() == []


def test_unknown_goods_get_a_photo_and_a_few_words(
    offline: Phone, tmp_path: Path
) -> None:
    offline.scan("4600000000015")
    expect(offline.result).to_contain_text("The code is not known here")
    offline.page.locator("#photo").set_input_files(picture(tmp_path))
    expect(offline.result).to_contain_text("The photo is kept")
    fill(offline, description="blue box, wet wipes")

    offline.context.set_offline(False)

    wait_until(lambda: offline.states() == ["attention"], what="it waits in Attention")
    scan_id = line_of(offline)["scan_id"]
    address = offline.address(f"/inventory/api/v1/attention/{scan_id}/photo")
    wait_until(lambda: offline.page.request.get(address).ok, what="the photo arrived")


def picture(folder: Path) -> Path:
    """Draw a photograph of a blue box."""
    path = folder / "box.png"
    Image.new("RGB", (2000, 1500), (30, 60, 200)).save(path)
    return path


def test_undo_takes_the_last_scan_out_of_the_phone(offline: Phone) -> None:
    offline.scan(f"]d201{SOAP_GTIN:0>14}17291231")
    expect(offline.result).to_contain_text("In the phone")

    offline.result.get_by_role("button", name="Undo this scan").click()

    expect(offline.result).to_contain_text("Taken back")
    assert offline.states() == ["undone"]
    offline.result.get_by_role("button", name="Put it back").click()
    wait_until(lambda: offline.states() == ["waiting"], what="it is put back")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_wedge_is_understood_in_every_layout(phone: Phone, layout: str) -> None:
    phone.station("mode=look")
    phone.is_kept()
    phone.knows_the_catalogue()
    phone.context.set_offline(True)
    wedge = Wedge(phone.page, LAYOUTS[layout])

    wedge.scan(f"]d201{MEDICINE_GTIN}10b2409a{GS}17310131")

    expect(phone.result).to_contain_text("Paracetamol")
    expect(phone.result).to_contain_text("b2409a")
    expect(phone.result).to_contain_text("31 Jan 2031")


@pytest.mark.parametrize("separator", ["alt", "control", "dropped"])
def test_a_separator_arrives_however_the_scanner_sends_it(
    phone: Phone, separator: str
) -> None:
    phone.station("mode=look")
    phone.is_kept()
    phone.knows_the_catalogue()
    phone.context.set_offline(True)

    raw = f"01{MEDICINE_GTIN}10AB{GS}17310131"
    Wedge(phone.page).scan(raw, separator=separator)

    expect(phone.result).to_contain_text("Paracetamol")
    assert len(phone.context.pages) == 1


def test_a_wedge_scan_is_answered_by_the_phone_itself(phone: Phone) -> None:
    phone.station("mode=receive&location_code=A-02")
    phone.knows_the_catalogue()
    phone.page.wait_for_load_state("networkidle")
    phone.context.set_offline(True)
    asked: list[str] = []
    phone.page.on("request", lambda request: asked.append(request.url))

    phone.scan(MEDICINE_GTIN)

    expect(phone.result).to_contain_text("The code does not say the lot")
    assert [url for url in asked if "/static/" not in url] == []


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_the_first_load_is_light(phone: Phone, language: str) -> None:
    phone.station(f"lang={language}")
    phone.page.goto(
        "about:blank"
    )  # what that page still asks for is not of the first load
    session = phone.context.new_cdp_session(phone.page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    session.send("Network.setBypassServiceWorker", {"bypass": True})
    asked: dict[str, str] = {}
    received: dict[str, float] = {}
    session.on(
        "Network.requestWillBeSent",
        lambda event: asked.update({event["requestId"]: event["request"]["url"]}),
    )
    session.on(
        "Network.loadingFinished",
        lambda event: received.update(
            {asked[event["requestId"]]: event["encodedDataLength"]}
        ),
    )

    phone.station()
    phone.page.evaluate("document.fonts.ready")

    assert 20_000 < sum(received.values()) <= FIRST_LOAD_BYTES_MAX, received


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_no_mode_scrolls_sideways_on_narrow_phones(phone: Phone, language: str) -> None:
    phone.page.goto(phone.address(f"/inventory/scan?lang={language}"))
    phone.is_open()
    phone.is_kept()
    phone.knows_the_catalogue()
    for is_offline in (False, True):
        phone.context.set_offline(is_offline)
        for mode in MODES:
            phone.station(f"mode={mode}")
            if mode in ("receive", "look"):
                phone.scan(MEDICINE_GTIN)
                phone.result.locator(":scope > *").first.wait_for()
                phone.is_open()  # looked up online, the answer is a page of its own
            for narrow in (360, 320):
                phone.page.set_viewport_size({"width": narrow, "height": 740})
                width = phone.page.evaluate("document.documentElement.scrollWidth")
                assert width <= narrow, (mode, is_offline)
