"""How well a figure fits: numbers, ranges, open ends, and evidence made up for a known truth."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from analysis.studies.calibrate.likelihood import Target, imagined, implausibility, log_fit

NUMBER, RANGE = Target("n", 0.5, 0.5, 0.1), Target("r", 0.3, 0.6, 0.1)
AT_LEAST, AT_MOST = Target("l", 0.6, math.inf, 0.1), Target("m", -math.inf, 0.6, 0.1)


def fit(target, value, extra=0.0):
    return float(log_fit([target], np.array([[value]]), np.array([extra]))[0, 0])


def test_a_number_fits_as_a_normal_density_does():
    assert fit(NUMBER, 0.5) == 0.0
    assert fit(NUMBER, 0.7) == pytest.approx(-2.0)
    wider = math.hypot(0.1, 0.2)
    ratio = stats.norm(0.7, wider).pdf(0.5) / stats.norm(0.5, 0.1).pdf(0.5)
    assert fit(NUMBER, 0.7, 0.04) == pytest.approx(math.log(ratio))


@pytest.mark.parametrize(
    ("target", "value", "share"),
    [
        (RANGE, 0.45, stats.norm(0.45, 0.1).cdf(0.6) - stats.norm(0.45, 0.1).cdf(0.3)),
        (AT_LEAST, 0.6, 0.5),
        (AT_LEAST, 0.9, stats.norm.cdf(3.0)),
        (AT_MOST, 0.7, stats.norm.cdf(-1.0)),
    ],
)
def test_a_range_fits_by_what_of_it_would_be_seen(target, value, share):
    assert fit(target, value) == pytest.approx(math.log(share))


def test_far_from_a_range_it_still_matters_how_far():
    assert fit(RANGE, 30.0) < fit(RANGE, 20.0) < fit(RANGE, 2.0)
    assert math.isfinite(fit(RANGE, 30.0))


def test_what_could_not_be_measured_speaks_neither_way():
    assert fit(NUMBER, math.nan) == 0.0


def test_implausibility_is_the_distance_in_standard_deviations():
    found = np.array([[0.8, 0.45, 0.5, 0.9]])
    away = implausibility([NUMBER, RANGE, AT_LEAST, AT_MOST], found, np.array([0.0, 0.0, 0.0, 0.08]))[0]
    np.testing.assert_allclose(away, [3.0, 0.0, 1.0, 1.0])


@pytest.mark.parametrize("target", [NUMBER, RANGE, AT_LEAST, AT_MOST])
def test_made_up_evidence_is_such_as_the_truth_would_give(target):
    rng = np.random.default_rng(1)
    made = [imagined([target], np.array([0.55]), rng)[0] for _ in range(4000)]
    if target.single:
        assert np.std([one.low for one in made]) == pytest.approx(0.1, rel=0.06)
        return
    same = np.mean([(one.low, one.high) == (target.low, target.high) for one in made])
    assert same == pytest.approx(math.exp(fit(target, 0.55)), abs=0.03)
