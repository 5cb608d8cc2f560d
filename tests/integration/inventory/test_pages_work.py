"""The warehouse page leads to everything beyond the six entries of the menu."""

import pytest

from deploy.sites import navigation_of
from services.inventory.entrypoints.pages.work_cards import WORK
from shared.web.navigation import ENTRIES_MAX
from tests.integration.inventory.pages import Pages, words


@pytest.mark.parametrize("role", ["volunteer", "reviewer", "coordinator", "auditor"])
def test_every_card_leads_to_a_page_that_opens(pages: Pages, role: str):
    shown = pages.get("/work", role)

    paths = [
        one.path
        for one in WORK
        if one.path.startswith("/inventory") and f'href="{one.path}"' in shown.text
    ]
    assert paths
    for path in paths:
        opened = pages.get(path.removeprefix("/inventory"), role)
        assert opened.status_code == 200, path


def test_a_donor_has_no_warehouse(pages: Pages):
    assert pages.get("/work", "donor").status_code == 403


def test_the_warehouse_stands_in_the_bar_of_all_who_work_there():
    menu = navigation_of(["distribution", "inventory", "donors"])

    for role in ("volunteer", "reviewer", "coordinator"):
        bar = [one.path for one in menu if role in one.roles][:ENTRIES_MAX]
        assert "/inventory/work" in bar


def test_a_card_says_what_is_done_there(pages: Pages):
    assert "Medicine that waits for the reviewer" in words(pages.get("/work"))
