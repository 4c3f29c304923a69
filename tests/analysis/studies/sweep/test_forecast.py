"""What a sweep will take, from a short trial."""

from __future__ import annotations

import dataclasses

from analysis.studies.sweep.forecast import forecast, lives_of


def test_the_trial_counts_lives_as_the_sweep_does(sweep):
    assert lives_of(sweep, list(range(len(sweep.points)))) == sweep.lives_per_seed


def test_more_seeds_take_more_time_and_room(sweep):
    short, long = forecast(sweep, 1), forecast(dataclasses.replace(sweep, seeds=range(1, 601)), 1)
    assert long.lives == 100 * short.lives
    assert long.seconds > 20 * short.seconds > 0


def test_the_room_is_about_what_is_written(whole):
    sweep, folder = whole
    written = sum(path.stat().st_size for path in folder.rglob("*.parquet"))
    assert 0.5 * written < forecast(sweep).bytes < 2 * written
