"""A results folder: everything promised is there, or nothing; and never over somebody else's files."""

from __future__ import annotations

import errno
import json
import os

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest

from analysis.results import folder as module
from analysis.results.columns import Column, table_of
from analysis.results.folder import check_folder, read_tables, results_folder, write_tables
from analysis.results.record import RECORD_FILE, read_record
from sim.problem import Problem
from tests.analysis.lives import contents
from tests.analysis.results.records import record_of, version_1


@pytest.fixture
def record():
    """Of a comparison of five runs, all finished."""
    return record_of(finished_runs=5)


@pytest.fixture
def folder(record, tmp_path):
    """A folder of that comparison, with a report and a table in it."""
    with results_folder(tmp_path / "results" / "it", record) as partial:
        (partial / "report.html").write_text("old")
        write_tables(partial, {"effects": small_table()})
    return tmp_path / "results" / "it"


def small_table():
    return table_of([Column("arm", "name", "which", ["a"] * 8), Column("n", "people", "many", np.arange(8))])


def complaint(do, *arguments, **named):
    with pytest.raises(Problem) as caught:
        do(*arguments, **named)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def write_again(folder, record, overwrite=False):
    with results_folder(folder, record, overwrite) as partial:
        (partial / "report.html").write_text("new")


# Writing and reading back.


def test_a_folder_appears_with_all_it_holds_and_nothing_beside_it(folder, record, tmp_path):
    assert sorted(contents(tmp_path)) == [f"results/it/{n}" for n in ("effects.parquet", RECORD_FILE, "report.html")]
    there = read_record(folder)
    assert there.files == ["effects.parquet", "report.html"]
    assert there.model_copy(update={"files": None}) == record


def test_tables_are_written_as_parquet_and_those_named_as_csv_too(tmp_path):
    table = small_table()
    write_tables(tmp_path, {"one": table, "two": table}, csv=["two"])
    assert sorted(contents(tmp_path)) == ["one.parquet", "two.csv", "two.parquet"]
    assert pq.read_table(tmp_path / "one.parquet").to_pydict() == table.to_pydict()
    assert pq.read_table(tmp_path / "one.parquet").schema.field("n").metadata[b"meaning"] == b"many"
    assert pa_csv.read_csv(tmp_path / "two.csv").to_pydict() == table.to_pydict()
    assert pa.types.is_dictionary(pq.read_table(tmp_path / "one.parquet").schema.field("arm").type)


def test_a_missing_or_broken_table_is_named(folder):
    assert read_tables(folder)["effects"].equals(small_table())
    path = folder / "effects.parquet"
    path.write_bytes(b"PAR1 nothing of the kind")
    assert "effects.parquet: cannot be read as Parquet" in complaint(read_tables, folder)
    path.unlink()
    assert "effects.parquet: is missing" in complaint(read_tables, folder)


# Whole or not at all.


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, ValueError, Problem])
@pytest.mark.parametrize("where", ["results/it", "new/and/deep"])
def test_nothing_changes_if_anything_goes_wrong(folder, record, tmp_path, error, where):
    before = contents(tmp_path)
    with pytest.raises(error), results_folder(tmp_path / where, record) as partial:
        (partial / "report.html").write_text("half")
        raise error("stopped")
    assert contents(tmp_path) == before
    assert [path.name for path in tmp_path.iterdir()] == ["results"], "no empty folders either"


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "the disk is full"), (errno.EACCES, "no permission"), (errno.EROFS, "read-only"),
     (errno.EIO, os.strerror(errno.EIO))],
)  # fmt: skip
def test_a_disk_that_refuses_is_explained_and_nothing_is_left(record, tmp_path, number, words):
    with pytest.raises(Problem, match=words) as said, results_folder(tmp_path / "it", record):
        raise OSError(number, os.strerror(number))
    assert "nothing was left" in str(said.value)
    assert list(tmp_path.iterdir()) == []


