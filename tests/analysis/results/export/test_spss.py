"""Files of SPSS."""

from __future__ import annotations

import datetime
import sys

import numpy as np
import pytest

from analysis.results.arrow import to_numpy
from analysis.results.export import export
from sim.problem import Problem
from tests.analysis.needs import needs


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """Export as SPSS and read a table back: values, and what is said about them."""
    needs("pyreadstat", "pandas")
    import pyreadstat

    def opened(results, table, **how):
        folder = tmp_path_factory.mktemp("spss")
        export(results, folder, ["spss"], [table])
        return pyreadstat.read_sav(folder / f"{table}.sav", **how)

    return opened


def test_columns_and_codes_have_labels(results, read):
    frame, about = read(results, "effects")
    table = results["effects"]
    assert about.variable_value_labels["outcome"] == {1.0: "isolation", 2.0: "episodes"}
    assert about.column_names_to_labels["people"] == "how many people have a value in both worlds [people]"
    assert about.variable_measure["difference"] == "scale"
    np.testing.assert_array_equal(frame["difference"], to_numpy(table.column("difference")))
    assert [("isolation", "episodes")[int(k) - 1] for k in frame["outcome"]] == table.column("outcome").to_pylist()
    points, about = read(results, "points")
    assert points["group.regular"].tolist() == [1, 0, 1, 0]
    assert about.variable_value_labels["group.regular"] == {0.0: "no", 1.0: "yes"}
    assert points["group.meeting_days"].tolist() == ["2", "2", "1,3", "1,3"]


def test_names_formats_and_widths_suit_the_values(awkward, read):
    frame, about = read(awkward, "history")
    assert list(frame)[:3] == ["v_with", "v_2nd_column", "long"]
    assert about.original_variable_types["v_with"] == "F8.5"  # -0.00150
    assert about.original_variable_types["long"] == "F5.2"
    assert about.variable_display_width["v_with"] == 8
    assert about.column_names_to_labels["v_with"] == "a share [share]"
    assert about.column_names_to_labels["coded"] == "m" * 252 + "..."


def test_dates_missing_values_and_what_is_too_large_come_through(awkward, read):
    frame, _ = read(awkward, "history")
    assert frame["dated"].dropna().tolist() == [datetime.date(2026, 11, 23), datetime.date(2026, 1, 2)]
    assert frame["dated"].isna().tolist() == [False, True, False]
    assert frame["big"].tolist() == [str(2**60 + 1), "-5", ""]
    assert frame["words"].tolist() == ["=1+1", "-2", ""]
    assert frame["single"].fillna(-1).tolist() == [1.5, -1, 2.5]
    assert frame["flag"].fillna(-1).tolist() == [1, -1, 0]
    assert frame["coded"].fillna(-1).tolist() == [1, 2, -1]
    assert frame["listed"].tolist() == ["[1, 2]", "", "[]"]
    assert len(frame["endless"][0]) == 32_767


def test_infinite_numbers_are_labelled_and_left_out_of_means(awkward, read):
    frame, about = read(awkward, "history")
    assert frame["long"].fillna(-1).tolist() == [-1, 1.25, 3.0]
    assert about.variable_value_labels["long"] == {1e300: "infinite"}
    assert about.variable_value_labels["v_2nd_column"] == {-1e300: "-infinite"}
    kept, _ = read(awkward, "history", user_missing=True)
    assert kept["long"][0] == 1e300


def test_text_that_is_cut_is_named(awkward, tmp_path):
    needs("pyreadstat", "pandas")
    assert "history.sav, endless: text longer than 32,767 bytes is cut" in export(awkward, tmp_path, ["spss"]).notes[0]


@pytest.mark.parametrize("package", ["pyreadstat", "pandas"])
def test_without_the_package_it_says_how_to_install_it(results, tmp_path, monkeypatch, package):
    monkeypatch.setitem(sys.modules, package, None)
    for form in ("spss", "stata"):
        with pytest.raises(Problem, match=r"pip install -e '\.\[export\]'"):
            export(results, tmp_path, [form])
