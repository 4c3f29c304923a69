"""What is kept of each town: the same as a comparison finds, and a stratum that no cell can change."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.compare.comparison import compare, worlds_of
from analysis.compare.panel import live_panel
from analysis.studies.factorial.lives import (
    GROUP,
    JOINED,
    MAIN,
    READINGS,
    REGULARS,
    SAME,
    live_cells,
    place_of,
)
from tests.analysis.studies.factorial.written import FACTORS, factor, small_study


def test_all_who_came_and_regulars_are_those_of_a_comparison(small):
    study, found = small
    cells = study.cells
    paired = compare(cells, study.seeds, horizon_years=(1,))
    for c, cell in enumerate(cells):
        for stratum in (JOINED, REGULARS):
            for name in MAIN:
                sums, k = paired[cell.name].of(name, stratum, 52), place_of(stratum, name)
                assert found.lived.count[:, c, k] == pytest.approx(sums["people"]), (cell.name, stratum, name)
                assert found.lived.total[:, c, k] == pytest.approx(sums["difference"]), (cell.name, stratum, name)


def test_people_come_to_these_groups(small):
    _, found = small
    assert found.lived.count[..., place_of(JOINED, "isolation")].sum(axis=0).min() > 5
    assert np.any(found.lived.total[..., place_of(SAME, "isolation")] != 0)


def test_one_stratum_is_the_same_people_in_every_cell(small):
    study, found = small
    assert len({tuple(row) for row in found.lived.count[..., place_of(JOINED, "isolation")].T}) > 1
    for name in MAIN:
        count = found.lived.count[..., place_of(SAME, name)]
        assert np.array_equal(count, np.repeat(count[:, :1], count.shape[1], axis=1)), name
    for run, seed in enumerate(study.seeds):
        twin = live_panel({**study.arms[0].twin.values, "run.seed": seed})
        t, last = twin.traits, twin.people["resident"][-1]
        women_users = t.woman & t.service_user & (t.arrives_week <= 8) & last
        assert found.lived.count[run, 0, place_of(SAME, "isolation")] == women_users.sum()


def test_the_same_people_are_measured_over_the_same_time_whenever_they_came(small):
    # Their window is the last year in every cell, not the time since coming, which the cell decides.
    study, found = small
    cell, seed = study.cells[-1], study.seeds[0]
    life, twin = (live_panel({**arm.values, "run.seed": seed}) for arm in (cell, cell.twin))
    t = life.traits
    who = t.woman & t.service_user & (t.arrives_week <= 8) & life.people["resident"][-1]
    episodes = [(p.people["episodes"][-1][who] * 364 / p.people["days_lived"][-1][who]).sum() for p in (life, twin)]
    assert found.lived.total[0, -1, place_of(SAME, "episodes")] == pytest.approx(episodes[0] - episodes[1])


def test_of_the_group_itself_it_is_whether_it_lasts_and_how_many_come_to_a_meeting(small):
    study, found = small
    for k, seed in enumerate(study.seeds):
        life = live_panel({**study.cells[0].values, "run.seed": seed})
        assert found.lived.total[k, 0, place_of(GROUP, "open")] == float(life.closed_week < 0)
        expected = life.weeks["attendances"].sum() / life.weeks["meetings"].sum()
        assert found.lived.total[k, 0, place_of(GROUP, "attendance")] == pytest.approx(expected)


def test_the_twin_is_lived_once_for_all_cells_and_equal_cells_once(small, tmp_path):
    study, _ = small
    assert len(worlds_of(study.cells)) == 8 + 1
    placebo = factor(a={"group.places": 10}, b={"group.places": 10})
    told = []
    again = small_study(tmp_path, {"line": FACTORS["line"], "placebo": placebo}, runs=2, years=0.25)
    live_cells(again.cells, again.seeds, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (2 * 3, 2 * 3)


def test_what_is_read_is_told_apart():
    assert len({(one.stratum, one.name) for one in READINGS}) == len(READINGS)


def test_stopped_it_rests_on_the_towns_that_were_finished(small):
    study, found = small

    def stop(done, total):
        if done > total / 2:
            raise KeyboardInterrupt

    kept = live_cells(study.cells, study.seeds, threads=1, progress=stop)
    assert kept.runs == 2
    assert np.array_equal(kept.total, found.lived.total[:2])
