"""Each trouble of a study does what it says, by as much as it says, and is named in the split of the bias."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.studies.study.draw import draw, observe
from analysis.studies.study.repeat import STEPS, repeat
from tests.analysis.studies.study.planted import pool, single, study

TRIAL = {"how": "individual"}


def biases(said, people, repetitions=60):
    found = repeat(said, [], repetitions, pool=people)
    assert found.biases.sum(axis=1) == pytest.approx(found.rungs[:, 0] - found.rungs[:, -1])
    return found, dict(zip(STEPS, found.biases.mean(axis=0), strict=True))


def test_without_troubles_a_trial_publishes_what_is_true():
    found, split = biases(study(allocation=TRIAL), pool(effect=0.4))
    assert found.about[0, 0] == pytest.approx(0.4)
    assert found.same[:, 0, 0] == pytest.approx(0.4)
    assert all(split[step] == 0 for step in ("telling", "measurement", "attrition", "contamination"))
    assert split["selection"] == pytest.approx(0)
    assert split["comparison"] == pytest.approx(0, abs=0.1)


def test_those_who_came_tell_it_kindly_by_as_much_as_the_file_says():
    _, split = biases(study(allocation=TRIAL, telling={"kindly": 0.25}), pool())
    assert split["telling"] == pytest.approx(-0.25)  # less isolation is better, and the spread is 1


def test_looking_back_things_were_worse():
    said = study(telling={"before_worse": 0.3})
    _, split = biases(said, single(pool()))
    assert split["telling"] == pytest.approx(-0.3)


def test_others_who_have_the_group_as_well_hide_so_much_of_the_effect():
    _, split = biases(study(allocation=TRIAL | {"contamination": 0.2}), pool(effect=-0.5))
    assert split["contamination"] == pytest.approx(0.1, abs=0.03)


def test_contamination_touches_nobody_who_has_the_group():
    said = study(allocation=TRIAL | {"contamination": 1.0})
    people = pool(effect=-0.5)
    sample = draw(said, people, np.random.default_rng(1), 10, 20)
    everyone, plan = observe(said, people, sample)
    without, _ = observe(said, people, sample, frozenset())
    assert np.array_equal(everyone[:, :, sample.arm == 0], without[:, :, sample.arm == 0])
    assert np.all(everyone[1, 0, sample.arm == 1] - without[1, 0, sample.arm == 1] == pytest.approx(-0.5))
    assert not plan[:, sample.arm == 1].any()


def test_who_fares_worse_is_lost_sooner():
    lost = {"rate": 0.4, "depends": {"measure": "isolation", "log_odds_per_sd": 2.0}}
    _, split = biases(study(drop_out=lost), single(pool()))
    assert split["attrition"] < -0.2
    _, none = biases(study(drop_out={"rate": 0.4}), single(pool()))
    assert none["attrition"] == pytest.approx(0, abs=0.05)


def test_who_is_lost_stays_lost_and_the_rate_is_that_of_the_file():
    people = pool(times=(0, 24, 52))
    said = study(follow_ups=[24, 52], drop_out={"rate": 0.3})
    sample = draw(said, people, np.random.default_rng(2), 200, 20)
    answers, _ = observe(said, people, sample)
    gone = np.isnan(answers[:, 0])
    assert not gone[0].any()
    assert gone[1].mean() == pytest.approx(0.3, abs=0.03)
    assert gone[2].mean() == pytest.approx(0.51, abs=0.03)
    assert gone[2][gone[1]].all()


def test_only_members_are_asked_where_the_file_says_so():
    people = single(pool())
    people.member[0, 1, ::2] = True
    said = study(drop_out={"only_members": True})
    sample = draw(said, people, np.random.default_rng(3), 10, 20)
    answers, _ = observe(said, people, sample)
    assert np.array_equal(np.isnan(answers[1, 0]), ~people.member[0, 1, sample.who])


def test_answers_stay_on_the_scale():
    said = study(instruments={"isolation": {"reliability": 0.5, "floor": -1, "ceiling": 1}})
    people = single(pool())
    sample = draw(said, people, np.random.default_rng(4), 10, 20)
    answers, _ = observe(said, people, sample)
    assert answers.min() == -1
    assert answers.max() == 1


def test_reliability_is_the_share_of_variance_that_is_no_error():
    said = study(instruments={"isolation": {"reliability": 0.8}})
    people = single(pool(towns=400))
    sample = draw(said, people, np.random.default_rng(5), 400, 20)
    told, _ = observe(said, people, sample)
    true, _ = observe(said, people, sample, frozenset())
    assert true[0].var() / told[0].var() == pytest.approx(0.8, abs=0.02)
    assert np.corrcoef(told[0, 0] - true[0, 0], told[1, 0] - true[1, 0])[0, 1] == pytest.approx(0, abs=0.04)


def test_who_agrees_may_depend_on_how_they_are():
    depends = {"measure": "isolation", "log_odds_per_sd": 1.5}
    said = study(people={"consent": 0.5, "consent_depends": depends})
    people = single(pool())
    sample = draw(said, people, np.random.default_rng(6), 100, 20)
    assert people.value[0, 0, 0, sample.who].mean() > 0.4
    assert len(sample.who) == pytest.approx(1000, abs=120)


def test_no_more_people_of_a_town_than_the_file_says_and_a_town_drawn_twice_is_two():
    said, people = study(), single(pool(towns=3))
    sample = draw(said, people, np.random.default_rng(7), 9, 5)
    assert np.array_equal(np.bincount(sample.town), np.full(9, 5))
    assert len(np.unique(people.town[sample.who])) <= 3


@pytest.mark.parametrize(("how", "by_town"), [("individual", False), ("cluster", True)])
def test_half_have_the_group_by_lot(how, by_town):
    said, people = study(allocation={"how": how}), pool()
    sample = draw(said, people, np.random.default_rng(8), 10, 20)
    assert (sample.arm == 0).mean() == 0.5
    of_town = [len(np.unique(sample.arm[sample.town == k])) for k in range(10)]
    assert max(of_town) == (1 if by_town else 2)


def test_the_same_repetitions_come_out_twice_and_more_of_them_begin_with_the_same():
    said, people = study(allocation=TRIAL, telling={"kindly": 0.1}), pool()
    one, more = repeat(said, [], 5, pool=people), repeat(said, [], 9, pool=people)
    assert np.array_equal(one.published, more.published[:5])
    assert np.array_equal(one.rungs, more.rungs[:5])
