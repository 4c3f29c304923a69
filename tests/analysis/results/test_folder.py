"""A results folder: everything promised is there, or nothing; and never over somebody else's files."""

from __future__ import annotations

import csv
import dataclasses
import errno
import os

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analysis.results.folder import check_target, differences, read_run, results_folder, write_run
from analysis.results.record import RECORD_FILE
from analysis.studies.run.tables import TABLES
from sim.problem import Problem
from tests.analysis.lives import contents, scenario

WORDS = "In a few words.\n"


@pytest.fixture(autouse=True)
def source_as_it_was(run, monkeypatch):
    """Whoever edits the model while the tests run changes nothing here."""
    monkeypatch.setattr("analysis.results.folder.source_digest", lambda: run.record.source_digest)


@pytest.fixture
def folder(run, tmp_path):
    """Results without figures, alone in a folder of their own."""
    path = tmp_path / "results" / "groupA"
    write_run(path, run, WORDS)
    return path


def complaint(do, *arguments, **named):
    with pytest.raises(Problem) as caught:
        do(*arguments, **named)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def changed(run, table, column):
    """The same run with the first number of one column another."""
    values = run.tables[table].column(column).to_pylist()
    field = run.tables[table].schema.field(column)
    values[0] += 1
    place = run.tables[table].schema.get_field_index(column)
    made = run.tables[table].set_column(place, field, pa.array(values, field.type))
    return dataclasses.replace(run, tables=run.tables | {table: made})


def of_another_seed(run):
    parameters = dict(run.record.parameters)
    parameters["run.seed"] = parameters["run.seed"].model_copy(update={"value": 5})
    record = run.record.model_copy(update={"seed": 5, "parameters": parameters})
    return dataclasses.replace(run, record=record)


# Writing and reading back.


def test_what_is_written_is_read_back_the_same(run, folder):
    again = read_run(folder)
    assert again.record == run.record
    assert differences(again, run) == []
    assert sorted(contents(folder)) == sorted([RECORD_FILE, "summary.txt", *(f"{name}.parquet" for name in TABLES)])
    assert (folder / "summary.txt").read_text(encoding="utf-8") == WORDS


@pytest.mark.parametrize("name", ["no group", "one week without a group", "one week", "a group that closes early"])
def test_every_kind_of_life_can_be_written_and_read_back(lived, tmp_path, name):
    write_run(tmp_path / "life", lived(name), WORDS, csv=True)
    assert differences(read_run(tmp_path / "life"), lived(name)) == []


def test_the_same_run_writes_the_same_bytes(run, tmp_path):
    for name in ("one", "two"):
        write_run(tmp_path / name, run, WORDS, csv=True)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_the_tables_as_csv_have_the_same_rows_and_words(run, tmp_path):
    write_run(tmp_path / "life", run, WORDS, csv=True)
    for name in TABLES:
        with (tmp_path / "life" / f"{name}.csv").open(newline="", encoding="utf-8") as file:
            rows = list(csv.reader(file))
        assert rows[0] == run.tables[name].column_names
        assert len(rows) == run.tables[name].num_rows + 1
    with (tmp_path / "life" / "people.csv").open(newline="", encoding="utf-8") as file:
        people = list(csv.DictReader(file))
    assert [row["status"] for row in people] == run.tables["people"].column("status").to_pylist()
    assert [float(row["isolation"]) for row in people] == run.tables["people"].column("isolation").to_pylist()


@pytest.mark.parametrize("name", TABLES)
def test_a_missing_or_broken_table_is_named(folder, name):
    path = folder / f"{name}.parquet"
    path.write_bytes(b"PAR1 nothing of the kind")
    assert f"{name}.parquet: cannot be read as Parquet" in complaint(read_run, folder)
    path.unlink()
    assert f"{name}.parquet: is missing" in complaint(read_run, folder)


# Comparing.


@pytest.mark.parametrize(("table", "column"), [("people", "isolation"), ("weeks", "members"), ("ties", "tie")])
def test_a_changed_number_is_found_and_named(run, table, column):
    assert differences(changed(run, table, column), run) == [f"{table}: {column}"]


def test_rows_too_few_and_another_digest_are_named(run):
    tables = run.tables | {"story": run.tables["story"].slice(1)}
    record = run.record.model_copy(update={"digest": "0" * 64})
    rows = run.tables["story"].num_rows
    found = differences(dataclasses.replace(run, tables=tables, record=record), run)
    assert found[0] == f"story: {rows - 1} rows, now {rows}"
    assert found[1].startswith("digest: 0000000000000000..., now ")


# Whole or not at all.


class Stopped(BaseException):
    """Somebody presses Ctrl-C."""


