"""Readings and refusals beyond the shared vectors."""

import json
import string
import time
from datetime import date

import biip
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.inventory.domain.scanning.cleaning import CHARACTERS_MAX
from services.inventory.domain.scanning.decoding import decode
from services.inventory.domain.scanning.dictionary import CSET_82
from services.inventory.domain.scanning.faults import ScanError
from shared.kernel.gs1 import check_digit

TODAY = date(2026, 11, 22)
GS = "\x1d"
PACK = "0104870001234560"
PALLET = "00348700010000000128"
CONTENT = "0204870001234560"
GSIN = f"1234567890123456{check_digit('1234567890123456')}"
LINK = "https://example.org/01/04870001234560"


def read(raw, today=TODAY, substitutes=()):
    return decode(raw, today=today, substitutes=substitutes).as_json()


def fault(raw):
    with pytest.raises(ScanError) as refused:
        decode(raw, today=TODAY)
    return refused.value.code


class TestRouting:
    def test_a_german_ean_is_no_order_number(self):
        """4005808123452 would also read as (400) 5808123452."""
        assert read("4005808123452")["kind"] == "gtin"

    @pytest.mark.parametrize("prefix", ["]C1", "]d2", "]Q3", "]e0", "]d1", "]Q1", ""])
    def test_an_element_string_reads_the_same_with_or_without_prefix(self, prefix):
        assert read(f"{prefix}{PACK}10L1")["lot"] == "L1"

    def test_a_gs1_symbol_of_eight_digits_is_a_date_not_an_ean8(self):
        assert read("]C117271231")["expiry"] == "2027-12-31"

    def test_a_naked_ean_in_a_gs1_symbol_is_read_all_the_same(self):
        assert read("]C14870001234560")["kind"] == "gtin"

    def test_a_gs1_symbol_may_not_hold_anything_else(self):
        assert fault("]C148700012345") == "UNKNOWN_AI"

    def test_retail_bars_never_hold_an_sscc(self):
        """13 digits and an add-on of 5 make 18 (]E3)."""
        assert fault("]E3348700010000000128") == "BAD_LENGTH"

    @pytest.mark.parametrize("prefix", ["]", "]d", "]9X", "]d(", "]?0"])
    def test_a_broken_prefix_is_named(self, prefix):
        assert fault(prefix) == "BAD_SYMBOLOGY_ID"

    @pytest.mark.parametrize(
        "glued",
        [
            "4870001234560" * 2,
            "40058081234524005808123452",
            "97860100000019786010000001",
            "036000291452036000291452",
            f"4870001234560{GS}4600000000015",
            "4870001234560 4600000000015",
            "]E048700012345604600000000015",
        ],
    )
    def test_two_scans_in_one_are_told_apart_from_elements(self, glued):
        assert fault(glued) == "MULTIPLE_CODES"

    def test_two_dates_and_a_lot_are_not_three_short_eans(self):
        """Each third has the check digit of a GTIN-8 by chance."""
        assert read("172701061527010810123454")["lot"] == "123454"

    def test_eighteen_digits_with_a_lost_value_are_no_pallet(self):
        """The check digit of an SSCC happens to fit; an empty count is what it is."""
        assert fault(f"{PACK}30") == "TRUNCATED_ELEMENT"

    def test_eighteen_digits_that_begin_like_an_element_may_still_be_an_sscc(self):
        assert read(f"{PACK}09")["kind"] == "sscc"


class TestCleaning:
    def test_the_cap_lets_the_longest_lawful_scan_pass(self):
        assert fault("A" * CHARACTERS_MAX) == "NOT_GS1"
        assert fault("A" * (CHARACTERS_MAX + 1)) == "TOO_LONG"

    def test_a_device_may_have_several_substitutes(self):
        """Alt codes and the DataMatrix codeword 232 both occur."""
        raw = f"{PACK}10A{{GS}}240B\u00e817271231"

        scan = read(raw, substitutes=("{GS}", "\u00e8"))

        assert (scan["lot"], scan["additional_id"]) == ("A", "B")

    def test_a_substitute_may_begin_another(self):
        scan = read(f"{PACK}10A{{GS}}240B{{17271231", substitutes=("{", "{GS}"))

        assert scan["expiry"] == "2027-12-31"

    def test_an_empty_substitute_is_a_mistake_of_the_caller(self):
        with pytest.raises(ValueError, match="empty"):
            decode(PACK, today=TODAY, substitutes=("",))

    def test_232_is_no_separator_unless_the_device_says_so(self):
        assert fault(f"{PACK}10A\u00e817271231") == "INVALID_CHARACTER"


