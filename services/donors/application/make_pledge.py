"""Make a pledge: a donor promises goods by a date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.donors.application.known import next_number, refuse_unknown_donor
from services.donors.application.ports import Pledge, Work
from services.donors.domain.promise import Line, checked_lines
from shared.contracts.donors_v1 import ExpectedLine, PledgeMade


@dataclass(frozen=True, slots=True)
class MakePledge:
    """Who promises what, and until when."""

    donor_code: str
    due_on: date | None
    lines: Sequence[Line]


def make_pledge(work: Work, wish: MakePledge) -> dict[str, Any]:
    """Keep a pledge and say so. Raises UnknownDonorError and what lines refuse."""
    refuse_unknown_donor(work, wish.donor_code)
    lines = checked_lines(wish.lines, work.world.flags_of_products())
    number = next_number(work, "P")
    work.pledges.add(Pledge(number, wish.donor_code, wish.due_on, work.now, lines))
    work.announce(
        PledgeMade(
            pledge_number=number,
            donor_code=wish.donor_code,
            due_on=wish.due_on,
            lines=tuple(
                ExpectedLine(line.product_code, line.quantity) for line in lines
            ),
        )
    )
    return {"pledge_number": number}
