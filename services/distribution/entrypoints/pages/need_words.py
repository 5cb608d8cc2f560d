"""What is due and what comes when, in words for people."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from services.distribution.domain.carrying import (
    LAPSED,
    UNIT_CLOSED,
    CarryRule,
)
from services.distribution.domain.requisition import LineProgress, RequisitionState
from services.distribution.entrypoints.pages.show import band_word, exact
from services.distribution.entrypoints.words.terms import CANCEL_REASONS, word
from shared.web import formats
from shared.web.languages import current_language
from shared.web.words import LazyText, _, _l

APPROVE_WORDS: Mapping[str, LazyText] = {
    "stock_low": _l("The depot has too little of it"),
    "has_enough": _l("What came before still lasts"),
    "count_wrong": _l("The count at the unit was wrong"),
    "above_norm": _l("More than the norm gives"),
    "more_needed": _l("More is needed than was asked for"),
}

SUBSTITUTE_WORDS: Mapping[str, LazyText] = {
    "out_of_stock": _l("The depot has too little of it"),
    "gate_refuses": _l("The gate does not let it through"),
    "fits_better": _l("The other one fits better"),
    "expires_sooner": _l("What there is expires too soon"),
}


def cancelled_because(code: str | None) -> str:
    """Say why a requisition ended without goods."""
    if code == LAPSED:
        return _("Nothing came in time, and what was open has lapsed. Ask again.")
    if code == UNIT_CLOSED:
        return _("The unit was closed.")
    return word(CANCEL_REASONS, code or "")


def arithmetic(row: Mapping[str, Any]) -> list[str]:
    """Show step by step how what is due was worked out, rounding last.

    Takes a row with ``basis`` and ``entitlement``; empty where no rule speaks.
    """
    terms = row["basis"].get("terms", ())
    if not terms or row["entitlement"] is None:
        return []
    total = sum((Fraction(term["amount"]) for term in terms), Fraction(0))
    return [*map(_step, terms), *_end(total, int(row["entitlement"]))]


def _step(term: Mapping[str, Any]) -> str:
    facts = {
        "band": band_word(term["band"]),
        "heads": _num(term["heads"]),
        "each": exact(Fraction(term["per_head"])),
        "amount": exact(Fraction(term["amount"])),
        "pack": term["pieces_per_pack"],
    }
    if int(term["pieces_per_pack"]) > 1:
        said = _(
            "%(band)s: %(heads)s × %(each)s pieces, %(pack)s in a pack = %(amount)s",
            **facts,
        )
    else:
        said = _("%(band)s: %(heads)s × %(each)s = %(amount)s", **facts)
    if share := term.get("state_supplied_percent"):
        return said + " · " + _("the state gives %(share)s%%", share=share)
    return said


def _end(total: Fraction, due: int) -> list[str]:
    rounded = -(-total.numerator // total.denominator)
    found = []
    if rounded != total:
        found.append(
            _(
                "Together %(total)s, rounded up once to %(rounded)s.",
                total=exact(total),
                rounded=_num(rounded),
            )
        )
    else:
        found.append(_("Together %(total)s.", total=_num(rounded)))
    if due < rounded:
        found.append(
            _(
                "Given once only: came before %(got)s, still due %(due)s.",
                got=_num(rounded - due),
                due=_num(due),
            )
        )
    return found


def told(
    line: dict[str, Any],
    head: Mapping[str, Any],
    coming: Mapping[str, list[dict[str, Any]]],
    rule: CarryRule,
) -> dict[str, Any]:
    """Add to a line in words what comes, when, and what becomes of the rest."""
    is_over = head["state"] == RequisitionState.CANCELLED
    known = {**line, "open": 0 if is_over else _progress_of(line).still_open}
    deliveries = coming.get(line["product_code"], [])
    said = what_comes(known, head["state"], deliveries, rule, head["needed_by"])
    return {**known, "said": said}


def _progress_of(line: Mapping[str, Any]) -> LineProgress:
    return LineProgress(
        approved=line["approved"] or 0,
        accepted=int(line["accepted"]),
        underway=int(line["underway"]),
        lapsed=line["lapsed"],
    )


def what_comes(
    line: Mapping[str, Any],
    state: str,
    deliveries: Sequence[Mapping[str, Any]],
    rule: CarryRule,
    needed_by: date,
) -> list[str]:
    """Say to whoever asked what comes, when, and what becomes of the rest."""
    if state in {RequisitionState.DRAFT, RequisitionState.SUBMITTED}:
        return []
    found = [_asked(line)]
    if line["accepted"]:
        found.append(_("Received: %(count)s.", count=_num(line["accepted"])))
    found += [_coming(each) for each in deliveries]
    unplanned = line["underway"] - sum(each["quantity"] for each in deliveries)
    if unplanned > 0:
        found.append(
            _(
                "Kept for you in the depot: %(count)s; the day is not set yet.",
                count=_num(unplanned),
            )
        )
    return found + _rest(line, rule, needed_by)


def _asked(line: Mapping[str, Any]) -> str:
    asked, approved = line["requested"], line["approved"] or 0
    if approved == asked:
        return _("Asked for %(asked)s, all approved.", asked=_num(asked))
    said = _(
        "Asked for %(asked)s, approved are %(approved)s.",
        asked=_num(asked),
        approved=_num(approved),
    )
    because = APPROVE_WORDS.get(line["approved_because"] or "")
    return f"{said} {because}." if because else said


def _coming(delivery: Mapping[str, Any]) -> str:
    return _(
        "Comes on %(day)s: %(count)s (%(number)s).",
        day=formats.day(delivery["planned_on"], current_language()),
        count=_num(delivery["quantity"]),
        number=delivery["consignment_number"],
    )


def _rest(line: Mapping[str, Any], rule: CarryRule, needed_by: date) -> list[str]:
    found = []
    if line["lapsed"]:
        found.append(
            _(
                "No longer waited for: %(count)s. Ask again for what is still needed.",
                count=_num(line["lapsed"]),
            )
        )
    if still_open := line["open"]:
        last = rule.last_day(needed_by)
        found.append(_open(still_open, last))
    return found


def _open(still_open: int, last: date | None) -> str:
    if last is None:
        return _(
            "Still open: %(count)s. It waits on and takes part in every next sharing.",
            count=_num(still_open),
        )
    return _(
        "Still open: %(count)s. It is waited for until %(day)s, then it lapses.",
        count=_num(still_open),
        day=formats.day(last, current_language()),
    )


def _num(value: Any) -> str:
    return formats.number(int(value), current_language())


def day_text(text: str) -> str:
    """Write a day that is kept as a text."""
    return formats.day(date.fromisoformat(text), current_language())


def day_month(day: date) -> str:
    """Write a day without its year, for narrow columns."""
    return day.strftime("%d.%m.")


def day_choices(days: Sequence[date], chosen: date) -> list[tuple[str, str]]:
    """Offer days to choose from, the chosen one though it is not among them."""
    language = current_language()
    offered = sorted({*days, chosen})
    return [(day.isoformat(), formats.day(day, language)) for day in offered]


def same_choices(codes: Sequence[str]) -> list[tuple[str, str]]:
    """Offer codes that go by themselves."""
    return [(code, code) for code in codes]


FILTERS: Mapping[str, Callable[..., Any]] = {
    "arithmetic": arithmetic,
    "cancelled_because": cancelled_because,
    "day_text": day_text,
    "day_month": day_month,
    "day_choices": day_choices,
    "same_choices": same_choices,
}
