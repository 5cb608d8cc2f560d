"""Entitlements: the arithmetic of need, exact and shown."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.distribution.domain.bands import BANDS, EVERYBODY, STATED_COUNTS
from services.distribution.domain.dated_rules import DatedRule, in_force, standings
from services.distribution.domain.errors import MalformedRuleError
from services.distribution.domain.quota import (
    QuotaRule,
    RuleBook,
    Size,
    check_rule,
)
from services.distribution.domain.quota_defaults import DEFAULT_RULES, NAPPY_SIZES

BOOK = RuleBook(DEFAULT_RULES)
MOTHER_CHILD_UNIT = {
    "women_18_49": 33,
    "children_0_2m": 3,
    "children_3_5m": 3,
    "children_6_11m": 8,
    "children_12_23m": 11,
    "children_24_35m": 9,
}

bands = st.dictionaries(st.sampled_from(BANDS), st.integers(0, 500))


def due(product_code, bands, kind="ward", book=BOOK):
    return book.entitlement(product_code, kind, bands)


def pieces(bands):
    terms = [
        term
        for size in NAPPY_SIZES
        for term in due(size.product_code, bands, "mother_child").terms
    ]
    return sum(term.heads * term.per_head for term in terms)


class TestNappies:
    def test_the_demo_mother_child_unit_needs_5760_pieces_a_month(self):
        assert pieces(MOTHER_CHILD_UNIT) == 5760

    def test_stated_sizes_change_the_packs_and_not_the_pieces(self):
        stated = {"nappies_1": 3, "nappies_2": 3, "nappies_3": 8, "nappies_4": 20}

        assert pieces(MOTHER_CHILD_UNIT | stated) == 5760

    def test_the_youngest_wear_the_smallest_stated_size(self):
        stated = MOTHER_CHILD_UNIT | {"nappies_1": 4, "nappies_5": 30}

        newborns = due("INF-NAP-1", stated)

        assert [(t.rule_code, t.heads) for t in newborns.terms] == [
            ("Q20", 3),
            ("Q21", 1),
        ]
        assert newborns.quantity == ceil(Fraction(3 * 300 + 240, 28))

    def test_children_beyond_the_stated_counts_wear_the_size_of_their_age(self):
        stated = MOTHER_CHILD_UNIT | {"nappies_1": 3}

        assert due("INF-NAP-5", stated).quantity == ceil(Fraction(9 * 90, 22))

    def test_size_one_is_due_only_where_it_is_stated(self):
        assert due("INF-NAP-1", MOTHER_CHILD_UNIT).quantity == 0

    @given(bands)
    def test_sizes_never_change_how_many_pieces_are_due(self, bands):
        unsized = {b: n for b, n in bands.items() if not b.startswith("nappies")}

        assert pieces(bands) == pieces(unsized)


class TestEntitlement:
    def test_the_source_headcounts_give_the_scale_of_the_field(self):
        prison = {"women_18_49": 1000, "menstruating": 800}

        assert due("HYG-SOAP-B", prison).quantity == 2500
        assert due("HYG-SOAP-L", prison).quantity == 1000
        assert due("MEN-PAD", prison).quantity == 1200

    def test_needs_are_summed_before_they_are_rounded(self):
        """One toothbrush in 90 days: 1 + 1 heads need one brush, not two."""
        assert due("HYG-TBRUSH-A", {"women_18_49": 1, "men_18_plus": 1}).quantity == 1

    def test_pads_are_for_the_stated_count_and_never_inferred(self):
        found = due("MEN-PAD", {"women_18_49": 104})

        assert (found.quantity, found.hint) == (0, "no_stated_count")

    def test_a_stated_count_of_nobody_needs_no_hint_to_state_it(self):
        assert due("MEN-PAD", {"menstruating": 0}).hint == "nobody_in_band"

    def test_a_unit_without_a_headcount_is_told_so(self):
        assert due("HYG-SOAP-B", None).hint == "no_headcount"

    def test_medicine_of_the_medical_unit_is_due_nowhere_else(self):
        heads = {"women_18_49": 250}

        assert due("MED-PARA", heads, "medical").quantity == 25
        assert due("MED-PARA", heads).quantity == 0
        assert due("MED-PARA", heads).hint == "other_kind_of_unit"

    def test_formula_is_never_due(self):
        found = due("INF-FORM", MOTHER_CHILD_UNIT)

        assert (found.quantity, found.hint) == (0, "never_given")

    def test_a_product_without_a_rule_has_no_entitlement_of_its_own(self):
        assert due("HYG-TOWEL", MOTHER_CHILD_UNIT) is None

    def test_a_rule_that_is_off_does_not_count(self):
        heads = {"women_18_49": 10, "menstruating": 10}

        assert due("HYG-SOAP-B", heads).rule_codes == ("Q01",)

    def test_what_the_state_supplies_is_taken_off(self):
        rule = QuotaRule("Q01", "SOAP", ("men_18_plus",), 2, state_supplied_percent=25)

        assert due("SOAP", {"men_18_plus": 10}, book=RuleBook([rule])).quantity == 15

    @given(st.sampled_from(BOOK.product_codes), bands)
    def test_the_shown_arithmetic_is_the_entitlement(self, product_code, bands):
        found = due(product_code, bands, "medical")

        exact = sum((term.amount for term in found.terms), Fraction(0))
        assert found.quantity == ceil(exact) == ceil(found.exact)
        assert (found.hint is None) == bool(exact)

    @given(st.sampled_from(BOOK.product_codes), bands, st.sampled_from(EVERYBODY))
    def test_one_more_person_never_lowers_what_is_due(self, product_code, bands, band):
        more = bands | {band: bands.get(band, 0) + 1}
        unsized = {b: n for b, n in bands.items() if b not in STATED_COUNTS}
        if product_code.startswith("INF-NAP"):
            bands, more = unsized, unsized | {band: unsized.get(band, 0) + 1}

        before = due(product_code, bands, "medical").quantity

        assert due(product_code, more, "medical").quantity >= before


class TestCheckRule:
    NAPPY = QuotaRule("Q20", "INF-NAP-2", ("children_0_2m",), 300, sizes=NAPPY_SIZES)

    def test_every_default_rule_passes(self):
        for rule in DEFAULT_RULES:
            check_rule(rule)

    @pytest.mark.parametrize(
        "change",
        [
            {"product_code": "INF-NAP-9"},
            {"bands": ("women_18_49",)},
            {"sizes": (*NAPPY_SIZES, NAPPY_SIZES[0])},
            {"sizes": (Size("women_18_49", "INF-NAP-2", 28),)},
        ],
        ids=str,
    )
    def test_sizes_that_do_not_fit_are_refused(self, change):
        with pytest.raises(MalformedRuleError):
            check_rule(replace(self.NAPPY, **change))


class TestInForce:
    OLD = DatedRule(QuotaRule("Q01", "SOAP", ("men_18_plus",), 1), date(2026, 1, 1))
    NEW = DatedRule(QuotaRule("Q01", "SOAP", ("men_18_plus",), 3), date(2026, 6, 1))

    @pytest.mark.parametrize(
        ("day", "quantity"), [(date(2026, 5, 31), 10), (date(2026, 6, 1), 30)]
    )
    def test_a_rule_holds_from_its_day_on(self, day, quantity):
        book = in_force([self.OLD, self.NEW], day)

        assert due("SOAP", {"men_18_plus": 10}, book=book).quantity == quantity

    def test_before_its_first_day_there_is_no_rule(self):
        assert in_force([self.OLD], date(2025, 12, 31)).product_codes == ()

    def test_the_later_entry_of_one_day_wins(self):
        same_day = DatedRule(self.NEW.rule, self.OLD.effective_from)
        book = in_force([self.OLD, same_day], date(2026, 2, 1))

        assert due("SOAP", {"men_18_plus": 1}, book=book).quantity == 3

    def test_an_earlier_day_entered_later_hides_nothing_that_is_to_come(self):
        between = DatedRule(replace(self.OLD.rule, numerator=2), date(2026, 2, 1))
        found = standings([self.OLD, self.NEW, between], date(2026, 3, 1))["Q01"]

        assert (found.now, found.ahead) == (between, (self.NEW,))
        assert (found.shown, found.following) == (between, (self.NEW,))

    def test_what_does_not_hold_yet_is_shown_with_what_comes_first(self):
        found = standings([self.NEW, self.OLD], date(2025, 12, 31))["Q01"]

        assert found.now is None
        assert (found.shown, found.following) == (self.OLD, (self.NEW,))

    def test_of_one_day_to_come_only_the_later_entry_is_told(self):
        again = DatedRule(replace(self.NEW.rule, numerator=4), self.NEW.effective_from)

        found = standings([self.OLD, self.NEW, again], date(2026, 2, 1))["Q01"]

        assert found.ahead == (again,)
