"""Any results folder as tidy tables."""

from __future__ import annotations

import shutil
import subprocess
import sys

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

import analysis
from analysis.results.arrow import to_numpy
from analysis.studies.frame import write
from sim.problem import Problem
from tests.analysis.needs import needs
from tests.analysis.studies.sweep.sweeps import bytes_of, live, make_sweep


@pytest.fixture(scope="module")
def swept(tmp_path_factory):
    """The folder of a finished sweep."""
    home = tmp_path_factory.mktemp("swept")
    live(make_sweep(home, seeds=3), home / "results")
    return home / "results"


def test_a_run_gives_its_tables(run, tmp_path):
    write(run, tmp_path / "groupA")
    results = analysis.load(tmp_path / "groupA")
    assert set(results) == set(run.tables)
    for name, table in run.tables.items():
        assert results[name].equals(table)
        assert results.rows(name) == table.num_rows


def test_a_sweep_gives_all_its_chunks_as_one_table(swept):
    results = analysis.load(swept)
    assert list(results) == ["points", "runs", "groups", "effects"]
    assert results["runs"].num_rows == results.rows("runs") == 24
    chunks = [pq.read_table(path) for path in sorted(swept.glob("chunks/*/effects.parquet"))]
    assert results["effects"].equals(pa.concat_tables(chunks).replace_schema_metadata(None))


def test_only_what_is_wanted_is_read_with_the_parameters_beside(swept):
    table = analysis.load(swept).read(
        "effects", columns=["point", "difference"], where=pc.field("outcome") == "episodes", parameters=True
    )
    assert table.column_names == ["point", "difference", "contact.texts_per_week", "episodes.social_influence"]
    assert table.num_rows == 24 * 2 * 2
    points, influence = (to_numpy(table.column(name)) for name in ("point", "episodes.social_influence"))
    assert np.array_equal(influence, points % 2)


def test_columns_say_unit_meaning_and_words(swept):
    columns = {column.name: column for column in analysis.load(swept).columns("effects")}
    assert columns["people"].kind == "whole number"
    assert columns["people"].unit == "people"
    assert columns["difference"].meaning == "mean with the group minus without: the effect of the group"
    assert columns["outcome"].values == ("isolation", "episodes")


def test_as_pandas_with_units_and_meanings(swept):
    needs("pandas")
    frame = analysis.load(swept).pandas("effects", columns=["point", "difference"])
    assert frame.attrs["difference"] == {
        "unit": "unit of the outcome", "meaning": "mean with the group minus without: the effect of the group"
    }  # fmt: skip
    assert len(frame) == 24 * 2 * 2 * 2


def test_as_polars(swept):
    pytest.importorskip("polars")  # large, so not among what tests bring
    assert analysis.load(swept).polars("runs").height == 24


def test_without_polars_it_says_how_to_install_it(swept, monkeypatch):
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(Problem, match="pip install polars"):
        analysis.load(swept).polars("runs")


def test_of_a_sweep_that_is_not_finished_what_is_there_with_a_warning(swept, tmp_path):
    shutil.copytree(swept, tmp_path / "part")
    shutil.rmtree(sorted((tmp_path / "part" / "chunks").iterdir())[0])
    with pytest.warns(UserWarning, match="not finished: 2 of 3 chunks"):
        results = analysis.load(tmp_path / "part")
    assert results.rows("runs") == 14
    for chunk in (tmp_path / "part" / "chunks").iterdir():
        shutil.rmtree(chunk)
    with pytest.raises(Problem, match="nothing of this sweep is finished yet"):
        analysis.load(tmp_path / "part")


def test_what_is_no_results_folder_says_so(tmp_path, swept):
    with pytest.raises(Problem, match="no such folder"):
        analysis.load(tmp_path / "gone")
    with pytest.raises(Problem, match="holds no tables"):
        analysis.load(tmp_path)
    with pytest.raises(KeyError, match="no table 'week'; there are points, runs"):
        analysis.load(swept)["week"]
    shutil.copytree(swept, tmp_path / "broken")
    broken = sorted((tmp_path / "broken" / "chunks").glob("*/effects.parquet"))[0]
    results = analysis.load(tmp_path / "broken")
    broken.write_bytes(b"PAR1 not really")
    with pytest.raises(Problem, match=r"effects.*cannot be read as Parquet"):
        results["effects"]
    (tmp_path / "broken" / "record.json").write_text("{}")
    with pytest.raises(Problem, match=r"record\.json"):
        analysis.load(tmp_path / "broken")


def test_reading_writes_nothing(swept):
    before = bytes_of(swept)
    results = analysis.load(swept)
    for name in results:
        assert results[name].num_rows
    assert bytes_of(swept) == before


def test_to_import_the_package_is_light():
    heavy = "import sys, analysis; print([m for m in ('pyarrow', 'numpy', 'numba', 'pandas') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", heavy], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
