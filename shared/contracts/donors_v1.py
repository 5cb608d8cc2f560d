"""What donors says, version 1."""

from dataclasses import dataclass
from datetime import date

from shared.contracts.schema import Amount, Version


@dataclass(frozen=True, slots=True)
class ExpectedLine:
    """What a donor said would come."""

    product_code: str
    quantity: Amount


@dataclass(frozen=True, slots=True)
class PledgeMade:
    """A donor promised goods by a date."""

    pledge_number: str
    donor_code: str
    due_on: date | None
    lines: tuple[ExpectedLine, ...]


@dataclass(frozen=True, slots=True)
class GiftAnnounced:
    """Goods of this gift may now be received and allocated.

    ``earmark`` lists unit groups, one shared group suffices; null means free.
    """

    gift_number: str
    donor_code: str
    earmark: tuple[str, ...] | None
    expected: tuple[ExpectedLine, ...]


@dataclass(frozen=True, slots=True)
class EarmarkSet:
    """The earmark of a gift changed for all that is still undecided."""

    gift_number: str
    version: Version
    earmark: tuple[str, ...] | None