class TestElements:
    @pytest.mark.parametrize(
        ("raw", "code"),
        [
            (f"{PACK}10", "TRUNCATED_ELEMENT"),
            (f"{PACK}10{GS}17271231", "TRUNCATED_ELEMENT"),
            (f"{PACK}1727123", "TRUNCATED_ELEMENT"),
            (f"{PACK}300", "ZERO_COUNT"),
            (f"{PACK}30123456789", "VALUE_TOO_LONG"),
            (f"{PACK}4223980", "VALUE_TOO_LONG"),
            (f"{PACK}40212345678901234567", "BAD_CHECK_DIGIT"),
            (f"{PACK}4104870001000012", "BAD_CHECK_DIGIT"),
            (f"{PACK}0304870001234561", "BAD_CHECK_DIGIT"),
            (f"{PACK}70032712002359", "BAD_DATE"),
            (f"{PACK}70032712312400", "BAD_DATE"),
            (f"{PACK}70032712312360", "BAD_DATE"),
            (f"{PACK}7007271231271332", "BAD_DATE"),
            (f"{PACK}7250{'20271332'}", "BAD_DATE"),
            (f"{PACK}43212", "INVALID_CHARACTER"),
            (f"{PACK}ABC", "UNKNOWN_AI"),
            (f"{PACK}#", "INVALID_CHARACTER"),
            ("0100000000000000", "ZERO_GTIN"),
            ("00000000000000000000", "ZERO_GTIN"),
            ("05ABC", "UNKNOWN_AI"),
        ],
    )
    def test_a_faulty_element_is_named(self, raw, code):
        assert fault(raw) == code

    @pytest.mark.parametrize(
        "rest",
        [
            "12271200",
            "13271200",
            "16271200",
            "22V1",
            "241P",
            "2501",
            "3103001234",
            "70032712312359",
            "7007271201271231",
            "710DE123",
            f"402{GSIN}",
            "422398",
            "99any",
            f"8043{'1' * 20}",
        ],
    )
    def test_what_we_do_not_keep_is_read_over(self, rest):
        assert read(f"{PACK}{rest}{GS}10L1")["lot"] == "L1"

    @pytest.mark.parametrize(
        ("raw", "code"),
        [
            ("010487000123456117271332", "BAD_CHECK_DIGIT"),
            (f"{PACK}1727133210A#", "BAD_DATE"),
            (f"{PACK}10A#{GS}17271332", "INVALID_CHARACTER"),
            (f"{PACK}10A{GS}10B{GS}17271332", "DUPLICATE_AI"),
            ("(01)04870001234561(17271231", "BAD_CHECK_DIGIT"),
            ("https://example.org/01/04870001234561/21/S/10/L", "BAD_CHECK_DIGIT"),
        ],
    )
    def test_the_first_fault_in_reading_order_wins(self, raw, code):
        assert fault(raw) == code


class TestPairing:
    @pytest.mark.parametrize(
        ("raw", "code"),
        [
            (f"{PACK}3724", "AI_CONFLICT"),
            (f"{CONTENT}{PACK}", "AI_CONFLICT"),
            (f"{CONTENT}0304870001234560", "AI_CONFLICT"),
            (f"{CONTENT}3724", "MISSING_COMPANION"),
            (f"{PALLET}3724", "MISSING_COMPANION"),
            (f"{PALLET}10L1", "MISSING_COMPANION"),
            (f"{PALLET}21S1", "MISSING_COMPANION"),
            ("21S1", "MISSING_COMPANION"),
            (f"{PACK}4154870001000011", "MISSING_COMPANION"),
        ],
    )
    def test_elements_that_may_not_stand_so_are_refused(self, raw, code):
        assert fault(raw) == code

    def test_a_made_to_order_item_may_carry_a_serial(self):
        assert read("030487000123456021S1")["serial"] == "S1"

    def test_payment_slips_are_complete_with_their_reference(self):
        assert read(f"{PACK}41548700010000118020R1")["gtin"] == PACK[2:]


