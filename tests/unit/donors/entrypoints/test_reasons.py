"""Reasons that reach donors are said in words, never as another service's code."""

import pytest

from services.donors.entrypoints.words.terms import REASONS, reason_in
from services.inventory.application.counting.adjust_stock import LOSSES
from services.inventory.entrypoints.pages.cards import REFUSABLE


@pytest.mark.parametrize("reason", sorted({*REFUSABLE, *LOSSES}))
def test_what_the_warehouse_gives_as_a_reason_has_a_word(reason):
    assert reason.upper() in REASONS


def test_a_reason_somebody_wrote_is_told_as_it_was_written():
    assert reason_in("boxes soaked by rain", "en") == "boxes soaked by rain"


def test_a_rule_of_the_scan_station_is_told_kindly():
    assert reason_in("shelf_life_too_short", "en") == "too few days left"
