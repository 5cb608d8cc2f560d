"""Units agree with the count before them, in every language."""

import pytest

from shared.web.languages import speaking
from shared.web.units import counted_unit


@pytest.mark.parametrize(
    ("language", "unit", "words"),
    [
        ("en", "pack", {1: "pack", 2: "packs", 5: "packs", 21: "packs"}),
        ("ru", "pack", {1: "упаковка", 2: "упаковки", 5: "упаковок", 21: "упаковка"}),
        ("kk", "pack", {1: "қаптама", 2: "қаптама", 5: "қаптама", 21: "қаптама"}),
        ("en", "item", {1: "item", 2: "items"}),
        ("ru", "item", {1: "единица", 2: "единицы", 11: "единиц"}),
        ("ru", "crate", {1: "crate", 5: "crate"}),
    ],
)
def test_a_unit_agrees_with_its_count(language, unit, words):
    with speaking(language):
        said = {count: counted_unit(unit, count) for count in words}

    assert said == words