class TestBrackets:
    def test_spaces_between_the_groups_are_layout(self):
        scan = read("(01)04870001234560 (17) 271231 (10)L1")

        assert (scan["expiry"], scan["lot"]) == ("2027-12-31", "L1")

    def test_a_serial_may_hold_brackets_of_its_own(self):
        scan = read("(01)04600000000015(21)5aB%c&D(e)1+2(17)271231")

        assert scan["serial"] == "5aB%c&D(e)1+2"

    @pytest.mark.parametrize(
        "raw", ["(01", "()", "(AB)1", "(01)04870001234560(10)A(", "(01)0487(e)"]
    )
    def test_brackets_that_hold_no_identifier_are_refused(self, raw):
        assert fault(raw) in {"BAD_HRI", "TRUNCATED_ELEMENT"}

    def test_an_unknown_identifier_is_named(self):
        assert fault("(05)123") == "UNKNOWN_AI"

    def test_brackets_raise_no_suspicion_of_a_lost_separator(self):
        assert "warnings" not in read("(01)04870001234560(10)L12317271231")


class TestLinks:
    def test_reads_qualifiers_in_their_order_and_the_query(self):
        scan = read(f"{LINK}/22/V/10/L/21/S?17=271200&linkType=all&37x=1")

        assert (scan["lot"], scan["serial"]) == ("L", "S")
        assert scan["expiry"] == "2027-12-31"

    @pytest.mark.parametrize("scheme", ["https", "HTTPS", "http", "HTTP"])
    @pytest.mark.parametrize("prefix", ["", "]Q1", "]d1", "]Q3"])
    def test_reads_every_lawful_spelling_of_the_scheme(self, scheme, prefix):
        raw = f"{prefix}{scheme}://X.kz/a/01/b/01/96385074/"

        assert read(raw)["gtin"] == "00000096385074"

    @pytest.mark.parametrize(
        "raw",
        [
            "Https://x/01/04870001234560",
            "https:/x/01/04870001234560",
            "https:///01/04870001234560",
            "https://x",
            f"{LINK}/10",
            f"{LINK}/21/S/10/L",
            f"{LINK}/10/L/10/L",
            f"{LINK}/17/271231",
            "https://x/8003/04870001234560",
        ],
    )
    def test_an_address_that_is_no_digital_link_is_refused(self, raw):
        assert fault(raw) == "BAD_URI"

    @pytest.mark.parametrize("raw", ["ftp://x/01/1", "urn:epc:id:1", "BIN:A-01"])
    def test_a_label_of_another_kind_is_refused(self, raw):
        assert fault(raw) == "UNSUPPORTED_URI"

    @pytest.mark.parametrize(
        ("rest", "code"),
        [
            ("?05=1", "UNKNOWN_AI"),
            ("?10=A&10=B", "DUPLICATE_AI"),
            ("?17=271301", "BAD_DATE"),
            ("?17", "TRUNCATED_ELEMENT"),
            ("?37=3", "AI_CONFLICT"),
            ("/10/A%D0%90", "INVALID_CHARACTER"),
            ("/10/A%1DB", "INVALID_CHARACTER"),
        ],
    )
    def test_values_are_judged_as_in_a_symbol(self, rest, code):
        assert fault(f"{LINK}{rest}") == code

    def test_the_query_is_decoded_after_it_was_split(self):
        assert read(f"{LINK}?10=A%26B%3D1&17=271231")["lot"] == "A&B=1"

    def test_a_number_of_eleven_digits_is_refused(self):
        assert fault("https://x/01/48700012345") == "BAD_LENGTH"

    def test_percent_signs_that_encode_nothing_stand_for_themselves(self):
        """Makers put serials such as 5aB%c&D into an address as they are."""
        assert read(f"{LINK}/21/5aB%c%2FD")["serial"] == "5aB%c/D"

    def test_reads_a_pallet(self):
        link = "https://x/00/348700010000000128?02=04870001234560&37=24"

        assert read(link)["count"] == 24


