"""What templates of distribution need beside the shared filters."""

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from services.distribution.domain.bands import EVERYBODY, FROM_THREE_YEARS
from services.distribution.domain.places import Facility
from services.distribution.domain.product import Product
from services.distribution.entrypoints.pages.forms import whole
from services.distribution.entrypoints.words import terms as words
from services.distribution.entrypoints.words.terms import Mark, product_name, unit_word
from shared.web import formats
from shared.web.languages import current_language
from shared.web.words import LazyText, _, _l

UNKNOWN = Mark("", "what", _l("Unknown"))


def state_mark(code: str, of: str) -> Mark:
    """Give the badge of a state: of a requisition, a run or a consignment."""
    tables: Mapping[str, Mapping[str, Mark]] = {
        "requisition": words.REQUISITION_STATES,
        "run": words.RUN_STATES,
        "consignment": words.CONSIGNMENT_STATES,
    }
    return tables[of].get(code, UNKNOWN)


def kind_word(code: str) -> str:
    """Name a kind of unit."""
    return words.word(words.KINDS, code)


def group_words(codes: list[str]) -> str:
    """Name the groups of a unit."""
    return ", ".join(words.word(words.GROUPS, code) for code in sorted(codes))


def band_word(code: str) -> str:
    """Name a row of a headcount."""
    return words.word(words.BAND_WORDS, code)


def band_words(codes: list[str]) -> str:
    """Name the rows of a headcount that a norm counts; all of them in one word."""
    if set(EVERYBODY) <= set(codes):
        return _("Everybody")
    if set(FROM_THREE_YEARS) <= set(codes):
        return _("Everybody from 3 years on")
    return ", ".join(band_word(code) for code in codes)


def place_name(row: Mapping[str, Any]) -> str:
    """Name a facility; one of the community goes by its code alone."""
    if row["audience"] == "community":
        return str(row["facility_code"])
    return str(row["name"])


def facility_name(facility: Facility) -> str:
    """Name a facility the same way."""
    if facility.audience == "community":
        return facility.facility_code
    return facility.name


def choices(facilities: list[Facility]) -> list[tuple[str, str]]:
    """Offer facilities in a list to choose from."""
    return [
        (
            each.facility_code,
            " · ".join(dict.fromkeys((each.facility_code, facility_name(each)))),
        )
        for each in facilities
    ]


def audience_word(code: str) -> str:
    """Name what kind of place a facility is."""
    return words.word(words.AUDIENCES, code)


def flag_words(codes: frozenset[str]) -> str:
    """Name what a gate does not let through: kinds of goods, or product codes."""
    return ", ".join(sorted(words.word(words.FLAGS, code) for code in codes))


def hint_word(code: str) -> str:
    """Say why nothing is due."""
    return words.word(words.HINTS, code)


def category_word(code: str) -> str:
    """Name a category of goods."""
    return words.word(words.CATEGORIES, code)


def typed_number(text: str) -> int:
    """Read a number that may have been typed wrongly: then it is 0."""
    return whole(text) or 0


def cancel_word(code: str | None) -> str:
    """Say why something was cancelled."""
    return words.word(words.CANCEL_REASONS, code or "")


def reserve_word(code: str) -> str:
    """Say why something is kept back."""
    return words.word(words.RESERVE_REASONS, code)


def short_word(code: str) -> str:
    """Say why lines stayed open; the warehouse may say it in words of its own."""
    return words.word(words.SHORT_REASONS, code)


def mark_words(marks: Mapping[str, Mark]) -> list[tuple[str, LazyText]]:
    """Offer states as filters."""
    return [(code, mark.word) for code, mark in marks.items()]


def choices_of(table: Mapping[str, LazyText]) -> list[tuple[str, LazyText]]:
    """Offer the codes of a table in a list to choose from."""
    return list(table.items())


def unused_mark(code: str) -> Mark:
    """Say why stock stays in the house."""
    return words.UNUSED_REASONS.get(code, UNKNOWN)


def driver_word(code: str | None) -> str:
    """Say who drives, as a role."""
    return words.word(words.DRIVER_ROLES, code or "")


def receiver_word(code: str | None) -> str:
    """Say who received, as a role."""
    return words.word(words.RECEIVER_ROLES, code or "")


def state_text(code: str, of: str) -> str:
    """Say a state in words alone."""
    return str(state_mark(code, of).word)


def iso(day: date | None) -> str:
    """Write a date as a date field wants it."""
    return day.isoformat() if day else ""


def exact(value: Fraction) -> str:
    """Write a fraction in digits, as short as it goes: 2.5, 0.333."""
    text = formats.number(value.numerator / value.denominator, "en", places=3)
    text = text.rstrip("0").rstrip(".")
    return text if current_language() == "en" else text.replace(".", ",")


def points(share: Fraction) -> str:
    """Write a difference of shares in points of a hundred."""
    value = round(float(share) * 100, 1)
    return formats.number(value, current_language(), places=1)


def cause_word(code: str) -> str:
    """Say why another amount is due now."""
    return words.word(words.CAUSES, code)


def signed(value: int) -> str:
    """Write a difference with its sign: +4, −12."""
    sign = "+" if value > 0 else "−" if value < 0 else "±"
    return sign + formats.number(abs(value), current_language())


def product_choices(products: Mapping[str, Product]) -> list[tuple[str, str]]:
    """Offer every product by its name, in the order of the names."""
    named = [(code, product_name(product, code)) for code, product in products.items()]
    return sorted(named, key=lambda choice: choice[1])


FILTERS: Mapping[str, Callable[..., Any]] = {
    "state_mark": state_mark,
    "kind_word": kind_word,
    "group_words": group_words,
    "band_word": band_word,
    "band_words": band_words,
    "place_name": place_name,
    "facility_name": facility_name,
    "product_name": product_name,
    "product_choices": product_choices,
    "unit_word": unit_word,
    "choices": choices,
    "audience_word": audience_word,
    "flag_words": flag_words,
    "hint_word": hint_word,
    "category_word": category_word,
    "whole": typed_number,
    "cancel_word": cancel_word,
    "reserve_word": reserve_word,
    "short_word": short_word,
    "mark_words": mark_words,
    "choices_of": choices_of,
    "unused_mark": unused_mark,
    "driver_word": driver_word,
    "receiver_word": receiver_word,
    "state_text": state_text,
    "iso": iso,
    "exact": exact,
    "cause_word": cause_word,
    "signed": signed,
    "points": points,
}
