"""Money that comes for a time: contracts of a funding source, and the gaps between.

State social contracts run from award to project end, so what they pay for has gaps
(DOMAIN.md 1); a coordinator wants to see them before they come.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from services.donors.domain.value import check_money
from shared.kernel.errors import MalformedError

TITLE_CHARS_MAX = 120
DAY = timedelta(days=1)


class FundingSource(StrEnum):
    """Who pays; ``none`` is for goods given without a contract."""

    STATE = "state"
    GRANT = "grant"
    COMPANY = "company"
    PRIVATE = "private"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Contract:
    """One contract, both days included; an amount has its currency beside it."""

    contract_number: str
    donor_code: str
    source: FundingSource
    title: str
    starts_on: date
    ends_on: date
    amount: Decimal | None = None
    currency: str | None = None

    def __post_init__(self) -> None:
        if not 0 < len(self.title) <= TITLE_CHARS_MAX or not self.title.isprintable():
            raise MalformedError(
                f"A contract's title has 1 to {TITLE_CHARS_MAX} printable characters.",
                field="title",
            )
        if self.ends_on < self.starts_on:
            raise MalformedError(
                f"The contract ends on {self.ends_on}, before it starts.",
                field="ends_on",
            )
        if self.source is FundingSource.NONE:
            raise MalformedError("Choose who pays.", field="source")
        if (self.amount is None) != (self.currency is None):
            raise MalformedError(
                "Give an amount with its currency, or neither.", field="amount"
            )
        if self.amount is not None and self.currency is not None:
            check_money(self.amount, self.currency)


@dataclass(frozen=True, slots=True)
class Gap:
    """Days without any contract, both included; ``until`` null: no end is known."""

    since: date
    until: date | None


def gaps(contracts: Iterable[Contract], today: date) -> Sequence[Gap]:
    """Give the gaps between contracts of one source, and the one after the last.

    Those that ended before *today* are past and left out.
    """
    ordered = sorted(contracts, key=lambda each: (each.starts_on, each.ends_on))
    found: list[Gap] = []
    covered: date | None = None
    for each in ordered:
        if covered is not None and each.starts_on > covered + DAY:
            found.append(Gap(covered + DAY, each.starts_on - DAY))
        covered = max(covered or each.ends_on, each.ends_on)
    if covered is not None:
        found.append(Gap(covered + DAY, None))
    return [gap for gap in found if gap.until is None or gap.until >= today]
