"""The folder of a study: written whole or not at all, over nobody else's files, and known again."""

from __future__ import annotations

import errno
import json
import os
from dataclasses import replace

import numpy as np
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest

from analysis.results.columns import Column, table_of
from analysis.results.study import Study, check_study_target, read_study, study_folder, write_tables
from sim.problem import Problem
from tests.analysis.lives import contents
from tests.analysis.small import arm

FILES = ("effects.parquet", "effects.csv", "report.html")


@pytest.fixture(scope="module")
def arms():
    return [arm(), arm("absent")]


@pytest.fixture
def study(arms):
    return Study("comparison", arms, 1, 5, {"precision": 0.05}, finished=5)


@pytest.fixture
def folder(study, tmp_path):
    """A folder of that study, with one file in it."""
    with study_folder(tmp_path / "results" / "it", study, FILES) as partial:
        (partial / "report.html").write_text("old")
    return tmp_path / "results" / "it"


def test_tables_are_written_as_parquet_and_those_named_as_csv_too(tmp_path):
    table = table_of([Column("arm", "name", "which", ["a"] * 8), Column("n", "people", "many", np.arange(8))])
    write_tables(tmp_path, {"one": table, "two": table}, csv=["two"])
    assert sorted(contents(tmp_path)) == ["one.parquet", "two.csv", "two.parquet"]
    assert pq.read_table(tmp_path / "one.parquet").to_pydict() == table.to_pydict()
    assert pq.read_table(tmp_path / "one.parquet").schema.field("n").metadata[b"meaning"] == b"many"
    assert pa_csv.read_csv(tmp_path / "two.csv").to_pydict() == table.to_pydict()


# Identity and record.


def test_the_record_says_all_that_is_needed_to_do_it_again(folder, study):
    record = json.loads((folder / "record.json").read_text(encoding="utf-8"))
    assert record["format"] == "sameboat comparison"
    assert (record["first_seed"], record["runs"], record["finished_runs"]) == (1, 5, 5)
    assert record["arms"]["absent"] == {k: v for k, v in study.arms[1].values.items() if k != "run.seed"}
    assert record["titles"] == {"groupA": "Title of groupA", "absent": "Title of absent"}
    assert "not evidence" in record["care"]
    assert set(record["versions"]) >= {"python", "numpy", "scipy", "sameboat"}
    assert read_study(folder, "comparison") == record


@pytest.mark.parametrize(
    "change", [{"first_seed": 2}, {"runs": 6}, {"settings": {"precision": 0.1}}, {"arms": [arm()]},
               {"arms": [arm(), arm("absent", outside__acceptance=0.5)]}],
    ids=lambda change: next(iter(change)),
)  # fmt: skip
def test_what_decides_the_results_makes_another_study(study, folder, change):
    other = replace(study, **change)
    assert other.identity() != study.identity()
    with pytest.raises(Problem, match="holds the results of another comparison"):
        check_study_target(folder, other, FILES)
    check_study_target(folder, other, FILES, overwrite=True)


def test_seeds_of_scenarios_times_and_titles_do_not(study, folder):
    arms = [replace(one, title="x", values={**one.values, "run.seed": 99}) for one in study.arms]
    other = replace(study, arms=arms, started="never", clock=0.0)
    assert other.identity() == study.identity()
    check_study_target(folder, other, FILES)


def test_another_version_of_the_model_is_another_study(study, folder, monkeypatch):
    monkeypatch.setattr("analysis.results.study.source_digest", lambda: "0" * 64)
    with pytest.raises(Problem, match="source digest differs"):
        check_study_target(folder, study, FILES)


# Whole or not at all.


def test_a_folder_appears_with_all_it_holds_and_nothing_beside_it(folder, tmp_path):
    assert sorted(contents(tmp_path)) == ["results/it/record.json", "results/it/report.html"]


def test_the_same_study_takes_the_place_of_itself(folder, study):
    with study_folder(folder, study, FILES) as partial:
        assert (folder / "report.html").read_text() == "old", "until the new one is whole"
        (partial / "effects.csv").write_text("new")
    assert sorted(contents(folder)) == ["effects.csv", "record.json"]
    assert [path.name for path in folder.parent.iterdir()] == ["it"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, ValueError, Problem])
