"""What measures evidence: a mean of what studies publish, with little luck from few towns, the same twice."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.evidence import measure
from analysis.evidence.measure import Laboratory, Measured
from analysis.evidence.table import BESIDE, evidence
from analysis.studies.study.analyse import Answers, difference
from analysis.studies.study.draw import draw, observe
from sim.scenario import load_account
from tests.analysis.needs import needs
from tests.analysis.studies.study.planted import pool, study

needs("statsmodels")
FIGURES = {one.figure: one for one in evidence()}
TRIAL = FIGURES["trials of loneliness"]


def trial(allocation=None, **said):
    return study(
        allocation={"how": "individual", **(allocation or {})}, instruments={"isolation": {"reliability": 0.8}}, **said
    )


def planted(said, of, scale):
    return measure._trial(Measured(TRIAL.model_copy(update={"scale": scale}), said, None), of)


def test_a_trial_is_the_mean_over_every_lot():
    said, of = trial(people={"towns": 4}), pool(towns=4, people=10, effect=-0.4)
    published = []
    for k in range(400):
        sample = draw(said, of, np.random.default_rng([1, k]), 4, 10)
        answers, _ = observe(said, of, sample)
        told = Answers(answers[1, 0], answers[0, 0], sample.arm == 0, sample.town, sample.town)
        published.append(difference(told).estimate)
    error = np.std(published) / 400**0.5
    assert planted(said, of, "published") == pytest.approx(-0.4, abs=1e-9)  # the same slips in both arms
    assert abs(np.mean(published) + 0.4) < 4 * error


def test_a_standardised_difference_is_over_answers_with_their_errors():
    of = pool(towns=200, people=20, effect=-0.4)
    assert planted(trial(), of, "sd") == pytest.approx(-0.4 * 0.8**0.5, rel=0.05)


def test_among_people_who_are_all_alike_but_for_rounding_nothing_can_be_standardised():
    of = pool(towns=4, people=7, effect=-0.4)
    of.value[:, 0], of.twin[:, 0], of.spread[:] = 0.1, 0.1, 0.0
    asked = np.full(28 * measure.REPETITIONS, 0.1)
    assert 0 < asked.std() < measure.ALIKE  # not zero, so that a quotient would be some hundred thousand millions
    assert np.isnan(planted(trial(people={"towns": 4}), of, "sd"))
    assert np.isfinite(planted(trial(people={"towns": 4}), of, "published"))


def test_contamination_and_telling_count_as_they_do_in_a_trial():
    of = pool(towns=100, people=20, effect=-0.4)
    spilled = trial(allocation={"contamination": 0.25})
    assert planted(spilled, of, "published") == pytest.approx(-0.3, abs=0.03)
    kindly = trial(telling={"kindly": 0.1})
    assert planted(kindly, of, "published") == pytest.approx(-0.5, abs=1e-9)


@pytest.fixture(scope="module")
def lab():
    some = [one for one in FIGURES.values() if one.use != BESIDE or one.figure in ("drift", "carry-over of distress")]
    return Laboratory(some, load_account("full"))


SMALL = {"people.residents": 30}


def test_every_figure_is_measured_and_comes_out_the_same_twice(lab):
    found = lab.measure(SMALL, [1, 2, 3])
    assert found.shape == (len(lab.figures),)
    of = dict(zip(lab.figures, found, strict=True))
    for share in ("none next year", "ended within 3 years", "ended within 4.5 years", "one visit only"):
        assert 0 <= of[share] <= 1
    assert of["attendance"] > 1
    assert of["episodes a year"] > 0
    assert abs(of["drift"]) < 0.1
    reasons = [of[name] for name in of if name.startswith("main reason")]
    assert np.isnan(reasons).all() or sum(reasons) <= 1 + 1e-9
    assert np.array_equal(found, lab.measure(SMALL, [1, 2, 3]), equal_nan=True)
    assert not np.array_equal(found, lab.measure(SMALL, [4, 5, 6]), equal_nan=True)


def test_settings_reach_the_lives(lab):
    place = lab.figures.index("carry-over of distress")
    short, long = (lab.measure({**SMALL, "life.distress_carry_over": kept}, [1, 2])[place] for kept in (0.1, 0.9))
    assert long > short + 0.05


def test_studies_of_one_world_share_its_towns(lab):
    assert len(lab._worlds()) == 1


def test_what_decides_the_figures_is_in_the_identity(lab):
    other = Laboratory([FIGURES["drift"]], load_account("full"))
    assert other.identity != lab.identity
    assert Laboratory([FIGURES["drift"]], load_account("full")).identity == other.identity
    assert Laboratory([FIGURES["drift"]], load_account("company")).identity != other.identity
