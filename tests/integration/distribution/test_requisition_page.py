"""What the page of a requisition says, and what it keeps of what was typed."""

import pytest

from tests.integration.distribution.field import SOAP, named
from tests.integration.distribution.test_pages import app, reader

__all__ = ["app", "reader"]


@pytest.fixture
def database_kind():
    return "sqlite"


@pytest.fixture
def scarce(field):
    """Half of what is due has been shared out; then the ward asks again."""
    field.put("L1", 15)
    field.unit(heads=40)
    field.approved("old", SOAP=30)
    field.reserved()
    return field


def page_of(name):
    return f"/requisitions/{named(name)}"


def test_a_run_from_before_it_was_sent_explains_nothing(scarce, reader, clock):
    clock.advance(days=1)
    scarce.asks("new", SOAP=30)

    coordinator = reader("coordinator")
    assert "Shared out" in coordinator.look(page_of("old")).text
    assert "Shared out" not in coordinator.look(page_of("new")).text


def test_the_chosen_reason_is_kept_when_a_number_is_wrong(scarce, reader):
    scarce.asks("new", SOAP=30)
    coordinator = reader("coordinator")
    fields = coordinator.form_of(page_of("new"))
    typed = {f"a-{SOAP}": "many", f"b-{SOAP}": "has_enough"}

    refused = coordinator.press(f"{page_of('new')}/approve", **fields | typed)

    assert refused.status_code == 422
    assert "Not approved yet" in refused.text
    assert '<option value="has_enough" selected>' in refused.text


def test_what_counts_for_an_earlier_requisition_is_said(scarce, reader, clock):
    scarce.asks("new", by="2026-11-28", SOAP=30)
    scarce.coordinator.send(
        f"{page_of('new')}/approve", command_id=named("approve new")
    )
    clock.advance(days=1)
    scarce.put("L2", 10)
    scarce.reserved("second")

    told = reader("coordinator").look(page_of("new")).text

    assert "10 count for an earlier requisition of this unit" in told


def test_a_delivery_to_several_units_leads_to_each(scarce, reader):
    scarce.unit("W-B")
    scarce.put("L2", 20)
    scarce.approved("other", "W-B", SOAP=10)
    scarce.reserved("second")
    scarce.consignment()

    page = reader("coordinator").look("/consignments/C-2026-0001").text

    for place, unit_code in enumerate(("W-A", "W-B"), 1):
        assert f'href="#u-{place}">{unit_code}<' in page


@pytest.mark.parametrize("has_left", [False, True])
def test_what_comes_is_told_with_its_number_before_and_after_it_left(
    scarce, reader, has_left
):
    scarce.consignment()
    if has_left:
        scarce.leaves()

    page = reader("outreach").look(page_of("old")).text

    assert ": 15 (C-2026-0001)" in page
    assert "the day is not set yet" not in page
