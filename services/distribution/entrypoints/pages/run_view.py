"""A run as a picture and a table: one product at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, NamedTuple

from services.distribution.domain.comparison import Consequence, consequences
from services.distribution.domain.fairness import evenness
from services.distribution.domain.run import RunLine
from services.distribution.entrypoints.words.reasons import Why, reasons_of

COLUMN = 50.0
MARGIN = 6.0
BAR_WIDTH = 30.0
TOP, HEIGHT = 34.0, 110.0
WIDTH_MIN = 320.0


class Row(NamedTuple):
    """One unit of a product's table."""

    line: RunLine
    kind: str
    whys: list[Why]
    is_open: bool

    @property
    def is_changed(self) -> bool:
        return self.line.override_reason is not None


class Column(NamedTuple):
    """One unit in the strip; lengths are in the units of the picture."""

    unit_code: str
    share: Fraction
    x: float
    now_y: float
    now_height: float
    had_y: float
    had_height: float
    is_framed: bool


class Strip(NamedTuple):
    """The fairness strip: columns from the lowest share to the highest."""

    columns: list[Column]
    width: float
    low_y: float | None


@dataclass(frozen=True, slots=True)
class Shares:
    """How even a set of lines is; shares are None where nothing is due.

    ``lowest`` is of those who still need something and could be given more.
    """

    lowest: Fraction | None
    lowest_unit: str
    spread: Fraction
    jain: Fraction | None
    gini: Fraction | None


@dataclass(frozen=True, slots=True)
class ProductView:
    """Everything a page shows of one product of a run."""

    product_code: str
    rows: list[Row]
    unused: Sequence[Mapping[str, Any]]
    given: int
    usable: int
    due: int
    by_rule: Shares
    now: Shares
    strip: Strip
    answer: Mapping[str, Any] | None

    @property
    def overrides(self) -> int:
        return sum(row.is_changed for row in self.rows)

    @property
    def sharing(self) -> int:
        """How many units have something due."""
        return sum(bool(row.line.entitlement) for row in self.rows)

    @property
    def asked(self) -> int:
        """What is approved and was open when the run was proposed."""
        return sum(row.line.requested for row in self.rows)

    @property
    def units_given(self) -> int:
        return sum(bool(row.line.quantity) for row in self.rows)

    @property
    def kept_back(self) -> int:
        """What is in the house and not given."""
        return sum(int(lot["quantity"]) for lot in self.unused)

    @property
    def covered(self) -> Fraction | None:
        """The share of what is still due that can be given."""
        return Fraction(min(self.usable, self.due), self.due) if self.due else None


def product_view(
    product_code: str,
    found: Sequence[Mapping[str, Any]],
    unused: Sequence[Mapping[str, Any]],
    answer: Mapping[str, Any] | None,
) -> ProductView:
    """Work out the picture of a product from the stored lines."""
    rows = [
        Row(each["line"], each["kind"], reasons_of(each["line"]), is_open(each["line"]))
        for each in found
    ]
    lines = [row.line for row in rows]
    given = sum(line.quantity for line in lines)
    spare = sum(int(x["quantity"]) for x in unused if x["reason"] == "not_needed")
    now = shares_of(lines)
    return ProductView(
        product_code=product_code,
        rows=rows,
        unused=unused,
        given=given,
        usable=given + spare,
        due=sum(max(0, line.entitlement - line.already_received) for line in lines),
        by_rule=shares_of([as_proposed(line) for line in lines]),
        now=now,
        strip=_strip(rows, now.lowest),
        answer=answer,
    )


def as_proposed(line: RunLine) -> RunLine:
    """Give the line as the rule had it."""
    return replace(line, quantity=line.proposed)


def is_open(line: RunLine) -> bool:
    """Say whether the unit asked for more than it gets, within its due."""
    left = min(line.requested, line.entitlement - line.already_received)
    return line.quantity < left


def shares_of(lines: Sequence[RunLine]) -> Shares:
    """Compare the shares of those who share: who asked for less stands aside."""
    waiting = [line for line in lines if is_open(line) and line.is_admitted]
    lowest = min(waiting, key=lambda line: (line.share, line.unit_code), default=None)
    compared = [line.share for line in lines if _is_compared(line)]
    even = evenness(lines)
    return Shares(
        lowest=lowest.share if lowest else None,
        lowest_unit=lowest.unit_code if lowest else "",
        spread=max(compared) - min(compared) if compared else Fraction(0),
        jain=even.jain if even else None,
        gini=even.gini if even else None,
    )


def _is_compared(line: RunLine) -> bool:
    """Leave out who asked for less than is due: the low share is its own wish."""
    left = line.entitlement - line.already_received
    has_asked_less = line.requested < left and line.quantity >= line.requested
    return bool(line.entitlement) and line.is_admitted and not has_asked_less


def _strip(rows: Sequence[Row], lowest: Fraction | None) -> Strip:
    shown = sorted(
        (row for row in rows if row.line.entitlement),
        key=lambda row: (row.line.share, row.line.unit_code),
    )
    columns = [_column(row, place) for place, row in enumerate(shown)]
    width = max(WIDTH_MIN, len(shown) * COLUMN + MARGIN)
    low = None if lowest is None else TOP + HEIGHT * (1 - float(lowest))
    return Strip(columns, width, low)


def _column(row: Row, place: int) -> Column:
    line = row.line
    share = min(line.share, Fraction(1))
    had = min(Fraction(line.already_received, line.entitlement), share)
    now_height, had_height = HEIGHT * float(share), HEIGHT * float(had)
    return Column(
        unit_code=line.unit_code,
        share=line.share,
        x=MARGIN + place * COLUMN,
        now_y=TOP + HEIGHT - now_height,
        now_height=now_height,
        had_y=TOP + HEIGHT - had_height,
        had_height=had_height,
        is_framed=row.is_changed or not _is_compared(line),
    )


@dataclass(frozen=True, slots=True)
class Effect:
    """What an override changes, before anything is kept."""

    quantity: int
    changes: list[Consequence]
    before: Shares
    after: Shares


def effect_of(
    before: Sequence[RunLine], after: Sequence[RunLine], unit_code: str
) -> Effect:
    """Compare the lines of a product before and after an override."""
    new = {line.unit_code: line for line in after}
    return Effect(
        quantity=new[unit_code].quantity,
        changes=[
            each
            for each in consequences(before, after)
            if each.after.unit_code != unit_code
        ],
        before=shares_of(before),
        after=shares_of(after),
    )
