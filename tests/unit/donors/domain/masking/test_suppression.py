from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.donors.domain.masking.suppression import (
    TableTooSmallError,
    hide,
    intervals,
)

ROWS = ("hygiene", "infant", "medicine")
COLUMNS = ("community", "detention", "school")


def table_of(rows):
    return {
        (row, column): value
        for row, values in zip(ROWS, rows, strict=False)
        for column, value in zip(COLUMNS, values, strict=False)
    }


def every_table_like(table, hidden):
    """Every table with the same totals and the same told cells, by trying all."""
    places = sorted(hidden)
    tops = [
        min(
            sum(value for (row, _), value in table.items() if row == place[0]),
            sum(value for (_, column), value in table.items() if column == place[1]),
        )
        for place in places
    ]
    for values in product(*(range(top + 1) for top in tops)):
        tried = {**table, **dict(zip(places, values, strict=True))}
        if sums(tried) == sums(table):
            yield tried


def sums(table):
    rows, columns = {}, {}
    for (row, column), value in table.items():
        rows[row] = rows.get(row, 0) + value
        columns[column] = columns.get(column, 0) + value
    return rows, columns


small_tables = st.lists(
    st.lists(st.integers(0, 4), min_size=2, max_size=2), min_size=2, max_size=3
).map(table_of)


@given(table=small_tables, data=st.data())
@settings(deadline=None, max_examples=150)
def test_intervals_are_those_of_every_table_that_agrees_with_what_is_told(table, data):
    hidden = data.draw(st.sets(st.sampled_from(sorted(table)), max_size=4))

    found = intervals(table, hidden)

    agreeing = list(every_table_like(table, hidden))
    for place in hidden:
        values = [tried[place] for tried in agreeing]
        assert (found[place].lowest, found[place].highest) == (min(values), max(values))


@given(table=small_tables, data=st.data(), threshold=st.integers(1, 6))
@settings(deadline=None, max_examples=150)
def test_no_small_cell_is_known_better_than_totals_alone_tell_it(
    table, data, threshold
):
    small = data.draw(st.sets(st.sampled_from(sorted(table)), max_size=2))

    hidden = hide(table, small, threshold)

    assert small <= hidden
    told_nothing = intervals(table, table.keys())
    for place in small:
        values = [tried[place] for tried in every_table_like(table, hidden)]
        needed = min(threshold, told_nothing[place].width)
        assert max(values) - min(values) >= needed


@given(table=small_tables, data=st.data())
@settings(deadline=None, max_examples=60)
def test_no_smaller_choice_would_have_been_safe(table, data):
    small = data.draw(st.sets(st.sampled_from(sorted(table)), min_size=1, max_size=2))
    hidden = hide(table, small, 3)
    told_nothing = intervals(table, table.keys())

    for spared in hidden - small:
        known = intervals(table, hidden - {spared})
        is_safe = all(
            known[place].width >= min(3, told_nothing[place].width) for place in small
        )
        assert not is_safe


def test_two_small_cells_in_three_by_three_cost_only_two_others():
    table = table_of([[120, 4, 60], [80, 90, 7], [50, 70, 110]])
    small = {("hygiene", "detention"), ("infant", "school")}
    # hiding only them gives both back
    alone = intervals(table, small)
    assert [alone[place].width for place in sorted(small)] == [0, 0]

    hidden = hide(table, small, 10)

    assert len(hidden) == 4
    assert all(each.width >= 10 for each in intervals(table, hidden).values())


def test_a_table_without_small_cells_tells_everything():
    assert hide(table_of([[12, 30], [40, 50]]), [], 10) == frozenset()


def test_one_row_cannot_hide_anything():
    with pytest.raises(TableTooSmallError):
        hide(table_of([[4, 30]]), [("hygiene", "community")], 10)


def test_a_large_table_hides_whole_lines_rather_than_searching_for_long():
    table = {(f"r{n:02}", f"c{m}"): 20 + n + m for n in range(20) for m in range(3)}
    table["r05", "c1"] = 3

    hidden = hide(table, [("r05", "c1")], 10)

    assert ("r05", "c1") in hidden
    assert intervals(table, hidden)["r05", "c1"].width >= 10
