"""Photographs: of goods nobody knows, and of codes no scanner reads."""

import io
import struct
import zlib

import pytest
import zxingcpp
from PIL import Image, PngImagePlugin

from shared.documents import pictures
from shared.documents.picture_errors import NoCodeFoundError, NotAPhotoError

GS = "\x1d"
EXIF_GPS, EXIF_ORIENTATION, EXIF_MAKER = 0x8825, 0x0112, 0x010F
TURNED_LEFT = 6
ITEM = "9520000000011"
ELEMENTS = f"0109520000000011{'10L-1'}{GS}17291231"


def picture(width=400, height=300, kind="JPEG", **options):
    drawn = io.BytesIO()
    Image.new("RGB", (width, height), "orange").save(drawn, kind, **options)
    return drawn.getvalue()


def said_to_be(width, height, png):
    """Write another size over the one a PNG begins with, and the sum that proves it."""
    header = b"IHDR" + struct.pack(">II", width, height) + png[24:29]
    return png[:12] + header + struct.pack(">I", zlib.crc32(header)) + png[33:]


def photographed(content, symbol, *, gs1=False):
    """A code as a telephone sees it: in a larger picture, not quite sharp."""
    code = zxingcpp.create_barcode(content, symbol, gs1=gs1)
    label = Image.fromarray(code.to_image(scale=4)).convert("RGB")
    paper = Image.new("RGB", (label.width + 300, label.height + 400), "white")
    paper.paste(label, (120, 180))
    drawn = io.BytesIO()
    paper.save(drawn, "JPEG", quality=70)
    return drawn.getvalue()


class TestRedrawn:
    def test_is_small_and_upright_without_metadata(self):
        exif = Image.Exif()
        exif[EXIF_ORIENTATION] = TURNED_LEFT
        exif[EXIF_MAKER] = "a telephone of somebody"
        exif.get_ifd(EXIF_GPS)[1] = "N"
        sent = picture(4000, 1000, exif=exif, comment=b"near the gate")

        jpeg = pictures.jpeg_of(sent)

        drawn = Image.open(io.BytesIO(jpeg))
        assert (drawn.format, drawn.size) == ("JPEG", (320, 1280))
        assert not dict(drawn.getexif())
        assert b"somebody" not in jpeg
        assert b"gate" not in jpeg
        assert set(drawn.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}

    def test_a_see_through_picture_stands_on_white(self):
        note = PngImagePlugin.PngInfo()
        note.add_text("place", "near the gate")
        clear = io.BytesIO()
        Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(clear, "PNG", pnginfo=note)

        jpeg = pictures.jpeg_of(clear.getvalue())

        assert Image.open(io.BytesIO(jpeg)).getpixel((5, 5)) == (255, 255, 255)
        assert b"gate" not in jpeg

    @pytest.mark.parametrize(
        "sent",
        [
            b"",
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            b"\xff\xd8\xff\xe0 not a picture",
            picture()[:500],
            said_to_be(20_000, 20_000, picture(1, 1, "PNG")),
        ],
        ids=["nothing", "drawing", "noise", "cut short", "too many points"],
    )
    def test_what_is_no_picture_is_refused(self, sent):
        with pytest.raises(NotAPhotoError):
            pictures.jpeg_of(sent)


class TestCodes:
    @pytest.mark.parametrize(
        ("content", "symbol", "is_gs1", "raw"),
        [
            (ITEM, zxingcpp.BarcodeFormat.EAN13, False, ITEM),
            ("96385074", zxingcpp.BarcodeFormat.EAN8, False, "96385074"),
            (ELEMENTS, zxingcpp.BarcodeFormat.Code128, True, f"]C1{ELEMENTS}"),
            (ELEMENTS, zxingcpp.BarcodeFormat.DataMatrix, True, f"]d2{ELEMENTS}"),
            (ELEMENTS, zxingcpp.BarcodeFormat.QRCode, True, f"]Q3{ELEMENTS}"),
            (
                f"https://id.example/01/0{ITEM}/10/L-1",
                zxingcpp.BarcodeFormat.QRCode,
                False,
                f"https://id.example/01/0{ITEM}/10/L-1",
            ),
        ],
        ids=["EAN-13", "EAN-8", "GS1-128", "GS1 DataMatrix", "GS1 QR", "link"],
    )
    def test_are_read_as_a_scanner_would_send_them(self, content, symbol, is_gs1, raw):
        sent = bracketed(content) if is_gs1 else content

        [code] = pictures.codes_in(photographed(sent, symbol, gs1=is_gs1))

        assert code["raw"] == raw

    def test_a_picture_without_any_says_what_to_do(self):
        with pytest.raises(NoCodeFoundError, match="closer"):
            pictures.codes_in(picture())


