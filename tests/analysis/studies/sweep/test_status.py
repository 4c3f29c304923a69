"""How far a sweep is, from outside."""

from __future__ import annotations

import pytest

from analysis.studies.sweep import lives
from analysis.studies.sweep.reading import live_looked
from analysis.studies.sweep.status import status_of
from analysis.studies.sweep.store import Store
from sim.problem import Problem
from tests.analysis.studies.sweep.sweeps import live, make_sweep


def test_a_finished_sweep_says_so(whole):
    sweep, folder = whole
    there = status_of(folder)
    assert there.is_finished
    assert there.runs_done == there.runs == sweep.runs
    assert there.broken_off == 0
    assert there.lines()[-1] == "finished"


def test_a_sweep_on_its_way_says_how_far_it_is_and_who_is_at_work(whole, tmp_path):
    sweep, seen = whole[0], []

    class EnoughError(Exception):
        pass

    def look(runs):
        if len(seen) < 2:
            seen.append(status_of(tmp_path / "again"))
        elif not seen[-1].runs_done:
            seen[-1] = status_of(tmp_path / "again")
        else:
            raise EnoughError

    with pytest.raises(EnoughError):
        live(sweep, tmp_path / "again", threads=1, tell=look)
    assert seen[0].at_work == 1
    assert 0 < seen[-1].runs_done < sweep.runs
    after = status_of(tmp_path / "again")
    assert after.at_work == 0
    assert after.lines()[-1] == "nobody is at work on it; the same command goes on where it was"
    (tmp_path / "again" / "log.jsonl").write_text('{"cut sho')
    assert status_of(tmp_path / "again").chunks_done == after.chunks_done


def test_a_sweep_that_has_only_begun(sweep, tmp_path):
    Store(tmp_path / "results", sweep).begin()
    assert status_of(tmp_path / "results").lines()[0].startswith("small: 0 of 48 runs (0 %), 0 of 5 chunks")


def test_what_is_no_sweep_says_so(tmp_path):
    with pytest.raises(Problem, match="not the folder of a sweep"):
        status_of(tmp_path)


def test_of_runs_that_broke_off_point_seed_and_arm_are_named(tmp_path, monkeypatch):
    def broken(values, *rest):
        if values["run.seed"] == 2 and values["contact.texts_per_week"] == 3.0 and values["group.exists"]:
            raise FloatingPointError("out of hand")
        return live_looked(values, *rest)

    monkeypatch.setattr(lives, "live_looked", broken)
    live(make_sweep(tmp_path, vary={"contact.texts_per_week": {"values": [0, 3]}}, seeds=3), tmp_path / "results")
    lines = status_of(tmp_path / "results").lines()
    assert lines[1].startswith("2 runs broke off; all others are kept")
    assert lines[2:4] == [
        f"  point 1 (contact.texts_per_week 3.0), seed 2, arm {arm}: FloatingPointError: out of hand"
        for arm in ("groupA", "judging")
    ]
    assert lines[-1] == "finished"
