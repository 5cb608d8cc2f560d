"""The page of a handover tells who recorded what, and what a correction changed."""

import io

import pytest
from PIL import Image

from tests.integration.distribution.field import named
from tests.integration.distribution.test_pages import app, reader

__all__ = ["app", "reader"]

HERE = "/consignments/C-2026-0001/handover"


@pytest.fixture
def database_kind():
    return "sqlite"


@pytest.fixture
def handed_over(field):
    field.unit(heads=40)
    field.put("L1", 500)
    field.approved("r1", SOAP=50)
    field.on_the_way()
    field.hands_over()
    return field


def test_a_correction_shows_who_changed_which_number(handed_over, reader):
    handed_over.hands_over(
        name="fixed",
        by=handed_over.coordinator,
        corrects=named("handover"),
        ends={"short": 3},
        is_from_paper=True,
    )

    page = reader("outreach").look(f"{HERE}/receipt").text

    assert "recorded by Outreach" in page
    assert "recorded by Coordinator" in page
    assert "from the signed paper" in page
    assert '<s class="num">50</s> <b class="num">47</b>' in page


def test_a_late_paper_is_entered_with_the_day_it_bears(field, reader):
    field.unit(heads=40)
    field.put("L1", 500)
    field.approved("r1", SOAP=50)
    field.on_the_way()
    outreach = reader("outreach")
    fields = outreach.form_of(f"{HERE}/")
    late = {"paper_on": "2026-11-18", "paper_at": "10:30", "intent": "all"}

    answer = outreach.press(f"{HERE}/", **fields | late)

    assert answer.status_code == 303
    found = field.coordinator.fetch("/consignments/C-2026-0001").json["handovers"][0]
    assert found["occurred_at"] == "2026-11-18T05:30:00+00:00"
    assert found["is_from_paper"] is True


@pytest.mark.usefixtures("handed_over")
def test_a_photograph_is_sent_by_the_form_and_looks_are_told(reader):
    picture = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(picture, "PNG")
    picture.seek(0)
    outreach = reader("outreach")
    fields = outreach.form_of(f"{HERE}/receipt")
    sent = {"photo_id": fields["photo_id"], "photo": (picture, "waybill.png")}
    kept = outreach.press(f"{HERE}/photos", **sent)
    assert kept.status_code == 303

    photo = f"/api/v1/consignments/C-2026-0001/photos/{fields['photo_id']}"
    assert outreach.look(photo).content_type == "image/jpeg"

    auditor = reader("auditor").look(f"{HERE}/receipt").text
    assert "Looked at: 1" in auditor
    assert "<li>Outreach · " in auditor
    assert f'href="{photo}"' not in auditor


@pytest.mark.usefixtures("handed_over")
@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "no photograph that can be opened"), ("ru", "JPEG, PNG или WebP")],
)
def test_what_is_no_photograph_is_refused_in_the_readers_language(
    reader, language, told
):
    outreach = reader("outreach", language)
    fields = outreach.form_of(f"{HERE}/receipt")
    sent = {"photo_id": fields["photo_id"], "photo": (io.BytesIO(b"text"), "a.png")}

    refused = outreach.press(f"{HERE}/photos", **sent)

    assert refused.status_code == 422
    assert told in refused.text


def test_recalled_goods_are_told_with_what_to_do(handed_over, reader):
    handed_over.recalls("L1")

    for page in ("/consignments/C-2026-0001", f"{HERE}/receipt", "/units/W-A"):
        text = reader("outreach").look(page).text
        assert "Recalled goods are on it" in text
        assert "stop using it today" in text
