"""Words about goods pass; numbers that may be a person's do not."""

import pytest

from shared.kernel.free_text import (
    CodeInTextError,
    PersonalDataError,
    check_free_text,
)
from tests.support.pasted_codes import CODES, WORDS


@pytest.mark.parametrize("text", WORDS)
def test_goods_may_be_described(text):
    assert check_free_text("description", text) == text


@pytest.mark.parametrize(
    "text",
    [
        "IIN 900101300123",
        "900101 300123",
        "+7 701 123 45 67",
        "8-701-123-45-67",
        "8(7272)12-34-56",
        "call 77011234567",
        "+44 20 7946 0958",
    ],
)
def test_what_may_name_a_person_is_refused_without_repeating_it(text):
    with pytest.raises(PersonalDataError) as refused:
        check_free_text("description", text)

    assert refused.value.facts == {"field": "description"}
    assert text not in refused.value.detail


@pytest.mark.parametrize("text", CODES)
def test_a_code_is_no_description(text):
    with pytest.raises(CodeInTextError) as refused:
        check_free_text("description", text)

    assert refused.value.facts == {"field": "description"}
    assert text not in refused.value.detail
