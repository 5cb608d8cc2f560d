"""A scan typed on a Cyrillic layout can be suggested, never silently accepted."""

import pytest

from services.inventory.domain.scanning.keyboard import reverse_layout

RUSSIAN_KEYS = (
    "ёйцукенгшщзхъфывапролджэячсмитьбю.ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,",
    "`qwertyuiop[]asdfghjkl;'zxcvbnm,./~QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>?",
)


@pytest.mark.parametrize(
    ("raw", "meant"),
    [
        ("ъв2010487000123456010Дще", "]d2010487000123456010Lot"),
        ("ңү.қққ„әіңғ,қ", "4870001234560"),
        ('ңү.қққ"әіңғ,қ', "4870001234560"),
        ("қ„қңү.қққ„әіңғ,қ„қД„", "010487000123456010L1"),
        ("реезы:.", "https^/"),
    ],
)
def test_suggests_what_the_keys_meant(raw, meant):
    assert reverse_layout(raw) == meant


def test_every_key_of_the_russian_layout_is_known():
    typed, meant = RUSSIAN_KEYS

    assert reverse_layout(typed) == meant


@pytest.mark.parametrize("raw", ["", "4870001234560", "]d20104", "№"])
def test_suggests_nothing_without_cyrillic_letters(raw):
    assert reverse_layout(raw) is None
