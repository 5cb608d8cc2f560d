"""An allocation run: who is proposed what, from which lots, and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any
from uuid import UUID

from services.distribution.domain.conditions import Conditions
from shared.kernel.free_text import check_names_nobody

OVERRIDE_REASON_CHARS_MAX = 200
"""How long the words of a person may be: a reason in text, or a note beside one."""

Facts = Mapping[str, Any]
"""A stored reason: its code and what was true when the number was made."""


class RunState(StrEnum):
    """How far a run has come; published, never renamed."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    RESERVED = "reserved"
    PARTLY_REFUSED = "partly_refused"
    CANCELLED = "cancelled"


class OverrideReason(StrEnum):
    """Why a person's number takes the place of the rule's; published.

    What is not on the list is ``other``: a note of the coordinator's says more, and
    no unit reads it.
    """

    NO_OTHER_SOURCE = "no_other_source"
    ASKED_IN_WRITING = "asked_in_writing"
    COUNT_WRONG = "count_wrong"
    URGENT_HEALTH = "urgent_health"
    UNIT_GIVES_UP = "unit_gives_up"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class RunLine:
    """What one unit is to get of one product.

    ``proposed`` is the rule's number and never changes; ``quantity`` is what
    counts. ``reasons`` and ``basis`` (the arithmetic of the entitlement) are
    stored facts, never worked out again later. Once a person changes a number,
    on this line or on another, ``proposed_reasons`` keeps what the rule had said.
    """

    unit_code: str
    product_code: str
    entitlement: int
    already_received: int
    requested: int
    proposed: int
    quantity: int
    lots: Mapping[UUID, int]
    reasons: tuple[Mapping[str, Any], ...]
    basis: Mapping[str, Any]
    state: RunState = RunState.PROPOSED
    override_reason: str | None = None
    override_note: str | None = None
    proposed_reasons: tuple[Mapping[str, Any], ...] | None = None

    @property
    def is_admitted(self) -> bool:
        """Whether the gate lets the product through at all."""
        found = self.proposed_reasons or self.reasons
        return all(each.get("code") != "NOT_ADMITTED" for each in found)

    @property
    def share(self) -> Fraction:
        """The share of its due the unit will have; 0 when nothing is due."""
        if not self.entitlement:
            return Fraction(0)
        return Fraction(self.already_received + self.quantity, self.entitlement)


@dataclass(frozen=True, slots=True)
class UnusedLot:
    """Stock of a product that the run may not or need not use, and why."""

    lot_id: UUID
    lot_number: str
    quantity: int
    reason: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """Everything the rule found, and under which conditions, ready to be kept."""

    run_id: UUID
    handover_on: date
    product_codes: tuple[str, ...] | None
    lines: tuple[RunLine, ...]
    unused: Mapping[str, tuple[UnusedLot, ...]]
    conditions: Mapping[str, Conditions]


@dataclass(frozen=True, slots=True)
class Override:
    """A coordinator's number in place of the rule's, with the reason for it."""

    unit_code: str
    product_code: str
    quantity: int
    reason: OverrideReason
    note: str = ""

    @classmethod
    def read(
        cls,
        unit_code: str,
        product_code: str,
        quantity: int,
        reason: str,
        note: str = "",
    ) -> "Override":
        """Read a reason given as a code or in words; words are kept as the note.

        Raises PersonalDataError for words that may name a person (DOMAIN 5.4).
        """
        is_code = reason in {each.value for each in OverrideReason}
        code = OverrideReason(reason) if is_code else OverrideReason.OTHER
        said = note.strip() or ("" if is_code else reason.strip())
        checked = check_names_nobody("note", said)
        return cls(unit_code, product_code, quantity, code, checked)


def decided(
    line: RunLine, override: Override, lots: Mapping[UUID, int], reason: Facts
) -> RunLine:
    """Give the line a person's number; the rule's own reasons are kept."""
    return replace(
        line,
        quantity=override.quantity,
        lots=lots,
        reasons=(reason,),
        override_reason=override.reason,
        override_note=override.note or None,
        proposed_reasons=line.proposed_reasons or line.reasons,
    )


def displaced(line: RunLine, quantity: int, lots: Mapping[UUID, int]) -> RunLine:
    """Give the line what numbers decided for other units leave to it.

    Back at the rule's number, the rule's own reasons count again.
    """
    by_rule = line.proposed_reasons or line.reasons
    if quantity == line.proposed:
        return replace(
            line, quantity=quantity, lots=lots, reasons=by_rule, proposed_reasons=None
        )
    reason = {"code": "DISPLACED", "proposed": line.proposed, "quantity": quantity}
    return replace(
        line,
        quantity=quantity,
        lots=lots,
        reasons=(reason,),
        proposed_reasons=by_rule,
    )


def state_of_run(states: Iterable[RunState]) -> RunState:
    """Sum up what inventory answered product by product."""
    known = set(states)
    if RunState.PARTLY_REFUSED in known:
        return RunState.PARTLY_REFUSED
    return RunState.APPROVED if RunState.APPROVED in known else RunState.RESERVED
