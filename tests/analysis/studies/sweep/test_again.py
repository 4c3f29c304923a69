"""A sweep made again from its folder alone."""

from __future__ import annotations

import io
import json
import shutil

import numpy as np
import pyarrow.parquet as pq
import pytest

from analysis.results.arrow import to_numpy
from analysis.results.chunks import look, sums_of
from analysis.results.columns import numbers
from analysis.studies.sweep.again import live_again, sweep_of
from analysis.studies.sweep.rows import to_bytes
from sim.problem import Problem
from tests.analysis.studies.sweep.sweeps import bytes_of, live, make_sweep


@pytest.fixture
def folder(whole, tmp_path):
    """A copy of a finished sweep, to be changed."""
    return shutil.copytree(whole[1], tmp_path / "results")


def chunk(folder, k):
    return sorted((folder / "chunks").iterdir())[k]


def rewrite(place, **changed):
    """Put other files into a chunk, with checksums that fit."""
    for name, content in changed.items():
        (place / f"{name}.parquet").write_bytes(content)
    named = {f"{n}.parquet": (place / f"{n}.parquet").read_bytes() for n in ("runs", "groups", "effects")}
    (place / "SHA256SUMS").write_bytes(sums_of(place.name, named))


def test_a_sweep_comes_out_the_same_and_nothing_is_written(whole):
    sweep, folder = whole
    before, told = bytes_of(folder), []
    again = live_again(folder, progress=lambda done, total: told.append((done, total)))
    assert again == (len(sweep.chunks), len(sweep.chunks), [], "")
    assert told[-1] == (sweep.runs, sweep.runs)
    assert bytes_of(folder) == before


OTHER = {
    "weekdays, yes and no, a latin square, listed seeds": {
        "vary": {"group.meeting_days": {"values": [[2], [1, 3]]}, "group.women_only": {"values": [True, False]},
                 "meeting.accept": {"range": [0, 0.2]}, "meeting.learn": {"moves_with": "meeting.accept"}},
        "design": {"kind": "latin", "points": 3}, "seeds": [11, 3],
    },
    "weeks and people": {"keep": ["weeks", "people"], "seeds": 2},
}  # fmt: skip


@pytest.mark.parametrize("what", OTHER)
def test_the_folder_alone_says_all_that_decides(tmp_path, what):
    sweep = make_sweep(tmp_path, **OTHER[what])
    live(sweep, tmp_path / "results")
    again = sweep_of(look(tmp_path / "results"))
    assert again.points == [tuple(point) for point in sweep.points]
    assert [again.unit(k) for k in range(again.units)] == [sweep.unit(k) for k in range(sweep.units)]
    assert live_again(tmp_path / "results").differ == []


def test_what_differs_is_named_by_chunk_table_and_column(folder):
    place = chunk(folder, 1)
    table = pq.read_table(place / "effects.parquet")
    k = table.column_names.index("difference")
    values = to_numpy(table.column(k)).copy()
    values[0] = np.nextafter(values[0], 9.0)
    rewrite(place, effects=to_bytes(table.set_column(k, table.field(k), numbers(values))))
    other = chunk(folder, 3)
    plain = io.BytesIO()
    pq.write_table(pq.read_table(other / "groups.parquet"), plain)
    rewrite(other, runs=to_bytes(pq.read_table(other / "runs.parquet").slice(1)), groups=plain.getvalue())
    rows = pq.read_table(chunk(folder, 0) / "runs.parquet").num_rows
    assert live_again(folder).differ == [
        f"chunk {place.name}: effects: difference",
        f"chunk {other.name}: runs: {rows - 1} rows, now {rows}",
        f"chunk {other.name}: groups: the same values in other bytes",
    ]


def test_of_a_long_sweep_a_few_chunks_evenly_spread_can_be_looked_at(whole, folder):
    rewrite(chunk(folder, 2), runs=(chunk(folder, 1) / "runs.parquet").read_bytes())
    again = live_again(folder, few=2)
    assert (again.lived, again.there, again.differ) == (2, 5, [])
    (line,) = live_again(folder, few=3).differ
    assert line.startswith(f"chunk {chunk(folder, 2).name}: runs: ")


def test_what_is_missing_or_not_whole_is_said(folder):
    shutil.rmtree(chunk(folder, 4))
    (chunk(folder, 0) / "runs.parquet").write_bytes(b"")
    again = live_again(folder)
    assert (again.lived, again.there) == (3, 3)
    assert again.differ == [f"{chunk(folder, 0).name}: runs.parquet is not what was written"]
    assert "3 of 5 chunks are there" in again.missing
    (folder / "points.parquet").unlink()
    with pytest.raises(Problem, match=r"points\.parquet .is missing.*there is nothing to compare with"):
        live_again(folder)


def edit(folder, change):
    said = json.loads((folder / "record.json").read_text())
    change(said["settings"])
    (folder / "record.json").write_text(json.dumps(said))


WRONG = {
    "an unknown parameter": (lambda s: s["design"]["factors"][0].update(name="group.\x1bold"), "group..?.old: unknown"),
    "an unknown outcome": (lambda s: s["design"]["outcomes"].append("luck"), "luck: unknown here"),
    "an unknown population": (lambda s: s["design"]["populations"].append("all"), "all: unknown here"),
    "other tables": (lambda s: s["design"]["keep"].append("weeks"), "cut its chunks otherwise"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_sweep_of_other_parameters_or_outcomes_is_refused_in_one_line(folder, what):
    change, words = WRONG[what]
    edit(folder, change)
    with pytest.raises(Problem, match=words) as caught:
        live_again(folder)
    assert str(caught.value).startswith(f"{folder / 'record.json'}: ")
    assert str(caught.value).isprintable()