class TestSecrets:
    @pytest.mark.parametrize(
        ("rest", "marking"),
        [
            (f"91KEY1{GS}92{'s' * 44}", "full"),
            ("93KEY1", "short"),
            ("91KEY1", None),
        ],
    )
    def test_no_part_of_a_marking_code_is_kept(self, rest, marking):
        scan = decode(f"{PACK}21abc{GS}{rest}", today=TODAY)

        assert scan.marking == marking
        kept = repr(scan) + json.dumps(scan.as_json()) + str(scan.identifiers)
        assert "KEY1" not in kept
        assert "ssss" not in kept

    @pytest.mark.parametrize("rest", ["91KEY#", f"91KEY1{GS}91KEY2", "93KEY1\0"])
    def test_no_refusal_repeats_a_marking_code(self, rest):
        with pytest.raises(ScanError) as refused:
            decode(f"{PACK}21abc{GS}{rest}", today=TODAY)

        assert "KEY" not in refused.value.detail + str(refused.value.facts)

    def test_a_serial_is_not_shown_by_accident(self):
        assert "abc123" not in repr(decode(f"{PACK}21abc123", today=TODAY))


class TestSuspicion:
    @pytest.mark.parametrize(
        "rest",
        ["10L17271231", "10L17270200", "21AB15271231", "21A91EE10", "21a793dGVz"],
    )
    def test_a_swallowed_neighbour_is_pointed_out(self, rest):
        assert read(f"{PACK}{rest}")["warnings"] == ["SUSPECT_MISSING_GS"]

    @pytest.mark.parametrize(
        "rest", ["1017271231", "10L17271331", "10L14271231", "2191EE10", "2193EE10"]
    )
    def test_an_innocent_value_is_not_suspected(self, rest):
        assert "warnings" not in read(f"{PACK}{rest}")

    def test_both_warnings_may_stand_together(self):
        assert read("10L17271231")["warnings"] == ["SUSPECT_MISSING_GS", "NO_KEY"]


class TestAnyText:
    """Laws over texts that no one wrote down."""

    @given(st.text(max_size=600))
    def test_any_text_is_read_or_refused(self, raw):
        read_or_refuse(raw)

    @given(st.text(alphabet=f"0123456789()]:/%?=&.;{GS}ABCdE", max_size=600))
    def test_text_made_of_our_own_signs_is_read_or_refused(self, raw):
        read_or_refuse(raw)

    @given(st.text(alphabet=string.digits, max_size=60), st.sampled_from(["", "]C1"]))
    def test_any_digits_are_read_or_refused(self, digits, prefix):
        read_or_refuse(prefix + digits)

    @given(
        st.integers(0, 10**12 - 1),
        st.text(alphabet=sorted(CSET_82), min_size=1, max_size=20),
        st.text(alphabet=sorted(CSET_82), min_size=1, max_size=20),
        st.dates(date(2000, 1, 1), date(2049, 12, 31)),
    )
    def test_what_was_written_is_read_in_every_spelling(self, item, lot, serial, day):
        body = f"{item + 1:013d}"
        gtin = f"{body}{check_digit(body)}"
        dated = f"{day:%y%m%d}"

        symbol = decode(f"01{gtin}10{lot}{GS}21{serial}{GS}17{dated}", today=TODAY)

        assert (symbol.gtin, symbol.lot, symbol.serial) == (gtin, lot, serial)
        assert symbol.expiry == day
        theirs = biip.parse(f"01{gtin}10{lot}{GS}21{serial}{GS}17{dated}").gs1_message
        assert theirs.element_strings.get(ai="10").value == lot
        assert theirs.element_strings.get(ai="01").gtin.as_gtin_14() == symbol.gtin

    @pytest.mark.parametrize("sign", ["0", "1", "(", ")", "%", "/", GS, "9", "]"])
    def test_hostile_repetition_costs_little(self, sign):
        """The cap bounds the work, whatever is repeated below or above it."""
        started = time.process_time()

        for length in (CHARACTERS_MAX, 1_000_000):
            read_or_refuse(sign * length)
            read_or_refuse("https://x/" + sign * (length - 10))

        assert time.process_time() - started < 0.5


def read_or_refuse(raw):
    """Anything but a scan or a ScanError fails the test by itself."""
    try:
        json.dumps(decode(raw, today=TODAY).as_json())
    except ScanError as error:
        return error.detail
    return None