def test_the_old_one_comes_back_if_the_new_one_cannot_take_its_place(folder, record, tmp_path, monkeypatch):
    before, real = contents(tmp_path), type(folder).rename

    def rename(self, target):
        if ".partial-" in self.name:
            raise OSError(errno.EACCES, "no")
        return real(self, target)

    monkeypatch.setattr(type(folder), "rename", rename)
    assert "no permission" in complaint(write_again, folder, record)
    assert contents(tmp_path) == before


def test_what_others_put_into_the_folder_meanwhile_is_kept(folder, record):
    with pytest.raises(Problem, match="notes"), results_folder(folder, record) as partial:
        (partial / "x").write_text("x")
        (folder / "notes.txt").write_text("mine")
    assert (folder / "notes.txt").read_text() == "mine"
    assert (folder / RECORD_FILE).is_file()
    assert [path.name for path in folder.parent.iterdir()] == ["it"]


def test_parents_that_others_use_stay(record, tmp_path):
    with pytest.raises(KeyboardInterrupt), results_folder(tmp_path / "new" / "it", record) as partial:
        (partial.parent / "theirs").write_text("x")
        raise KeyboardInterrupt
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["theirs"]


# What may be replaced.


def test_the_same_result_takes_the_place_of_itself_whole(folder, record):
    with results_folder(folder, record) as partial:
        assert (folder / "report.html").read_text() == "old", "until the new one is whole"
        (partial / "effects.csv").write_text("new")
    assert sorted(contents(folder)) == ["effects.csv", RECORD_FILE]
    assert [path.name for path in folder.parent.iterdir()] == ["it"]


OTHERS = {
    "first_seed": ({"first_seed": 2}, "other first seed"),
    "runs": ({"runs": 6}, "other runs"),
    "settings": ({"settings": {"precision": 0.1}}, "other settings"),
    "arms": ({"arms": {"groupA": {"people.women": 0.6}}}, "other arms"),
    "source": ({"source_digest": "0" * 64}, "another version of the model"),
}


@pytest.mark.parametrize("what", OTHERS)
def test_other_results_are_kept_unless_one_says_so(folder, what):
    changes, words = OTHERS[what]
    before, other = contents(folder), record_of(**changes)
    message = complaint(write_again, folder, other)
    assert words in message
    assert "--overwrite" in message
    assert contents(folder) == before
    write_again(folder, other, overwrite=True)
    assert read_record(folder).request() == other.request()


def test_titles_times_and_seeds_of_scenarios_make_no_other_result(folder, record):
    arms = {name: arm.model_copy(update={"title": "x"}) for name, arm in record.arms.items()}
    check_folder(folder, record.model_copy(update={"arms": arms, "started": "never", "seconds": 9.0}))
    check_folder(folder, record_of(seed=99))


def test_fewer_runs_do_not_take_the_place_of_more(folder):
    """The same command again, stopped early, must not cost what was there."""
    before, fewer = contents(folder), record_of(finished_runs=2)
    assert "holds 5 finished runs of this, now only 2" in complaint(write_again, folder, fewer)
    assert contents(folder) == before
    check_folder(folder, record_of(finished_runs=0))
    write_again(folder, fewer, overwrite=True)
    write_again(folder, record_of(finished_runs=5))
    assert read_record(folder).finished_runs == 5


@pytest.mark.parametrize("overwrite", [False, True])
def test_results_of_another_kind_are_never_replaced(folder, overwrite):
    before = contents(folder)
    message = complaint(write_again, folder, record_of(kind="claims"), overwrite)
    assert "holds results of `compare`, not of `claims`" in message
    assert contents(folder) == before


# Nobody else's files.


@pytest.mark.parametrize("overwrite", [False, True])
@pytest.mark.parametrize("name", ["thesis.docx", "effects.csv", "report.html~"])
def test_files_that_are_no_result_are_refused_and_named(folder, record, name, overwrite):
    (folder / name).write_text("years of work")
    before = contents(folder)
    assert name in complaint(write_again, folder, record, overwrite)
    assert contents(folder) == before


