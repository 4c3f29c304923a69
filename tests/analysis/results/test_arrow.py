"""Between NumPy and Arrow: what goes in comes out."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.results.arrow import coded, text, to_arrow, to_numpy


def column(*arrays):
    return pa.chunked_array(arrays)


@pytest.mark.parametrize("dtype", ["float64", "int64", "int32", "int8", "bool"])
@pytest.mark.parametrize("size", [0, 1, 7, 8, 9, 1000])
def test_numbers_come_back_as_they_were(dtype, size):
    values = (np.arange(size) % 3).astype(dtype)
    made = to_arrow(values)
    made.validate(full=True)
    assert made.to_pylist() == values.tolist()
    back = to_numpy(column(made))
    assert back.dtype == values.dtype
    assert back.tobytes() == values.tobytes()


def test_a_column_out_of_a_table_of_records_comes_back():
    records = np.zeros(5, dtype=[("flag", "?"), ("number", "f8")])
    records["number"] = np.arange(5)
    assert to_arrow(records["number"]).to_pylist() == [0.0, 1.0, 2.0, 3.0, 4.0]
    assert to_arrow(records["number"][::-1]).to_pylist() == [4.0, 3.0, 2.0, 1.0, 0.0]


@pytest.mark.parametrize("dtype", ["float64", "int64", "int8", "bool"])
def test_what_is_missing_is_null_in_arrow_and_nan_in_numpy(dtype):
    values, valid = np.ones(11, dtype), np.arange(11) % 4 > 0
    made = to_arrow(values, valid)
    made.validate(full=True)
    assert made.to_pylist() == [one if there else None for one, there in zip(values.tolist(), valid, strict=True)]
    back = to_numpy(column(made))
    assert back.dtype == np.float64
    assert np.array_equal(np.isnan(back), ~valid)
    assert (back[valid] == 1).all()


def test_nan_and_minus_zero_keep_their_bits():
    values = np.array([np.nan, -0.0, np.inf, 5e-324])
    assert to_numpy(column(to_arrow(values))).tobytes() == values.tobytes()


@given(st.lists(st.none() | st.text(alphabet=st.characters(exclude_categories=["Cs"]))))
def test_words_in_any_script_come_back(words):
    made = text(words)
    made.validate(full=True)
    assert made.to_pylist() == words
    assert to_numpy(column(made)).tolist() == words


def test_codes_are_text_to_those_who_read_them():
    made = coded(np.array([2, 0, 2]), ("none", "some", "all"))
    assert pa.types.is_dictionary(made.type)
    assert made.to_pylist() == ["all", "none", "all"]
    assert to_numpy(column(made)).tolist() == ["all", "none", "all"]


@pytest.mark.parametrize("dtype", ["float64", "int64", "bool"])
def test_a_slice_and_several_chunks_are_read_from_the_right_place(dtype):
    values = (np.arange(30) % 2).astype(dtype)
    valid = np.arange(30) % 5 > 0
    whole = column(to_arrow(values[:13]), to_arrow(values[13:]))
    assert to_numpy(whole).tolist() == values.tolist()
    assert to_numpy(whole.slice(3, 20)).tolist() == values[3:23].tolist()
    holes = to_numpy(column(to_arrow(values, valid)).slice(3, 20))
    assert np.array_equal(np.isnan(holes), ~valid[3:23])


def test_an_empty_table_has_empty_columns():
    for kind in (pa.float64(), pa.int64(), pa.bool_(), pa.string()):
        assert len(to_numpy(pa.chunked_array([], type=kind))) == 0


def test_short_numbers_missing_codes_and_anything_else_come_out_as_they_are():
    for kind in (pa.float32(), pa.int16(), pa.uint8(), pa.float64()):
        assert to_numpy(pa.chunked_array([[1, 2, 3]], kind)).tolist() == [1, 2, 3]
    assert to_numpy(pa.chunked_array([pa.array(["b", None, "a"]).dictionary_encode()])).tolist() == ["b", None, "a"]
    assert to_numpy(pa.chunked_array([pa.array([[1], None])])).tolist() == [[1], None]
    assert to_numpy(pa.chunked_array([pa.array(["x"], pa.large_string())])).tolist() == ["x"]
