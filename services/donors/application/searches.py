"""What the coordinator's lists are narrowed to; null narrows nothing."""

from dataclasses import dataclass
from enum import StrEnum

from services.donors.domain.promise import PledgeState


@dataclass(frozen=True, slots=True)
class PledgeSearch:
    """Pledges of a state, of a donor."""

    state: PledgeState | None = None
    donor_code: str | None = None


class GiftStage(StrEnum):
    """How far a gift has come, seen by what is left to do for it."""

    EXPECTED = "expected"
    IN_STOCK = "in_stock"
    ON_THE_WAY = "on_the_way"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class GiftSearch:
    """Gifts of a donor, of a stage, and whose number or goods hold some letters."""

    donor_code: str | None = None
    stage: GiftStage | None = None
    text: str | None = None
