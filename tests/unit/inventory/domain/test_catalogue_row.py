"""Every bad cell of a row is named, so that a table is mended at once."""

import pytest

from services.inventory.domain.catalogue_row import read_row

SOAP = {
    "code": "HYG-SOAP-B",
    "category": "hygiene",
    "name_en": "Bathing soap 100 g",
    "name_ru": "Мыло туалетное 100 г",
    "name_kk": "Иіссабын 100 г",
    "unit_of_issue": "bar",
    "gtin13_demo": "2000100010006",
    "case_qty": "48",
    "shelf_life_months": "36",
    "min_days_receipt": "90",
    "min_days_dispatch": "30",
    "sensitivity": "0",
    "flags": "",
}


def faults_of(**cells):
    _, faults = read_row({**SOAP, **cells})
    return [(fault.column, fault.fault) for fault in faults]


def test_reads_a_whole_row():
    product, faults = read_row(SOAP)

    assert faults == []
    assert product.names["kk"] == "Иіссабын 100 г"
    assert [(pack.gtin, pack.quantity) for pack in product.packs] == [
        ("02000100010006", 1)
    ]
    assert (product.min_days_at_receipt, product.min_days_at_dispatch) == (90, 30)


def test_a_missing_kazakh_name_is_the_russian_one():
    product, _ = read_row({**SOAP, "name_kk": ""})

    assert product.names["kk"] == "Мыло туалетное 100 г"


def test_names_every_bad_cell_of_a_row():
    faults = faults_of(code="", gtin13_demo="2000100010007", sensitivity="3")

    assert [column for column, _ in faults] == ["code", "gtin13_demo", "sensitivity"]


@pytest.mark.parametrize("code", ["two words", "=1+1", "<b>", "ҚОД", "a" * 41])
def test_refuses_what_is_no_code(code):
    assert [column for column, _ in faults_of(code=code)] == ["code"]


@pytest.mark.parametrize("days", ["-1", "2.5", "9999", "ninety", "٣", "1e3"])
def test_refuses_what_is_no_whole_number(days):
    assert [column for column, _ in faults_of(min_days_receipt=days)] == [
        "min_days_receipt"
    ]


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("flags", "medicine,<b>"),
        ("name_ru", "м" * 201),
        ("gtin13_demo", "99520000000014"),
    ],
)
def test_refuses_what_the_catalogue_cannot_keep(column, text):
    assert [named for named, _ in faults_of(**{column: text})] == [column]


def test_a_restricted_number_may_not_be_put_into_a_case_code():
    """The case of 2000100010006 would be 12000100010003 (DOMAIN.md 1.1)."""
    [(column, fault)] = faults_of(gtin13_demo="12000100010003")

    assert (column, "restricted" in fault) == ("gtin13_demo", True)


def test_a_makers_case_code_is_fine():
    assert faults_of(gtin13_demo="19520000000018") == []


def test_a_cell_in_no_known_column_is_a_fault():
    """A comma too many moves every cell; a misspelt column would be lost."""
    faults = faults_of(**{"column 14": "x", "min_day_receipt": "90"})

    assert [column for column, _ in faults] == ["column 14", "min_day_receipt"]


@pytest.mark.parametrize(
    "flags", ["medicin", "medecine", "refused", "kits", "cold", "cold-8", "cold2-8C"]
)
def test_a_mistyped_rule_is_a_fault_and_not_another_flag(flags):
    [(column, _)] = faults_of(flags=flags)

    assert column == "flags"


def test_capitals_of_a_rule_do_not_let_medicine_out():
    product, _ = read_row({**SOAP, "flags": "Medicine, cold-2-8C, prison-restricted"})

    assert product.is_medicine
    assert product.flags == ("medicine", "cold-2-8C", "prison-restricted")


@pytest.mark.parametrize("flags", ["complementary-food,control", "event", "sized"])
def test_flags_that_only_describe_stay_free(flags):
    assert faults_of(flags=flags) == []
