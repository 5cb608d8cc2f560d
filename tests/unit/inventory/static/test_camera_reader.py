"""What the camera reads off a pack is what a good scanner would have sent."""

import pytest
import zxingcpp
from PIL import Image

TODAY = "2026-11-22"
GS = "\x1d"
PRINTED = "(01)09520000000011(10)P26-0417(17)291231"
SENT = f"010952000000001110P26-0417{GS}17291231"
MARKING = f"(01)04870001234560(21)5aBcDeFg(91)EE08(92){'Zk9/+a' * 7}A="
LINK = "https://id.gs1.org/01/09520000000011/10/P26-0417?17=291231"
KINDS = zxingcpp.BarcodeFormat
FACTS = {"gtin": "09520000000011", "lot": "P26-0417", "expiry": "2029-12-31"}

SYMBOLS = {
    "GS1 DataMatrix": (KINDS.DataMatrix, PRINTED, True, f"]d2{SENT}"),
    "GS1-128": (KINDS.Code128, PRINTED, True, f"]C1{SENT}"),
    "GS1 QR": (KINDS.QRCode, PRINTED, True, f"]Q3{SENT}"),
    "DataBar Expanded": (KINDS.DataBarExp, PRINTED, True, f"]e0{SENT}"),
    "QR with an address": (KINDS.QRCode, LINK, False, f"]Q1{LINK}"),
    "DataMatrix with an address": (KINDS.DataMatrix, LINK, False, f"]d1{LINK}"),
    "EAN-13": (KINDS.EAN13, "4870001234560", False, "]E04870001234560"),
    "EAN-8": (KINDS.EAN8, "96385074", False, "]E496385074"),
    "UPC-A": (KINDS.UPCA, "036000291452", False, "]E00036000291452"),
    "UPC-E": (KINDS.UPCE, "01234565", False, "]E00012345000065"),
    "ITF-14": (KINDS.ITF, "14870001234567", False, "]I114870001234567"),
}


def drawn(kind, text, *, is_gs1):
    options = {"gs1": True} if is_gs1 else {}
    if kind is KINDS.DataMatrix:
        options["force_square"] = True  # a long one has an id of its own
    code = zxingcpp.create_barcode(text, kind, **options)
    picture = zxingcpp.write_barcode_to_image(code, scale=4)
    height, width = memoryview(picture).shape[:2]
    return Image.frombytes("L", (width, height), bytes(memoryview(picture)))


@pytest.fixture
def reading(picture_reader, tmp_path):
    """Read symbols that lie on a table, each at its place."""

    def read(*placed):
        table = Image.new("RGBA", (1280, 720), "#d9d6cc")
        for picture, (x, y) in placed:
            shown = picture.convert("RGBA")
            table.paste(shown, (x - shown.width // 2, y - shown.height // 2))
        path = tmp_path / "pixels"
        path.write_bytes(table.tobytes())
        return picture_reader.ask({"path": str(path), "width": 1280, "height": 720})

    return read


@pytest.mark.parametrize(
    ("kind", "text", "is_gs1", "expected"), SYMBOLS.values(), ids=SYMBOLS.keys()
)
def test_a_symbol_gives_its_prefix_and_its_separators(
    reading, kind, text, is_gs1, expected
):
    [code] = reading((drawn(kind, text, is_gs1=is_gs1), (640, 360)))

    assert code["text"] == expected


@pytest.mark.parametrize(
    "name", [name for name, (_, text, *_) in SYMBOLS.items() if "P26" in text]
)
def test_lot_and_expiry_are_understood_from_every_symbol(
    reading, browser_decoder, name
):
    kind, text, is_gs1, _ = SYMBOLS[name]
    [code] = reading((drawn(kind, text, is_gs1=is_gs1), (640, 360)))
    said = browser_decoder.decode(code["text"], TODAY)

    assert {key: said.get(key) for key in FACTS} == FACTS


def test_the_secret_of_a_marking_code_is_told_apart(reading, browser_decoder):
    [code] = reading((drawn(KINDS.DataMatrix, MARKING, is_gs1=True), (640, 360)))

    kept = browser_decoder.without_secrets(code["text"])
    assert kept == "]d20104870001234560215aBcDeFg"


def test_the_code_nearest_to_the_middle_comes_first(reading):
    ean = drawn(KINDS.EAN13, "4870001234560", is_gs1=False)
    square = drawn(KINDS.DataMatrix, PRINTED, is_gs1=True)

    near, far = reading((ean, (300, 200)), (square, (700, 400)))
    assert (near["format"], far["format"]) == ("DataMatrix", "EAN13")
    near, far = reading((ean, (640, 380)), (square, (1100, 600)))
    assert (near["format"], far["format"]) == ("EAN13", "DataMatrix")


def test_a_bare_table_says_nothing(reading):
    assert reading() == []


def test_a_symbol_on_its_side_is_read(reading):
    picture = drawn(KINDS.EAN13, "4870001234560", is_gs1=False)

    [code] = reading((picture.rotate(90, expand=True), (640, 360)))
    assert code["text"] == "]E04870001234560"
