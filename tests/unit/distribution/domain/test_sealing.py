"""Seals go on the bags of a unit, each once, and never on another unit's unseen."""

from uuid import UUID

import pytest

from services.distribution.domain.errors import (
    BagNumberError,
    SealsElsewhereError,
    SealsTwiceError,
    UnknownSealError,
)
from services.distribution.domain.packing import PackLine
from services.distribution.domain.sealing import sealed, unsealed

SOAP, PADS, OTHERS = (
    (unit, product, UUID(int=1))
    for unit, product in (("W-A", "SOAP"), ("W-A", "PADS"), ("W-B", "SOAP"))
)


def lines(**seals):
    """The soap and pads of W-A and the soap of W-B, with the seals they have."""
    keys = {"soap": SOAP, "pads": PADS, "others": OTHERS}
    return [
        PackLine(key, "L1", 10, 0, tuple(seals.get(name, ())))
        for name, key in keys.items()
    ]


def test_they_come_behind_those_that_are_there_as_they_are_kept():
    found = sealed(lines(soap=["0417"]), {SOAP, PADS}, ["0418", "]C1b-19"])

    assert found == {SOAP: ("0417", "0418", "B-19"), PADS: ("0418", "B-19")}


def test_a_bag_that_holds_more_of_the_unit_is_named_again_for_the_rest():
    assert sealed(lines(soap=["0417"]), {PADS}, ["0417"]) == {PADS: ("0417",)}


@pytest.mark.parametrize(
    ("there", "given", "named"),
    [
        ([], ["1", "2", "1", "2", "3"], ["1", "2"]),
        (["1"], ["1", "2"], ["1"]),
        (["1"], ["2", "1", "2"], ["1", "2"]),
        ([], ["a1", "A1"], ["A1"]),
    ],
)
def test_what_is_named_twice_or_there_already_is_told_by_number(there, given, named):
    with pytest.raises(SealsTwiceError) as refused:
        sealed(lines(soap=there), {SOAP}, given)

    assert refused.value.facts["seals"] == named


def test_a_seal_on_another_units_goods_is_told_with_that_unit():
    with pytest.raises(SealsElsewhereError) as refused:
        sealed(lines(others=["0417", "0418"]), {SOAP}, ["0417", "0419"])

    assert refused.value.facts == {"seals": ["0417"], "unit_codes": ["W-B"]}


def test_a_bag_for_several_units_is_said_to_be_one():
    there = lines(others=["0417"])

    assert sealed(there, {SOAP}, ["0417"], may_be_shared=True) == {SOAP: ("0417",)}


def test_a_label_of_goods_is_no_seal():
    with pytest.raises(BagNumberError):
        sealed(lines(), {SOAP}, ["010200010001000617270930" + "10B2409A"])


def test_one_is_taken_off_the_goods_of_its_unit_alone():
    there = lines(soap=["1", "2"], pads=["1"], others=["1"])

    assert unsealed(there, "W-A", "1") == {SOAP: ("2",), PADS: ()}


def test_one_that_is_not_there_is_told():
    with pytest.raises(UnknownSealError):
        unsealed(lines(others=["1"]), "W-A", "1")
