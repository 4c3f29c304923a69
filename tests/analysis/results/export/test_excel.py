"""The workbook."""

from __future__ import annotations

import datetime
import sys
import zipfile

import pytest

from analysis.results.export import export, write
from analysis.results.export.excel import _sheet_name
from sim.problem import Problem
from tests.analysis.needs import needs


@pytest.fixture(scope="module")
def book_of(tmp_path_factory):
    """Open the workbook of some results."""
    needs("xlsxwriter", "openpyxl")
    import openpyxl

    def opened(results, *tables):
        folder = tmp_path_factory.mktemp("book")
        export(results, folder, ["excel"], tables)
        return openpyxl.load_workbook(folder / "tables.xlsx")

    return opened


def test_a_sheet_a_table_and_the_codebook(results, book_of):
    book = book_of(results, "runs")
    assert book.sheetnames == ["codebook", "runs"]
    rows = list(book["runs"].values)
    assert list(rows[0]) == results["runs"].column_names
    assert len(rows) == 1 + results.rows("runs")
    assert rows[1][:3] == (0, 1, "groupA")
    assert "not evidence" in book["codebook"]["A1"].value


def test_names_are_bold_stay_in_sight_and_can_be_filtered_by(results, book_of):
    book = book_of(results, "effects")
    sheet = book["effects"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:S{1 + results.rows('effects')}"
    assert all(cell.font.b for cell in sheet[1])
    assert not sheet["A2"].font.b
    assert sheet.column_dimensions["F"].width >= len("outcome") + 3
    assert book["codebook"].freeze_panes == "A4"
    assert book["codebook"].auto_filter.ref.startswith("A3:H")


def test_numbers_show_their_decimals(awkward, book_of):
    sheet = book_of(awkward)["history_"]
    assert sheet["A3"].value == -0.0015
    assert sheet["A3"].number_format == "0.00000"
    assert sheet["B2"].number_format == "0.0000000000"
    assert sheet["C3"].number_format == "0.00"


def test_nothing_is_run(awkward, book_of):
    sheet = book_of(awkward)["history_"]
    cells = [sheet[where] for where in ("E2", "E3", "F2", "F3", "F4", "F1")]
    assert [cell.value for cell in cells] == ["=1+1", "-2", "\t=1", "+41", "@A1", "@sum"]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells[:-1])


def test_what_excel_cannot_hold_is_text_missing_or_cut(awkward, tmp_path, book_of):
    done = export(awkward, tmp_path, ["excel"])
    assert done.notes == ["history, endless: text longer than 32,767 letters is cut in tables.xlsx"]
    sheet = book_of(awkward)["history_"]
    assert [sheet[where].value for where in ("B4", "C2", "D2", "D3", "D4")] == [
        "-infinite", "infinite", str(2**60 + 1), "-5", None]  # fmt: skip
    assert [sheet[where].value for where in ("G2", "G3", "L2")] == [
        datetime.datetime(2026, 11, 23), None, datetime.datetime(2026, 11, 23)]  # fmt: skip
    assert sheet["G2"].number_format == "yyyy-mm-dd"
    assert [sheet[where].value for where in ("H2", "H3", "H4", "K2")] == [True, None, False, "[1, 2]"]
    assert len(sheet["M2"].value) == 32_767


def test_a_table_too_long_for_a_sheet_is_left_out_and_the_rest_is_there(results, tmp_path, monkeypatch):
    needs("xlsxwriter", "openpyxl")
    import openpyxl

    monkeypatch.setitem(write.MOST_ROWS, "excel", 24)
    done = export(results, tmp_path, ["excel"])
    assert done.files == ["tables.xlsx", "groups.csv", "effects.csv", "codebook.csv", "README.txt"]
    assert done.notes[0] == "groups has 48 rows, and a sheet of Excel holds 24: it is in groups.csv instead"
    assert openpyxl.load_workbook(tmp_path / "tables.xlsx").sheetnames == ["codebook", "points", "runs"]
    assert done.notes[0] in (tmp_path / "README.txt").read_text()
    assert (tmp_path / "groups.csv").read_text().count("\n") == 49


def test_without_the_package_it_says_how_to_install_it(results, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(Problem, match=r"pip install -e '\.\[export\]'"):
        export(results, tmp_path, ["excel"])


def test_nothing_of_the_making_stays_in_the_folder(results, tmp_path):
    needs("xlsxwriter")
    export(results, tmp_path, ["excel"], ["runs"])
    assert {path.name for path in tmp_path.iterdir()} == {"tables.xlsx", "codebook.csv", "README.txt"}
    assert zipfile.is_zipfile(tmp_path / "tables.xlsx")


@pytest.mark.parametrize(
    ("name", "taken", "expected"),
    [("a/b:c", [], "a_b_c"), ("History", [], "History_"), ("x" * 40, ["x" * 31], f"{'x' * 27}_2"),
     ("Runs", ["runs"], "Runs_2"), ("'", [], "table")],
)  # fmt: skip
def test_names_that_excel_takes_for_a_sheet(name, taken, expected):
    assert _sheet_name(name, taken) == expected
