"""A sweep's folder: whole, and never of two sweeps."""

from __future__ import annotations

import errno

import pytest

from analysis.results.chunks import sums_of
from analysis.results.folder import check_folder
from analysis.results.record import read_record
from analysis.results.swept import read_swept
from analysis.studies.sweep import plan, store
from analysis.studies.sweep.rows import points_table, to_bytes
from analysis.studies.sweep.store import Store, record_of
from sim.problem import Problem
from tests.analysis.studies.sweep.sweeps import bytes_of, make_sweep
from tests.builders import SCENARIOS

FILES = {"runs": b"some", "groups": b"more", "effects": b"bytes"}


@pytest.fixture
def begun(sweep, tmp_path):
    made = Store(tmp_path / "results", sweep)
    made.begin()
    return made


def test_a_folder_begins_with_its_record_and_points(begun, sweep):
    record, settings = read_swept(begun.folder)
    assert (record.kind, record.digest, record.finished_runs, record.files) == ("sweep", sweep.digest, 0, None)
    assert record.arms["judging"].values == sweep.arms[1].values
    assert record.arms["judging"].origins["people.residents"].endswith("small.yaml")
    assert record.arms["judging"].origins["group.women_only"].endswith("groupA.yaml")
    assert (record.first_seed, record.runs, record.seeds) == (1, 6, None)
    assert settings.design.weeks_looked == sweep.weeks_looked
    assert settings.chunks == [chunk.name for chunk in sweep.chunks]
    assert begun.unfinished() == sweep.chunks
    assert (begun.folder / "points.parquet").is_file()
    assert "not evidence" in record.care


def test_seeds_that_do_not_follow_each_other_are_all_in_the_record(tmp_path):
    record = record_of(make_sweep(tmp_path, seeds=[7, 3, 11]), b"points")
    assert (record.first_seed, record.runs, record.seeds) == (7, 3, [7, 3, 11])


def test_a_chunk_is_written_whole(begun, sweep):
    begun.write(sweep.chunks[1], FILES, 1.0)
    assert begun.finished() == {sweep.chunks[1].name}
    assert begun.has(sweep.chunks[1])
    assert bytes_of(begun.folder / "chunks" / sweep.chunks[1].name) == {
        "runs.parquet": b"some",
        "groups.parquet": b"more",
        "effects.parquet": b"bytes",
        "SHA256SUMS": sums_of(sweep.chunks[1].name, {f"{name}.parquet": some for name, some in FILES.items()}),
    }


def test_a_chunk_is_not_there_before_it_is_whole(begun, sweep, monkeypatch):
    real, seen = store.write_through, []

    def look(path, content):
        real(path, content)
        seen.append(begun.finished())

    monkeypatch.setattr(store, "write_through", look)
    begun.write(sweep.chunks[1], FILES, 1.0)
    assert seen == [set()] * 4
    assert begun.finished() == {sweep.chunks[1].name}


def test_a_chunk_that_somebody_else_wrote_meanwhile_stays(begun, sweep):
    begun.write(sweep.chunks[0], FILES, 1.0)
    before = bytes_of(begun.folder)
    begun.write(sweep.chunks[0], FILES, 1.0)
    assert bytes_of(begun.folder) == before


