"""GS1 keys: one canonical form, refused before they can do harm."""

import biip.gln
import biip.gtin
import biip.rcn
import biip.sscc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.kernel.gs1 import GLN, GTIN, SSCC, InvalidKeyError, KeyFault, check_digit

BODIES = st.sampled_from([7, 11, 12, 13]).flatmap(
    lambda length: st.text("0123456789", min_size=length, max_size=length)
)


def whole(body):
    return f"{body}{check_digit(body)}"


class TestGTIN:
    @pytest.mark.parametrize("text", ["036000291452", "0036000291452"])
    def test_every_form_of_one_number_is_the_same_number(self, text):
        assert GTIN.parse(text) == "00036000291452"

    @pytest.mark.parametrize(
        ("text", "name", "shortest"),
        [
            ("96385074", "GTIN-8", "96385074"),
            ("0000096385074", "GTIN-8", "96385074"),
            ("0036000291452", "GTIN-12", "036000291452"),
            ("4870001234560", "GTIN-13", "4870001234560"),
            ("14870001234567", "GTIN-14", "14870001234567"),
        ],
    )
    def test_the_shortest_form_is_the_one_on_the_pack(self, text, name, shortest):
        gtin = GTIN.parse(text)

        assert (gtin.format, gtin.shortest) == (name, shortest)

    @pytest.mark.parametrize(
        ("text", "fault"),
        [
            ("", KeyFault.NOT_DIGITS),
            ("487000123456O", KeyFault.NOT_DIGITS),
            ("٤٨٧٠٠٠١٢٣٤٥٦٠", KeyFault.NOT_DIGITS),
            ("４８７０００１２３４５６０", KeyFault.NOT_DIGITS),
            ("48700012345", KeyFault.LENGTH),
            ("0000000000000", KeyFault.ALL_ZERO),
            ("4870001234561", KeyFault.CHECK_DIGIT),
        ],
    )
    def test_anything_else_is_refused_with_its_reason(self, text, fault):
        with pytest.raises(InvalidKeyError) as refused:
            GTIN.parse(text)

        assert refused.value.fault is fault

    @given(BODIES)
    def test_format_and_restriction_agree_with_biip(self, body):
        """A UPC-A, an EAN-13 and an EAN-8 each have their own reserved ranges."""
        text = whole(body)
        if not text.strip("0"):
            return
        theirs = biip.gtin.Gtin.parse(text)

        ours = GTIN.parse(text)

        assert ours.format == f"GTIN-{theirs.format.length}"
        assert ours.is_restricted == isinstance(theirs, biip.rcn.Rcn)

    @given(BODIES, st.integers(0, 12), st.integers(1, 9))
    def test_one_wrong_digit_is_always_noticed(self, body, place, step):
        text = list(whole(body))
        place %= len(text)
        text[place] = str((int(text[place]) + step) % 10)

        with pytest.raises(InvalidKeyError):
            GTIN.parse("".join(text))


class TestSSCC:
    def test_eighteen_digits_are_read(self):
        assert SSCC.parse("348700010000000128") == "348700010000000128"

    @pytest.mark.parametrize("text", ["348700010000000129", "4870001234560", "0" * 18])
    def test_anything_else_is_refused(self, text):
        with pytest.raises(InvalidKeyError):
            SSCC.parse(text)

    @given(
        st.text("0123456789", min_size=17, max_size=17).filter(lambda it: it.strip("0"))
    )
    def test_agrees_with_biip(self, body):
        assert SSCC.parse(whole(body)) == biip.sscc.Sscc.parse(whole(body)).value


class TestGLN:
    def test_thirteen_digits_are_read(self):
        assert GLN.parse("4870001000011") == biip.gln.Gln.parse("4870001000011").value

    @pytest.mark.parametrize("text", ["4870001000012", "96385074", "0" * 13])
    def test_anything_else_is_refused(self, text):
        with pytest.raises(InvalidKeyError):
            GLN.parse(text)
