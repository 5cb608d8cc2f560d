"""Losses on pages: a form for each reason, approval, destruction by two roles."""

import html
import re

import pytest

from services.inventory.entrypoints.words.counting import LOSS_FORMS
from tests.integration.inventory.pages import Pages, words
from tests.support.warehouse import LATER, Warehouse


def choice(text: str) -> str:
    """Give the first lot a form offers."""
    found = re.search(r'name="lot" value="([^"]+)"', text)
    assert found
    return html.unescape(found[1])


@pytest.mark.parametrize("reason", LOSS_FORMS)
def test_each_reason_has_its_form(warehouse: Warehouse, pages: Pages, reason: str):
    warehouse.receive(quantity=5)

    form = pages.get("/losses/new", reason=reason, product_code="HYG-COMB")

    assert "free: 5" in words(form)
    assert ('name="facts"' in form.text) == (reason in {"LOST", "STOLEN"})


def test_a_volunteer_s_loss_is_approved_by_a_coordinator(
    warehouse: Warehouse, pages: Pages
):
    warehouse.receive(quantity=5)
    form = pages.get("/losses/new", reason="DAMAGED", product_code="HYG-COMB")
    pages.post("/losses", lot=choice(form.text), reason="DAMAGED", quantity="2")

    listed = pages.get("/losses", "coordinator")
    action = re.search(r'action="(?:/inventory)?(/losses/[^"]+/decision)"', listed.text)
    assert action
    pages.post(action[1], "coordinator", answer="approve")

    assert "Approve the write-off" not in words(pages.get("/losses"))
    assert "Waits for approval" in words(listed)
    assert warehouse.stock() == [("HYG-COMB", "A-01", 3)]


def test_a_theft_becomes_a_loss_report(warehouse: Warehouse, pages: Pages):
    warehouse.receive(quantity=5)
    form = pages.get("/losses/new", reason="STOLEN", product_code="HYG-COMB")

    done = pages.post(
        "/losses",
        "coordinator",
        lot=choice(form.text),
        reason="STOLEN",
        quantity="2",
        happened_on="21.11.2026",
        discovered="counting",
        facts="lock_forced",
        action="police_told",
        value_tenge="12 000",
    )
    report = words(
        pages.get(done.headers["Location"].removeprefix("/inventory"), "auditor")
    )

    assert "INC-2026-0001" in report
    assert "Lock or door forced" in report
    assert "12,000" in report


def test_a_form_that_is_refused_keeps_what_was_typed(
    warehouse: Warehouse, pages: Pages
):
    warehouse.receive(quantity=5)
    form = pages.get("/losses/new", reason="DAMAGED", product_code="HYG-COMB")

    again = pages.post(
        "/losses",
        lot=choice(form.text),
        reason="DAMAGED",
        quantity="9",
        product_code="HYG-COMB",
    )

    assert again.status_code == 409
    assert 'value="9"' in again.text
    assert "5 are free here, you asked for 9" in words(again)


def test_what_expired_is_destroyed_by_two_roles(warehouse: Warehouse, pages: Pages):
    warehouse.receive(
        product_code="MED-PARA", lot_number="P1", expires_on=LATER, quantity=7
    )
    warehouse.wait(days=1500)

    listed = words(pages.get("/losses"))
    started = pages.post("/destructions", method="incinerated")
    record = started.headers["Location"].removeprefix("/inventory")
    pages.post(f"{record}/confirm")
    alone = words(pages.get(record))
    refused = pages.post(f"{record}/confirm")
    pages.post(f"{record}/confirm", "reviewer")

    assert "Start a destruction record with all of it" in listed
    assert "another person with another role confirms it" in alone
    assert refused.status_code == 409
    assert "Destroyed" in words(pages.get(record, "auditor"))
    assert warehouse.stock() == []
