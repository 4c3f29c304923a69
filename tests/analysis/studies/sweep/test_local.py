"""Sweeps lived on this machine: whatever disturbs them, the same bytes come out."""

from __future__ import annotations

import threading

import pyarrow.parquet as pq
import pytest

from analysis.results.arrow import to_numpy
from analysis.studies.sweep import lives as module
from analysis.studies.sweep.local import live_here
from analysis.studies.sweep.reading import live_looked
from analysis.studies.sweep.store import Store
from sim.problem import Problem
from tests.analysis.studies.sweep.sweeps import bytes_of, live, make_sweep


def test_everything_is_lived_once(whole):
    sweep, folder = whole
    rows = [pq.read_table(path) for path in sorted(folder.glob("chunks/*/runs.parquet"))]
    runs = [row for t in rows for row in zip(*(to_numpy(t.column(n)) for n in ("point", "seed", "arm")), strict=True)]
    assert len(runs) == len(set(runs)) == sweep.runs
    assert sorted(path.name for path in folder.iterdir()) == ["chunks", "log.jsonl", "points.parquet", "record.json"]


@pytest.mark.parametrize("threads", [1, 3])
def test_the_same_bytes_on_any_number_of_threads(whole, tmp_path, threads):
    live(whole[0], tmp_path / "again", threads)
    assert bytes_of(tmp_path / "again") == bytes_of(whole[1])


class Stopped(BaseException):
    """As Ctrl-C would."""


@pytest.mark.parametrize("after", [1, 7, 30])
def test_stopped_and_gone_on_with_the_same_bytes_come_out(whole, tmp_path, after):
    sweep, lived = whole[0], 0

    def stop(runs):
        nonlocal lived
        lived += runs
        if lived >= after:
            raise Stopped

    with pytest.raises(Stopped):
        live(sweep, tmp_path / "again", tell=stop)
    there = Store(tmp_path / "again", sweep)
    assert there.leases.held() == []
    assert 0 < len(there.unfinished()) <= len(sweep.chunks)
    live(sweep, tmp_path / "again")
    assert bytes_of(tmp_path / "again") == bytes_of(whole[1])


def test_two_at_once_share_the_work(whole, tmp_path):
    sweep = whole[0]
    stores = [Store(tmp_path / "again", sweep) for _ in range(2)]
    told = [0, 0]
    for store in stores:
        store.begin()

    def work_on(k):
        def tell(runs):
            told[k] += runs

        live_here(stores[k], 1, tell)

    both = [threading.Thread(target=work_on, args=(k,)) for k in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert bytes_of(tmp_path / "again") == bytes_of(whole[1])
    assert told == [sweep.runs, sweep.runs]  # each tells of all that was lived, by whomever
    lines = (tmp_path / "again" / "log.jsonl").read_text().splitlines()
    assert len(lines) == len(sweep.chunks)  # nothing was lived twice


def test_a_full_disk_stops_it_and_the_same_command_goes_on(whole, tmp_path, monkeypatch):
    sweep, written = whole[0], []
    real = Store.write

    def full(self, chunk, files, seconds):
        if len(written) == 2:
            raise Problem("the disk is full")
        written.append(chunk)
        real(self, chunk, files, seconds)

    with monkeypatch.context() as patch:
        patch.setattr(Store, "write", full)
        with pytest.raises(Problem, match="full"):
            live(sweep, tmp_path / "again")
    assert Store(tmp_path / "again", sweep).finished() == {chunk.name for chunk in written}
    live(sweep, tmp_path / "again")
    assert bytes_of(tmp_path / "again") == bytes_of(whole[1])


def test_runs_that_break_off_are_rows_and_the_sweep_goes_on(whole, tmp_path, monkeypatch):
    def broken(values, *rest):
        if values["run.seed"] == 3 and values["contact.texts_per_week"] == 3.0 and values["group.exists"]:
            raise FloatingPointError("out of hand")
        return live_looked(values, *rest)

    monkeypatch.setattr(module, "live_looked", broken)
    sweep = make_sweep(tmp_path, vary={"contact.texts_per_week": {"values": [0, 3]}}, seeds=5)
    live(sweep, tmp_path / "again")
    rows = [pq.read_table(path) for path in sorted((tmp_path / "again").glob("chunks/*/runs.parquet"))]
    errors = [
        (int(seed), point)
        for table in rows
        for seed, point, error in zip(*(to_numpy(table.column(n)) for n in ("seed", "point", "error")), strict=True)
        if error == "FloatingPointError: out of hand"
    ]
    assert errors == [(3, 1), (3, 1)]  # both arms
