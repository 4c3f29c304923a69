"""Results for other programs."""

from __future__ import annotations

import csv
import sys

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest

import analysis
from analysis.results import export as module
from analysis.results.arrow import to_numpy
from analysis.results.export import export, spss_name
from sim.problem import Problem
from tests.analysis.needs import needs
from tests.analysis.studies.sweep.sweeps import live, make_sweep


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    home = tmp_path_factory.mktemp("swept")
    vary = {"group.meeting_days": {"values": [[2], [1, 3]]}, "group.regular": {"values": [True, False]}}
    live(make_sweep(home, vary=vary, seeds=3), home / "results")
    return analysis.load(home / "results")


def test_csv_holds_every_row_and_value(results, tmp_path):
    written = export(results, tmp_path, ["csv"])
    assert written == ["points.csv", "runs.csv", "groups.csv", "effects.csv", "codebook.csv", "README.txt"]
    found = pa_csv.read_csv(tmp_path / "effects.csv")
    table = results["effects"]
    assert found.column_names == table.column_names
    for name in ("people", "difference", "lost"):
        np.testing.assert_array_equal(to_numpy(found.column(name)), to_numpy(table.column(name)))
    assert found.column("outcome").to_pylist() == table.column("outcome").to_pylist()
    assert pa_csv.read_csv(tmp_path / "points.csv").column("group.meeting_days").to_pylist() == ["2", "2", "1,3", "1,3"]


def test_the_codebook_says_what_every_column_is(results, tmp_path):
    export(results, tmp_path, ["csv"])
    with (tmp_path / "codebook.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {(row["table"], row["column"]) for row in rows} == {(t, c) for t in results for c in results[t].column_names}
    assert all(row["unit"] and row["meaning"] for row in rows)
    arm = next(row for row in rows if (row["table"], row["column"]) == ("effects", "arm"))
    assert arm["values"] == "1 = groupA; 2 = judging"
    assert "not evidence that groups work or are safe" in (tmp_path / "README.txt").read_text()


def test_spss_has_labels_for_columns_and_codes(results, tmp_path):
    needs("pyreadstat", "pandas")
    import pyreadstat

    export(results, tmp_path, ["spss"], ["effects", "points"])
    frame, about = pyreadstat.read_sav(tmp_path / "effects.sav")
    table = results["effects"]
    assert about.variable_value_labels["outcome"] == {1.0: "isolation", 2.0: "episodes"}
    assert about.column_names_to_labels["people"] == "how many people have a value in both worlds [people]"
    assert about.variable_measure["difference"] == "scale"
    np.testing.assert_array_equal(frame["difference"], to_numpy(table.column("difference")))
    assert [("isolation", "episodes")[int(k) - 1] for k in frame["outcome"]] == table.column("outcome").to_pylist()
    points, about = pyreadstat.read_sav(tmp_path / "points.sav")
    assert points["group.regular"].tolist() == [1, 0, 1, 0]
    assert about.variable_value_labels["group.regular"] == {0.0: "no", 1.0: "yes"}
    assert points["group.meeting_days"].tolist() == ["2", "2", "1,3", "1,3"]


def test_excel_has_a_sheet_a_table_and_the_codebook(results, tmp_path):
    needs("openpyxl")
    import openpyxl

    export(results, tmp_path, ["excel"], ["runs"])
    book = openpyxl.load_workbook(tmp_path / "tables.xlsx")
    assert book.sheetnames == ["codebook", "runs"]
    rows = list(book["runs"].values)
    assert list(rows[0]) == results["runs"].column_names
    assert len(rows) == 1 + results.rows("runs")
    assert rows[1][:3] == (0, 1, "groupA")
    assert "not evidence" in book["codebook"]["A1"].value


def test_a_table_too_long_for_a_sheet_is_refused(results, tmp_path, monkeypatch):
    needs("openpyxl")
    monkeypatch.setattr(module, "MOST_ROWS_OF_EXCEL", 20)
    with pytest.raises(Problem, match=r"table runs has 24 rows.*use --as csv"):
        export(results, tmp_path, ["excel"], ["runs"])


@pytest.mark.parametrize(("form", "package"), [("excel", "openpyxl"), ("spss", "pyreadstat")])
def test_without_the_package_it_says_how_to_install_it(results, tmp_path, monkeypatch, form, package):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(Problem, match=r"pip install -e '\.\[export\]'"):
        export(results, tmp_path, [form])


def test_missing_values_and_large_whole_numbers_come_through(tmp_path):
    needs("pyreadstat", "pandas", "openpyxl")
    import openpyxl
    import pyreadstat

    table = pa.table({"big": pa.array([2**60 + 1, 1]), "gap": pa.array([None, 1.5]), "words": pa.array([None, "some"])})
    (tmp_path / "in").mkdir()
    pq.write_table(table, tmp_path / "in" / "odd.parquet")
    (tmp_path / "out").mkdir()
    export(analysis.load(tmp_path / "in"), tmp_path / "out", ["spss", "excel", "csv"])
    frame, _ = pyreadstat.read_sav(tmp_path / "out" / "odd.sav")
    assert frame["big"].tolist() == [str(2**60 + 1), "1"]
    assert np.isnan(frame["gap"][0])
    assert frame["words"].tolist() == ["", "some"]
    assert list(openpyxl.load_workbook(tmp_path / "out" / "tables.xlsx")["odd"].values)[1] == (
        str(2**60 + 1),
        None,
        None,
    )
    assert (tmp_path / "out" / "odd.csv").read_text() == f'"big","gap","words"\n{2**60 + 1},,\n1,1.5,"some"\n'


@pytest.mark.parametrize(
    ("name", "expected"),
    [("group.acceptance", "group.acceptance"), ("a (position)", "a_position"), ("2nd", "v_2nd"), ("é", "column"),
     ("x" * 80, "x" * 64), ("ends.", "ends")],
)  # fmt: skip
def test_names_that_spss_accepts(name, expected):
    assert spss_name(name) == expected


def test_names_that_spss_takes_for_the_same_are_told_apart():
    assert spss_name("Open", ["open"]) == "Open_2"
    assert len(spss_name("x" * 80, ["x" * 64])) <= 64
