"""CSV, exact; and CSV for Excel."""

from __future__ import annotations

import numpy as np
import pyarrow.csv as pa_csv

from analysis.results.arrow import to_numpy
from analysis.results.export import export


def test_csv_holds_every_row_and_value(results, tmp_path):
    written = export(results, tmp_path, ["csv"]).files
    assert written == ["points.csv", "runs.csv", "groups.csv", "effects.csv", "codebook.csv", "README.txt"]
    found = pa_csv.read_csv(tmp_path / "effects.csv")
    table = results["effects"]
    assert found.column_names == table.column_names
    for name in ("people", "difference", "lost"):
        np.testing.assert_array_equal(to_numpy(found.column(name)), to_numpy(table.column(name)))
    assert found.column("outcome").to_pylist() == table.column("outcome").to_pylist()
    assert pa_csv.read_csv(tmp_path / "points.csv").column("group.meeting_days").to_pylist() == ["2", "2", "1,3", "1,3"]


def test_plain_csv_is_exact_and_has_no_mark(awkward, tmp_path):
    export(awkward, tmp_path, ["csv"])
    lines = (tmp_path / "history.csv").read_text(encoding="utf-8").split("\n")
    assert lines[0].startswith('"with","2nd column","long","big","words","@sum"')
    assert lines[1].startswith(f'0.5,1e-9,inf,{2**60 + 1},"=1+1","\t=1","2026-11-23",true,')
    assert '"[1, 2]",2026-11-23,' in lines[1]
    assert lines[2].startswith('-0.0015,12345.5,1.25,-5,"-2","+41",,,"b",,,,')


def test_csv_for_excel_has_a_mark_and_nothing_that_is_run_or_rounded(awkward, tmp_path):
    assert export(awkward, tmp_path, ["excel-csv"]).files[0] == "history-excel.csv"
    content = (tmp_path / "history-excel.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    lines = content.decode("utf-8-sig").split("\n")
    assert lines[0].startswith('"with","2nd column","long","big","words","\'@sum"')
    assert lines[1].startswith(f'0.5,1e-9,inf,"\'{2**60 + 1}","\'=1+1","\'\t=1","2026-11-23"')
    assert lines[2].startswith('-0.0015,12345.5,1.25,"-5","\'-2","\'+41"')  # Excel takes "-5" for the number
