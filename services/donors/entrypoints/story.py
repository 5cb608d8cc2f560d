"""What happened to a donor's gifts, in lines; what came before is worded when drawn."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

from services.donors.domain.happening import Told
from services.donors.entrypoints.answers import Catalogue
from services.donors.entrypoints.words.terms import HAPPENINGS, reason_word
from shared.web.formats import day, month, number
from shared.web.units import counted_unit

NEWEST_MAX = 12


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One line of what happened."""

    when: str
    text: str


@dataclass(frozen=True, slots=True)
class _Happened:
    """One sum of a day or month, with the words of its product."""

    told: Told
    name: str
    unit_of_issue: str

    @property
    def mark(self) -> str:
        """Everything its line is worded from."""
        told = self.told
        return (
            f"{told.when} {told.kind} {told.quantity} {told.reason} "
            f"{self.unit_of_issue} {self.name}"
        )


@dataclass(frozen=True, slots=True)
class Story:
    """What was told of a donor's gifts, newest first.

    A scan changes the newest lines, and up to five hundred stand below them: those
    are worded for whoever reads ``earlier``, and ``mark_of_earlier`` stands for them.
    """

    language: str
    _happened: tuple[_Happened, ...]

    @property
    def newest(self) -> Sequence[StoryLine]:
        """Word the newest lines, at most NEWEST_MAX."""
        return self._worded(self._happened[:NEWEST_MAX])

    @property
    def earlier(self) -> Sequence[StoryLine]:
        """Word every line below the newest."""
        return self._worded(self._happened[NEWEST_MAX:])

    @property
    def mark_of_earlier(self) -> bytes:
        """Give what two stories have in common when ``earlier`` is the same."""
        happened = "\n".join(each.mark for each in self._happened[NEWEST_MAX:])
        return blake2b(f"{self.language}\n{happened}".encode(), digest_size=16).digest()

    def _worded(self, happened: Iterable[_Happened]) -> Sequence[StoryLine]:
        return [_line(each, self.language) for each in happened]


def story_of(told: Iterable[Told], catalogue: Catalogue, language: str) -> Story:
    """Put the words of products to what happened."""
    happened = []
    for each in told:
        words = catalogue.words(each.product_code, language)
        happened.append(_Happened(each, words.name, words.unit_of_issue))
    return Story(language, tuple(happened))


def _line(happened: _Happened, language: str) -> StoryLine:
    """Say what happened in one line, without a place."""
    told = happened.told
    amount = number(told.quantity, language)
    unit = counted_unit(happened.unit_of_issue, told.quantity)
    what = f"{happened.name}, {amount} {unit}"
    if told.reason:
        what = f"{what} ({reason_word(told.reason)})"
    text = str(HAPPENINGS[told.kind]) % {"what": what}
    return StoryLine(_when(told.when, language), text)


def _when(when: str, language: str) -> str:
    """Write a day, or a month, as the language does."""
    if len(when) == len("2026-10"):
        return month(date.fromisoformat(f"{when}-01"), language)
    return day(date.fromisoformat(when), language)
