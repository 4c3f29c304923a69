"""Several formats at once, with progress, and what is refused."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import analysis
from analysis.results.export import FORMATS, export, write
from sim.problem import Problem
from tests.analysis.needs import needs


def test_progress_counts_every_row_of_every_format(results, tmp_path):
    needs("xlsxwriter", "pyreadstat", "pandas")
    seen = []
    export(results, tmp_path, FORMATS, progress=lambda *told: seen.append(told))
    rows = sum(results.rows(name) for name in results)
    assert seen[-1][:2] == (len(FORMATS) * rows, len(FORMATS) * rows)
    assert [done for done, *_ in seen] == sorted(done for done, *_ in seen)
    assert {"effects.csv", "tables.xlsx, effects", "effects.sav", "effects.dta"} <= {what for *_, what in seen}


@pytest.mark.parametrize(("form", "holder"), [("spss", "a file of SPSS"), ("stata", "a file of Stata")])
def test_a_table_too_long_for_a_format_is_left_out_of_it(results, tmp_path, monkeypatch, form, holder):
    needs("pyreadstat", "pandas")
    monkeypatch.setitem(write.MOST_ROWS, form, 24)
    done = export(results, tmp_path, [form, "csv"], ["effects", "runs"])
    assert done.notes == [f"effects has 192 rows, and {holder} holds 24: it is in effects.csv instead"]
    assert {"effects.csv", "runs.csv"} < set(done.files)
    assert len(done.files) == 5


def test_no_such_table_and_a_table_that_is_called_codebook(results, tmp_path):
    with pytest.raises(Problem, match="no table 'effect'; there are points, runs"):
        export(results, tmp_path, ["csv"], ["effect"])
    (tmp_path / "in").mkdir()
    pq.write_table(pa.table({"a": [1]}), tmp_path / "in" / "codebook.parquet")
    with pytest.raises(Problem, match="has the name of the codebook"):
        export(analysis.load(tmp_path / "in"), tmp_path, ["csv"])
