"""The picture of a gift's way, to scale, as shapes for one SVG.

Sideways for wide screens, downwards for phones. Colours are classes of the
stylesheet; every shape has its number and word beside it and a table behind.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from services.donors.entrypoints.pictures.ribbons import (
    BAR_NARROW,
    BAR_WIDE,
    LEFT,
    STUB_AT,
    TOP,
    across,
    aside,
    down,
    falling,
)

LENGTH = {"wide": 170.0, "narrow": 150.0}
THIN = 3.0
"""A branch of one pack among thousands must still be seen."""

STUB_MAX = 26.0
"""A stub on a phone is capped; the number beside it is exact."""

COLUMNS = (0.0, 240.0, 480.0, 710.0, 910.0)
"""So far apart that six digits and the longest word fit, the last one too."""

ROW_FIRST, ROW_APART, ROW_ROOM = 34.0, 116.0, 52.0
"""On a phone: two rows stand this far apart, or more if branches need the room."""

COLOURS = ("in", "in", "store", "way", "done")
STUB_APART, STUB_WORDS = 38.0, 10.0
"""On a phone two lines of words fit between two branches."""

STORE_WIDE = 34.0


@dataclass(frozen=True, slots=True)
class Way:
    """What is drawn.

    received = in_stock + sent + lost + returned; sent = in_transit + accepted;
    ``reserved`` is part of ``in_stock`` and ``expired`` of ``lost``.
    """

    announced: int
    to_come: int
    refused: int
    received: int
    in_stock: int
    reserved: int
    sent: int
    in_transit: int
    accepted: int
    lost: int
    expired: int
    returned: int

    @property
    def lost_otherwise(self) -> int:
        """What was lost and had not expired."""
        return self.lost - self.expired

    @property
    def steps(self) -> Sequence[tuple[str, int]]:
        """The five headings in their order, each with its number."""
        return (
            ("announced", self.announced),
            ("received", self.received),
            ("in_stock", self.in_stock),
            ("sent", self.sent),
            ("accepted", self.accepted),
        )

    @property
    def passing(self) -> Sequence[int]:
        """What goes on from each step to the next."""
        return (
            min(self.announced, self.received),
            self.in_stock + self.sent,
            self.sent,
            self.accepted,
        )

    @property
    def bars(self) -> Sequence[int]:
        """How much stands at each step."""
        stored = self.in_stock + self.sent
        return self.announced, self.received, stored, self.sent, self.accepted

    @property
    def branches(self) -> Sequence[Sequence[tuple[str, str, int]]]:
        """What leaves the way at each step: word, colour, number; none left out."""
        return (
            _there(("to_come", "in", self.to_come), ("refused", "loss", self.refused)),
            _there(
                ("lost", "loss", self.lost_otherwise),
                ("expired", "loss", self.expired),
                ("returned", "loss", self.returned),
            ),
            (),
            _there(("in_transit", "way", self.in_transit)),
        )

    @property
    def scale_of(self) -> int:
        """What the whole length stands for."""
        return max(self.announced, self.received + self.refused, 1)


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle; ``colour`` is a class."""

    colour: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Ribbon:
    """A band between two shapes; ``gradient`` is null for a branch."""

    colour: str
    path: str
    gradient: str | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """A number and the name of its word; steps are written larger."""

    x: float
    y: float
    number: int
    word: str
    is_step: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """All shapes of one drawing and the size of its view."""

    kind: str
    width: float
    height: float
    bars: Sequence[Bar]
    ribbons: Sequence[Ribbon]
    labels: Sequence[Label]

    @property
    def gradients(self) -> Sequence[tuple[str, str, str]]:
        """Each gradient's name with the colours it runs between."""
        return [
            (_fade(step), COLOURS[step], COLOURS[step + 1])
            for step in range(len(COLOURS) - 1)
        ]


def wide(way: Way) -> Picture:
    """Draw the way from left to right, 1120 units wide."""
    unit = LENGTH["wide"] / way.scale_of
    bars = [
        Bar(colour, x, TOP, BAR_WIDE, _long(number, unit))
        for colour, x, number in zip(COLOURS, COLUMNS, way.bars, strict=True)
        if number
    ]
    ribbons = [
        Ribbon("rib", across(COLUMNS[i], COLUMNS[i + 1], _long(number, unit)), _fade(i))
        for i, number in enumerate(way.passing)
        if number
    ]
    labels = [
        Label(x, 26.0, number, word, is_step=True)
        for x, (word, number) in zip(COLUMNS, way.steps, strict=True)
    ]
    _stand_in_stock(way, unit, bars, labels)
    lowest = _branch_off_wide(way, unit, bars, (ribbons, labels))
    return Picture("wide", 1120.0, max(lowest, 230.0), bars, ribbons, labels)


