"""The handover at the gate: every unit of issue that left is accounted for."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from services.distribution.domain.allotment import (
    Allotment,
    AllotmentState,
    share_out,
)
from services.distribution.domain.errors import (
    DoesNotAddUpError,
    HandoverLinesError,
    ReceiverMissingError,
    ReceiverNotKeptError,
    RefusalReasonMissingError,
    ServiceNumberError,
)

_SERVICE_NUMBER = re.compile(r"(?=.*\d)[^\W_][\w/.-]{0,19}")

Key = tuple[str, str, UUID]
"""Unit, product and lot: what a line of a consignment is known by."""


def key_of(allotment: Allotment) -> Key:
    """Say which line of a consignment an allotment is part of."""
    return (allotment.unit_code, allotment.product_code, allotment.lot_id)


class RefusalReason(StrEnum):
    """Why a gate refuses goods; free text about a gate or a person is not kept."""

    NOT_ON_LIST = "not_on_list"
    NOT_ADMITTED = "not_admitted"
    PACKAGING_OPENED = "packaging_opened"
    QUANTITY_LIMITED = "quantity_limited"
    PAPERS_MISSING = "papers_missing"
    TOO_NEAR_EXPIRY = "too_near_expiry"
    NOT_NEEDED = "not_needed"
    UNIT_CLOSED = "unit_closed"
    OTHER = "other"

    @classmethod
    def read(cls, text: str) -> "RefusalReason":
        """Give the reason of this name; whatever is not on the list is ``other``."""
        return cls(text) if text in {each.value for each in cls} else cls.OTHER


@dataclass(frozen=True, slots=True)
class GateLine:
    """How one dispatched line ended."""

    unit_code: str
    product_code: str
    lot_id: UUID
    accepted: int
    refused: int
    refusal_reason: RefusalReason | None
    damaged: int
    short: int

    @property
    def key(self) -> Key:
        return (self.unit_code, self.product_code, self.lot_id)

    @property
    def total(self) -> int:
        return self.accepted + self.refused + self.damaged + self.short


class ReceiverRole(StrEnum):
    """Who took the goods, as a role; a name is never kept (DOMAIN 5.4)."""

    DUTY = "duty"
    MEDICAL = "medical"
    EDUCATION = "education"
    SUPPLY = "supply"
    SHELTER = "shelter"
    OTHER = "other"


class ReceiverPolicy(StrEnum):
    """What a facility lets be written down of its receiving officer."""

    NOT_KEPT = "not_kept"
    OPTIONAL = "optional"
    REQUIRED = "required"


@dataclass(frozen=True, slots=True)
class Receiver:
    """Role and service number of who took the goods, as far as they were said."""

    role: ReceiverRole | None = None
    service_number: str | None = None

    def checked(self, policy: ReceiverPolicy, facility_code: str) -> "Receiver":
        """Give it as it is kept.

        Raises ReceiverNotKeptError, ReceiverMissingError or ServiceNumberError.
        """
        number = (self.service_number or "").strip().upper() or None
        if policy is ReceiverPolicy.NOT_KEPT and (self.role or number):
            raise ReceiverNotKeptError(facility_code)
        if policy is ReceiverPolicy.REQUIRED and not (self.role and number):
            raise ReceiverMissingError(facility_code)
        if number and not _SERVICE_NUMBER.fullmatch(number):
            raise ServiceNumberError
        return Receiver(self.role, number)


NOBODY_SAID = Receiver()


@dataclass(frozen=True, slots=True)
class HandOver:
    """What was seen at the gate; the command's id names the handover.

    ``is_from_paper`` says that it was typed from a signed waybill afterwards.
    """

    handover_id: UUID
    consignment_number: str
    occurred_at: datetime
    lines: Sequence[GateLine]
    corrects: UUID | None = None
    receiver: Receiver = NOBODY_SAID
    is_from_paper: bool = False


def has_same_numbers(lines: Iterable[GateLine], others: Iterable[GateLine]) -> bool:
    """Say whether two records of one handover tell the same of every line."""
    return _told(lines) == _told(others)


def _told(lines: Iterable[GateLine]) -> Mapping[Key, tuple[object, ...]]:
    return {
        line.key: (
            line.accepted,
            line.refused,
            line.refusal_reason if line.refused else None,
            line.damaged,
            line.short,
        )
        for line in lines
        if line.total
    }


def check_lines(lines: Sequence[GateLine], dispatched: Mapping[Key, int]) -> None:
    """Refuse a handover that leaves anything open.

    A line of which nothing left may be left out. Raises HandoverLinesError,
    DoesNotAddUpError or RefusalReasonMissingError.
    """
    named = Counter(line.key for line in lines)
    sent = {key for key, quantity in dispatched.items() if quantity}
    repeated = {key for key, count in named.items() if count > 1}
    missing, foreign = sent - named.keys(), named.keys() - dispatched.keys()
    for key in sorted(repeated | missing | foreign):
        raise HandoverLinesError(*key)
    for line in lines:
        if line.total != dispatched[line.key]:
            raise DoesNotAddUpError(
                line.unit_code,
                line.product_code,
                dispatched=dispatched[line.key],
                found=line.total,
            )
        if line.refused and line.refusal_reason is None:
            raise RefusalReasonMissingError(line.product_code, RefusalReason)


def settled(
    lines: Iterable[GateLine], allotments: Sequence[Allotment], day: date
) -> list[Allotment]:
    """Book how each line ended on its allotments, the earliest claim first."""
    result: list[Allotment] = []
    for line in lines:
        mine = [a for a in allotments if _key(a) == line.key]
        result.extend(_booked(line, mine, day))
    ended = {each.allotment_id for each in result}
    result.extend(
        replace(each, state=AllotmentState.HANDED_OVER, due_on=day)
        for each in allotments
        if each.allotment_id not in ended
    )
    return result


def _key(allotment: Allotment) -> Key:
    return (allotment.unit_code, allotment.product_code, allotment.lot_id)


def _booked(
    line: GateLine, allotments: Sequence[Allotment], day: date
) -> Iterable[Allotment]:
    room = [each.dispatched for each in allotments]
    ends: list[list[int]] = []
    for quantity in (line.accepted, line.refused, line.damaged, line.short):
        parts = share_out(quantity, room)
        room = [left - part for left, part in zip(room, parts, strict=True)]
        ends.append(parts)
    for each, accepted, refused, damaged, short in zip(allotments, *ends, strict=True):
        yield replace(
            each,
            state=AllotmentState.HANDED_OVER,
            due_on=day,
            accepted=accepted,
            refused=refused,
            damaged=damaged,
            short=short,
        )
