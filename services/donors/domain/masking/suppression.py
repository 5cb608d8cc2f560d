"""Hide cells of a table whose shape and totals are fixed, such as a state report.

Hiding only the small cells gives them back by subtraction. The fewest further
cells are found by exact search, and an audit of the flows a table allows proves
the result (DOMAIN.md 5.3, point 8).
"""

from collections import deque
from collections.abc import Collection, Iterable, Mapping
from itertools import combinations

from services.donors.domain.masking.rounding import Interval
from shared.kernel.errors import MalformedError

Place = tuple[str, str]
"""A row and a column."""
Table = Mapping[Place, int]

SEARCHED_CELLS_MAX = 20
"""Beyond this many told cells none is searched for: the rows and columns of the
small cells are hidden whole then, or everything where that does not suffice."""


class TableTooSmallError(MalformedError):
    """A table with one row or one column cannot hide anything in its totals."""

    code = "table_too_small"

    def __init__(self) -> None:
        super().__init__(
            "A table needs two rows and two columns to hide a cell. Merge it first.",
            field="table",
        )


def hide(table: Table, small: Collection[Place], threshold: int) -> frozenset[Place]:
    """Choose the cells to hide: all the small ones and the fewest others.

    Of equally few the choice with the smallest sum, then the first in order.
    Every hidden cell's interval is at least ``threshold`` wide, or as wide as the
    totals alone leave it. Raises TableTooSmallError.
    """
    if not small:
        return frozenset()
    if min(len({row for row, _ in table}), len({col for _, col in table})) == 1:
        raise TableTooSmallError
    wanted = frozenset(small)
    others = sorted(set(table) - wanted)
    needed = _needed_widths(table, wanted, threshold)
    if len(others) > SEARCHED_CELLS_MAX:
        lines = _whole_lines(table, wanted)
        return lines if _holds(table, lines, needed) else frozenset(table)
    for extra in range(len(others) + 1):
        for choice in _cheapest_first(table, others, extra):
            hidden = wanted | frozenset(choice)
            if _holds(table, hidden, needed):
                return hidden
    return frozenset(table)


def intervals(table: Table, hidden: Collection[Place]) -> dict[Place, Interval]:
    """Give what each hidden cell may be, given all told cells and all totals.

    Exact: the values that whole non-negative numbers allow in such a table form
    an interval, whose ends are the largest flows that change the cell.
    """
    return {
        place: Interval(
            table[place] - _most_moved(table, hidden, place, downwards=True),
            table[place] + _most_moved(table, hidden, place, downwards=False),
        )
        for place in hidden
    }


def _needed_widths(
    table: Table, small: Iterable[Place], threshold: int
) -> dict[Place, int]:
    open_table = intervals(table, table.keys())
    return {place: min(threshold, open_table[place].width) for place in small}


def _cheapest_first(
    table: Table, places: list[Place], count: int
) -> list[tuple[Place, ...]]:
    chosen = list(combinations(places, count))
    chosen.sort(key=lambda choice: (sum(table[place] for place in choice), choice))
    return chosen


def _holds(table: Table, hidden: frozenset[Place], needed: Mapping[Place, int]) -> bool:
    known = intervals(table, hidden)
    return all(known[place].width >= width for place, width in needed.items())


def _whole_lines(table: Table, small: frozenset[Place]) -> frozenset[Place]:
    rows, columns = {row for row, _ in small}, {column for _, column in small}
    first = next(place for place in sorted(table) if place not in small)
    rows.add(first[0])
    columns.add(first[1])
    return frozenset(
        place for place in table if place[0] in rows or place[1] in columns
    )


def _most_moved(
    table: Table, hidden: Collection[Place], place: Place, *, downwards: bool
) -> int:
    """Find the largest change of a cell that other hidden cells can make good.

    A unit more in a cell is a unit less elsewhere in its column, more in that
    one's row, and so on until the cell's own row is right again.
    """
    row, column = ("row", place[0]), ("column", place[1])
    source, sink = (row, column) if downwards else (column, row)
    limit = table[place] if downwards else sum(table.values())
    left = _room(table, hidden, place)
    moved = 0
    while moved < limit:
        path = _path(left, source, sink)
        if path is None:
            break
        step = min(limit - moved, *(left[edge] for edge in path))
        for start, end in path:
            left[start, end] -= step
            left[end, start] += step
        moved += step
    return moved


Node = tuple[str, str]


def _room(
    table: Table, hidden: Collection[Place], apart_from: Place
) -> dict[tuple[Node, Node], int]:
    """Say by how much each other hidden cell may rise, and may fall."""
    without_limit = sum(table.values())
    room: dict[tuple[Node, Node], int] = {}
    for place in hidden:
        if place != apart_from:
            row, column = ("row", place[0]), ("column", place[1])
            room[row, column] = without_limit
            room[column, row] = table[place]
    return room


def _path(
    room: Mapping[tuple[Node, Node], int], source: Node, sink: Node
) -> list[tuple[Node, Node]] | None:
    """Find a shortest way along which something can still be moved."""
    onwards: dict[Node, list[Node]] = {}
    for (start, end), capacity in room.items():
        if capacity > 0:
            onwards.setdefault(start, []).append(end)
    came_from: dict[Node, Node] = {source: source}
    waiting = deque([source])
    while waiting and sink not in came_from:
        node = waiting.popleft()
        for following in onwards.get(node, ()):
            if following not in came_from:
                came_from[following] = node
                waiting.append(following)
    if sink not in came_from:
        return None
    path = []
    node = sink
    while node != source:
        path.append((came_from[node], node))
        node = came_from[node]
    return path
