"""Readings of people that are no effects of a group: on planted people of whom the answer is known."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.studies.study import diary
from analysis.studies.study.analyse import average, carry_over, none_later, top_tenth
from analysis.studies.study.consistent import mistakes
from analysis.studies.study.repeat import repeat
from tests.analysis.studies.study.planted import pool, single, study


def ar(phi, weeks, people, seed=1, spread=1.0):
    """Weeks of people who differ, each with the same carry-over."""
    rng = np.random.default_rng(seed)
    x = np.empty((weeks, people))
    x[0] = rng.standard_normal(people)
    for t in range(1, weeks):
        x[t] = phi * x[t - 1] + np.sqrt(1 - phi**2) * rng.standard_normal(people)
    return x + spread * rng.standard_normal(people)


def test_carry_over_is_within_people_and_not_between_them():
    assert carry_over(ar(0.5, 400, 60, spread=10.0)).estimate == pytest.approx(0.5, abs=0.03)
    assert carry_over(ar(0.0, 400, 60, spread=10.0)).estimate == pytest.approx(0.0, abs=0.03)


def test_with_few_weeks_carry_over_comes_out_too_low():
    found = carry_over(ar(0.5, 6, 4000))
    assert found.estimate == pytest.approx(0.5 - 1.5 / 5, abs=0.1)  # Nickell 1981: about -(1 + phi) / (T - 1)


def test_the_interval_of_carry_over_covers_what_many_people_show():
    whole = carry_over(ar(0.4, 20, 20_000)).estimate
    found = [carry_over(ar(0.4, 20, 40, seed=seed)) for seed in range(2, 202)]
    assert 0.9 <= np.mean([one.low <= whole <= one.high for one in found]) <= 0.99


def test_weeks_that_are_not_filled_in_are_no_neighbours():
    weeks = ar(0.6, 300, 40)
    weeks[::3] = np.nan
    assert carry_over(weeks).estimate == pytest.approx(0.6, abs=0.05)
    assert np.isnan(carry_over(np.full((5, 4), np.nan)).estimate)


def test_a_diary_of_carry_over_is_lower_where_the_instrument_errs(monkeypatch):
    said = study(people={"who": "residents"}, follow_ups=[], diary={"weeks": 14},
                 instruments={"distress": {"reliability": 0.5}},
                 analysis={"by": "carry-over", "outcome": "distress", "about": "taking part"})  # fmt: skip
    weeks = [ar(0.7, 14, 40, seed=seed) for seed in range(12)]
    nobody = np.zeros((14, 40), bool)
    monkeypatch.setattr(diary, "_entries", lambda said, town: (weeks[town][None], weeks[town][None], nobody))
    found = diary.repeat_diary(said, range(12), 20)
    assert found.about[0, 0] == pytest.approx(carry_over(np.concatenate(weeks, axis=1)).estimate)
    assert found.published[:, 0, 0, 0].mean() < found.about[0, 0] - 0.1
    assert dict(zip(found.steps, found.biases.mean(axis=0), strict=True))["measurement"] < -0.1


def test_top_tenth_is_a_share_of_all_that_is_counted():
    assert top_tenth(np.ones(20)).estimate == pytest.approx(0.1)
    assert top_tenth(np.r_[np.zeros(19), 5.0]).estimate == 1.0
    assert top_tenth(np.arange(15.0)).estimate == pytest.approx((14 + 13 / 2) / np.arange(15).sum())
    assert np.isnan(top_tenth(np.zeros(20)).estimate)
    assert np.isnan(top_tenth(np.ones(5)).estimate)


def test_average_has_an_interval_and_no_p():
    found = average(np.array([1.0, 2.0, 3.0, np.nan]))
    assert found.estimate == 2.0
    assert found.low < 2.0 < found.high
    assert np.isnan(found.p)


def test_none_later_is_of_those_with_some():
    found = none_later(np.array([0.0, 3.0, 0.0, np.nan, 0.0]), np.array([2.0, 1.0, 0.0, 4.0, 1.0]))
    assert found.estimate == pytest.approx(2 / 3)


def test_drift_is_the_mean_change_of_people_without_a_group():
    said = study(analysis={"by": "drift"})
    of = single(pool(towns=50, people=20, after=0.3))
    found = repeat(said, [], 20, pool=of)
    assert found.published[:, 0, 0, 0].mean() == pytest.approx(found.about[0, 0], abs=0.03)
    assert found.about[0, 0] == pytest.approx(0.3, abs=4 * (2 / 1000) ** 0.5)
    assert found.about[0, 0] == pytest.approx(np.mean(of.value[0, 1] - of.value[0, 0]))


def test_nothing_but_the_primary_reading_is_published_if_nothing_else_is_wanted():
    of = pool(towns=20, times=(0, 24, 52), effect=-0.5)
    said = study(follow_ups=[24, 52], analysis={"week": 24}, allocation={"how": "individual"})
    whole, part = (repeat(said, [], 3, size=(20, 20), pool=of, primary_only=only) for only in (False, True))
    assert np.array_equal(part.published[:, 0], whole.published[:, 0])
    assert np.isnan(part.published[:, 1]).all()
    assert not np.isnan(whole.published[:, 1]).any()


@pytest.mark.parametrize(
    ("said", "where", "what"),
    [
        ({"analysis": {"by": "top tenth"}}, "outcome", "something that is counted"),
        ({"analysis": {"by": "drift"}, "allocation": {"how": "individual"}}, "by", "of whom nobody is allocated"),
        ({"analysis": {"by": "drift"}, "follow_ups": []}, "follow_ups", "expected one or more"),
        ({"analysis": {"by": "carry-over"}}, "by", "a diary is analysed by one of"),
        (
            {"analysis": {"by": "hazard", "from_years": 3, "years": 2}},
            "from_years",
            "found 3, expected less than years, 2",
        ),
    ],
)
def test_what_does_not_go_together_is_said(said, where, what):
    found = [(keys, text) for keys, text in mistakes(study(**said)) if where in keys]
    assert any(what in text for _, text in found), found


def test_an_average_needs_no_follow_up():
    assert not list(mistakes(study(follow_ups=[], analysis={"by": "average"})))
