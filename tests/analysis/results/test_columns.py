"""The table builder: columns keep values, units and meanings."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from analysis.results.columns import Column, table_of


def test_columns_keep_their_values_units_and_meanings():
    table = table_of(
        (Column("arm", "name", "which", ["b", "a"] * 9), Column("who", "words", "whom", ["x", None] * 9),
         Column("n", "people", "how many", np.arange(18)), Column("mean", "0-1", "of all", np.array([0.5, np.nan] * 9)),
         Column("open", "yes/no", "still", np.array([True, False] * 9)),
         Column("none", "words", "nothing", [None] * 18))
    )  # fmt: skip
    assert table.to_pydict() == {
        "arm": ["b", "a"] * 9, "who": ["x", None] * 9, "n": list(range(18)), "mean": [0.5, None] * 9,
        "open": [True, False] * 9, "none": [None] * 18,
    }  # fmt: skip
    assert table.schema.field("mean").metadata == {b"unit": b"0-1", b"meaning": b"of all"}
    assert pa.types.is_dictionary(table.schema.field("arm").type)
    assert table.schema.field("none").type == pa.string()


@pytest.mark.parametrize("words", [["a"], ["a", "b", "c"], [None], [None, None], ["a", None], [], ["x"] * 50])
def test_any_list_of_words_is_a_column_of_words(words):
    table = table_of([Column("words", "words", "some", words)])
    assert table.column("words").to_pylist() == words
    assert not pa.types.is_integer(table.schema.field("words").type)
