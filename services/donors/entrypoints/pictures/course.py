"""Totals over time as lines of one SVG: told apart by dashes and words, not colour.

Drawn once for wide and once for narrow screens, so that letters keep their size.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.donors.domain.course import Point

HEIGHT, TOP, BOTTOM, LEFT = 220.0, 14.0, 186.0, 4.0
WIDTHS = {"wide": (1120.0, 190.0), "narrow": (328.0, 122.0)}
"""Whole width, and what of it is kept for the words at the right."""

LABEL_APART = 19.0


@dataclass(frozen=True, slots=True)
class Line:
    """One total as a path; ``y`` is where its word stands."""

    word: str
    path: str
    y: float
    now: int


@dataclass(frozen=True, slots=True)
class CoursePicture:
    """All shapes of one drawing."""

    kind: str
    width: float
    words_at: float
    first: date
    last: date
    lines: Sequence[Line]


def series_of(points: Sequence[Point]) -> Sequence[tuple[str, Sequence[int]]]:
    """Give every total that is drawn; what was never lost needs no line."""
    series = [
        ("received", [point.totals.received for point in points]),
        ("sent", [point.totals.sent for point in points]),
        ("accepted", [point.totals.accepted for point in points]),
        ("gone", [point.gone for point in points]),
    ]
    return [
        (word, numbers) for word, numbers in series if word != "gone" or any(numbers)
    ]


def pictures_of(points: Sequence[Point]) -> Sequence[CoursePicture]:
    """Draw both widths; nothing while there is nothing to draw."""
    if not points:
        return []
    return [_picture(kind, points) for kind in WIDTHS]


def _picture(kind: str, points: Sequence[Point]) -> CoursePicture:
    width, margin = WIDTHS[kind]
    end = width - margin
    step = (end - LEFT) / max(1, len(points) - 1)
    series = series_of(points)
    top = max(1, *(max(numbers) for _, numbers in series))
    heights = {word: [_y(each, top) for each in numbers] for word, numbers in series}
    places = _apart({word: ys[-1] for word, ys in heights.items()})
    return CoursePicture(
        kind=kind,
        width=width,
        words_at=end + 10.0,
        first=points[0].day,
        last=points[-1].day,
        lines=[
            Line(word, _steps(heights[word], step), places[word] + 5.0, numbers[-1])
            for word, numbers in series
        ],
    )


def _y(number: int, top: int) -> float:
    return BOTTOM - number / top * (BOTTOM - TOP)


def _steps(heights: Sequence[float], step: float) -> str:
    """Go in steps: a total stays what it was until it changes."""
    first, *rest = heights
    moves = [f"H{LEFT + (i + 1) * step:.1f}V{y:.1f}" for i, y in enumerate(rest)]
    return f"M{LEFT:.1f} {first:.1f}" + "".join(moves)


def _apart(heights: dict[str, float]) -> dict[str, float]:
    """Move words that would lie on each other apart, inside the picture."""
    in_order = sorted(heights, key=lambda word: heights[word])
    placed: dict[str, float] = {}
    below = BOTTOM + LABEL_APART
    for word in reversed(in_order):
        below = placed[word] = min(heights[word], below - LABEL_APART)
    above = TOP - LABEL_APART
    for word in in_order:
        above = placed[word] = max(placed[word], above + LABEL_APART)
    return placed
