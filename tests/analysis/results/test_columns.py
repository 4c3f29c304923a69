"""Columns keep their values, units and meanings, whatever they hold."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from analysis.compare.estimate import Estimates
from analysis.results.arrow import text
from analysis.results.columns import Column, differing_columns, table_of, with_interval


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


def test_an_arrow_array_is_taken_as_it_is():
    words = text(["a"] * 20)
    table = table_of([Column("one", "words", "some", words)])
    assert table.schema.field("one").type == pa.string()
    assert table.column("one").to_pylist() == ["a"] * 20


def test_types_are_those_of_the_values_however_few_there_are():
    for rows in (0, 2):
        values = {"n": np.zeros(rows, np.int32), "x": np.zeros(rows), "y": np.zeros(rows, bool), "w": [None] * rows}
        types = table_of(Column(name, "unit", "meaning", some) for name, some in values.items()).schema.types
        assert types == [pa.int64(), pa.float64(), pa.bool_(), pa.string()]


def test_a_figure_with_its_interval_is_three_columns():
    found = Estimates(*(np.full((2, 3), end) for end in (1.0, 0.5, np.nan)))
    table = table_of(with_interval("change", "SD", "since before", found))
    assert table.column_names == ["change", "change_low", "change_high"]
    assert table.column("change_high").null_count == 6
    assert {field.metadata[b"unit"] for field in table.schema} == {b"SD"}


# Comparing.


@pytest.mark.parametrize(("one", "other"), [(0.0, -0.0), (1.0, np.nextafter(1.0, 2.0)), (1.0, np.nan), (1.0, None)])
def test_the_least_difference_is_a_difference(one, other):
    first, second = (pa.table({"same": [1, 2], "x": pa.array([value, 3.0], pa.float64())}) for value in (one, other))
    assert differing_columns(first, second) == ["x"]
    assert differing_columns(second, second) == []


def test_a_column_too_few_too_many_or_of_another_kind_differs():
    one = pa.table({"a": [1], "b": [2.0]})
    assert differing_columns(one, pa.table({"a": [1], "c": [2.0]})) == ["b", "c"]
    assert differing_columns(one, pa.table({"a": [1], "b": [2]})) == ["b"]
    assert differing_columns(one, pa.table({"a": ["1"], "b": [2.0]})) == ["a"]
    assert differing_columns(one, pa.table({"a": [1, 1], "b": [2.0, 2.0]})) == ["a", "b"]


def test_text_stored_as_codes_is_the_text():
    words = pa.array(["a", "b", "a"])
    assert differing_columns(pa.table({"x": words}), pa.table({"x": words.dictionary_encode()})) == []
