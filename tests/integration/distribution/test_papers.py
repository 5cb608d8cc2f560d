"""The papers of a delivery hold what they must, in three languages."""

import io

import pytest
from pypdf import PdfReader

from tests.integration.distribution.field import named
from tests.integration.distribution.test_pages import Reader, app, reader

__all__ = ["Reader", "app", "reader"]

HERE = "/consignments/C-2026-0001"
SECRET_NAME = "Shelter on Abay street 12"


@pytest.fixture
def database_kind():
    return "sqlite"


@pytest.fixture
def travelling(field):
    field.unit(heads=40)
    field.put("L1", 500)
    field.approved("r1", SOAP=50)
    field.on_the_way()
    line = field.coordinator.fetch(HERE).json["lines"][0]
    key = {one: line[one] for one in ("unit_code", "product_code", "lot_id")}
    field.coordinator.put_json(
        f"{HERE}/transport",
        command_id=named("way"),
        vehicle="123 ABC 02",
        driver_role="volunteer",
        packages=6,
        gross_weight_grams=48_540,
        bags=[{**key, "bag_ids": ["0417"]}],
    )
    return field


def text_of(answer):
    assert answer.status_code == 200, answer.text
    assert answer.content_type == "application/pdf"
    pages = PdfReader(io.BytesIO(answer.data)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


@pytest.mark.usefixtures("travelling")
def test_a_waybill_holds_what_domain_2_3_asks_for(reader):
    text = text_of(reader("outreach").look(f"{HERE}/waybill.pdf"))

    wanted = [
        *(
            "WB-2026-0001",
            "Date",
            "Komek warehouse",
            "EX-WF",
            "123 ABC 02",
            "Volunteer",
        ),
        *("6", "48.5", "W-A", "L1", "50", "0417", "Received by", "Remarks"),
    ]
    assert [each for each in wanted if each not in text] == []


def test_a_proof_tells_every_part_and_who_received_by_role(travelling, reader):
    travelling.hands_over(
        ends={"refused": 4, "refusal_reason": "not_on_list", "short": 1},
        receiver_role="duty",
        receiver_number="A-117",
    )

    text = text_of(reader("coordinator").look(f"{HERE}/proof.pdf"))

    wanted = ["45", "4 Not on the list", "1", "Duty officer", "A-117", "20 Nov 2026"]
    assert [each for each in wanted if each not in text] == []
    assert "11:00" not in text


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_papers_are_in_the_reader_s_language(travelling, reader, language):
    travelling.hands_over()
    coordinator = reader("coordinator", language)

    for paper in ("waybill.pdf", "proof.pdf"):
        assert "по-русски" in text_of(coordinator.look(f"{HERE}/{paper}")) or (
            language == "kk"
        )


@pytest.mark.usefixtures("travelling")
def test_there_is_no_proof_before_the_handover(reader):
    assert reader("coordinator").look(f"{HERE}/proof.pdf").status_code == 404


def test_a_foreign_team_finds_no_paper(field, reader):
    field.unit("X-Z")
    field.put("L1", 500)
    field.coordinator.send(
        "/requisitions",
        requisition_id=named("foreign"),
        unit_code="X-Z",
        needed_by="2026-11-26",
        lines=[{"product_code": "HYG-SOAP-B", "quantity": 9}],
    )
    field.coordinator.send(
        f"/requisitions/{named('foreign')}/approve", command_id=named("yes")
    )
    field.on_the_way()

    assert reader("outreach").look(f"{HERE}/waybill.pdf").status_code == 404


def test_a_shelter_goes_by_its_code_on_every_page_and_paper(field, reader):
    field.coordinator.send(
        "/facilities",
        facility_code="EX-SH",
        audience="community",
        name=SECRET_NAME,
    )
    field.unit("S-1", facility_code="EX-SH", kind="shelter")
    field.put("L1", 500)
    field.coordinator.send(
        "/requisitions",
        requisition_id=named("shelter"),
        unit_code="S-1",
        needed_by="2026-11-26",
        lines=[{"product_code": "HYG-SOAP-B", "quantity": 9}],
    )
    field.coordinator.send(
        f"/requisitions/{named('shelter')}/approve", command_id=named("yes")
    )
    field.reserved()
    pages = ["/", "/units", "/units/S-1", "/units/new", "/facilities"]
    pages += ["/facilities/EX-SH/change", "/units/S-1/change"]
    pages += ["/consignments/", "/consignments/new", "/requisitions/", "/gates/"]
    coordinator = reader("coordinator")
    shown = [coordinator.look(page) for page in pages]
    field.consignment(facility_code="EX-SH")
    field.leaves()
    field.hands_over(by=field.coordinator)
    later = ["", "/handover/", "/handover/receipt", "/packing/", "/transport/"]
    shown += [coordinator.look(HERE + page) for page in later]
    papers = [coordinator.look(f"{HERE}/{one}.pdf") for one in ("waybill", "proof")]

    assert {answer.status_code for answer in shown} == {200}
    telling = [answer.request.path for answer in shown if SECRET_NAME in answer.text]
    assert telling == []
    assert all(SECRET_NAME not in text_of(answer) for answer in papers)
    assert all("EX-SH" in text_of(answer) for answer in papers)
