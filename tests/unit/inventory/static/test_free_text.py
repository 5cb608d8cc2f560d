"""The phone tells a pasted code from words as the server does."""

import pytest

from tests.support.pasted_codes import CODES, WORDS


@pytest.fixture(scope="module")
def holds_code(start_node):
    return start_node("text_driver.js").ask


@pytest.mark.parametrize("text", CODES)
def test_a_code_is_no_description(holds_code, text):
    assert holds_code(text) is True


@pytest.mark.parametrize("text", WORDS)
def test_words_and_numbers_of_goods_stay(holds_code, text):
    assert holds_code(text) is False
