"""Studies of the model where the answer is known: under the account `nothing` no group does anything to anybody."""

from __future__ import annotations

import time

import numpy as np
import pytest

from analysis.studies.study.pool import pool_of
from analysis.studies.study.repeat import repeat
from analysis.studies.study.studyfile import read_study
from analysis.studies.study.towns import live_towns
from sim.scenario import load_account
from tests.analysis.needs import needs
from tests.builders import SCENARIOS

needs("statsmodels")
PLAIN = {"kindly": 0.0, "left_out": 0.0, "before_worse": 0.0}
TOWNS, REPETITIONS, ALARM = 200, 400, 3.5


def done(name, repetitions=REPETITIONS, **outcome):
    """A study that comes with Sameboat, told plainly, in towns where groups do nothing."""
    plan = read_study(SCENARIOS / "studies" / f"{name}.yaml", account=load_account("nothing", ""))
    said = plan.said
    said = said.model_copy(update={
        "telling": said.telling.model_copy(update=PLAIN), "analysis": said.analysis.model_copy(update=outcome),
    })  # fmt: skip
    towns = live_towns(plan.arm, plan.instead, range(1, TOWNS + 1), 4, list(said.instruments))
    return repeat(said, towns, repetitions, pool=pool_of(said, towns))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["waiting-list", "cluster-trial"])
def test_with_effects_off_a_trial_is_centred_on_zero_and_covers(name):
    found = done(name)
    assert np.all(found.about == 0)
    assert np.all(found.same == 0)
    for t in range(len(found.times)):
        for m in range(len(found.measures)):
            estimates = found.published[:, t, m, 0]
            assert abs(estimates.mean()) < ALARM * estimates.std() / np.sqrt(REPETITIONS), found.measures[m]
    off = abs(found.covered()[found.primary] - 0.95) / np.sqrt(0.95 * 0.05 / REPETITIONS)
    assert off < ALARM


@pytest.mark.slow
def test_with_effects_off_before_and_after_still_finds_that_distress_fell_by_a_stated_amount():
    """People come when things are worse. Measured on 2026-11-28, in these 200 towns: -0.034 of distress (0-1)."""
    found = done("before-after", outcome="distress")
    assert np.all(found.about == 0)
    estimate = found.published[(slice(None), *found.primary, 0)]
    error = estimate.std() / np.sqrt(REPETITIONS)
    assert estimate.mean() == pytest.approx(-0.034, abs=ALARM * error)
    assert estimate.mean() < -0.02
    by_itself = found.biases[:, found.steps.index("comparison")]
    assert by_itself.mean() < 0.6 * estimate.mean()  # most of it is change by itself
    short = (0.95 - found.covered()[found.primary]) / np.sqrt(0.95 * 0.05 / REPETITIONS)
    assert short > ALARM  # and too few of its intervals hold the truth, which is zero


@pytest.mark.slow
def test_a_power_curve_uses_the_same_lives_for_every_size_and_its_time_is_printed():
    """The time is said (pytest -s), not tested: two minutes on two cores is what it should stay under."""
    from analysis.studies.study.study import POWER, VirtualStudy

    plan = read_study(SCENARIOS / "studies" / "waiting-list.yaml")
    lived = []
    started = time.perf_counter()
    found = VirtualStudy.of([plan], POWER, 1, 200, 200).live(progress=lambda done, total: lived.append(done))
    seconds = time.perf_counter() - started
    planned = found.done[0].planned
    print(f"\npower of {len(planned.sizes)} sizes, as told and told plainly: {seconds:.0f} s")
    assert len(planned.sizes) >= 5
    assert len(lived) == 200 + 200 * 2 * len(planned.sizes)  # towns once; repetitions of each size, told in two ways
