"""How large a study must be, and what tells two accounts apart."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from analysis.studies.study.plan import apart, power_of, size_for
from analysis.studies.study.repeat import repeat
from analysis.studies.study.study import Done, Line
from tests.analysis.needs import needs
from tests.analysis.small import arm
from tests.analysis.studies.study.planted import pool, study

needs("statsmodels")
TRIAL = {"how": "individual"}


def test_the_size_is_read_off_where_the_power_is():
    sizes = [10, 20, 40, 80, 160]
    power = stats.norm.cdf(0.3 * np.sqrt(sizes) - 1.96)
    expected = ((1.96 + stats.norm.ppf(0.8)) / 0.3) ** 2
    assert size_for(sizes, power, 0.8, 10_000) == pytest.approx(expected, rel=0.03)
    assert np.isnan(size_for(sizes[:2], power[:2], 0.8, 10_000))
    assert size_for(sizes, np.full(5, 0.9), 0.8, 10_000) == 10
    assert size_for(sizes, np.array([0.1, 0.3, 0.2, 0.9, 1.0]), 0.8, 100) < 80  # luck let it fall once
    assert np.isnan(size_for(sizes, np.full(5, np.nan), 0.8, 100))


def test_a_trial_needs_as_many_people_as_the_t_test_says():
    people, said = pool(effect=0.4), study(allocation=TRIAL, people={"per_town": 10})

    def do(repetitions, size=None, progress=None):
        return repeat(said, [], repetitions, pool=people, size=size)

    planned = power_of(said, do, None, 0.8, 400)
    from statsmodels.stats.power import TTestIndPower

    expected = 2 * TTestIndPower().solve_power(0.4, power=0.8, alpha=0.05)
    assert 10 * planned.needed[0, 0] == pytest.approx(expected, rel=0.15)
    assert planned.sizes == sorted(planned.sizes)
    assert planned.people == pytest.approx([10 * size for size in planned.sizes])
    assert planned.power[-1, 0, 0] >= 0.97


def line(account, effect, repetitions=300, **more):
    said = study(allocation=TRIAL, people={"per_town": 10}, **more)
    found = repeat(said, [], repetitions, pool=pool(effect=effect))
    return Done(Line("planted", account, said, arm(), None), 200, found)


def test_two_accounts_are_told_apart_by_how_far_their_estimates_lie_apart():
    (told,) = apart([line("one", 0.6), line("other", 0.0)])
    error = np.sqrt(4 / 100)
    assert told.distance == pytest.approx(0.6 / error, rel=0.15)
    assert told.towns == pytest.approx(10 * 7.85 / (0.6 / error) ** 2, rel=0.3)
    assert (told.one, told.other, told.week, told.weeks) == ("one", "other", 24, 24)
    assert told.hours == pytest.approx(told.people * 2 * 5 / 60, rel=0.01)


def test_accounts_under_which_a_study_reports_the_same_are_not_told_apart():
    (told,) = apart([line("one", 0.2), line("other", 0.2)])
    assert told.distance == 0
    assert told.towns == np.inf