def _stand_in_stock(
    way: Way, unit: float, bars: list[Bar], labels: list[Label]
) -> None:
    """Draw what stays in stock beside its step, and in it what is reserved."""
    x, y = COLUMNS[2] + BAR_WIDE, TOP + way.sent * unit
    if way.in_stock:
        bars.append(Bar("store", x, y, STORE_WIDE, _long(way.in_stock, unit)))
    if way.reserved:
        high = _long(way.reserved, unit)
        bars.append(Bar("kept", x, y, STORE_WIDE, high))
        middle = y + max(high / 2 + 6.0, 18.0)
        word = "reserved"
        labels.append(
            Label(x + STORE_WIDE + 8.0, middle, way.reserved, word, is_step=False)
        )


def _branch_off_wide(
    way: Way,
    unit: float,
    bars: list[Bar],
    drawn: tuple[list[Ribbon], list[Label]],
) -> float:
    """Let branches fall below the bars, one under the other; give the lowest point."""
    ribbons, labels = drawn
    lowest = 0.0
    for i, branches in enumerate(way.branches):
        start, low = TOP + way.passing[i] * unit, TOP + LENGTH["wide"] + 45.0
        for word, colour, number in branches:
            high, x = _long(number, unit), COLUMNS[i]
            path = falling(x + BAR_WIDE, start, x + 110.0, low, high)
            ribbons.append(Ribbon(f"rib {colour}", path))
            bars.append(Bar(colour, x + 110.0, low, 8.0, high))
            middle = low + high / 2 + 6.0
            labels.append(Label(x + 125.0, middle, number, word, is_step=False))
            start += number * unit
            low += high + 27.0
            lowest = max(lowest, low - 12.0)
    return lowest


def narrow(way: Way) -> Picture:
    """Draw the way from top to bottom, 328 units wide."""
    unit = LENGTH["narrow"] / way.scale_of
    beside = _beside(way)
    rows = _rows(beside)
    bars = [
        Bar(colour, LEFT, y, _long(number, unit), BAR_NARROW)
        for colour, y, number in zip(COLOURS, rows, way.bars, strict=True)
        if number
    ]
    ribbons = [
        Ribbon("rib", down(rows[i], rows[i + 1], _long(number, unit)), _fade(i))
        for i, number in enumerate(way.passing)
        if number
    ]
    labels = [
        Label(LEFT, y - 9.0, number, word, is_step=True)
        for y, (word, number) in zip(rows, way.steps, strict=True)
    ]
    for i, branches in enumerate(beside):
        start = LEFT + way.passing[i] * unit
        for place, (word, colour, number) in enumerate(branches):
            y, length = rows[i] + 36.0 + STUB_APART * place, _long(number, unit)
            high = min(length, STUB_MAX)
            ribbons.append(
                Ribbon(f"rib {colour}", aside(start, rows[i], length, y, high))
            )
            bars.append(Bar(colour, STUB_AT, y, 7.0, high))
            words_at = STUB_AT + 14.0, y + STUB_WORDS
            labels.append(Label(*words_at, number, word, is_step=False))
            start += number * unit
    return Picture("narrow", 328.0, rows[-1] + 18.0, bars, ribbons, labels)


def _beside(way: Way) -> Sequence[Sequence[tuple[str, str, int]]]:
    """Give what stands beside each step on a phone: branches, and what is reserved."""
    first, second, _, last = way.branches
    return first, second, _there(("reserved", "kept", way.reserved)), last


def _rows(beside: Sequence[Sequence[object]]) -> Sequence[float]:
    rows = [ROW_FIRST]
    for branches in beside:
        rows.append(rows[-1] + max(ROW_APART, ROW_ROOM + STUB_APART * len(branches)))
    return rows


def _there(*branches: tuple[str, str, int]) -> Sequence[tuple[str, str, int]]:
    return [branch for branch in branches if branch[2]]


def _long(number: int, unit: float) -> float:
    return max(number * unit, THIN) if number else 0.0


def _fade(step: int) -> str:
    return f"{COLOURS[step]}-{COLOURS[step + 1]}"
