"""The scanner test page and the codes it prints."""

import html
import json
import re
from datetime import date

import pytest

from services.inventory.domain.scanning.decoding import decode
from services.inventory.entrypoints.pages.scanner_sheet import CODES, drawing
from services.inventory.entrypoints.words.scanners import FINDINGS, SUBJECTS
from tests.support.drawn_codes import read_drawn

PREFIXES = {"ean": "]E0", "datamatrix": "]d2", "gs1-128": "]C1", "qr": "]Q3"}
NAMES = [code.name for code in CODES]


@pytest.mark.parametrize("code", CODES, ids=NAMES)
def test_a_scanner_reads_what_the_page_expects(code):
    read = read_drawn(drawing(code.name))

    assert read.symbology_identifier == PREFIXES[code.name]
    assert read.bytes.decode() == code.text


@pytest.mark.parametrize("code", CODES, ids=NAMES)
def test_a_code_of_the_sheet_is_a_lawful_scan(code):
    found = decode(PREFIXES[code.name] + code.text, today=date(2026, 11, 22))

    assert found.gtin.endswith("2000100010006")


@pytest.mark.parametrize("role", ["volunteer", "reviewer", "coordinator", "auditor"])
def test_people_of_the_warehouse_may_test_a_scanner(pages, role):
    page = pages.get("/scanner-test", role).get_data(as_text=True)

    told = html.unescape(re.search(r'data-probes="([^"]*)"', page)[1])
    assert [probe["name"] for probe in json.loads(told)] == NAMES
    for name in NAMES:
        answer = pages.get(f"/scanner-test/{name}.svg", role)
        assert answer.content_type.startswith("image/svg+xml")


def test_a_code_that_is_not_on_the_sheet_is_not_drawn(pages):
    assert pages.get("/scanner-test/other.svg").status_code == 404


def test_every_finding_is_about_something_and_a_fault_has_a_remedy():
    for name, finding in FINDINGS.items():
        assert name.partition("-")[0] in SUBJECTS
        assert bool(finding.remedy) == (finding.weight != "good"), name


def test_the_warehouse_page_leads_here(pages):
    assert "/inventory/scanner-test" in pages.get("/work").get_data(as_text=True)