@pytest.mark.parametrize("where", ["results/it", "new/and/deep"])
def test_nothing_changes_if_anything_goes_wrong(folder, study, tmp_path, error, where):
    before = contents(tmp_path)
    with pytest.raises(error), study_folder(tmp_path / where, study, FILES) as partial:
        (partial / "report.html").write_text("half")
        raise error("stopped")
    assert contents(tmp_path) == before
    assert [path.name for path in tmp_path.iterdir()] == ["results"], "no empty folders either"


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "the disk is full"), (errno.EACCES, "no permission"), (errno.EROFS, "read-only")],
)
def test_a_disk_that_refuses_is_explained(study, tmp_path, number, words):
    with pytest.raises(Problem, match=words), study_folder(tmp_path / "it", study, FILES):
        raise OSError(number, os.strerror(number))
    assert list(tmp_path.iterdir()) == []


def test_the_old_one_comes_back_if_the_new_one_cannot_take_its_place(folder, study, tmp_path, monkeypatch):
    before, real = contents(tmp_path), type(folder).rename

    def rename(self, target):
        if ".partial-" in self.name:
            raise OSError(errno.EACCES, "no")
        return real(self, target)

    monkeypatch.setattr(type(folder), "rename", rename)
    with pytest.raises(Problem, match="no permission"), study_folder(folder, study, FILES):
        pass
    assert contents(tmp_path) == before


# Nobody else's files.


@pytest.mark.parametrize("overwrite", [False, True])
def test_foreign_files_are_refused_and_named(study, tmp_path, overwrite):
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(Problem, match=r"holds files that are not results of a comparison \(thesis\.txt\)"):
        check_study_target(tmp_path, study, FILES, overwrite)
    with pytest.raises(Problem), study_folder(tmp_path, study, FILES, overwrite):
        pass
    assert contents(tmp_path) == {"thesis.txt": b"years of work"}


def test_a_folder_that_looks_like_a_file_of_ours_is_foreign(study, tmp_path):
    (tmp_path / "report.html").mkdir()
    with pytest.raises(Problem, match=r"report\.html"):
        check_study_target(tmp_path, study, FILES, overwrite=True)


@pytest.mark.parametrize("overwrite", [False, True])
@pytest.mark.parametrize(
    "record", [b"{", b"[]", b"\xff", b'{"format": "sameboat run"}', b"[" * 100_000, b" " * 5_000_000, None]
)
def test_records_that_are_not_of_a_comparison_are_refused(folder, study, record, overwrite):
    if record is None:
        (folder / "record.json").unlink()
    else:
        (folder / "record.json").write_bytes(record)
    before = contents(folder)
    with pytest.raises(Problem) as problem:
        check_study_target(folder, study, FILES, overwrite)
    assert "\n" not in str(problem.value)
    assert contents(folder) == before


def test_an_empty_folder_and_what_desktops_leave_are_no_hindrance(study, tmp_path):
    check_study_target(tmp_path, study, FILES)
    with study_folder(tmp_path / "it", study, FILES):
        pass
    (tmp_path / "it" / ".DS_Store").write_bytes(b"x")
    check_study_target(tmp_path / "it", study, FILES)


@pytest.mark.parametrize("there", ["a file", "a link", "below a file"])
def test_what_is_no_folder_is_refused(study, tmp_path, there):
    (tmp_path / "file").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path)
    path = {"a file": "file", "a link": "link", "below a file": "file/x/y"}[there]
    with pytest.raises(Problem, match="not a folder"):
        check_study_target(tmp_path / path, study, FILES, overwrite=True)


def test_where_one_may_not_write_is_said_before_anything_is_lived(study, tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: path != tmp_path)
    with pytest.raises(Problem, match="no permission to write in"):
        check_study_target(tmp_path / "new" / "it", study, FILES)


def test_fewer_runs_do_not_take_the_place_of_more(study, folder):
    """The same command again, stopped early, must not cost what was there."""
    before, fewer = contents(folder), replace(study, finished=2)
    words = "holds 5 finished runs of this comparison, now only 2"
    with pytest.raises(Problem, match=words), study_folder(folder, fewer, FILES):
        pass
    assert contents(folder) == before
    check_study_target(folder, replace(study, finished=0), FILES)
    with study_folder(folder, fewer, FILES, overwrite=True):
        pass
    with study_folder(folder, study, FILES):
        pass
    assert read_study(folder, "comparison")["finished_runs"] == 5


def test_a_study_is_read_only_as_what_it_is(folder, tmp_path):
    with pytest.raises(Problem, match="not the record of a trial"):
        read_study(folder, "trial")
    with pytest.raises(Problem, match="not a results folder of a comparison"):
        read_study(tmp_path, "comparison")