@pytest.mark.parametrize("trouble", [Stopped(), KeyboardInterrupt(), SystemExit(143), ValueError("a bug")])
def test_nothing_is_left_when_writing_is_stopped(run, tmp_path, trouble):
    def draw(run, partial):
        assert (partial / "people.parquet").is_file()
        raise trouble

    with pytest.raises(type(trouble)):
        write_run(tmp_path / "new" / "deep" / "life", run, WORDS, draw)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "the disk is full"), (errno.EACCES, "no permission"), (errno.EIO, os.strerror(errno.EIO))],
)
def test_a_disk_that_will_not_is_explained_and_nothing_is_left(run, tmp_path, number, words):
    def draw(run, partial):
        raise OSError(number, os.strerror(number))

    message = complaint(write_run, tmp_path / "life", run, WORDS, draw)
    assert words in message
    assert "nothing was left" in message
    assert list(tmp_path.iterdir()) == []


def test_old_results_stay_when_writing_new_ones_is_stopped(run, folder):
    def draw(run, partial):
        raise Stopped

    before = contents(folder.parent)
    with pytest.raises(Stopped):
        write_run(folder, run, "Other words.\n", draw)
    assert contents(folder.parent) == before


def test_old_results_come_back_when_the_new_ones_cannot_take_their_place(run, folder, monkeypatch):
    before = contents(folder.parent)
    rename = type(folder).rename

    def stubborn(self, target):
        if ".partial-" in self.name:
            raise OSError(errno.EIO, "no")
        return rename(self, target)

    monkeypatch.setattr(type(folder), "rename", stubborn)
    assert "cannot be written" in complaint(write_run, folder, run, "Other words.\n")
    assert contents(folder.parent) == before


def test_what_others_put_into_the_folder_meanwhile_is_kept(run, folder):
    values = scenario().values
    with pytest.raises(Problem, match="notes"), results_folder(folder, values) as partial:
        (partial / "x").write_text("x")
        (folder / "notes.txt").write_text("mine")
    assert (folder / "notes.txt").read_text() == "mine"
    assert (folder / RECORD_FILE).is_file()
    assert [path.name for path in folder.parent.iterdir()] == ["groupA"]


def test_parents_that_others_use_stay(run, tmp_path):
    def draw(run, partial):
        (partial.parent / "theirs").write_text("x")
        raise Stopped

    with pytest.raises(Stopped):
        write_run(tmp_path / "new" / "life", run, WORDS, draw)
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["theirs"]


# What may be replaced.


def test_the_same_run_replaces_its_own_results(run, folder):
    (folder / "weeks.csv").write_text("old")
    write_run(folder, run, "Other words.\n")
    assert (folder / "summary.txt").read_text() == "Other words.\n"
    assert not (folder / "weeks.csv").exists()
    assert [path.name for path in folder.parent.iterdir()] == ["groupA"]


def test_results_of_another_run_are_kept_unless_one_says_so(run, folder):
    before, other = contents(folder), of_another_seed(run)
    message = complaint(write_run, folder, other, WORDS)
    assert "another run (groupA, seed 1, other parameters)" in message
    assert "--overwrite" in message
    assert contents(folder) == before
    write_run(folder, other, WORDS, overwrite=True)
    assert read_run(folder).record.seed == 5


def test_results_of_another_version_of_the_model_are_kept(run, folder):
    record = run.record.model_copy(update={"source_digest": "0" * 64})
    write_run(folder, dataclasses.replace(run, record=record), WORDS, overwrite=True)
    assert "another version of the model" in complaint(check_target, folder, run.values)


@pytest.mark.parametrize("overwrite", [False, True])
def test_somebody_elses_folder_is_never_touched(run, tmp_path, overwrite):
    (tmp_path / "thesis.docx").write_text("years of work")
    (tmp_path / RECORD_FILE).write_text(run.record.as_json(), encoding="utf-8")
    before = contents(tmp_path)
    message = complaint(write_run, tmp_path, run, WORDS, overwrite=overwrite)
    assert "thesis.docx" in message
    assert contents(tmp_path) == before


@pytest.mark.parametrize("overwrite", [False, True])
def test_our_names_without_a_record_are_not_our_folder(run, tmp_path, overwrite):
    (tmp_path / "weeks.csv").write_text("somebody's weeks")
    assert "holds no record.json" in complaint(check_target, tmp_path, run.values, overwrite)


def test_a_folder_inside_a_results_folder_is_foreign(run, folder):
    (folder / "weeks.csv").mkdir()
    assert "weeks.csv" in complaint(check_target, folder, run.values, True)


def test_an_empty_folder_and_what_desktops_leave_may_be_used(run, tmp_path):
    check_target(tmp_path, run.values)
    (tmp_path / ".DS_Store").write_bytes(b"x")
    write_run(tmp_path, run, WORDS)
    assert (tmp_path / RECORD_FILE).is_file()


def test_a_file_or_a_link_is_no_folder(run, tmp_path, folder):
    (tmp_path / "file").write_text("x")
    (tmp_path / "link").symlink_to(folder)
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    for name in ("file", "link", "dangling"):
        assert "is not a folder" in complaint(check_target, tmp_path / name, run.values)
    assert "is not a folder" in complaint(check_target, tmp_path / "file" / "below", run.values)


def test_tables_keep_their_text_as_codes_in_parquet(folder):
    assert pa.types.is_dictionary(pq.read_table(folder / "people.parquet").schema.field("status").type)
