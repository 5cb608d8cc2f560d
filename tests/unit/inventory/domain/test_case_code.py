"""A case is told by its first digit, and by nothing else."""

import pytest

from services.inventory.domain.case_code import inner_item, is_case


@pytest.mark.parametrize("case", ["19520000000018", "29520000000015"])
def test_a_case_names_the_item_it_holds(case):
    assert is_case(case)
    assert inner_item(case) == "09520000000011"


@pytest.mark.parametrize("gtin", ["09520000000011", "99520000000014", "00000096385074"])
def test_an_item_and_goods_by_weight_are_no_case(gtin):
    assert inner_item(gtin) is None
