"""Fair shares of scarce goods: DOMAIN 4.2 as pure functions of a problem."""

from services.distribution.domain.allocation.award import (
    Allocation,
    Award,
    LotShare,
    Reason,
    ReasonCode,
)
from services.distribution.domain.allocation.certificate import is_optimal
from services.distribution.domain.allocation.fair_share import allocate
from services.distribution.domain.allocation.problem import Claim, Lot, Problem

__all__ = [
    "Allocation",
    "Award",
    "Claim",
    "Lot",
    "LotShare",
    "Problem",
    "Reason",
    "ReasonCode",
    "allocate",
    "is_optimal",
]
