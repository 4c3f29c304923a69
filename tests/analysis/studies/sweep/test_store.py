"""A sweep's folder: whole, and never of two sweeps."""

from __future__ import annotations

import errno
import json

import pytest

from analysis.results.chunks import read_manifest, sums_of
from analysis.studies.sweep import plan, store
from analysis.studies.sweep.store import Store, manifest
from sim.problem import Problem
from tests.analysis.studies.sweep.sweeps import bytes_of, make_sweep
from tests.builders import SCENARIOS

FILES = {"runs": b"some", "groups": b"more", "effects": b"bytes"}


@pytest.fixture
def begun(sweep, tmp_path):
    made = Store(tmp_path / "results", sweep)
    made.begin()
    return made


def test_a_folder_begins_with_its_manifest_and_points(begun, sweep):
    said = read_manifest(begun.folder)
    assert said["digest"] == sweep.digest
    assert said["design"]["arms"]["judging"]["values"] == sweep.arms[1].values
    assert begun.unfinished() == sweep.chunks
    assert (begun.folder / "points.parquet").is_file()
    assert "not evidence" in said["care"]


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
    assert sorted(path.name for path in folder.iterdir()) == ["chunks", "log.jsonl", "points.parquet", "sweep.json"]


def test_files_of_somebody_else_are_not_touched(sweep, tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "thesis.txt").write_text("years of work")
    with pytest.raises(Problem, match=r"holds files that are not of a sweep \(thesis.txt\)"):
        Store(folder, sweep).begin()
    (tmp_path / "file").write_text("")
    with pytest.raises(Problem, match="is not a folder"):
        Store(tmp_path / "file", sweep).begin()
    assert bytes_of(folder) == {"thesis.txt": b"years of work"}


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"format": "other"}', '{"format": "sameboat sweep", "format_version": 9}']
)
def test_a_broken_manifest_is_explained(begun, sweep, text):
    (begun.folder / "sweep.json").write_text(text)
    with pytest.raises(Problem, match=r"sweep\.json: "):
        Store(begun.folder, sweep).begin()


def test_a_manifest_knows_nothing_of_time_and_place(sweep, tmp_path):
    text = manifest(sweep, b"points")
    assert text == manifest(make_sweep(tmp_path), b"points")
    assert str(tmp_path) not in text
    assert json.loads(text)["chunks"] == [chunk.name for chunk in sweep.chunks]
