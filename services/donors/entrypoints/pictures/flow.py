"""The picture of a gift's way, to scale, as shapes for one SVG.

Sideways for wide screens, downwards for phones. Colours are classes of the
stylesheet; every shape has its number and word beside it and a table behind.
"""

from collections.abc import Sequence
from dataclasses import dataclass

LENGTH = {"wide": 170.0, "narrow": 150.0}
THIN = 3.0
"""A branch of one pack among thousands must still be seen."""

STUB_MAX = 26.0
"""A stub on a phone is capped; the number beside it is exact."""

COLUMNS = (0.0, 240.0, 480.0, 710.0, 910.0)
"""So far apart that six digits and the longest word fit, the last one too."""

ROWS = (34.0, 150.0, 266.0, 382.0, 498.0)
COLOURS = ("in", "in", "store", "way", "done")
STUB_AT, STUB_APART = 178.0, 38.0
"""Where branches end on a phone; two lines of words fit between two of them."""

TOP, LEFT = 40.0, 4.0
BAR_WIDE, BAR_NARROW = 14.0, 10.0


@dataclass(frozen=True, slots=True)
class Way:
    """What is drawn.

    received = in_stock + sent + lost + returned; sent = in_transit + accepted.
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
    returned: int

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
            _there(("lost", "loss", self.lost), ("returned", "loss", self.returned)),
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
        Ribbon(
            "rib", _across(COLUMNS[i], COLUMNS[i + 1], _long(number, unit)), _fade(i)
        )
        for i, number in enumerate(way.passing)
        if number
    ]
    if way.in_stock:
        y = TOP + way.sent * unit
        bars.append(
            Bar("store", COLUMNS[2] + BAR_WIDE, y, 34.0, _long(way.in_stock, unit))
        )
    labels = [
        Label(x, 26.0, number, word, is_step=True)
        for x, (word, number) in zip(COLUMNS, way.steps, strict=True)
    ]
    lowest = _branch_off_wide(way, unit, bars, (ribbons, labels))
    return Picture("wide", 1120.0, max(lowest, 230.0), bars, ribbons, labels)


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
            path = _falling(x + BAR_WIDE, start, x + 110.0, low, high)
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
    bars = [
        Bar(colour, LEFT, y, _long(number, unit), BAR_NARROW)
        for colour, y, number in zip(COLOURS, ROWS, way.bars, strict=True)
        if number
    ]
    ribbons = [
        Ribbon("rib", _down(ROWS[i], ROWS[i + 1], _long(number, unit)), _fade(i))
        for i, number in enumerate(way.passing)
        if number
    ]
    labels = [
        Label(LEFT, y - 9.0, number, word, is_step=True)
        for y, (word, number) in zip(ROWS, way.steps, strict=True)
    ]
    for i, branches in enumerate(way.branches):
        start = LEFT + way.passing[i] * unit
        for place, (word, colour, number) in enumerate(branches):
            y, length = ROWS[i] + 36.0 + STUB_APART * place, _long(number, unit)
            high = min(length, STUB_MAX)
            ribbons.append(
                Ribbon(f"rib {colour}", _aside(start, ROWS[i], length, y, high))
            )
            bars.append(Bar(colour, STUB_AT, y, 7.0, high))
            middle = y + high / 2 - 2.0
            labels.append(Label(STUB_AT + 14.0, middle, number, word, is_step=False))
            start += number * unit
    return Picture("narrow", 328.0, 516.0, bars, ribbons, labels)


def _there(*branches: tuple[str, str, int]) -> Sequence[tuple[str, str, int]]:
    return [branch for branch in branches if branch[2]]


def _long(number: int, unit: float) -> float:
    return max(number * unit, THIN) if number else 0.0


def _fade(step: int) -> str:
    return f"{COLOURS[step]}-{COLOURS[step + 1]}"


def _across(x: float, onward: float, high: float) -> str:
    left, bottom = x + BAR_WIDE, TOP + high
    middle = (left + onward) / 2
    return (
        f"M{left:.1f} {TOP:.1f}L{onward:.1f} {TOP:.1f}L{onward:.1f} {bottom:.1f}"
        f"C{middle:.1f} {bottom:.1f} {middle:.1f} {bottom:.1f} {left:.1f} {bottom:.1f}Z"
    )


def _down(y: float, onward: float, long: float) -> str:
    top, right = y + BAR_NARROW, LEFT + long
    return (
        f"M{LEFT:.1f} {top:.1f}L{LEFT:.1f} {onward:.1f}"
        f"L{right:.1f} {onward:.1f}L{right:.1f} {top:.1f}Z"
    )


def _falling(x: float, y: float, to_x: float, to_y: float, high: float) -> str:
    middle, bottom, to_bottom = (x + to_x) / 2, y + high, to_y + high
    return (
        f"M{x:.1f} {y:.1f}C{middle:.1f} {y:.1f} {middle:.1f} {to_y:.1f}"
        f" {to_x:.1f} {to_y:.1f}L{to_x:.1f} {to_bottom:.1f}"
        f"C{middle:.1f} {to_bottom:.1f} {middle:.1f} {bottom:.1f}"
        f" {x:.1f} {bottom:.1f}Z"
    )


def _aside(x: float, row: float, long: float, y: float, high: float) -> str:
    top, right, bottom = row + BAR_NARROW, x + long, y + high
    return (
        f"M{right:.1f} {top:.1f}C{right:.1f} {y:.1f} {right + 10:.1f} {y:.1f}"
        f" {STUB_AT:.1f} {y:.1f}V{bottom:.1f}"
        f"C{x + 10:.1f} {bottom:.1f} {x:.1f} {bottom:.1f} {x:.1f} {top:.1f}Z"
    )
