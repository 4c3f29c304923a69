"""Files of Stata."""

from __future__ import annotations

import datetime

import numpy as np
import pytest

from analysis.results.arrow import to_numpy
from analysis.results.export import export
from tests.analysis.needs import needs


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """Export as Stata and read a table back: values, and what is said about them."""
    needs("pyreadstat", "pandas")
    import pyreadstat

    def opened(results, table, **how):
        folder = tmp_path_factory.mktemp("stata")
        export(results, folder, ["stata"], [table])
        return *pyreadstat.read_dta(folder / f"{table}.dta", **how), folder / f"{table}.dta"

    return opened


def test_values_labels_and_codes(results, read):
    frame, about, path = read(results, "effects")
    table = results["effects"]
    assert b"<release>118</release>" in path.read_bytes()[:100]
    assert about.variable_value_labels["outcome"] == {1: "isolation", 2: "episodes"}
    assert about.column_names_to_labels["people"] == "how many people have a value in both worlds [people]"
    np.testing.assert_array_equal(frame["difference"], to_numpy(table.column("difference")))
    points, *_ = read(results, "points")
    assert list(points) == ["point", "group_meeting_days", "group_regular"]


def test_pandas_reads_it_too(awkward, read):
    import pandas as pd

    *_, path = read(awkward, "history")
    frame = pd.read_stata(path)
    assert frame["v_with"].fillna(-1).tolist() == [0.5, -0.0015, -1]
    assert frame["flag"].tolist()[0] == "yes"


def test_what_is_awkward_comes_through(awkward, read):
    frame, about, _ = read(awkward, "history")
    assert list(frame)[:4] == ["v_with", "v_2nd_column", "v_long", "big"]
    assert about.original_variable_types["v_with"] == "%8.5f"
    assert about.original_variable_types["dated"] == "%td"
    assert about.column_names_to_labels["coded"] == "m" * 77 + "..."
    assert about.variable_value_labels["coded"][1] == "ü" * 100
    assert frame["dated"].dropna().tolist() == [datetime.date(2026, 11, 23), datetime.date(2026, 1, 2)]
    assert frame["dated"].isna().tolist() == [False, True, False]
    assert frame["big"].tolist() == [str(2**60 + 1), "-5", ""]
    assert frame["words"].tolist() == ["=1+1", "-2", ""]
    assert frame["single"].fillna(-1).tolist() == [1.5, -1, 2.5]
    assert frame["endless"].str.len().tolist() == [40_000, 1, 0]


def test_infinite_numbers_are_missing_values_of_their_own(awkward, read):
    frame, about, _ = read(awkward, "history", user_missing=True)
    assert frame["v_long"].tolist() == ["a", 1.25, 3.0]
    assert about.variable_value_labels["v_long"] == {"a": "infinite"}
    assert frame["v_2nd_column"].tolist()[2] == "b"
