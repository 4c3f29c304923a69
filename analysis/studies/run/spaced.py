"""The table of people with a row for every so many weeks instead of every week; nothing counted is lost."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from analysis.results.arrow import to_arrow, to_numpy
from analysis.results.columns import Column, table_of

SUFFIX, INSTEAD = "_this_week", "_these_weeks"
MEANS = frozenset({"distress_this_week"})  # averaged, not counted


def every_so_many(people: pa.Table, every: int) -> pa.Table:
    """One row for each person and every so many weeks, counted from the opening; the baseline stays as it is.

    Args:
        people: the table of people with a row a week, from ``people_table``.
        every: how many weeks a row stands for.

    Returns:
        The same columns. ``week`` is the last of these weeks in which the person lived in the area, ``weeks`` how many
        there were; states are those at its end. What was said of one week (``..._this_week``) is said of them all
        (``..._these_weeks``): counts added up, distress averaged.
    """
    week, ids = to_numpy(people.column("week")), to_numpy(people.column("id"))
    block = week // every  # the baseline, in week -1, is one of its own
    order = np.lexsort((week, ids, block))
    new = np.ones(len(order), dtype=bool)
    new[1:] = (np.diff(block[order]) != 0) | (np.diff(ids[order]) != 0)
    first = np.flatnonzero(new)
    weeks = np.diff(np.append(first, len(order)))
    last = people.take(pa.array(order[first + weeks - 1]))
    columns = []
    for field in people.schema:
        unit, meaning = (field.metadata[key].decode() for key in (b"unit", b"meaning"))
        if not field.name.endswith(SUFFIX):
            columns.append(Column(field.name, unit, meaning, last.column(field.name).combine_chunks()))
            if field.name == "week":
                columns.append(Column("weeks", "count", "weeks that this row stands for", to_arrow(weeks)))
            continue
        column = people.column(field.name)
        summed = np.add.reduceat(to_numpy(column.fill_null(0))[order], first)
        known = ~to_numpy(column.is_null())[order][first]  # unknown before the opening only
        unit = unit.replace("this week", "these weeks")
        if field.name in MEANS:
            summed, meaning = summed / weeks, f"{meaning}, averaged over the weeks of the row"
        name = field.name.removesuffix(SUFFIX) + INSTEAD
        columns.append(Column(name, unit, meaning, to_arrow(summed, None if known.all() else known)))
    return table_of(columns)
