"""Give boxes numbers of ours, so that one scan names one box for good."""

from dataclasses import dataclass

from services.inventory.application.ports.work import Work
from services.inventory.domain.own_codes import box_number

BOXES_AT_ONCE_MAX = 200


@dataclass(frozen=True, slots=True)
class NumberBoxes:
    """``company_prefix`` is the installation's own at GS1."""

    company_prefix: str
    count: int


def number_boxes(wish: NumberBoxes, work: Work) -> list[str]:
    """Give the next SSCCs, in order; no number is ever given twice."""
    series = f"SSCC-{wish.company_prefix}"
    return [
        str(box_number(wish.company_prefix, _next(work, series)))
        for _ in range(wish.count)
    ]


def _next(work: Work, series: str) -> int:
    return int(work.numbers.next(series, digits=1).rpartition("-")[2])
