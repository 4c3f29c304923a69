"""The command ``export``."""

from __future__ import annotations

import resource
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from analysis.results.record import new_record
from tests.analysis.lives import contents, unkind_words
from tests.analysis.needs import needs
from tests.cli.command_line import sameboat
from tests.cli.exported import exports_in_full


@pytest.mark.usefixtures("without_figures")
def test_a_run_is_exported_beside_its_folder(results):
    said = sameboat("export", results)
    folder = results.parent / "groupA-export"
    assert (said.status, said.err) == (0, "")
    assert said.out.startswith(f"{folder}: weeks.csv") or f"{folder}: " in said.out
    assert {
        "weeks.csv",
        "people.csv",
        "traits.csv",
        "story.csv",
        "ties.csv",
        "codebook.csv",
        "README.txt",
        "record.json",
    } == set(contents(folder))
    assert not unkind_words((folder / "README.txt").read_text())
    assert sameboat("export", results, "--quiet").status == 0, "the same export takes its own place"
    assert "holds other results of `export`" in sameboat("export", results, "--table", "weeks").problem
    assert sameboat("export", results, "--overwrite", "--table", "weeks").status == 0
    assert set(contents(folder)) == {"weeks.csv", "codebook.csv", "README.txt", "record.json"}


def test_a_folder_of_somebody_else_is_not_touched(results, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    for more in ((), ("--overwrite",)):
        assert (
            "holds other files (thesis.txt)" in sameboat("export", results, "--out", tmp_path / "mine", *more).problem
        )
    assert contents(tmp_path / "mine") == {"thesis.txt": b"years of work"}


def test_what_cannot_be_exported_leaves_nothing(results, tmp_path):
    assert "no table 'week'; there are people, story" in sameboat("export", results, "--table", "week").problem
    (results / "ties.parquet").write_bytes(b"nothing")
    assert "cannot be read as Parquet" in sameboat("export", results, "--out", tmp_path / "out").problem
    assert not (tmp_path / "out").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["groupA"]
    assert "no such folder" in sameboat("export", tmp_path / "gone").problem


@contextmanager
def small_files():
    """No file may grow beyond a few kilobytes, which the operating system says as it says that a disk is full.

    Around one command only: the tests' own report may be a longer file.
    """
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("form", ["csv", "excel-csv", "excel", "spss", "stata"])
def test_a_full_disk_is_one_line_and_what_was_there_stays(results, tmp_path, form):
    needs("xlsxwriter", "pyreadstat", "pandas")
    record = new_record("export", {"results": "elsewhere"}, datetime.now(UTC)).as_json()
    earlier = {"codebook.csv": b"an earlier export", "record.json": record.encode()}
    (tmp_path / "out").mkdir()
    for name, content in earlier.items():
        (tmp_path / "out" / name).write_bytes(content)
    with small_files():
        said = sameboat("export", results, "--as", form, "--out", tmp_path / "out", "--overwrite")
    assert said.problem.endswith(
        "cannot be written: a file would be larger than is allowed here; nothing was left there. "
        "Name another folder with --out"
    )
    assert contents(tmp_path / "out") == earlier
    assert sorted(path.name for path in tmp_path.iterdir()) == ["groupA", "out"]


def test_a_table_too_long_for_excel_is_said_and_the_rest_is_written(results, tmp_path, monkeypatch):
    needs("xlsxwriter")
    from analysis.results.export import write

    monkeypatch.setitem(write.MOST_ROWS, "excel", 100)
    said = sameboat("export", results, "--as", "excel", "--out", tmp_path / "out", "--quiet")
    assert (said.status, said.out) == (0, "")
    assert "note: people has" in said.err
    assert "it is in people.csv instead" in said.err
    assert {"tables.xlsx", "people.csv"} <= set(contents(tmp_path / "out"))


def test_a_run_can_be_exported_in_full(kept, tmp_path):
    exports_in_full(kept[0], tmp_path / "out")
