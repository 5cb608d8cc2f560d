"""Pages that look ahead, and the tables people take away."""

import csv
import io
import re
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from shared.contracts.distribution_v1 import NeedsPublished, ProductNeed
from shared.kernel.clock import local_day
from shared.web import sheets
from tests.integration.inventory.pages import words
from tests.support.warehouse import LATER


def due(warehouse, **per_month):
    items = tuple(
        ProductNeed(code.replace("_", "-"), month, 0)
        for code, month in per_month.items()
    )
    warehouse.hear(NeedsPublished(1, local_day(warehouse.clock.now()), items))


def table(page):
    text = page.get_data(as_text=True)
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:])))


def test_a_product_that_runs_out_is_at_the_top_with_its_day(pages, warehouse):
    warehouse.receive(quantity=20)
    due(warehouse, HYG_COMB=60)

    text = words(pages.get("/ahead", "coordinator"))

    assert "Run out within 30 days" in text
    assert "less than 2 weeks" in text
    assert "10 days" in text


def test_every_tile_says_how_it_counts(pages, warehouse):
    warehouse.receive()

    page = pages.get("/ahead", "coordinator")

    notes = re.findall(r'<dd class="note">([^<]+)</dd>', page.text)
    assert len(notes) == 5
    assert all(len(note) > 40 for note in notes)


def test_nothing_here_is_said_in_words(pages):
    text = words(pages.get("/ahead", "volunteer"))

    assert "Nothing runs out within 30 days." in text


def test_the_look_ahead_can_be_taken_away(pages, warehouse):
    warehouse.receive(quantity=20)
    due(warehouse, HYG_COMB=60)

    [row] = table(pages.get("/ahead.csv", "coordinator"))

    assert (row["product_code"], row["days_of_cover"], row["basis"]) == (
        "HYG-COMB",
        "10",
        "need",
    )


def test_without_a_past_the_back_test_says_so(pages, warehouse):
    warehouse.receive()

    assert "Nothing to compare yet" in words(pages.get("/back-test", "coordinator"))


def test_the_back_test_shows_what_was_missed(pages, warehouse):
    now = warehouse.clock.now()
    warehouse.clock.set(now - timedelta(days=45))
    warehouse.receive(quantity=20)
    due(warehouse, HYG_COMB=60)
    warehouse.clock.set(now)

    text = words(pages.get("/back-test", "coordinator"))

    assert "expected, but nothing left" in text
    assert "no measure of how good" in text
    assert words(pages.get("/back-test?back=99", "coordinator"))


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("name", ["stock", "lots", "expiry", "ahead", "movements"])
def test_every_table_opens(pages, warehouse, name, form):
    warehouse.receive(product_code="HYG-SOAP-B", lot_number="=1+1", expires_on=LATER)

    page = pages.get(f"/{name}.{form}", "coordinator")

    assert page.status_code == 200
    assert f"{name}-2026-11-22.{form}" in page.headers["Content-Disposition"]
    if form == "xlsx":
        cells = load_workbook(io.BytesIO(page.data)).active.values
        assert "=1+1" not in [cell for row in cells for cell in row]


def test_movements_are_narrowed_by_day_product_and_reason(pages, warehouse):
    warehouse.receive(lot_number="=1+1", expires_on=LATER, product_code="HYG-SOAP-B")
    warehouse.receive(quantity=7)

    found = table(pages.get("/movements.csv?product_code=HYG-SOAP-B", "volunteer"))
    assert [(row["lot_number"], row["change"]) for row in found] == [("'=1+1", "2")]
    assert table(pages.get("/movements.csv?reason=DAMAGED", "volunteer")) == []
    assert table(pages.get("/movements.csv?to=2026-11-21", "volunteer")) == []
    assert len(table(pages.get("/movements.csv?from=2026-11-22", "volunteer"))) == 2
    assert pages.get("/movements.csv?from=soon", "volunteer").status_code == 422


def test_a_long_ledger_comes_whole(pages, warehouse):
    for _ in range(3):
        warehouse.scan(*(warehouse.line(quantity=1) for _ in range(400)))

    assert len(table(pages.get("/movements.csv", "volunteer"))) == 1_200


def test_too_many_rows_for_a_spreadsheet_are_refused(pages, warehouse, monkeypatch):
    monkeypatch.setattr(sheets, "SHEET_ROWS_MAX", 1)
    warehouse.receive()
    warehouse.receive()

    page = pages.get("/movements.xlsx", "volunteer")

    assert page.status_code == 409
    assert "CSV" in words(page)


@pytest.mark.parametrize("path", ["/ahead", "/back-test", "/exports"])
@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_every_page_is_whole_in_every_language(pages, warehouse, path, language):
    warehouse.receive(product_code="HYG-SOAP-B", expires_on="2027-03-01")
    due(warehouse, HYG_SOAP_B=60)

    page = pages.get(f"{path}?lang={language}", "coordinator", is_followed=True)

    assert page.status_code == 200
    assert f'lang="{language}"' in page.text
    assert " style=" not in page.text


@pytest.mark.parametrize(
    "path", ["/ahead", "/ahead.csv", "/movements.csv", "/lots.csv"]
)
def test_others_may_not_look(pages, path):
    assert pages.get(path, "outreach").status_code == 403
    assert pages.get(path, "auditor").status_code == 200
