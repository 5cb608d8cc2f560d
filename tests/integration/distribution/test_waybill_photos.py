"""The photograph of a signed waybill: clean, locked, and seen by few."""

import io
from uuid import UUID

import pytest
from cryptography.exceptions import InvalidTag
from PIL import Image

from services.distribution.adapters.rows.photo_box import PhotoBox
from services.distribution.adapters.tables.gate import SECRETS, WAYBILL_PHOTOS
from tests.integration.distribution.field import named

PHOTO = named("photo")
HERE = f"/api/v1/consignments/C-2026-0001/photos/{PHOTO}"
PLACE = b"Shymkent 42.3417N"


@pytest.fixture
def database_kind():
    return "sqlite"


@pytest.fixture
def travelling(field):
    field.unit(heads=40)
    field.put("L1", 500)
    field.approved("r1", SOAP=50)
    field.on_the_way()
    return field


def photographed():
    """A JPEG as telephones make them: with the place in it."""
    exif = Image.Exif()
    exif[0x010E] = PLACE.decode()
    exif.get_ifd(0x8825).update({1: "N", 2: (42.0, 20.0, 30.0)})
    written = io.BytesIO()
    Image.new("RGB", (2000, 1500), "white").save(written, "JPEG", exif=exif)
    assert PLACE in written.getvalue()
    return written.getvalue()


def put(caller, picture):
    return caller.open(HERE, method="PUT", data=picture, headers=caller._token)


def get(caller):
    return caller.open(HERE, headers=caller._token)


def stored(field):
    with field.app.database.reading() as connection:
        return connection.execute(WAYBILL_PHOTOS.select()).one().sealed


def test_it_comes_back_small_and_without_where_it_was_taken(travelling):
    assert put(travelling.outreach, photographed()).status_code == 204

    answer = get(travelling.coordinator)

    shown = Image.open(io.BytesIO(answer.data))
    assert (answer.status_code, answer.content_type) == (200, "image/jpeg")
    assert max(shown.size) <= 1280
    assert dict(shown.getexif()) == {}
    assert PLACE not in answer.data
    assert answer.headers["Cache-Control"] == "no-store"


def test_at_rest_it_is_no_picture(travelling):
    put(travelling.outreach, photographed())

    picture, at_rest = get(travelling.coordinator).data, stored(travelling)
    pieces = [picture[start : start + 16] for start in range(0, len(picture), 16)]
    assert len(pieces) > 100
    assert [piece for piece in pieces[:-1] if piece in at_rest] == []


def test_another_key_does_not_open_it(travelling):
    put(travelling.outreach, photographed())
    with travelling.app.database.writing() as connection:
        connection.execute(SECRETS.update().values(value="another"))
        key = connection.execute(SECRETS.select()).one().value

    with pytest.raises(InvalidTag):
        PhotoBox(key).open(PHOTO, "C-2026-0001", stored(travelling))


def test_the_same_id_again_is_one_photograph(travelling):
    put(travelling.outreach, photographed())
    before = stored(travelling)

    assert put(travelling.outreach, photographed()).status_code == 204
    assert stored(travelling) == before


def test_every_look_is_noted_with_who_looked(travelling):
    put(travelling.outreach, photographed())
    get(travelling.coordinator)
    get(travelling.outreach)

    reads = travelling.app.gate_reads.photo_reads(UUID(PHOTO))

    assert len(reads) == 2
    assert len({each["account"] for each in reads}) == 2


def test_an_auditor_finds_nothing(travelling):
    put(travelling.outreach, photographed())

    assert get(travelling.auditor).status_code == 404
    assert travelling.app.gate_reads.photo_reads(UUID(PHOTO)) == []


def test_what_is_no_picture_is_refused(travelling):
    refused = put(travelling.outreach, b"%PDF-1.7")

    assert (refused.status_code, refused.json["code"]) == (422, "not_a_photo")