def bracketed(content):
    """Write elements as the drawer of codes wants them."""
    return (
        content.replace("01095", "(01)095", 1)
        .replace("10L-1", "(10)L-1")
        .replace(f"{GS}17", "(17)")
    )


class TestOverHttp:
    @pytest.fixture
    def waits(self, warehouse):
        line = warehouse.line(raw=ITEM, description="blue box", quantity=3)
        warehouse.scan(line)
        warehouse.scan(warehouse.line(raw=ITEM, quantity=2, location_code="A-02"))
        warehouse.scan(warehouse.line(raw=ITEM, quantity=4))
        return line["scan_id"]

    def photo(self, call, scan_id):
        return call["volunteer"].get(f"/attention/{scan_id}/photo")

    def send(self, call, scan_id, sent=None, role="volunteer"):
        address = f"/attention/{scan_id}/photo"
        return call[role].put(address, sent or picture(), "image/jpeg")

    def test_goods_that_wait_are_shown_and_countable(self, call, waits):
        assert self.send(call, waits).status_code == 204

        listed = call["volunteer"].get("/attention").json
        shown = self.photo(call, waits)

        assert [item["has_photo"] for item in listed["items"]] == [True, False, False]
        assert listed["items"][0]["line"]["description"] == "blue box"
        [goods] = listed["waiting_goods"]
        assert goods["places"] == {"A-01": 7, "A-02": 2}
        assert (goods["quantity"], goods["photo_of"]) == (9, waits)
        assert goods["description"] == "blue box"
        assert shown.headers["Cache-Control"] == "no-store"
        assert Image.open(io.BytesIO(shown.data)).format == "JPEG"

    def test_another_photograph_takes_its_place(self, call, waits):
        self.send(call, waits)
        self.send(call, waits, picture(40, 30))

        shown = Image.open(io.BytesIO(self.photo(call, waits).data))

        assert shown.size == (40, 30)

    @pytest.mark.parametrize(
        "said", [{"product_code": "HYG-COMB"}, {"discard_reason": "a toy"}]
    )
    def test_is_deleted_once_the_scan_is_settled(self, call, warehouse, waits, said):
        self.send(call, waits)

        warehouse.resolve(waits, **said)

        assert self.photo(call, waits).status_code == 404
        assert self.send(call, waits).json["code"] == "scan_not_waiting"

    def test_what_is_no_photograph_is_refused(self, call, waits):
        refused = self.send(call, waits, b"%PDF-1.7")

        assert (refused.status_code, refused.json["code"]) == (422, "not_a_photo")
        assert self.photo(call, waits).json["code"] == "no_photo"

    def test_a_photograph_may_be_larger_than_other_requests(self, call, waits):
        noise = Image.effect_noise((2_000, 1_600), 80)
        drawn = io.BytesIO()
        noise.save(drawn, "JPEG", quality=90)
        sent = drawn.getvalue()

        assert 2_000_000 < len(sent) < 3_000_000
        assert self.send(call, waits, sent).status_code == 204
        assert self.send(call, waits, sent + sent).status_code == 413
        assert call["volunteer"].post("/scans", data=sent).status_code == 413

    def test_only_the_warehouse_sends_and_sees_them(self, call, waits):
        assert self.send(call, waits, role="reviewer").status_code == 403
        assert call["donor"].get(f"/attention/{waits}/photo").status_code == 403

    def test_codes_are_read_and_nothing_is_kept(self, call):
        sent = photographed(ITEM, zxingcpp.BarcodeFormat.EAN13)

        found = call["volunteer"].post(
            "/scans/photo", data=sent, content_type="image/jpeg"
        )
        none = call["volunteer"].post(
            "/scans/photo", data=picture(), content_type="image/jpeg"
        )

        assert found.json == {"codes": [{"raw": ITEM, "symbology": "EAN-13"}]}
        assert (none.status_code, none.json["code"]) == (422, "no_code_found")