@pytest.mark.parametrize("at", ["fsync", "rename", "mkdir"])
def test_a_full_disk_leaves_what_was_there_and_nothing_half_written(begun, sweep, monkeypatch, at):
    begun.write(sweep.chunks[0], FILES, 1.0)
    before = bytes_of(begun.folder)

    def full(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(store.os if at == "fsync" else store.Path, at, full)
        with pytest.raises(Problem, match=r"the disk is full; every finished chunk is kept.*it goes on where it was"):
            begun.write(sweep.chunks[1], FILES, 1.0)
    assert bytes_of(begun.folder) == before
    begun.write(sweep.chunks[1], FILES, 1.0)
    assert begun.has(sweep.chunks[1])


DIFFERENT = {
    "a scenario": ({"set": {"people.residents": 13, "run.lead_in_weeks": 4, "run.weeks": 32}},
                   "in arm groupA, people.residents is 12 there and 13 here"),
    "the points": ({"vary": {"contact.texts_per_week": {"values": [0, 2]}}}, "another design: factors, points"),
    "seeds": ({"seeds": 7}, "another design: seeds"),
    "arms": ({"arms": {"A": str(SCENARIOS / "groupA.yaml")}}, "its arms are groupA, judging"),
}  # fmt: skip


@pytest.mark.parametrize("what", DIFFERENT)
def test_another_sweep_in_the_same_folder_is_refused_in_one_line(begun, tmp_path, what):
    changes, words = DIFFERENT[what]
    before = bytes_of(begun.folder)
    with pytest.raises(Problem) as caught:
        Store(begun.folder, make_sweep(tmp_path, **changes)).begin()
    assert words in str(caught.value)
    assert "never mixed" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert bytes_of(begun.folder) == before


def test_another_version_of_the_code_is_refused(begun, tmp_path, monkeypatch):
    monkeypatch.setattr(plan, "code_digest", lambda: "other code")
    with pytest.raises(Problem, match="another version of the model"):
        Store(begun.folder, make_sweep(tmp_path)).begin()


def test_what_a_process_left_that_was_killed_while_it_began_is_no_obstacle_and_goes(sweep, tmp_path):
    folder = tmp_path / "results"
    folder.mkdir()
    (folder / ".new-points.parquet-123").write_bytes(b"half")
    made = Store(folder, sweep)
    made.begin()
    for chunk in sweep.chunks:
        made.write(chunk, FILES, 1.0)
    made.end()
    assert sorted(path.name for path in folder.iterdir()) == ["chunks", "log.jsonl", "points.parquet", "record.json"]


def test_files_of_somebody_else_are_not_touched(sweep, tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "thesis.txt").write_text("years of work")
    with pytest.raises(Problem, match=r"holds other files \(thesis.txt\) and no record.json"):
        Store(folder, sweep).begin()
    (tmp_path / "file").write_text("")
    with pytest.raises(Problem, match="is not a folder"):
        Store(tmp_path / "file", sweep).begin()
    assert bytes_of(folder) == {"thesis.txt": b"years of work"}


def test_results_of_another_kind_and_files_of_somebody_else_are_refused_as_everywhere(begun, sweep, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "record.json").write_text(record_of(sweep, b"").model_copy(update={"kind": "compare"}).as_json())
    with pytest.raises(Problem, match="holds results of `compare`, not of `sweep`"):
        Store(other, sweep).begin()
    with pytest.raises(Problem, match="holds results of `sweep`, not of `compare`"):
        check_folder(begun.folder, read_record(other), overwrite=True)
    (begun.folder / "thesis.txt").write_text("years of work")
    with pytest.raises(Problem, match=r"holds files that are no results of `sweep` \(thesis.txt\); move them"):
        begun.begin()


def test_the_folder_may_be_a_link_to_another_disk(sweep, tmp_path):
    (tmp_path / "disk").mkdir()
    (tmp_path / "results").symlink_to(tmp_path / "disk")
    Store(tmp_path / "results", sweep).begin()
    assert sorted(bytes_of(tmp_path / "disk")) == ["points.parquet", "record.json"]


BROKEN = {
    "empty": lambda text: "",
    "cut short": lambda text: text[: len(text) // 2],
    "without chunks": lambda text: text.replace('"chunks":', '"chunk":'),
    "an arm that is none": lambda text: text.replace('"judging": {', '"judging": 3, "other": {'),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_record_is_explained_and_mended_without_loss(begun, sweep, what):
    begun.write(sweep.chunks[1], FILES, 1.0)
    before, path = bytes_of(begun.folder), begun.folder / "record.json"
    path.write_text(BROKEN[what](path.read_text()))
    with pytest.raises(Problem) as caught:
        Store(begun.folder, sweep).begin()
    said = str(caught.value)
    assert said.startswith(f"{path}: ")
    assert said.endswith(
        "Delete that file, and give the same sweep command: it writes it anew, and every chunk is kept"
    )
    assert "\n" not in said
    path.unlink()
    assert Store(begun.folder, sweep).begin() == []
    assert bytes_of(begun.folder) == before


def test_without_a_record_chunks_of_another_sweep_are_not_gone_on_with(begun, sweep, tmp_path):
    begun.write(sweep.chunks[1], FILES, 1.0)
    (begun.folder / "record.json").unlink()
    before = bytes_of(begun.folder)
    with pytest.raises(Problem, match=f"holds chunks of another sweep or version .{sweep.chunks[1].name}. and no"):
        Store(begun.folder, make_sweep(tmp_path, seeds=7)).begin()
    assert bytes_of(begun.folder) == before


def test_a_record_knows_only_when_it_was_begun(sweep, tmp_path):
    one, other = record_of(sweep, b"points"), record_of(make_sweep(tmp_path), b"points")
    assert one.model_copy(update={"started": other.started, "seconds": other.seconds}) == other
    assert to_bytes(points_table(sweep)) == to_bytes(points_table(make_sweep(tmp_path)))
