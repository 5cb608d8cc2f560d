"""Told lines of a frozen month in words: what is told, and why no more."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.donors.domain.masking.freezing import LineKind, ToldLine
from services.donors.domain.masking.grouping import Because
from services.donors.entrypoints.words.terms import category_word, unit_word
from shared.web import formats
from shared.web.languages import current_language
from shared.web.units import SEVERAL_KINDS
from shared.web.words import LazyText, _l

AUDIENCES: Mapping[str, LazyText] = {
    "detention": _l("places of detention"),
    "community": _l("community places"),
}

WHY: Mapping[Because, LazyText] = {
    Because.FEW_PEOPLE: _l(
        "So few people got it that a number could point at them. It is told together "
        "with other goods, or not at all."
    ),
    Because.CAN_BE_WORKED_OUT: _l(
        "The donor knows the own totals and could work out by subtraction what a "
        "small place got. So the kind of place is left out."
    ),
    Because.FEW_PLACES: _l(
        "Fewer than three places of one kind take part, so the kind would name them."
    ),
    Because.SENSITIVE: _l(
        "These goods hint at who needs them, or few places can use them. They are "
        "told without a place: by category, or in one sum for a quarter."
    ),
    Because.FEW_GOODS: _l("Fewer than ten: so small a number would say too much."),
    Because.CORRECTED: _l(
        "An earlier month was corrected, or a paper came late. Frozen months are "
        "never changed; the difference stands here."
    ),
}

KINDS: Mapping[LineKind, LazyText] = {
    LineKind.DELIVERED: _l("Handed out"),
    LineKind.QUARTER: _l("Handed out in the quarter"),
    LineKind.CORRECTION: _l("Correction"),
    LineKind.OWN: _l("Received and lost"),
}


@dataclass(frozen=True, slots=True)
class ToldView:
    """One line ready to be shown; null is what is masked."""

    kind: LineKind
    period: str
    goods: str | None
    unit: str
    place: str | None
    amount: str | None
    people: str | None
    received: str | None
    lost: str | None
    reasons: Sequence[str]
    is_few_goods: bool


def told_views(
    lines: Iterable[ToldLine], catalogue: Any, language: str, *, is_donor: bool = True
) -> Sequence[ToldView]:
    """Put lines into words; only the programme reads every reason as it is."""
    return [_view(each, catalogue, language, is_donor=is_donor) for each in lines]


def month_word(month: date) -> str:
    """Write a month as the reader's language writes days."""
    return formats.month(month, current_language())


def reasons_of(told: ToldLine, *, is_donor: bool) -> Sequence[str]:
    """Say why a line tells less than it might."""
    because = told.line.reasons_told if is_donor else told.line.because
    return [str(WHY[each]) for each in because]


def _view(told: ToldLine, catalogue: Any, language: str, *, is_donor: bool) -> ToldView:
    line = told.line
    goods, unit = _goods(told, catalogue, language)
    return ToldView(
        kind=told.kind,
        period=_period(told),
        goods=goods,
        unit=unit,
        place=_place(line.audience),
        amount=_number(line.quantity, language),
        people=_number(line.people, language),
        received=_number(told.received, language),
        lost=_number(told.lost, language),
        reasons=reasons_of(told, is_donor=is_donor),
        is_few_goods=line.quantity is None and not line.is_hidden,
    )


def _goods(told: ToldLine, catalogue: Any, language: str) -> tuple[str | None, str]:
    line = told.line
    if line.product_code is not None:
        words = catalogue.words(line.product_code, language)
        return words.name, unit_word(words.unit_of_issue)
    word = category_word(line.category) if line.category else None
    return word, unit_word(SEVERAL_KINDS)


def _place(audience: str | None) -> str | None:
    word = AUDIENCES.get(audience or "")
    return None if word is None else str(word)


def _period(told: ToldLine) -> str:
    first, last = month_word(told.first), month_word(told.last)
    return first if first == last else f"{first} – {last}"


def _number(value: int | None, language: str) -> str | None:
    return None if value is None else formats.number(value, language)
