"""What theory says of trials comes out: size, power, the design effect, attenuation, regression to the mean."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from analysis.studies.study.repeat import repeat
from tests.analysis.needs import needs
from tests.analysis.studies.study.planted import pool, single, study

needs("statsmodels")
TRIAL = {"how": "individual"}
ALARM = 3.5  # standard errors: a false alarm in about two thousand


def off(share, expected, repetitions):
    """By how many standard errors a share is off."""
    return abs(share - expected) / np.sqrt(expected * (1 - expected) / repetitions)


def done(said, people, repetitions=600, **size):
    return repeat(said, [], repetitions, pool=people, size=(size["towns"], size["each"]) if size else None)


@pytest.mark.parametrize("by", ["difference", "ancova"])
def test_with_no_effect_a_trial_is_centred_on_zero_and_covers(by):
    found = done(study(allocation=TRIAL, analysis={"by": by}), pool(), towns=10, each=10)
    estimates = found.published[:, 0, 0, 0]
    assert abs(estimates.mean()) < ALARM * estimates.std() / np.sqrt(len(estimates))
    assert off(found.covered()[0, 0], 0.95, 600) < ALARM
    assert off(found.power()[0, 0], 0.05, 600) < ALARM


@pytest.mark.parametrize(("effect", "people"), [(0.3, 100), (0.5, 100), (0.3, 300)])
def test_the_power_of_a_two_arm_trial_is_that_of_the_t_test(effect, people):
    found = done(study(allocation=TRIAL), pool(effect=effect), towns=people // 10, each=10)
    from statsmodels.stats.power import TTestIndPower

    expected = TTestIndPower().power(effect, people // 2, 0.05)
    assert 0.2 < expected < 0.99
    assert off(found.power()[0, 0], expected, 600) < ALARM


@pytest.mark.parametrize("icc", [0.0, 0.1, 0.3])
def test_drawing_towns_by_lot_costs_the_design_effect(icc):
    many, each, repetitions = 24, 15, 1500
    people = pool(towns=2000, people=each, icc=icc)
    found = done(study(allocation={"how": "cluster"}), people, repetitions, towns=many, each=each)
    simple = 4 / (many * each)  # variance of a difference of two means of half of the people each
    ratio = found.published[:, 0, 0, 0].var(ddof=1) / simple
    expected = 1 + (each - 1) * icc
    assert (
        abs(ratio / expected - 1) < ALARM * np.sqrt(2 / repetitions) + 0.05
    )  # and these 2 000 towns have an icc of their own
    assert off(found.covered()[0, 0], 0.95, repetitions) < ALARM


def test_where_the_lot_falls_on_people_what_towns_share_costs_nothing():
    many, each, repetitions = 24, 15, 1500
    found = done(study(allocation=TRIAL), pool(towns=2000, people=each, icc=0.3), repetitions, towns=many, each=each)
    ratio = found.published[:, 0, 0, 0].var(ddof=1) / (4 / (many * each))
    assert abs(ratio - 1) < ALARM * np.sqrt(2 / repetitions) + 0.05


def test_towns_analysed_as_if_they_were_people_would_cover_too_little():
    said = study(allocation={"how": "cluster"})
    people = pool(towns=2000, people=15, icc=0.3)
    from analysis.studies.study.analyse import Answers, difference
    from analysis.studies.study.draw import draw, observe

    holds = []
    for r in range(200):
        sample = draw(said, people, np.random.default_rng(r), 24, 15)
        answers, _ = observe(said, people, sample)
        found = difference(Answers(answers[1, 0], answers[0, 0], sample.arm == 0, sample.town, sample.town))
        holds.append(found.low <= 0 <= found.high)
    assert np.mean(holds) < 0.75


def test_unreliable_answers_attenuate_a_correlation_by_the_root_of_both_reliabilities():
    said = study(instruments={"isolation": {"reliability": 0.64}}, analysis={"by": "correlation"})
    people = single(pool(towns=400, icc=0.0))
    alike = people.value[0, 0] * 0.8 + people.value[0, 1] * 0.6  # correlates 0.8 with the first time
    people.value[0, 1] = alike
    found = done(said, people, 100)
    assert found.about[0, 0] == pytest.approx(0.8, abs=0.02)
    assert found.published[:, 0, 0, 0].mean() == pytest.approx(0.8 * 0.64, abs=0.02)
    assert found.biases.sum(axis=1) == pytest.approx(found.rungs[:, 0] - found.rungs[:, -1])


def test_people_picked_when_they_are_badly_off_get_better_by_themselves():
    """Before and after of people above a threshold: the bias is what the normal distribution says, and is named."""
    people = single(pool(towns=400, people=50, icc=0.0))
    rho, threshold = 0.5, 1.0
    start = people.value[0, 0]
    people.value[0, 1] = rho * start + np.sqrt(1 - rho**2) * people.value[0, 1]
    people.twin[0] = people.value[0]
    chosen = start[0] > threshold
    kept = {name: getattr(people, name)[..., chosen] for name in
            ("town", "row", "value", "twin", "came", "member", "there", "comparison")}  # fmt: skip
    picked = type(people)(people.arms, people.times, people.measures, spread=people.spread, **kept)
    found = done(study(), picked, 200)
    above = stats.norm.pdf(threshold) / stats.norm.sf(threshold)
    assert found.published[:, 0, 0, 0].mean() == pytest.approx((rho - 1) * above, abs=0.05)
    biases = dict(zip(found.steps, found.biases.mean(axis=0), strict=True))
    assert biases["comparison"] == pytest.approx((rho - 1) * above, abs=0.05)
    assert found.about[0, 0] == 0


def test_a_mixed_model_finds_a_planted_effect_and_covers_it():
    said = study(allocation={"how": "cluster"}, analysis={"by": "mixed model"})
    found = done(said, pool(towns=400, people=15, icc=0.1, effect=0.5), 60)
    assert found.published[:, 0, 0, 0].mean() == pytest.approx(0.5, abs=0.1)
    assert found.covered()[0, 0] > 0.85