@pytest.mark.parametrize("overwrite", [False, True])
def test_a_folder_without_a_record_is_not_ours(record, tmp_path, overwrite):
    (tmp_path / "weeks.csv").write_text("somebody's weeks")
    assert "holds other files (weeks.csv) and no record.json" in complaint(check_folder, tmp_path, record, overwrite)


def test_a_folder_or_a_link_in_the_place_of_a_file_is_foreign(folder, record, tmp_path):
    (tmp_path / "elsewhere.html").write_text("theirs")
    (folder / "report.html").unlink()
    (folder / "report.html").symlink_to(tmp_path / "elsewhere.html")
    assert "report.html" in complaint(check_folder, folder, record, True)
    (folder / "report.html").unlink()
    (folder / "report.html").mkdir()
    assert "report.html" in complaint(check_folder, folder, record, True)


@pytest.mark.parametrize("overwrite", [False, True])
@pytest.mark.parametrize(
    "content", [b"{", b"[]", b"\xff", b'{"format": "sameboat run"}', b"[" * 100_000, b" " * 17_000_000, None]
)
def test_what_has_no_good_record_is_refused(folder, record, content, overwrite):
    if content is None:
        (folder / RECORD_FILE).unlink()
    else:
        (folder / RECORD_FILE).write_bytes(content)
    before = contents(folder)
    complaint(write_again, folder, record, overwrite)
    assert contents(folder) == before


def test_a_result_from_before_records_named_files_may_be_replaced_by_itself(folder, record):
    (folder / RECORD_FILE).write_text(json.dumps(version_1(record)))
    (folder / "more.csv").write_text("1")
    write_again(folder, record)
    (folder / RECORD_FILE).write_text(json.dumps(version_1(record)))
    (folder / "thesis.docx").write_text("years of work")
    assert "thesis.docx" in complaint(write_again, folder, record)


def test_an_empty_folder_and_what_desktops_leave_are_no_hindrance(record, tmp_path):
    check_folder(tmp_path, record)
    (tmp_path / ".DS_Store").write_bytes(b"x")
    write_again(tmp_path, record)
    (tmp_path / ".DS_Store").write_bytes(b"x")
    check_folder(tmp_path, record)


@pytest.mark.parametrize("there", ["a file", "a link", "a link to nowhere", "below a file"])
def test_what_is_no_folder_is_refused(record, tmp_path, there):
    (tmp_path / "file").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path)
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    name = {"a file": "file", "a link": "link", "a link to nowhere": "dangling", "below a file": "file/x/y"}[there]
    says = "name the folder itself" if there == "a link" else "not a folder"
    assert says in complaint(check_folder, tmp_path / name, record, True)


def test_where_one_may_not_write_is_said_before_anything_is_lived(record, tmp_path, monkeypatch):
    monkeypatch.setattr(module.os, "access", lambda path, mode: path != tmp_path)
    assert "no permission to write in" in complaint(check_folder, tmp_path / "new" / "it", record)


@pytest.mark.parametrize("name", ["CON", "aux.results", "nul/it", "lpt1", "new/prn", "mine.", "mine "])
def test_a_new_folder_has_a_name_that_every_system_can_have(tmp_path, record, name):
    said = complaint(check_folder, tmp_path / name, record)
    assert "Windows cannot have a folder called" in said
    assert "name another with --out" in said
    assert "\n" not in said
    (tmp_path / "con").mkdir()
    check_folder(tmp_path / "con" / "tour", record)  # what is there, is there


def test_fewer_draws_of_plausible_space_do_not_take_the_place_of_more(tmp_path):
    def at(finished):
        return record_of(finished_runs=5, settings={"plausible": {"towns": 3, "finished": finished}})

    for there, mine, said in ((3, 2, "at 3 draws"), (None, 2, "at all draws")):
        folder = tmp_path / str(there)
        write_again(folder, at(there))
        assert f"{said} of plausible space, now only {mine} were finished" in complaint(write_again, folder, at(mine))
    write_again(tmp_path / "3", at(4))
    write_again(tmp_path / "3", at(None))
    assert read_record(tmp_path / "3").finished_draws is None
