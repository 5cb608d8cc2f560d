"""A delivery is found by a part of its number, its waybill or where it goes."""

import csv
import io
import re
from urllib.parse import urlencode

import pytest

from tests.integration.distribution.field import SOAP, named
from tests.integration.distribution.test_pages import app, reader

__all__ = ["app", "reader"]

FIRST, SECOND, FOREIGN = "C-2026-0001", "C-2026-0002", "C-2026-0003"
LIST = "/consignments/"


@pytest.fixture
def database_kind():
    return "sqlite"


@pytest.fixture
def deliveries(field):
    """Two to the team's own units, the first has left; one to a shelter."""
    field.put("L1", 500)
    field.place("EX-SH", audience="community")
    field.unit("W-A")
    field.unit("W-B")
    field.unit("X-Z", facility_code="EX-SH", kind="halfway")
    field.coordinator.send(
        "/requisitions",
        requisition_id=named("foreign"),
        unit_code="X-Z",
        needed_by="2026-11-26",
        lines=[{"product_code": SOAP, "quantity": 10}],
    )
    field.coordinator.send(
        f"/requisitions/{named('foreign')}/approve", command_id=named("yes")
    )
    field.approved("a", "W-A", SOAP=10)
    field.approved("b", "W-B", SOAP=10)
    field.reserved()
    assert field.consignment("1", unit_codes=["W-A"]).status_code == 201
    assert field.consignment("2", unit_codes=["W-B"]).status_code == 201
    assert field.consignment("3", facility_code="EX-SH").status_code == 201
    field.leaves(FIRST)
    return field


def found(reader, query, state=""):
    page = reader.look(f"{LIST}?{urlencode({'query': query, 'state': state})}")
    assert page.status_code == 200
    return re.findall(r'<a class="code" href="[^"]*">(C-\d+-\d+)</a>', page.text)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [FOREIGN, SECOND, FIRST]),
        ("0002", [SECOND]),
        ("c-2026-0001", [FIRST]),
        ("wb-2026", [FIRST]),
        ("ex-wf", [SECOND, FIRST]),
        ("EX-WF (example)", [SECOND, FIRST]),
        ("ex-sh", [FOREIGN]),
        ("EX-SH (example)", []),
        ("%", []),
        ("_", []),
        ("nowhere", []),
    ],
)
@pytest.mark.usefixtures("deliveries")
def test_a_part_is_enough_but_a_shelter_goes_by_its_code(reader, query, expected):
    assert found(reader("coordinator"), query) == expected


@pytest.mark.usefixtures("deliveries")
def test_state_and_words_narrow_together(reader):
    assert found(reader("coordinator"), "ex-wf", state="planned") == [SECOND]


@pytest.mark.usefixtures("deliveries")
@pytest.mark.parametrize(
    ("query", "expected"), [("ex", [SECOND, FIRST]), ("wb-", [FIRST]), ("ex-sh", [])]
)
def test_a_team_finds_its_own_only(reader, query, expected):
    assert found(reader("outreach"), query) == expected


@pytest.mark.usefixtures("deliveries")
@pytest.mark.parametrize(
    ("role", "query", "expected"),
    [
        ("coordinator", "ex-sh", {FOREIGN}),
        ("coordinator", "wb-", {FIRST}),
        ("outreach", "", {FIRST, SECOND}),
        ("outreach", "ex-sh", set()),
    ],
)
def test_the_table_holds_what_was_looked_for(reader, role, query, expected):
    path = f"/consignments.csv?query={query}"
    text = reader(role).look(path).text.lstrip("\ufeff")

    rows = csv.DictReader(io.StringIO(text))

    assert {row["consignment_number"] for row in rows} == expected


@pytest.mark.usefixtures("deliveries")
def test_what_was_typed_stays_and_goes_into_the_table(reader):
    page = reader("coordinator").look(f"{LIST}?query=ex-wf&state=planned").text

    assert 'value="ex-wf"' in page
    assert re.search(r"consignments\.csv\?[^\"]*query=ex-wf", page)
    assert "Look for a part of the number" in (
        reader("coordinator").look(f"{LIST}?query=nowhere").text
    )
