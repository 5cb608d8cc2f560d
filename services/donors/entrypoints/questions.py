"""Questions a donor may ask of a gift, answered from what the books say."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.donors.domain.fulfilment import GiftAccount
from services.donors.domain.staying import Stay, why_here
from services.donors.entrypoints.words.terms import group_word, reason_word
from shared.web.formats import day, number
from shared.web.words import LazyText, _l
from shared.web.words import gettext as _

STAYS: Mapping[Stay, LazyText] = {
    Stay.RESERVED: _l("Reserved, waiting for their delivery: %(count)s."),
    Stay.IN_REVIEW: _l("Waiting for the medical reviewer: %(count)s."),
    Stay.RECALLED: _l("Recalled and kept apart: %(count)s."),
    Stay.EXPIRED: _l("Expired, waiting to be written off: %(count)s."),
    Stay.NO_PAPERS: _l("Waiting for the papers of the gift: %(count)s."),
    Stay.SET_ASIDE: _l("Packed into kits, or set aside to be looked at: %(count)s."),
    Stay.SHELF_LIFE: _l(
        "Too close to their expiry when goods were last shared out: %(count)s."
    ),
    Stay.EARMARK: _l("Meant for others than those who asked last: %(count)s."),
    Stay.RESERVE: _l("Kept back as a reserve: %(count)s."),
    Stay.NOT_NEEDED: _l(
        "Left when everybody who asked had got their share: %(count)s. "
        "They go into the next allocation."
    ),
    Stay.NEXT: _l(
        "Ready for the next allocation: %(count)s. What expires first goes out first."
    ),
}
FREE = frozenset({Stay.NEXT, Stay.NOT_NEEDED, Stay.SHELF_LIFE, Stay.EARMARK})


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the sentences that answer it."""

    text: str
    answers: Sequence[str]


def questions_of(gift: GiftAccount, book: Any, language: str) -> Sequence[Question]:
    """Choose what may be asked of this gift today; never a place in an answer."""
    asked = [
        _still_here(gift, book, language),
        _refused(gift, language),
        _lost(gift, language),
        _late() if book.has_late_goods else None,
        _fair(),
    ]
    return [question for question in asked if question is not None]


def _still_here(gift: GiftAccount, book: Any, language: str) -> Question | None:
    lots = [lot for lot in gift.lots if lot.totals.in_stock]
    if not lots:
        return None
    stays = why_here(lots, book.left, book.today)
    parts = [
        str(STAYS[stay]) % {"count": number(count, language)}
        for stay, count in stays.items()
    ]
    if gift.earmark:
        groups = ", ".join(group_word(group) for group in gift.earmark)
        parts.append(_("They are kept for: %(groups)s.", groups=groups))
    expiries = [lot.expires_on for lot in lots if lot.expires_on]
    if expiries and not FREE.isdisjoint(stays):
        nearest = day(min(expiries), language)
        parts.append(_("The nearest expiry: %(day)s.", day=nearest))
    in_stock = number(sum(lot.totals.in_stock for lot in lots), language)
    text = _("Why are some still here? In stock: %(count)s", count=in_stock)
    return Question(text, parts)


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
