"""Questions a donor may ask of a gift, answered from what the books say."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.donors.domain.fulfilment import GiftAccount
from services.donors.domain.lot_state import LotState, LotStatus
from services.donors.entrypoints.words.terms import group_word, reason_word
from shared.web.formats import day, number
from shared.web.words import gettext as _

HELD = (LotStatus.QUARANTINED, LotStatus.RECALLED, LotStatus.EXPIRED)


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the sentences that answer it."""

    text: str
    answers: Sequence[str]


def questions_of(gift: GiftAccount, book: Any, language: str) -> Sequence[Question]:
    """Choose what may be asked of this gift today; never a place in an answer."""
    asked = [
        _still_here(gift, book.today, language),
        _refused(gift, language),
        _lost(gift, language),
        _late() if book.has_late_goods else None,
        _fair(),
    ]
    return [question for question in asked if question is not None]


def _still_here(gift: GiftAccount, today: date, language: str) -> Question | None:
    lots = [lot for lot in gift.lots if lot.totals.in_stock]
    if not lots:
        return None
    in_stock = sum(lot.totals.in_stock for lot in lots)
    parts = [
        *_reserved_part(lots, language),
        *_held_parts(lots, today, language),
        *_free_part(lots, today, language),
    ]
    if gift.earmark:
        groups = ", ".join(group_word(group) for group in gift.earmark)
        parts.append(_("They are kept for: %(groups)s.", groups=groups))
    text = _(
        "Why are some still here? In stock: %(count)s", count=number(in_stock, language)
    )
    return Question(text, parts)


def _reserved_part(lots: Sequence[LotState], language: str) -> Sequence[str]:
    reserved = sum(lot.totals.reserved for lot in lots)
    if not reserved:
        return []
    count = number(reserved, language)
    return [_("Reserved, waiting for their delivery: %(count)s.", count=count)]


def _held_parts(lots: Sequence[LotState], today: date, language: str) -> Sequence[str]:
    held: Counter[LotStatus] = Counter()
    for lot in lots:
        held[lot.status_on(today)] += lot.totals.in_stock - lot.totals.reserved
    texts = {
        LotStatus.QUARANTINED: _("Waiting for the medical reviewer: %(count)s."),
        LotStatus.RECALLED: _("Recalled and kept apart: %(count)s."),
        LotStatus.EXPIRED: _("Expired, waiting to be written off: %(count)s."),
    }
    return [
        texts[status] % {"count": number(held[status], language)}
        for status in HELD
        if held[status]
    ]


def _free_part(lots: Sequence[LotState], today: date, language: str) -> Sequence[str]:
    free = [lot for lot in lots if lot.status_on(today) is LotStatus.RELEASED]
    count = sum(lot.totals.in_stock - lot.totals.reserved for lot in free)
    if not count:
        return []
    parts = [
        _(
            "Ready for the next allocation: %(count)s. "
            "What expires first goes out first.",
            count=number(count, language),
        )
    ]
    days = [lot.expires_on for lot in free if lot.expires_on]
    if days:
        parts.append(_("The nearest expiry: %(day)s.", day=day(min(days), language)))
    return parts


def _refused(gift: GiftAccount, language: str) -> Question | None:
    if not gift.refusals:
        return None
    counts: Counter[str] = Counter()
    for refusal in gift.refusals:
        counts[reason_word(refusal.reason)] += refusal.quantity
    return Question(_("Why were some not taken in?"), _listed(counts, language))


def _lost(gift: GiftAccount, language: str) -> Question | None:
    counts: Counter[str] = Counter()
    for lot in gift.lots:
        for reason, quantity in lot.totals.lost_by_reason.items():
            counts[reason_word(reason)] += quantity
    if not counts:
        return None
    return Question(_("What was lost, and why?"), _listed(counts, language))


def _listed(counts: Counter[str], language: str) -> Sequence[str]:
    return [f"{word}: {number(counts[word], language)}" for word in sorted(counts)]


def _late() -> Question:
    return Question(
        _("Why do some numbers move only at midnight?"),
        [
            _(
                "Some goods are needed in few places. A change seen the moment it "
                "happens could tell where a delivery went."
            ),
            _("What was sent of them stays “on the way” until its month is closed."),
        ],
    )


def _fair() -> Question:
    return Question(
        _("Who decides where my gift goes?"),
        [
            _(
                "A rule everyone can read: each unit gets the same share of what is "
                "due to it."
            )
        ],
    )
