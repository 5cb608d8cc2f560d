"""Facts that letters are written from; the words stand with the entrypoints."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from services.donors.application.giving_ports import Written
from services.donors.domain.fulfilment import GiftAccount
from services.donors.domain.happening import Told
from services.donors.domain.promise import Reminder


@dataclass(frozen=True, slots=True)
class DigestFacts:
    """What is new for a donor since a day, and the numbers as the dashboard has them.

    ``catalogue`` gives the words of products; ``leave_url`` ends such letters.
    """

    name: str
    language: str
    since: date
    news: Sequence[Told]
    accounts: Sequence[GiftAccount]
    catalogue: Any
    home_url: str
    leave_url: str


@dataclass(frozen=True, slots=True)
class ReminderFacts:
    """A pledge whose day comes near or is past."""

    name: str
    language: str
    pledge_number: str
    due_on: date
    lines: Sequence[tuple[str, int]]
    kind: Reminder
    catalogue: Any


@dataclass(frozen=True, slots=True)
class LinkFacts:
    """A link that confirms an address; who reads it may be a stranger."""

    language: str
    works_until: datetime
    url: str


class LetterWords(Protocol):
    """Writes letters in the donor's language."""

    def digest(self, facts: DigestFacts) -> Written: ...
    def reminder(self, facts: ReminderFacts) -> Written: ...
    def link(self, facts: LinkFacts) -> Written: ...
