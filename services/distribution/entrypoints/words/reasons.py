"""The reason beside every number, in the reader's language.

Sentences are built from stored codes and facts. A requester reads the same ones:
none of them names another unit or its number.
"""

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from services.distribution.domain.run import RunLine
from services.distribution.entrypoints.words.terms import (
    HINTS,
    OVERRIDE_REASONS,
    word,
)
from shared.web import formats
from shared.web.languages import current_language
from shared.web.words import _

Facts = Mapping[str, Any]


class Why(NamedTuple):
    """A reason as it is shown: badge kind, icon, two words and a sentence."""

    kind: str
    icon: str
    word: str
    text: str


def reasons_of(line: RunLine) -> list[Why]:
    """Say why a line's number is what it is, the most important first."""
    found = [_why(reason, line) for reason in line.reasons]
    return [why for why in found if why is not None]


def _why(reason: Facts, line: RunLine) -> Why | None:
    explain = _EXPLAIN.get(str(reason.get("code")))
    return explain(reason, line) if explain else None


def _num(value: Any) -> str:
    return formats.number(int(value), current_language())


def _percent(value: Any) -> str:
    return formats.per_cent(int(value) / 100, current_language(), places=0)


def _share(share: Fraction) -> str:
    return formats.per_cent(share, current_language(), places=0)


def _full(facts: Facts, _line: RunLine) -> Why:
    asked, due = int(facts["requested"]), int(facts["entitlement"])
    received = int(facts.get("received", 0))
    if asked + received < due:
        text = _(
            "Asked %(asked)s of %(due)s due. Given in full; the rest stays open "
            "until the end of the month.",
            asked=_num(asked),
            due=_num(due),
        )
    else:
        text = _(
            "Due %(due)s, already got %(got)s, now %(quantity)s: all that is due.",
            due=_num(due),
            got=_num(received),
            quantity=_num(facts["quantity"]),
        )
    return Why("ok", "okc", _("In full"), text)


def _scarce(facts: Facts, _line: RunLine) -> Why:
    sentences = [
        _(
            "Due %(due)s, already got %(got)s, now %(quantity)s: %(share)s.",
            due=_num(facts["entitlement"]),
            got=_num(facts["received"]),
            quantity=_num(facts["quantity"]),
            share=_percent(facts["share_percent"]),
        ),
        _(
            "There is enough for %(covered)s of what is due to all units: %(units)s.",
            covered=_percent(facts["covered_percent"]),
            units=_num(facts["units"]),
        ),
        _("Nobody with an open need has a lower share."),
    ]
    return Why("", "bars", _("Shared out"), " ".join(sentences))


def _last_unit(facts: Facts, _line: RunLine) -> Why:
    texts = {
        "T1": _("The last one went where it raises the share more."),
        "T2": _("The last one went to a unit that has waited longer."),
    }
    otherwise = _("The last one went by the order of codes: all else was equal.")
    return Why(
        "info", "flag", _("Next in line"), texts.get(str(facts["rule"]), otherwise)
    )


def _cap(facts: Facts, line: RunLine) -> Why:
    rules = ", ".join(line.basis.get("rule_codes", []))
    day = line.basis.get("headcount_as_of")
    counted = formats.day(date.fromisoformat(day), current_language()) if day else "–"
    text = _(
        "Asked %(asked)s; the norm leaves %(due)s (rules: %(rules)s; headcount of "
        "%(day)s).",
        asked=_num(facts["requested"]),
        due=_num(facts["due"]),
        rules=rules or "–",
        day=counted,
    )
    return Why("info", "flag", _("The norm limits"), text)


def _shelf_life(facts: Facts, _line: RunLine) -> Why:
    text = _(
        "Not used: %(quantity)s. Days left at hand-over: %(days)s; needed here: "
        "%(needed)s.",
        quantity=_num(facts["unused"]),
        days=_num(facts["days_left"]),
        needed=_num(facts["days_needed"]),
    )
    return Why("warn", "clock", _("Expires too soon"), text)


def _earmark(facts: Facts, _line: RunLine) -> Why:
    text = _(
        "Tied by a donor to other groups: %(quantity)s.",
        quantity=_num(facts["quantity"]),
    )
    return Why("hold", "gift", _("Tied gift"), text)


def _no_entitlement(_facts: Facts, line: RunLine) -> Why:
    hint = word(HINTS, str(line.basis.get("hint") or "nobody_in_band"))
    return Why("", "ban", _("Nothing due"), hint)


def _not_admitted(facts: Facts, _line: RunLine) -> Why:
    rule = str(facts.get("rule") or "")
    if rule.startswith("cold-"):
        text = _(
            "It has to be kept cold, and %(facility)s cannot do that.",
            facility=facts["facility_code"],
        )
    else:
        text = _(
            "%(facility)s does not let it through the gate.",
            facility=facts["facility_code"],
        )
    return Why("", "gate", _("Not admitted"), text)


def _override(facts: Facts, line: RunLine) -> Why:
    text = _(
        "Decided by a coordinator: %(reason)s. The rule proposed %(proposed)s, given "
        "are %(quantity)s.",
        reason=word(OVERRIDE_REASONS, str(facts["reason"])),
        proposed=_num(facts["proposed"]),
        quantity=_num(line.quantity),
    )
    return Why("warn", "flag", _("Decided by hand"), text)


def _limited(facts: Facts, _line: RunLine) -> Why:
    text = _(
        "A coordinator set at most %(cap)s for this run; open are %(open)s.",
        cap=_num(facts["cap"]),
        open=_num(facts["open"]),
    )
    return Why("warn", "flag", _("Limit set by hand"), text)


def _displaced(facts: Facts, line: RunLine) -> Why:
    text = _(
        "The rule proposed %(proposed)s. Numbers decided by hand for others leave "
        "%(quantity)s: %(share)s of what is due.",
        proposed=_num(facts["proposed"]),
        quantity=_num(facts["quantity"]),
        share=_share(line.share),
    )
    return Why("warn", "flag", _("Less by a decision"), text)


def _reserve(facts: Facts, _line: RunLine) -> Why:
    text = _("Kept back as a reserve: %(quantity)s.", quantity=_num(facts["quantity"]))
    return Why("info", "lock", _("Reserve"), text)


def _in_review(facts: Facts, _line: RunLine) -> Why:
    whom = (
        _("Ask the medical reviewer.")
        if facts["ask"] == "medical_reviewer"
        else _("Ask the warehouse.")
    )
    text = _(
        "In the house, not released yet: %(quantity)s.",
        quantity=_num(facts["quantity"]),
    )
    return Why("hold", "lock", _("Waits for release"), f"{text} {whom}")


def _weighted(facts: Facts, _line: RunLine) -> Why:
    text = _(
        "A coordinator gave this unit the weight %(weight)s for this run.",
        weight=facts["weight"],
    )
    return Why("warn", "flag", _("Weight set by hand"), text)


_EXPLAIN: Mapping[str, Callable[[Facts, RunLine], Why]] = {
    "FULL": _full,
    "SCARCE": _scarce,
    "LAST_UNIT": _last_unit,
    "CAP": _cap,
    "SHELF_LIFE": _shelf_life,
    "EARMARK": _earmark,
    "NO_ENTITLEMENT": _no_entitlement,
    "NOT_ADMITTED": _not_admitted,
    "OVERRIDE": _override,
    "LIMITED": _limited,
    "WEIGHTED": _weighted,
    "DISPLACED": _displaced,
    "RESERVE": _reserve,
    "IN_REVIEW": _in_review,
}
