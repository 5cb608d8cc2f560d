"""What the first page shows beside its live parts: the course, and what is new."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from services.donors.domain.course import Point
from services.donors.domain.visit import Difference, Shown
from services.donors.entrypoints.dashboard import DashboardView, GiftView
from services.donors.entrypoints.pictures.course import CoursePicture, pictures_of
from services.donors.entrypoints.words.terms import STEPS
from shared.web.formats import number
from shared.web.words import gettext as _


@dataclass(frozen=True, slots=True)
class FirstPage:
    """What belongs to one version of a donor's numbers."""

    points: Sequence[Point]
    pictures: Sequence[CoursePicture]
    shown: Shown
    titles: Mapping[str, str]


def first_page(view: DashboardView, points: Sequence[Point]) -> FirstPage:
    """Put it together from a dashboard and the totals over time."""
    gifts = [*([view.shown] if view.shown else []), *view.others]
    return FirstPage(
        points=points,
        pictures=pictures_of(points),
        shown={gift.account.gift_number: _numbers(gift) for gift in gifts},
        titles={gift.account.gift_number: gift.title for gift in gifts},
    )


def _numbers(gift: GiftView) -> Mapping[str, int]:
    return {word: getattr(gift.way, word) for word in STEPS}


def news(
    differences: Iterable[Difference], titles: Mapping[str, str], language: str
) -> Sequence[str]:
    """Say in one line a gift what moved since the last visit."""
    return [_line(each, titles, language) for each in differences]


def _line(each: Difference, titles: Mapping[str, str], language: str) -> str:
    moved = ", ".join(
        f"{STEPS[word]} {_signed(step, language)}" for word, step in each.moved.items()
    )
    title = titles.get(each.gift_number, each.gift_number)
    if each.is_new:
        return _("New: %(what)s (%(moved)s)", what=title, moved=moved)
    return f"{title}: {moved}"


def _signed(step: int, language: str) -> str:
    return f"{'+' if step > 0 else '−'}{number(abs(step), language)}"
